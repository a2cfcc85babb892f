// Package sheet writes tables for spreadsheets: CSV and XLSX, a row at a time, with text
// that a spreadsheet would take for a formula disarmed.
package sheet

import "strings"

// triggers are the characters that make a spreadsheet read a cell as a formula, by the
// OWASP page on CSV injection.
const triggers = "=+-@\t\r\n"

// Disarm keeps a spreadsheet from reading a text as a formula, by an apostrophe in
// front, as OWASP advises. A text that looks disarmed gets one more, so that Arm gives
// back what it was.
func Disarm(s string) string {
	if rest := strings.TrimLeft(s, "'"); rest != "" && strings.ContainsRune(triggers, rune(rest[0])) {
		return "'" + s
	}
	return s
}

// Arm takes off what Disarm put in front.
func Arm(s string) string {
	if len(s) > 1 && s[0] == '\'' && Disarm(s[1:]) == s {
		return s[1:]
	}
	return s
}

// Writer writes the rows of a table. A cell is a string, a bool, an int64, a float64 or
// nil, which is empty.
type Writer interface {
	Row(cells []any) error
	// Close writes what is left to write.
	Close() error
}
