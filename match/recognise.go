package match

import (
	"maps"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph/text"
)

// recognisedWeight is what a theme counts that was recognised in a text, beside the
// themes that the question was given.
const recognisedWeight = 0.5

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
	found := map[int32][]hit{}
	for i := range words {
		for _, l := range t.starting(words[i].Term) {
			for _, h := range l.at(words[i:]) {
				found[l.theme] = append(found[l.theme], h)
				exact[h.word] = exact[h.word] || h.exact
			}
		}
	}
	themes := slices.SortedFunc(maps.Keys(found), func(a, b int32) int { return t.compare(a, b) })
	for _, theme := range themes {
		var words []string
		for _, h := range found[theme] {
			if (h.exact || !exact[h.word]) && !slices.Contains(words, h.word) {
				words = append(words, h.word)
			}
		}
		if len(words) > 0 && !q.has(theme) {
			q.themes = append(q.themes, ThemeWeight{ID: t.c.Nodes[theme].ID, Weight: weight, Words: words, node: theme})
		}
	}
}

func (t *thesaurus) compare(a, b int32) int {
	switch x, y := t.c.Nodes[a].ID, t.c.Nodes[b].ID; {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

// hit is a word of the text in which a label, or a part of one, was recognised.
type hit struct {
	word  string
	exact bool
}

// starting returns the labels whose first term is found in a word: the word itself, a
// part of it, or the word with another ending.
func (t *thesaurus) starting(word string) []label {
	out := slices.Clone(t.labels[word])
	if !text.IsCompoundable(word) {
		return out
	}
	seen := map[string]bool{word: true}
	runes := []rune(word)
	for from := range runes {
		for to := from + text.MinCompound; to <= len(runes); to++ {
			if part := string(runes[from:to]); !seen[part] {
				seen[part] = true
				out = append(out, t.labels[part]...)
			}
		}
	}
	for _, ending := range derivations {
		out = append(out, t.labels[word+ending]...)
	}
	return out
}

// at returns the hits of a label that stands at the beginning of the words, nil where
// it does not.
func (l label) at(words []text.Word) []hit {
	if len(words) < len(l.terms) {
		return nil
	}
	hits := make([]hit, len(l.terms))
	for i, term := range l.terms {
		word := words[i]
		if !text.Match(term, word.Term) && !derived(word.Term, term) {
			return nil
		}
		hits[i] = hit{word: word.Folded, exact: word.Term == term}
	}
	return hits
}

// derivations are endings that make an abstract noun of a word, as far as the stemmer
// leaves them: toegank(elijk) and toegankelijk(heid) are about the same theme.
var derivations = []string{"elijk", "lijk", "ig", "isch", "baar", "zaam", "loos", "ing", "heid"}

// derived tells whether the label's term is the word's with such an ending.
func derived(word, label string) bool {
	return len(label) > len(word) && label[:len(word)] == word && text.IsCompoundable(word) && slices.Contains(derivations, label[len(word):])
}
