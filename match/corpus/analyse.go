package corpus

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"

	"github.com/i-partnerschap/kennisgraaf/graph/text"
)

// Lang is the language that words are stemmed in. The words of a document are kept as
// they are written; it is the question's language that decides which of them are one
// word, so that a Dutch text with English terms is found from either side.
type Lang int

// The languages.
const (
	NL Lang = iota
	EN
	languages
)

// Tokens calls f with each word of a text, folded: runs of letters, digits and marks.
func Tokens(s string, f func(word string)) {
	start := -1
	for i, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			f(text.Fold(s[start:i]))
			start = -1
		}
	}
	if start >= 0 {
		f(text.Fold(s[start:]))
	}
}

// Stem returns the Snowball stem of a folded word.
func (l Lang) Stem(word string) string {
	if l == EN {
		env := snowballstem.NewEnv(word)
		english.Stem(env)
		return env.Current()
	}
	env := snowballstem.NewEnv(word)
	dutch.Stem(env)
	return env.Current()
}

// Stop tells whether a word carries no meaning: a stop word of either language, or one letter.
func Stop(word string) bool {
	if utf8.RuneCountInString(word) < 2 {
		return true
	}
	words := text.Words(word)
	return len(words) == 1 && words[0].Term == ""
}

// signs are words that one of the two languages has, and has often, and the other has not.
var signs = map[Lang]map[string]bool{
	NL: set("de het een van en dat op te voor met zijn niet hoe wij aan ook als om bij ons onze wat welke tot naar uit worden wordt zonder wanneer wie waar kan"),
	EN: set("the of and to that for with are this we how on by an as be our from which can these it has have using what"),
}

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// Language guesses what a text is written in: Dutch where nothing tells.
func Language(s string) Lang {
	var words []string
	Tokens(s, func(w string) { words = append(words, w) })
	l, _ := language(words)
	return l
}

// language guesses what a text is written in; ok is false where nothing tells.
func language(words []string) (l Lang, ok bool) {
	var votes [languages]int
	for _, w := range words {
		for l := range languages {
			if signs[l][w] {
				votes[l]++
			}
		}
	}
	if votes[EN] > votes[NL] {
		return EN, true
	}
	return NL, votes[NL] > votes[EN]
}
