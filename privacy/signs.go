package privacy

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/text"
)

// signs is what a person is recognised by in a text.
type signs struct {
	// names holds each name that the person has and had, as its words.
	names [][]string
	// values holds ids and personal values, folded.
	values []string
}

// sureness is how sure it is that a text mentions a person.
type sureness int

const (
	none sureness = iota
	perhaps
	sure
)

// The least lengths of a last name and of a value to look for: shorter ones stand in many
// texts that mean something else.
const (
	leastName  = 3
	leastValue = 4
)

// signs returns what the person is recognised by, now and in the past.
func (r *Record) signs(model *graph.Model) signs {
	var s signs
	for _, id := range r.IDs() {
		s.value(id)
	}
	t := model.Types[r.Type]
	if t == nil {
		return s
	}
	states := []map[string]any{r.Props}
	for _, e := range r.Log {
		if e.Label == r.Type {
			states = append(states, e.Before, e.After)
		}
	}
	for _, props := range states {
		for _, p := range t.Properties {
			value, _ := props[p.Name].(string)
			switch {
			case value == "":
			case p.Name == t.Title || p.Name == t.TitleEN:
				s.name(value)
			case p.Personal:
				s.value(value)
			}
		}
	}
	return s
}

func (s *signs) name(name string) {
	var words []string
	for _, w := range text.Words(name) {
		words = append(words, w.Folded)
	}
	if len(words) > 0 && !slices.ContainsFunc(s.names, func(known []string) bool { return slices.Equal(known, words) }) {
		s.names = append(s.names, words)
	}
}

func (s *signs) value(value string) {
	if folded := text.Fold(strings.TrimSpace(value)); utf8.RuneCountInString(folded) >= leastValue {
		s.values = united(s.values, []string{folded})
	}
}

// in tells whether a text mentions the person: by an id or a personal value that stands by
// itself, or by all words of a name in any order; perhaps by the last word of a name.
func (s signs) in(value string) sureness {
	folded := text.Fold(value)
	if slices.ContainsFunc(s.values, func(v string) bool { return standsIn(folded, v) }) {
		return sure
	}
	found := none
	for _, name := range s.names {
		last := name[len(name)-1]
		if !strings.Contains(folded, last) { // most texts end here
			continue
		}
		words := map[string]bool{}
		for _, w := range text.Words(value) {
			words[w.Folded] = true
		}
		if !slices.ContainsFunc(name, func(word string) bool { return !words[word] }) {
			return sure
		}
		if words[last] && utf8.RuneCountInString(last) >= leastName {
			found = perhaps
		}
	}
	return found
}

// standsIn tells whether a text has a part in it that no letter or digit touches.
func standsIn(whole, part string) bool {
	for at := 0; ; {
		i := strings.Index(whole[at:], part)
		if i < 0 {
			return false
		}
		start := at + i
		end := start + len(part)
		before, _ := utf8.DecodeLastRuneInString(whole[:start])
		after, _ := utf8.DecodeRuneInString(whole[end:])
		if !inWord(before) && !inWord(after) {
			return true
		}
		_, size := utf8.DecodeRuneInString(whole[start:])
		at = start + size
	}
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
