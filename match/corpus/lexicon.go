package corpus

import (
	"slices"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph/text"
)

// lexicon numbers words, and stems of each language.
type lexicon struct {
	words []string
	ids   map[string]int32 // -1 for a stop word
	langs [languages]stems
}

// stems holds what belongs to one language.
type stems struct {
	names []string
	ids   map[string]int32
	of    []int32   // by word
	words [][]int32 // by stem
	df    []int32   // by stem: number of documents
	// sorted and reversed serve the search for compounds. They hold the first ready stems.
	sorted, reversed []int32
	ready            int
}

func newLexicon() *lexicon {
	l := &lexicon{ids: map[string]int32{}}
	for i := range l.langs {
		l.langs[i].ids = map[string]int32{}
	}
	return l
}

// add returns the number of a folded word, -1 for a stop word.
func (l *lexicon) add(word string) int32 {
	if id, ok := l.ids[word]; ok {
		return id
	}
	word = strings.Clone(word)
	if Stop(word) {
		l.ids[word] = -1
		return -1
	}
	id := int32(len(l.words))
	l.ids[word] = id
	l.words = append(l.words, word)
	for lang := range languages {
		l.langs[lang].add(id, lang.Stem(word))
	}
	return id
}

func (s *stems) add(word int32, name string) {
	id, ok := s.ids[name]
	if !ok {
		id = int32(len(s.names))
		s.ids[name] = id
		s.names, s.words, s.df = append(s.names, name), append(s.words, nil), append(s.df, 0)
	}
	s.of, s.words[id] = append(s.of, id), append(s.words[id], word)
}

// prepare sorts the stems that came in, for the search for compounds.
func (s *stems) prepare() {
	var fresh []int32
	for i := s.ready; i < len(s.names); i++ {
		fresh = append(fresh, int32(i))
	}
	if s.ready = len(s.names); len(fresh) == 0 {
		return
	}
	s.sorted = merge(s.sorted, fresh, func(a, b int32) int { return strings.Compare(s.names[a], s.names[b]) })
	s.reversed = merge(s.reversed, fresh, func(a, b int32) int { return compareReversed(s.names[a], s.names[b]) })
}

// merge sorts the fresh ones into a sorted list.
func merge(sorted, fresh []int32, compare func(a, b int32) int) []int32 {
	fresh = slices.SortedFunc(slices.Values(fresh), compare)
	out := make([]int32, 0, len(sorted)+len(fresh))
	for _, f := range fresh {
		i, _ := slices.BinarySearchFunc(sorted, f, compare)
		out, sorted = append(append(out, sorted[:i]...), f), sorted[i:]
	}
	return append(out, sorted...)
}

// compareReversed compares two strings from their ends.
func compareReversed(a, b string) int {
	for i := 1; i <= len(a) && i <= len(b); i++ {
		if c := int(a[len(a)-i]) - int(b[len(b)-i]); c != 0 {
			return c
		}
	}
	return len(a) - len(b)
}

// minRest is the least length of what a compound has beside the part looked for; less
// is an ending that the stemmer left.
const minRest = 3

// compounds returns the stems that begin with the given one, and those that end in it.
func (s *stems) compounds(name string) (heads, tails []int32) {
	if !text.IsCompoundable(name) {
		return nil, nil
	}
	i, _ := slices.BinarySearchFunc(s.sorted, name, func(id int32, t string) int { return strings.Compare(s.names[id], t) })
	for ; i < len(s.sorted) && strings.HasPrefix(s.names[s.sorted[i]], name); i++ {
		if len(s.names[s.sorted[i]]) >= len(name)+minRest {
			heads = append(heads, s.sorted[i])
		}
	}
	i, _ = slices.BinarySearchFunc(s.reversed, name, func(id int32, t string) int { return compareReversed(s.names[id], t) })
	for ; i < len(s.reversed) && strings.HasSuffix(s.names[s.reversed[i]], name); i++ {
		if len(s.names[s.reversed[i]]) >= len(name)+minRest {
			tails = append(tails, s.reversed[i])
		}
	}
	return heads, tails
}

// minPart is the least length of a part of a compound.
const minPart = 4

// parts splits a compound into stems that texts have, with the joints that Dutch puts
// between them (persoon-s-gegeven-s-bescherm). It takes the longest beginning each time
// and returns nil where something is left over.
func (s *stems) parts(name string) []int32 {
	var out []int32
	for rest := name; rest != ""; {
		cut, id := s.beginning(rest, rest == name)
		if cut == 0 {
			return nil
		}
		out, rest = append(out, id), rest[cut:]
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

func (s *stems) beginning(rest string, whole bool) (cut int, stem int32) {
	for n := len(rest); n >= minPart; n-- {
		if whole && n == len(rest) {
			continue
		}
		id, ok := s.ids[rest[:n]]
		if !ok || s.df[id] == 0 {
			continue
		}
		for _, joint := range [...]string{"", "s", "en", "e"} {
			after, found := strings.CutPrefix(rest[n:], joint)
			if found && (after == "" || len(after) >= minPart) {
				return len(rest) - len(after), id
			}
		}
	}
	return 0, 0
}
