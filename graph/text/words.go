package text

import (
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/lang/nl"
	tokenizer "github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/dutch"
)

// Word is one word of a text.
type Word struct {
	// Start and End are the byte offsets of the word in the text.
	Start, End int
	// Folded is the word after Fold.
	Folded string
	// Term is the Dutch stem of Folded; "" for a stop word.
	Term string
}

// MinCompound is the least length, in letters, of a term that is also found inside
// longer words.
const MinCompound = 5

// Words splits a text at word boundaries (Unicode Standard Annex 29). Stop words of
// Dutch and English are returned without a term.
func Words(s string) []Word {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	tokens := tokenizer.NewUnicodeTokenizer().Tokenize([]byte(s))
	words := make([]Word, 0, len(tokens))
	for _, t := range tokens {
		w := Word{Start: t.Start, End: t.End, Folded: Fold(string(t.Term))}
		if !stopWords()[w.Folded] {
			w.Term = stem(w.Folded)
		}
		words = append(words, w)
	}
	return words
}

// Terms returns the different terms of a text, in order of first appearance.
func Terms(s string) []string {
	var terms []string
	seen := map[string]bool{}
	for _, w := range Words(s) {
		if w.Term != "" && !seen[w.Term] {
			seen[w.Term] = true
			terms = append(terms, w.Term)
		}
	}
	return terms
}

// Match tells whether a term of a query finds a term of a text: they are equal, or
// the query's term has MinCompound letters or more and stands inside the other, as
// "beveil" (beveiliging) does in "netwerkbeveil" (netwerkbeveiliging).
func Match(query, term string) bool {
	return query == term || IsCompoundable(query) && strings.Contains(term, query)
}

// IsCompoundable tells whether a query's term is also looked for inside longer words.
func IsCompoundable(query string) bool { return utf8.RuneCountInString(query) >= MinCompound }

func stem(folded string) string {
	env := snowballstem.NewEnv(folded)
	dutch.Stem(env)
	return env.Current()
}

var stopWords = sync.OnceValue(func() map[string]bool {
	lists := analysis.NewTokenMap()
	for _, list := range [][]byte{nl.DutchStopWords, en.EnglishStopWords} {
		if err := lists.LoadBytes(list); err != nil {
			panic("text: stop words: " + err.Error())
		}
	}
	folded := make(map[string]bool, len(lists))
	for word := range lists {
		folded[Fold(word)] = true
	}
	return folded
})
