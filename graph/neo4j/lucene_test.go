package neo4j

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/text"
)

// hardWords end in all that the Dutch stemmer changes, and then some.
var hardWords = strings.Fields(`brood broden maan manen waarheid waarheden mogelijkheden overheid overheden bekendheden
	netwerkbeveiliging beveiligingen beveiligen loopt lopen liggen bakken bedden zetten vragen vraagstukken lectoren
	lectoraten hogescholen hogeschool onderzoekers onderzoeksgroepen duurzaamheid duurzame haalbaar haalbare leesbaar
	persoonlijk persoonlijke persoonlijkheden digitalisering digitale geautomatiseerde gemeenten huizen brieven dieven
	zeeën bureau's foto's algoritmen algoritmes data's ideeën coördinatie reünie geïnteresseerde Fryslân ieder kaas kazen
	muur muren boom bomen zeef zeven groot grote grootheden eenheid eenheden jeugd mening meningen koning koninkrijk
	heden heid eheden verheid vrijheden gelegenheden naïviteit muuur aaap oook`)

// randomWord puts a word together from pieces that the stemmer looks for.
func randomWord() string {
	pieces := []string{"a", "e", "i", "o", "u", "aa", "ee", "oo", "uu", "b", "d", "k", "t", "l", "s", "z", "v", "f", "y", "j", "gem", "en", "ene", "heid",
		"heden", "ing", "end", "ig", "lijk", "baar", "bar", "se", "kk", "dd", "tt", "é", "ë", "ï", "ö", "w", "r", "n", "h", "ei"}
	var b strings.Builder
	for range 1 + rand.IntN(7) {
		b.WriteString(pieces[rand.IntN(len(pieces))])
	}
	return b.String()
}

// Of every word whose term a query's term matches, the folded form contains one of the
// term's surface forms, and the pattern for the full-text index finds it, accents composed
// or not.
func TestPatternsProposeAllThatMatches(t *testing.T) {
	words := slices.Clone(hardWords)
	for range 20_000 {
		words = append(words, randomWord())
	}
	for _, word := range words {
		for _, w := range text.Words(word) {
			if w.Term == "" {
				continue
			}
			checkPart(t, word, w, w.Term)
			for range 3 {
				runes := []rune(w.Term)
				start := rand.IntN(len(runes))
				end := start + 1 + rand.IntN(len(runes)-start)
				if part := string(runes[start:end]); text.IsCompoundable(part) {
					checkPart(t, word, w, part)
				}
			}
		}
	}
}

// checkPart checks that a query for part proposes the word.
func checkPart(t *testing.T, word string, w text.Word, part string) {
	t.Helper()
	if !text.Match(part, w.Term) {
		return
	}
	forms := surfaceForms(part)
	if !slices.ContainsFunc(forms, func(form string) bool { return strings.Contains(w.Folded, form) }) {
		t.Errorf("%q has the term %q, in which %q stands; none of its forms %q is in %q", word, w.Term, part, forms, w.Folded)
		return
	}
	s := &textSearch{Matches: graph.Matches{Mode: graph.AllWords}, terms: []string{part}, forms: [][]string{forms}}
	if _, ok := s.lucene(); !ok {
		return // all nodes are looked at
	}
	for _, indexed := range []string{norm.NFC.String(strings.ToLower(word)), norm.NFD.String(strings.ToLower(word))} {
		if !slices.ContainsFunc(forms, func(form string) bool {
			pattern := strings.Trim(lucenePattern(form, text.IsCompoundable(part)), "/")
			return regexp.MustCompile("^(?:" + pattern + ")$").MatchString(indexed)
		}) {
			t.Errorf("no pattern for %q finds %q", part, indexed)
		}
	}
}

// Whatever a user writes, the query for the full-text index holds nothing of it but ASCII
// letters and digits.
func TestLuceneQueriesHoldNoSyntaxOfUsers(t *testing.T) {
	allowed := regexp.MustCompile(`^(\((/(\.\*|\(\.\*\[\^a-z0-9\]\)\?)((\[[a-z]` + accented + `\]|[0-9])` + regexp.QuoteMeta(luceneMarks) + `|\.\*)*/( OR )?)+\)( AND | OR )?)+$`)
	for _, query := range []string{
		"a AND b", `name:x OR "y z"~2^3`, "foo* (bar) [a TO b] {c} /re/ \\ && || ! ~ ?", "søren naïef привет 😀 straße", "x' OR 1=1", "a_b:c/d.e",
	} {
		for _, mode := range []graph.MatchMode{graph.AllWords, graph.AnyWord, graph.Prefix} {
			s := newTextSearch(graph.Matches{Text: query, Mode: mode}, nil)
			if s == nil {
				continue
			}
			if got, ok := s.lucene(); ok && !allowed.MatchString(got) {
				t.Errorf("%q in mode %s becomes %s", query, mode, got)
			}
		}
	}
}
