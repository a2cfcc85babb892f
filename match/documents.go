package match

import (
	"context"
	"slices"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/text"
)

// maxDocuments bounds how many texts, the best ones, count as evidence.
const maxDocuments = 1000

// document is a text that the question's words were found in.
type document struct {
	score  float64
	words  []string
	themes []string
}

// documentTypes are the types whose texts speak for a candidate.
var documentTypes = []string{"Fieldlab", "Lectoraat", "Offer", "Person", "Project", "Publication"}

// documentProps are the properties that hold those texts.
var documentProps = []string{"name", "title", "description", "abstract", "bio", "jobTitle"}

// documents finds the texts that hold the question's words, best first.
func (m *Matcher) documents(ctx context.Context, q *question) (map[string]document, float64, error) {
	if len(q.terms) == 0 {
		return nil, 0, nil
	}
	query := graph.Matches{Text: q.text, Mode: graph.AnyWord}
	sel := &graph.Selection{
		Labels: documentTypes, Props: documentProps, Where: query,
		Order: []graph.Order{{Relevance: &query, Desc: true}}, Page: graph.Page{Limit: maxDocuments},
		Links: []graph.Link{themesLink()},
	}
	res, err := m.store.Read(ctx, graph.Query{Root: sel})
	if err != nil {
		return nil, 0, err
	}
	docs, best := make(map[string]document, len(res.Rows)), 0.0
	for _, row := range res.Rows {
		score, _ := graph.Number64(row.Cursor[0])
		best = max(best, score)
		docs[row.Node.ID] = document{score: score, words: hits(row.Node, q.terms), themes: ids(row.Node.Links["themes"])}
	}
	return docs, best, nil
}

// hits returns the words of a node's texts that the terms match.
func hits(n *graph.Node, terms []string) []string {
	var found []string
	for _, prop := range documentProps {
		for _, w := range text.Words(str(n, prop)) {
			if w.Term == "" || slices.Contains(found, w.Folded) {
				continue
			}
			if slices.ContainsFunc(terms, func(t string) bool { return text.Match(t, w.Term) }) {
				found = append(found, w.Folded)
			}
		}
	}
	slices.SortFunc(found, strings.Compare)
	return found
}
