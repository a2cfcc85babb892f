package neo4j

import (
	"strings"
	"unicode/utf8"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/text"
)

// surfaceForms returns strings of which every word contains one whose term contains the
// given one. The Dutch stemmer takes endings off, which leaves a beginning of the word, but
// for two changes at the end: it writes a doubled vowel before a last consonant once
// ("brood" becomes "brod"), and "heden" as "heid".
func surfaceForms(term string) []string {
	forms := []string{term}
	if n := len(term); n >= 2 && strings.IndexByte("aeou", term[n-2]) >= 0 {
		forms = append(forms, term[:n-1]+term[n-2:])
	}
	for _, ending := range []string{"heid", "hei"} {
		if start, ok := strings.CutSuffix(term, ending); ok {
			forms = append(forms, start+"heden")
		}
	}
	return forms
}

// lucene returns the query for the full-text index that proposes at least all nodes that
// match, and false where no such query can be made. It contains nothing that a user wrote
// but small ASCII letters and digits.
func (t *textSearch) lucene() (string, bool) {
	var terms []string
	for i, term := range t.terms {
		anywhere := t.Mode != graph.Prefix && text.IsCompoundable(term)
		var forms []string
		for _, form := range t.forms[i] {
			if pattern := lucenePattern(form, anywhere); pattern != "" {
				forms = append(forms, pattern)
			}
		}
		switch {
		case len(forms) == len(t.forms[i]):
			terms = append(terms, "("+strings.Join(forms, " OR ")+")")
		case t.Mode == graph.AnyWord:
			return "", false
		}
	}
	operator := " AND "
	if t.Mode == graph.AnyWord {
		operator = " OR "
	}
	return strings.Join(terms, operator), len(terms) > 0
}

// maxPattern is how many letters of a form are looked for: more of them do not narrow the
// search, and make the automaton large.
const maxPattern = 14

// The parts of a pattern. The index holds lower-cased words with their accents, in which
// combining marks may be characters of their own; so for each letter stands itself or any
// character that could be it with an accent, and then any marks. What is not an ASCII letter
// or digit stands for anything. A term that is not looked for anywhere has to come first in
// the word, or after something that may not be part of the word by the rules of package text.
const (
	anything     = ".*"
	boundary     = "(.*[^a-z0-9])?"
	accented     = "\u00c0-\uffff"
	luceneMarks  = "[\u0300-\u036f]*"
	patternStart = "/"
)

// lucenePattern returns a regular expression for words that contain a form, "" where the
// form has no letter or digit of ASCII.
func lucenePattern(form string, anywhere bool) string {
	var b strings.Builder
	b.WriteString(patternStart)
	if anywhere {
		b.WriteString(anything)
	} else {
		b.WriteString(boundary)
	}
	letters, open := 0, false
	for _, r := range form {
		switch {
		case letters == maxPattern:
		case r >= 'a' && r <= 'z':
			b.WriteString("[" + string(r) + accented + "]" + luceneMarks)
			letters, open = letters+1, false
		case r >= '0' && r <= '9':
			b.WriteString(string(r) + luceneMarks)
			letters, open = letters+1, false
		case !open:
			b.WriteString(anything)
			open = true
		}
	}
	if letters == 0 || !utf8.ValidString(form) {
		return ""
	}
	if !open {
		b.WriteString(anything)
	}
	return b.String() + patternStart
}
