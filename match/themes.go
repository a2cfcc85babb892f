package match

import (
	"math"
	"sync"

	"github.com/i-partnerschap/kennisgraaf/graph/text"
	"github.com/i-partnerschap/kennisgraaf/match/corpus"
)

// How far a theme's knowledge reaches along the tree. Who knows a narrower theme
// knows part of the broader one; who knows a broader theme may know the narrower.
const (
	perNarrower = 0.8
	perBroader  = 0.3
	perRelated  = 0.5
	leastReach  = 0.2
)

// thesaurus is the tree of themes, with their labels ready to be recognised.
type thesaurus struct {
	c *corpus.Corpus
	// labels holds the labels that begin with a term, by that term.
	labels map[string][]label
	// specific holds the specificity of each theme.
	specific map[int32]float64
	// reached holds what reach returned, by theme.
	reached sync.Map
}

// label is one label of a theme, as terms.
type label struct {
	theme int32
	terms []string
}

func newThesaurus(c *corpus.Corpus) *thesaurus {
	t := &thesaurus{c: c, labels: map[string][]label{}, specific: map[int32]float64{}}
	lectoraten := float64(len(c.Of("Lectoraat")))
	for _, n := range c.Of("Theme") {
		t.specific[n] = t.specificity(n, lectoraten)
		for _, s := range c.Nodes[n].Labels {
			if terms := text.Terms(s); len(terms) > 0 {
				t.labels[terms[0]] = append(t.labels[terms[0]], label{theme: n, terms: terms})
			}
		}
	}
	return t
}

// leastSpecific is the specificity of a theme that every lectoraat is about.
const leastSpecific = 0.2

// specificity tells how much a theme says, from leastSpecific to 1: the fewer
// lectoraten are about it, the more, as idf has it for words. A question about legacy in
// the social domain is about legacy first.
func (t *thesaurus) specificity(theme int32, lectoraten float64) float64 {
	df := 0.0
	for _, e := range t.c.Nodes[theme].In {
		if e.Type == corpus.About && t.c.Nodes[e.To].Label == "Lectoraat" {
			df++
		}
	}
	if lectoraten == 0 {
		return 1
	}
	return max(leastSpecific, math.Log(1+(lectoraten-df+0.5)/(df+0.5))/math.Log(1+(lectoraten+0.5)/0.5))
}

// reach returns how well knowledge of each theme serves a question about one, from
// 1 for the theme itself down to leastReach.
func (t *thesaurus) reach(theme int32) map[int32]float64 {
	if known, ok := t.reached.Load(theme); ok {
		return known.(map[int32]float64) //nolint:forcetypeassert // it holds nothing else
	}
	reach := map[int32]float64{}
	t.spread(reach, theme, 1)
	t.reached.Store(theme, reach)
	return reach
}

func (t *thesaurus) spread(reach map[int32]float64, theme int32, value float64) {
	if value < leastReach || reach[theme] >= value {
		return
	}
	reach[theme] = value
	node := &t.c.Nodes[theme]
	for _, e := range node.Out {
		switch e.Type {
		case corpus.Broader:
			t.spread(reach, e.To, value*perBroader)
		case corpus.Related:
			t.spread(reach, e.To, value*perRelated)
		}
	}
	for _, e := range node.In {
		switch e.Type {
		case corpus.Broader:
			t.spread(reach, e.To, value*perNarrower)
		case corpus.Related:
			t.spread(reach, e.To, value*perRelated)
		}
	}
}
