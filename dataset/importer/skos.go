package importer

import (
	"net/url"
	"slices"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/text"
)

// The terms of SKOS that are read (https://www.w3.org/TR/skos-reference/).
const (
	rdfType = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
	skos    = "http://www.w3.org/2004/02/skos/core#"
)

// triple is one statement of RDF.
type triple struct {
	subject, predicate, object string
	// language is that of a literal; isIRI tells an object that names something.
	language string
	isIRI    bool
	line     int
}

// concept is a concept as it is gathered from statements, which may come in any order.
type concept struct {
	iri                        string
	line                       int
	isConcept                  bool
	pref                       map[string]string
	alt                        map[string][]string
	broader, narrower, related []string
}

// concepts gathers what statements say of concepts.
type concepts struct {
	in    *input
	byIRI map[string]*concept
	order []*concept
	// others are the things of a type that is not of SKOS.
	others map[string]bool
}

// maxConcepts is how many concepts are taken from one file: they are held in memory.
const maxConcepts = 1_000_000

func newConcepts(in *input) *concepts {
	return &concepts{in: in, byIRI: map[string]*concept{}, others: map[string]bool{}}
}

func (c *concepts) get(iri string, line int) *concept {
	if known := c.byIRI[iri]; known != nil {
		return known
	}
	made := &concept{iri: iri, line: line, pref: map[string]string{}, alt: map[string][]string{}}
	c.byIRI[iri] = made
	c.order = append(c.order, made)
	return made
}

// add takes a statement.
func (c *concepts) add(t triple) {
	if t.predicate == rdfType {
		if t.object == skos+"Concept" {
			c.get(t.subject, t.line).isConcept = true
		} else if !strings.HasPrefix(t.object, skos) && len(c.others) < maxConcepts {
			c.others[t.subject] = true
		}
		return
	}
	name, ok := strings.CutPrefix(t.predicate, skos)
	if !ok {
		return
	}
	language, _, _ := strings.Cut(strings.ToLower(t.language), "-")
	one := func() *concept { return c.get(t.subject, t.line) }
	switch name {
	case "prefLabel":
		if first, ok := one().pref[language]; ok && first != t.object {
			c.in.fail(t.line, "prefLabel", "the concept <%s> has two preferred labels in the language %q; keep one", t.subject, language)
			return
		}
		one().pref[language] = t.object
	case "altLabel", "hiddenLabel":
		if !slices.Contains(one().alt[language], t.object) {
			one().alt[language] = append(one().alt[language], t.object)
		}
	case "broader", "narrower", "related":
		if !t.isIRI {
			c.in.fail(t.line, name, "the %s of <%s> is a text; it must be the address of a concept", name, t.subject)
			return
		}
		list := map[string]*[]string{"broader": &one().broader, "narrower": &one().narrower, "related": &one().related}[name]
		*list = append(*list, t.object)
	}
}

// conceptID makes an id of a concept's address: its last part.
func conceptID(iri string) string {
	last := iri[strings.LastIndexAny(strings.TrimRight(iri, "/#"), "/#:")+1:]
	last = strings.TrimRight(last, "/#")
	if plain, err := url.PathUnescape(last); err == nil {
		last = plain
	}
	if strings.ContainsAny(last, " \t\n") {
		return text.Slug(last)
	}
	return last
}

// finish makes themes of the concepts, with the relations between them.
func (c *concepts) finish() error {
	if len(c.order) == 0 {
		c.in.fail(0, "", "the file holds no SKOS concepts")
		return nil
	}
	seen := map[[3]string]bool{}
	link := func(typ, from, to string, line int) error {
		key, back := [3]string{typ, from, to}, [3]string{typ, to, from}
		if seen[key] || typ == "RELATED" && seen[back] {
			return nil
		}
		seen[key] = true
		return c.in.accept(relationRecord(typ, conceptID(from), conceptID(to), line))
	}
	for _, one := range c.order {
		if !one.isConcept && len(one.pref) == 0 {
			continue
		}
		delete(c.others, one.iri)
		if err := c.theme(one); err != nil {
			return err
		}
		for _, to := range one.broader {
			if err := link("BROADER", one.iri, to, one.line); err != nil {
				return err
			}
		}
		for _, from := range one.narrower {
			if err := link("BROADER", from, one.iri, one.line); err != nil {
				return err
			}
		}
		for _, to := range one.related {
			if err := link("RELATED", one.iri, to, one.line); err != nil {
				return err
			}
		}
	}
	for range c.others {
		c.in.note("things left out: of this format only SKOS concepts are taken, as themes")
		c.in.result.Nodes.Skipped++
	}
	return nil
}

// theme puts a concept on the stage.
func (c *concepts) theme(one *concept) error {
	props := map[string]any{}
	nl, ok := one.pref["nl"]
	for _, language := range []string{"", "en"} {
		if ok {
			break
		}
		if nl, ok = one.pref[language]; ok {
			c.in.note("concepts without a label in Dutch: their label in %s is used", map[string]string{"": "no language", "en": "English"}[language])
		}
	}
	if !ok {
		c.in.fail(one.line, "prefLabel", "the concept <%s> has no preferred label in Dutch or English; add one, such as skos:prefLabel \"…\"@nl", one.iri)
		return nil
	}
	props["prefLabelNl"] = nl
	if en, ok := one.pref["en"]; ok {
		props["prefLabelEn"] = en
	}
	if alt := append(slices.Clone(one.alt["nl"]), one.alt[""]...); len(alt) > 0 {
		props["altLabelsNl"] = alt
	}
	if alt := one.alt["en"]; len(alt) > 0 {
		props["altLabelsEn"] = alt
	}
	fresh := map[string]any{}
	if strings.HasPrefix(one.iri, "http") {
		fresh["source"] = one.iri
	}
	return c.in.accept(record{Change: graph.Change{Op: graph.UpsertNode, Label: "Theme", ID: conceptID(one.iri), Props: props}, line: one.line, fresh: fresh})
}
