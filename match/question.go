package match

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"github.com/i-partnerschap/kennisgraaf/graph/text"
	"github.com/i-partnerschap/kennisgraaf/match/corpus"
)

// How themes weigh that a question has that neither was given themes nor says any: it
// has those that the texts with its words are about, the strongest weighing
// inferredWeight. It bridges questions that share no word with the labels of their
// themes: the texts share words with both.
const (
	inferredWeight = 0.6
	maxInferred    = 3
	leastInferred  = 0.4
)

// question is a request as it was understood.
type question struct {
	text  string
	query corpus.Query
	// worded tells that the text has words to look for, whether found or not.
	worded  bool
	themes  []ThemeWeight
	regions []int32
	// vraagstuk and posedBy are -1 where there is none.
	vraagstuk, posedBy int32
}

// words returns the different words that texts were searched for, as they were written.
func (q *question) words() []string {
	words := []string{}
	for _, w := range text.Words(q.text) {
		if w.Term != "" && !slices.Contains(words, w.Folded) {
			words = append(words, w.Folded)
		}
	}
	return words
}

func (q *question) has(theme int32) bool {
	return slices.ContainsFunc(q.themes, func(w ThemeWeight) bool { return w.node == theme })
}

func hasWord(s string) bool {
	return slices.ContainsFunc(text.Words(s), func(w text.Word) bool { return utf8.RuneCountInString(w.Folded) >= 2 })
}

// understand reads the vraagstuk, if one is named, and recognises themes in the text.
// What was made of a vraagstuk alone is remembered.
func (rd *reading) understand(r Request) (*question, error) {
	if r.Vraagstuk == "" {
		return rd.compose(&question{vraagstuk: -1, posedBy: -1}, r, nil)
	}
	n, err := rd.node(r.Vraagstuk, "Vraagstuk")
	if err != nil {
		return nil, err
	}
	if r.Text != "" || r.Themes != nil || r.Regions != nil {
		return rd.vraagstuk(n, r)
	}
	rd.mu.Lock()
	q := rd.asked[n]
	rd.mu.Unlock()
	if q == nil {
		if q, err = rd.vraagstuk(n, r); err != nil {
			return nil, err
		}
		rd.mu.Lock()
		rd.asked[n] = q
		rd.mu.Unlock()
	}
	return q, nil
}

// vraagstuk reads a vraagstuk with what the request adds or replaces.
func (rd *reading) vraagstuk(n int32, r Request) (*question, error) {
	node := &rd.c.Nodes[n]
	q := &question{vraagstuk: n, posedBy: -1, text: node.Text + "\n"}
	var themes []int32
	for _, e := range node.Out {
		switch e.Type {
		case corpus.PosedBy:
			q.posedBy = e.To
		case corpus.About:
			themes = append(themes, e.To)
		case corpus.Concerns:
			q.regions = append(q.regions, e.To)
		}
	}
	byID := func(a, b int32) int { return rd.tree.compare(a, b) }
	slices.SortFunc(themes, byID)
	slices.SortFunc(q.regions, byID)
	return rd.compose(q, r, themes)
}

// compose takes in the rest of the request.
func (rd *reading) compose(q *question, r Request, themes []int32) (*question, error) {
	q.text += r.Text
	if r.Themes != nil {
		themes = nil
		for _, id := range r.Themes {
			n, err := rd.node(id, "Theme")
			if err != nil {
				return nil, err
			}
			themes = append(themes, n)
		}
	}
	if r.Regions != nil {
		q.regions = nil
		for _, id := range r.Regions {
			n, err := rd.node(id, "Region")
			if err != nil {
				return nil, err
			}
			q.regions = append(q.regions, n)
		}
	}
	for _, n := range themes {
		if !q.has(n) {
			q.themes = append(q.themes, ThemeWeight{ID: rd.c.Nodes[n].ID, Weight: 1, node: n, given: true})
		}
	}
	q.query, q.worded = rd.c.Query(q.text), len(text.Terms(q.text)) > 0
	if r.Themes == nil {
		q.recognise(rd.tree)
	}
	if len(q.themes) == 0 {
		q.bridge(rd.c, r.Themes == nil)
	}
	for i := range q.themes {
		q.themes[i].Weight *= rd.tree.specific[q.themes[i].node]
	}
	return q, nil
}

// bridge finds other words for a question that has no themes: those of the texts that
// match it best, and, if wanted, the themes that these are about. Where there are themes,
// they are what leads to texts in other words.
func (q *question) bridge(c *corpus.Corpus, themes bool) {
	scores := c.Scores(q.query)
	defer c.Release(scores)
	q.query = c.Widen(q.query, scores)
	if themes {
		q.infer(c, scores)
	}
}

// infer adds the themes that the best matching texts are about.
func (q *question) infer(c *corpus.Corpus, scores []float64) {
	about := c.Numbers(len(c.Nodes))
	defer c.Release(about)
	var found []int32
	for doc, score := range scores {
		if score == 0 {
			continue
		}
		themes, edges := 0, c.Nodes[c.Doc(int32(doc))].Out
		for _, e := range edges {
			if e.Type == corpus.About {
				themes++
			}
		}
		for _, e := range edges {
			if e.Type != corpus.About {
				continue
			}
			if about[e.To] == 0 {
				found = append(found, e.To)
			}
			about[e.To] += score * score / float64(themes)
		}
	}
	slices.SortFunc(found, func(a, b int32) int {
		return cmp.Or(cmp.Compare(about[b], about[a]), cmp.Compare(c.Nodes[a].ID, c.Nodes[b].ID))
	})
	for _, n := range found[:min(maxInferred, len(found))] {
		if share := about[n] / about[found[0]]; share >= leastInferred {
			q.themes = append(q.themes, ThemeWeight{ID: c.Nodes[n].ID, Weight: inferredWeight * share, node: n})
		}
	}
}

// kindName names node types in a message.
func kindName(labels []string) string {
	names := map[string]string{"Vraagstuk": "vraagstuk", "Theme": "theme", "Region": "region"}
	if len(labels) == 1 {
		return cmp.Or(names[labels[0]], labels[0])
	}
	return "candidate"
}
