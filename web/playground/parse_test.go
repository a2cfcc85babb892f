package playground

import (
	"strings"
	"testing"
)

// TestParseExamplesRefuses: a slip in examples.json is named, not shown to a visitor.
func TestParseExamplesRefuses(t *testing.T) {
	const good = `{"title": "T", "titleNl": "N", "query": ["query A {", "  x", "}"]}`
	if examples, err := parseExamples([]byte("[" + good + "]")); err != nil || examples[0].Query != "query A {\n  x\n}\n" {
		t.Fatalf("%v, %v", examples, err)
	}
	for file, want := range map[string]string{
		`[` + good + `,` + good + `]`:                             "two examples are named A",
		`[{"title": "T", "query": ["query A { x }"]}]`:            "lacks title or titleNl",
		`[{"title": "T", "titleNl": "N", "query": ["{ x }"]}]`:    "0 named operations",
		`[{"title": "T", "titleNl": "N", "vars": {}}]`:            "unknown field",
		`[{"title": "T", "titleNl": "N", "query": "query A {}"}]`: "cannot unmarshal",
	} {
		if _, err := parseExamples([]byte(file)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", file, err, want)
		}
	}
}
