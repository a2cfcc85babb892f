package validate

import (
	"fmt"
	"math"
	"net/mail"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// The limits on size: MaxID in bytes, the texts in characters, MaxItems the entries of a
// list. An abstract of a publication is some thousands of characters.
const (
	MaxID    = 300
	MaxTitle = 1_000
	MaxText  = 50_000
	MaxItem  = 500
	MaxItems = 500
)

const (
	dateLayout   = time.DateOnly
	momentLayout = "2006-01-02T15:04:05.000Z"
)

// Value says what is wrong with a value that is to be stored, "" for nothing. nil, which
// removes a property, is judged by whether the property is required. A title is a text of one line.
func Value(p *graph.Property, value any, title bool) string {
	if value == nil {
		if p.Required {
			return "it is required and cannot be removed; " + example(p)
		}
		return ""
	}
	if p.List {
		return list(p, value)
	}
	switch v := value.(type) {
	case int64:
		if p.Kind == graph.Int && (v > math.MaxInt32 || v < math.MinInt32) {
			return fmt.Sprintf("%d is too large; a whole number lies between %d and %d", v, math.MinInt32, math.MaxInt32)
		}
		if p.Kind.Numeric() {
			return outside(p, float64(v))
		}
	case float64:
		if p.Kind == graph.Float {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return "it is no number; " + example(p)
			}
			return outside(p, v)
		}
	case bool:
		if p.Kind == graph.Bool {
			return ""
		}
	case string:
		if !p.Kind.Numeric() && p.Kind != graph.Bool {
			most := MaxText
			if title {
				most = MaxTitle
			}
			return text(p, v, most, title)
		}
	}
	return shown(p, value) + "is of the wrong kind; " + example(p)
}

// outside says that a number lies outside the bounds that the SDL sets, "" where it does not.
func outside(p *graph.Property, v float64) string {
	if (p.Min == nil || v >= *p.Min) && (p.Max == nil || v <= *p.Max) {
		return ""
	}
	plain := func(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
	switch {
	case p.Max == nil:
		return fmt.Sprintf("%s is too small; the least is %s", plain(v), plain(*p.Min))
	case p.Min == nil:
		return fmt.Sprintf("%s is too large; the most is %s", plain(v), plain(*p.Max))
	}
	return fmt.Sprintf("%s does not lie between %s and %s", plain(v), plain(*p.Min), plain(*p.Max))
}

func list(p *graph.Property, value any) string {
	items, ok := value.([]string)
	if !ok {
		return shown(p, value) + "is no list; write a list, as in [\"…\", \"…\"]"
	}
	if len(items) > MaxItems {
		return fmt.Sprintf("it has %d entries; %d is the most", len(items), MaxItems)
	}
	for i, item := range items {
		if slices.Contains(items[:i], item) {
			return shown(p, item) + "stands there twice; name it once"
		}
		if wrong := text(p, item, MaxItem, true); wrong != "" {
			return wrong
		}
	}
	return ""
}

// text judges a text: its size, what it is made of, and then its form.
func text(p *graph.Property, s string, most int, line bool) string {
	n := utf8.RuneCountInString(s)
	switch {
	case !utf8.ValidString(s):
		return "it is not valid UTF-8; write it in UTF-8"
	case n > most:
		return fmt.Sprintf("it has %d characters; %d is the most", n, most)
	case s == "":
		return "it is empty; write something, or leave it out (null removes it)"
	case strings.TrimSpace(s) != s:
		return shown(p, s) + "has white space around it; leave that out"
	}
	if i := strings.IndexFunc(s, func(r rune) bool { return !printable(r) && (line || r != '\n' && r != '\t') }); i >= 0 {
		r, _ := utf8.DecodeRuneInString(s[i:])
		return fmt.Sprintf("it holds the character U+%04X, which does not belong in it; leave it out", r)
	}
	if wrong := form(p, s); wrong != "" {
		return shown(p, s) + wrong
	}
	return ""
}

// printable leaves out control characters, and those that turn the direction of writing.
func printable(r rune) bool {
	return !unicode.IsControl(r) && (r < 0x202A || r > 0x202E) && (r < 0x2066 || r > 0x2069) && r != utf8.RuneError && r != 0xFEFF
}

var (
	doi   = regexp.MustCompile(`^10\.\d{4,9}/\S+$`)
	orcid = regexp.MustCompile(`^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$`)
	ror   = regexp.MustCompile(`^https://ror\.org/0[0-9a-hjkmnp-tv-z]{6}\d{2}$`)
)

// form judges the form that a text of this kind has.
func form(p *graph.Property, s string) string {
	ok := true
	switch {
	case p.Kind == graph.Enum:
		if !slices.Contains(p.Values, s) {
			return "is none of " + strings.Join(p.Values, ", ")
		}
	case p.Kind == graph.Date:
		return day(s)
	case p.Kind == graph.DateTime:
		_, err := time.Parse(momentLayout, s)
		ok = err == nil
	case p.Scalar == "URL":
		u, err := url.Parse(s)
		ok = err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() != "" && u.User == nil && !strings.ContainsFunc(s, unicode.IsSpace)
	case p.Scalar == "Email":
		a, err := mail.ParseAddress(s)
		ok = err == nil && a.Address == s && strings.Contains(s[strings.LastIndex(s, "@"):], ".")
	case p.Scalar == "DOI":
		ok = doi.MatchString(s)
	case p.Scalar == "ORCID":
		if ok = orcid.MatchString(s); ok && !orcidChecks(s) {
			return "is no ORCID: its check digit is wrong; look it up at orcid.org"
		}
	case p.Scalar == "ROR":
		if ok = ror.MatchString(s); ok && !rorChecks(s) {
			return "is no ROR id: its check digits are wrong; look it up at ror.org"
		}
	}
	if !ok {
		return "is no " + name(p) + "; " + example(p)
	}
	return ""
}

// day tells a day that does not exist from one that is written in another way.
func day(s string) string {
	if _, err := time.Parse(dateLayout, s); err == nil {
		return ""
	}
	if other, err := time.Parse("2-1-2006", s); err == nil {
		return "is not written as a date; write " + other.Format(dateLayout)
	}
	return "is no day that exists; write year-month-day, as in 2021-03-31"
}

// orcidChecks judges the check digit of an ORCID: ISO 7064 mod 11-2.
func orcidChecks(s string) bool {
	total := 0
	digits := strings.ReplaceAll(s, "-", "")
	for _, d := range digits[:len(digits)-1] {
		total = (total + int(d-'0')) * 2
	}
	check := (12 - total%11) % 11
	return digits[len(digits)-1] == "0123456789X"[check]
}

// rorChecks judges the check digits of a ROR id: ISO 7064 mod 97-10 over the number that
// the characters before them are in Crockford's base 32.
func rorChecks(s string) bool {
	const alphabet = "0123456789abcdefghjkmnpqrstvwxyz"
	id := strings.TrimPrefix(s, "https://ror.org/")
	n := 0
	for _, c := range id[:len(id)-2] {
		n = n*len(alphabet) + strings.IndexRune(alphabet, c)
	}
	return fmt.Sprintf("%02d", 98-n*100%97) == id[len(id)-2:]
}

// name is what a person calls the kind of value.
func name(p *graph.Property) string {
	switch {
	case p.Scalar == "Email":
		return "e-mail address"
	case p.Scalar == "ROR":
		return "ROR id"
	case p.Kind == graph.DateTime:
		return "moment"
	}
	return p.Scalar
}

// example says what would be right.
func example(p *graph.Property) string {
	switch {
	case p.List:
		return "write a list"
	case p.Kind == graph.Enum:
		return "write one of " + strings.Join(p.Values, ", ")
	case p.Kind == graph.Int:
		return "write a whole number"
	case p.Kind == graph.Float:
		return "write a number"
	case p.Kind == graph.Bool:
		return "write true or false"
	case p.Kind == graph.Date:
		return "write year-month-day, as in 2021-03-31"
	case p.Kind == graph.DateTime:
		return "write it as in 2021-03-31T12:00:00Z"
	}
	if e := examples[p.Scalar]; e != "" {
		return "write it as in " + e
	}
	return "write a text"
}

var examples = map[string]string{
	"URL": "https://www.voorbeeld.nl/", "Email": "naam@voorbeeld.nl", "DOI": "10.1000/182",
	"ORCID": "0000-0002-1825-0097", "ROR": "https://ror.org/02mhbdp94",
}

// shown repeats a value before what is wrong with it, cut to a line, unless it is personal.
func shown(p *graph.Property, value any) string {
	if p.Personal {
		return "the value "
	}
	const most = 60
	s := fmt.Sprintf("%v", value)
	if t, ok := value.(string); ok {
		s = fmt.Sprintf("%q", t)
	}
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return s + " "
}
