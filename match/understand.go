package match

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/text"
)

// How themes weigh that the question was not given. recognisedWeight is what a theme counts that was recognised in a text beside the
// themes that it was given.
// A theme that was neither given nor recognised, but that the texts with the
// question's words are about, weighs inferredBeside at most beside those that were,
// and inferredAlone where there are none.
const (
	recognisedWeight = 0.5
	inferredBeside   = 0.3
	inferredAlone    = 0.6
	maxInferred      = 3
	leastInferred    = 0.4
)

// question is a request as it was understood.
type question struct {
	text    string
	terms   []string
	themes  []ThemeWeight
	regions []string
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

func hasWord(s string) bool {
	return slices.ContainsFunc(text.Words(s), func(w text.Word) bool { return utf8.RuneCountInString(w.Folded) >= 2 })
}

// understand reads the vraagstuk, if one is named, and recognises themes in the text.
func (m *Matcher) understand(ctx context.Context, r Request, t *thesaurus) (*question, error) {
	q := &question{text: r.Text, regions: r.Regions}
	given := r.Themes
	if r.Vraagstuk != "" {
		v, err := m.vraagstuk(ctx, r.Vraagstuk)
		if err != nil {
			return nil, err
		}
		q.text = str(v, "title") + "\n" + str(v, "description") + "\n" + r.Text
		if r.Regions == nil {
			q.regions = ids(v.Links["regions"])
		}
		if r.Themes == nil {
			given = ids(v.Links["themes"])
		}
	}
	for _, id := range given {
		if t.themes[id] == nil {
			return nil, graph.Errorf(graph.NotFound, "there is no theme %q; search for its id with suggest(types: [Theme])", id)
		}
		q.themes = append(q.themes, ThemeWeight{ID: id, Weight: 1})
	}
	if r.Themes == nil {
		q.recognise(t)
	}
	q.terms = text.Terms(q.text)
	return q, nil
}

func (m *Matcher) vraagstuk(ctx context.Context, id string) (*graph.Node, error) {
	sel := every("title", "description")
	sel.Labels = []string{"Vraagstuk"}
	sel.Where = byID([]string{id})
	sel.Links = []graph.Link{
		link("themes", hop("ABOUT", graph.Out, "Theme"), every()),
		link("regions", hop("CONCERNS", graph.Out, "Region"), every()),
	}
	res, err := m.store.Read(ctx, graph.Query{Root: sel})
	if err != nil {
		return nil, err
	}
	if len(res.Rows) == 0 {
		return nil, graph.Errorf(graph.NotFound, "there is no vraagstuk %q", id)
	}
	return res.Rows[0].Node, nil
}

// recognise finds themes by their labels in the text: all words of a label, next to
// each other, each as text.Match has it. A word that is itself a label
// ("persoonsgegevens") speaks for that theme only, not for those whose label is merely
// a part of it ("gegevens").
func (q *question) recognise(t *thesaurus) {
	weight := 1.0
	if len(q.themes) > 0 {
		weight = recognisedWeight
	}
	words := slices.DeleteFunc(text.Words(q.text), func(w text.Word) bool { return w.Term == "" })
	exact := map[string]bool{}
	found := map[string][]hit{}
	for _, th := range t.themes {
		found[th.id] = recognise(words, th.labels)
		for _, h := range found[th.id] {
			exact[h.word] = exact[h.word] || h.exact
		}
	}
	for _, id := range slices.Sorted(maps.Keys(found)) {
		var words []string
		for _, h := range found[id] {
			if (h.exact || !exact[h.word]) && !slices.Contains(words, h.word) {
				words = append(words, h.word)
			}
		}
		given := slices.ContainsFunc(q.themes, func(w ThemeWeight) bool { return w.ID == id })
		if len(words) > 0 && !given {
			q.themes = append(q.themes, ThemeWeight{ID: id, Weight: weight, Words: words})
		}
	}
}

// hit is a word of the text in which a label, or a part of one, was recognised.
type hit struct {
	word  string
	exact bool
}

// recognise returns the hits of all labels of a theme.
func recognise(words []text.Word, labels []string) []hit {
	var hits []hit
	for _, label := range labels {
		terms := text.Terms(label)
		if len(terms) == 0 {
			continue
		}
		for i := 0; i+len(terms) <= len(words); i++ {
			if !labelAt(words[i:], terms) {
				continue
			}
			for j, term := range terms {
				hits = append(hits, hit{word: words[i+j].Folded, exact: words[i+j].Term == term})
			}
		}
	}
	return hits
}

func labelAt(words []text.Word, terms []string) bool {
	for i, term := range terms {
		if !text.Match(term, words[i].Term) && !derived(words[i].Term, term) {
			return false
		}
	}
	return true
}

// derivations are endings that make an abstract noun of a word, as far as the stemmer
// leaves them: toegank(elijk) and toegankelijk(heid) are about the same theme.
var derivations = []string{"elijk", "lijk", "ig", "isch", "baar", "zaam", "loos", "ing", "heid"}

// derived tells whether the label's term is the word's with such an ending.
func derived(word, label string) bool {
	rest, ok := strings.CutPrefix(label, word)
	return ok && text.IsCompoundable(word) && slices.Contains(derivations, rest)
}

func byID(ids []string) graph.Filter {
	values := make([]any, len(ids))
	for i, id := range ids {
		values[i] = id
	}
	return graph.Compare{Prop: "id", Kind: graph.String, Op: graph.OneOf, Value: values}
}

func ids(res *graph.Result) []string {
	var out []string
	if res != nil {
		for _, row := range res.Rows {
			out = append(out, row.Node.ID)
		}
	}
	return out
}

// infer adds the themes that the best matching texts are about. It bridges questions
// that share no word with the labels of their themes: the texts share words with
// both.
func (q *question) infer(docs map[string]document) {
	about := map[string]float64{}
	best := 0.0
	for _, id := range slices.Sorted(maps.Keys(docs)) {
		d := docs[id]
		for _, theme := range d.themes {
			about[theme] += d.score * d.score / float64(len(d.themes))
			best = max(best, about[theme])
		}
	}
	found := slices.SortedFunc(maps.Keys(about), func(a, b string) int {
		return cmp.Or(cmp.Compare(about[b], about[a]), cmp.Compare(a, b))
	})
	added, weight := 0, inferredAlone
	if len(q.themes) > 0 {
		weight = inferredBeside
	}
	for _, id := range found {
		known := slices.ContainsFunc(q.themes, func(w ThemeWeight) bool { return w.ID == id })
		if added == maxInferred || about[id] < leastInferred*best {
			return
		}
		added++
		if !known {
			q.themes = append(q.themes, ThemeWeight{ID: id, Weight: weight * about[id] / best})
		}
	}
}
