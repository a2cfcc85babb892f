package sqlite

import "strings"

// Terms are written into the full-text index with spaces between them, and FTS5's ascii
// tokenizer splits them again. That tokenizer keeps letters, digits and everything
// outside ASCII, splits at the rest of ASCII and lowers capitals. So that a term stays
// whole and unchanged, each ASCII character that is not a lower-case letter or a digit
// is moved to the private use area U+E000 to U+E07F, where no word of a text lies: the
// mapping keeps terms apart and keeps what a prefix is.
const firstPrivate = 0xE000

// encodeTerm returns the term as the index holds it.
func encodeTerm(term string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x80 && (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			return firstPrivate + r
		}
		return r
	}, term)
}
