package match

import (
	"fmt"
	"slices"
	"strings"
)

// Summary tells a match in one sentence. lang is NL or EN.
func (a *Answer) Summary(m *Match, lang string) string {
	words := phrases[lang]
	if words == nil {
		words = phrases["NL"]
	}
	var parts []string
	for _, f := range m.Factors {
		if s := a.phrase(f, lang, words); s != "" {
			parts = append(parts, s)
		}
	}
	name := a.called(m.ID, lang)
	if len(parts) == 0 {
		return name + "."
	}
	return name + " " + strings.Join(parts, "; ") + "."
}

var phrases = map[string]map[Factor]string{
	"NL": {Themes: "kent %s", Text: "gebruikt de woorden %s", TrackRecord: "werkte aan %s", Region: "zit in %s", Network: "kent de vraagsteller van %s", Semantic: "schreef in dezelfde geest %s"},
	"EN": {Themes: "knows %s", Text: "uses the words %s", TrackRecord: "worked on %s", Region: "is in %s", Network: "knows the asker from %s", Semantic: "wrote in the same vein %s"},
}

// The most that a sentence names of each kind.
const (
	maxNames = 3
	maxWords = 5
)

func (a *Answer) phrase(f Score, lang string, words map[Factor]string) string {
	var items []string
	for _, e := range f.Evidence {
		switch {
		case e.Relation == viaName || e.Relation == restName:
		case f.Factor == Text:
			for _, w := range e.Words {
				if len(items) < maxWords && !slices.Contains(items, "“"+w+"”") {
					items = append(items, "“"+w+"”")
				}
			}
		case (f.Factor == TrackRecord || f.Factor == Semantic) && len(items) < maxNames:
			items = append(items, "“"+a.called(e.Node, lang)+"”")
		case len(items) < maxNames && !slices.Contains(items, a.called(e.Node, lang)):
			items = append(items, a.called(e.Node, lang))
		}
	}
	if len(items) == 0 || words[f.Factor] == "" {
		return ""
	}
	return fmt.Sprintf(words[f.Factor], enumerate(items, lang))
}

func (a *Answer) called(id, lang string) string {
	n, ok := a.Names[id]
	switch {
	case !ok:
		return id
	case lang == "EN":
		return n.EN
	default:
		return n.NL
	}
}

func enumerate(items []string, lang string) string {
	and := " en "
	if lang == "EN" {
		and = " and "
	}
	if len(items) == 1 {
		return items[0]
	}
	return strings.Join(items[:len(items)-1], ", ") + and + items[len(items)-1]
}
