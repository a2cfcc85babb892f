package neo4j

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/cypher"
	"github.com/i-partnerschap/kennisgraaf/graph/text"
)

// textSearch is one text query under way: what it looks for, and what it found.
type textSearch struct {
	graph.Matches
	labels []string
	// terms are the terms of the query, or in prefix mode its folded words.
	terms []string
	// forms holds, for each term, the strings of which a word that it matches contains one.
	forms [][]string
	found []textHit
	// length is the number of bytes of text of all that was considered.
	length int
}

// textHit is a node that matches.
type textHit struct {
	id string
	// weights holds, for each term, how much of it was found.
	weights []float64
	length  int
}

// newTextSearch analyses a text query. It returns nil for one without words, which finds
// nothing.
func newTextSearch(m graph.Matches, labels []string) *textSearch {
	t := &textSearch{Matches: m, labels: labels}
	if m.Mode == graph.Prefix {
		for _, w := range text.Words(m.Text) {
			if !slices.Contains(t.terms, w.Folded) {
				t.terms = append(t.terms, w.Folded)
			}
		}
	} else {
		t.terms = text.Terms(m.Text)
	}
	if len(t.terms) == 0 {
		return nil
	}
	for _, term := range t.terms {
		if m.Mode == graph.Prefix {
			t.forms = append(t.forms, []string{term})
		} else {
			t.forms = append(t.forms, surfaceForms(term))
		}
	}
	return t
}

// key tells text queries of one statement apart.
func (t *textSearch) key() string { return string(t.Mode) + "\x00" + t.Text }

// The weight of a word in which the term is only a part, beside one that equals it.
const partWeight = 0.6

// consider looks whether a node matches, and remembers it if so.
func (t *textSearch) consider(id string, fields []field) {
	hit := textHit{id: id, weights: make([]float64, len(t.terms))}
	for _, f := range fields {
		hit.length += len(f.text)
		t.look(f, hit.weights)
	}
	missing := 0
	for _, w := range hit.weights {
		if w == 0 {
			missing++
		}
	}
	if missing == 0 || t.Mode == graph.AnyWord && missing < len(t.terms) {
		t.found = append(t.found, hit)
		t.length += hit.length
	}
}

// look adds what a field holds of each term. Only stretches between spaces in which a term
// could be are split into words: no word reaches over a space, and analysing is what costs.
func (t *textSearch) look(f field, weights []float64) {
	for _, stretch := range strings.FieldsFunc(f.text, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' }) {
		folded := text.Fold(stretch)
		if !slices.ContainsFunc(t.forms, func(forms []string) bool {
			return slices.ContainsFunc(forms, func(form string) bool { return strings.Contains(folded, form) })
		}) {
			continue
		}
		for _, w := range text.Words(stretch) {
			for i, term := range t.terms {
				weights[i] += f.weight * t.fits(term, w)
			}
		}
	}
}

// fits returns how well a term fits a word: 0 where it does not.
func (t *textSearch) fits(term string, w text.Word) float64 {
	switch {
	case t.Mode == graph.Prefix:
		if strings.HasPrefix(w.Folded, term) {
			return 1
		}
	case w.Term == "":
	case w.Term == term:
		return 1
	case text.Match(term, w.Term):
		return partWeight
	}
	return 0
}

// The constants of BM25.
const (
	bm25Saturation = 1.2
	bm25Length     = 0.75
)

// hits returns what was found, the best first, with scores by BM25 over the nodes that match: how rare a
// term is and how long a text is, is judged among these.
func (t *textSearch) hits() cypher.Hits {
	hits := cypher.Hits{IDs: make([]string, len(t.found)), Scores: make(map[string]any, len(t.found))}
	rarity := make([]float64, len(t.terms))
	for i := range t.terms {
		having := 0.0
		for _, h := range t.found {
			if h.weights[i] > 0 {
				having++
			}
		}
		rarity[i] = math.Log(1 + float64(len(t.found)+1)/(having+0.5))
	}
	average := max(float64(t.length)/max(float64(len(t.found)), 1), 1)
	for i, h := range t.found {
		score := 0.0
		norm := bm25Saturation * (1 - bm25Length + bm25Length*float64(h.length)/average)
		for j, w := range h.weights {
			score += rarity[j] * w * (bm25Saturation + 1) / (w + norm)
		}
		hits.IDs[i], hits.Scores[h.id] = h.id, score
	}
	score := func(id string) float64 { s, _ := hits.Scores[id].(float64); return s }
	slices.SortFunc(hits.IDs, func(a, b string) int { return cmp.Or(cmp.Compare(score(b), score(a)), cmp.Compare(a, b)) })
	return hits
}
