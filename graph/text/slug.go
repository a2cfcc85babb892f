package text

import (
	"strings"
)

// Slug makes an id of a name: folded to lower case without accents, with one hyphen
// for whatever else stands between letters and digits.
func Slug(name string) string {
	var b strings.Builder
	for _, r := range Fold(name) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			b.WriteRune(r)
		} else if b.Len() > 0 && !strings.HasSuffix(b.String(), "-") {
			b.WriteByte('-')
		}
	}
	return strings.TrimSuffix(b.String(), "-")
}
