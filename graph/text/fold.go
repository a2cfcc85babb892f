// Package text analyses Dutch and English text in the one way that every store
// has to agree with: folding, words, stems, compounds and highlights.
package text

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Marks are the combining marks that Fold removes: the block Combining Diacritical
// Marks of Unicode, U+0300 to U+036F.
const firstMark, lastMark = '\u0300', '\u036f'

// Fold returns s in lower case and without accents: it lowers, decomposes (NFD) and
// drops the combining marks. "Fryslân" becomes "fryslan".
func Fold(s string) string {
	if isPlain(s) {
		return strings.ToLower(s)
	}
	return strings.Map(func(r rune) rune {
		if r >= firstMark && r <= lastMark {
			return -1
		}
		return r
	}, norm.NFD.String(strings.ToLower(s)))
}

func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
