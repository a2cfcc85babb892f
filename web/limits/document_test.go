package limits_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/i-partnerschap/kennisgraaf/web/limits"
)

// check counts a document with the default limits.
func check(t testing.TB, query string, variables map[string]any) *gqlerror.Error {
	t.Helper()
	raw := &graphql.RawParams{Query: query, Variables: variables}
	return limits.Document{Limits: limits.Default()}.MutateOperationParameters(t.Context(), raw)
}

// nest writes a field of a number of levels.
func nest(levels int) string {
	return strings.Repeat("{a", levels) + strings.Repeat("}", levels)
}

// list writes something a number of times, numbered.
func list(format string, count int) string {
	var b strings.Builder
	for i := range count {
		fmt.Fprintf(&b, format+" ", i)
	}
	return b.String()
}

// spread writes fragments that each spread the next one twice: 2 to the power of count when written out.
func spread(count int) string {
	var b strings.Builder
	b.WriteString("{...F0}")
	for i := range count {
		fmt.Fprintf(&b, "fragment F%d on Query{...F%d ...F%d}", i, i+1, i+1)
	}
	fmt.Fprintf(&b, "fragment F%d on Query{hello}", count)
	return b.String()
}

// Each count is allowed up to its limit, and refused one above it with what was found and what is allowed.
func TestDocumentLimits(t *testing.T) {
	deep := func(levels int) map[string]any {
		value := any("x")
		for range levels {
			value = map[string]any{"and": value}
		}
		return map[string]any{"w": value}
	}
	for name, c := range map[string]struct {
		query     string
		variables map[string]any
		says      string
	}{
		"depth 15":                {nest(15), nil, ""},
		"depth 16":                {nest(16), nil, "has 16 levels of fields; at most 15 are allowed"},
		"depth over fragments":    {"{a{...F}} fragment F on Q" + nest(15), nil, "16 levels of fields"},
		"depth of inline":         {"{...on Q{...on Q" + nest(15) + "}}", nil, ""},
		"depth in a fragment":     {"{a} fragment F on Q" + nest(16), nil, "fragment F"},
		"fields 500":              {"{a{" + list("f%d", 499) + "}}", nil, ""},
		"fields 501":              {"{a{" + list("f%d", 500) + "}}", nil, "has 501 fields; at most 500"},
		"fields over fragments":   {"{a{...F} b{...F}} fragment F on Q{" + list("f%d", 250) + "}", nil, "has 502 fields"},
		"root fields 30":          {"{" + list("f%d", 30) + "}", nil, ""},
		"root fields 31":          {"query Q{...F} fragment F on Q{" + list("f%d", 31) + "}", nil, "query Q has 31 fields at its root; at most 30"},
		"aliases 30":              {"{a{" + list("a%d:f", 30) + "}}", nil, ""},
		"aliases 31":              {"{a{" + list("a%d:f", 31) + "}}", nil, "has 31 aliases; at most 30"},
		"directives 50":           {"query @a" + nest(1) + "fragment F on Q @b{f " + strings.Repeat("@c ", 49) + "}", nil, ""},
		"directives 51":           {"query($v:Int @a){...F @b} fragment F on Q{f " + strings.Repeat("@c ", 49) + "}", nil, "has 51 directives; at most 50"},
		"operations 11":           {list("query Q%d{a}", 11), nil, "11 operations; at most 10"},
		"argument depth":          {"{f(w:" + strings.Repeat("[", 51) + strings.Repeat("]", 51) + ")}", nil, "51 levels of lists"},
		"directive argument":      {"{f @d(w:" + strings.Repeat("[", 51) + strings.Repeat("]", 51) + ")}", nil, "51 levels of lists"},
		"default value":           {"query($w:W=" + strings.Repeat("[", 51) + strings.Repeat("]", 51) + "){f}", nil, "51 levels of lists"},
		"variable depth 50":       {"{a}", deep(50), ""},
		"variable depth 51":       {"{a}", deep(51), `variable "w" has 51 levels`},
		"variable of many values": {"{a}", map[string]any{"ids": make([]any, 10_000)}, "10001 values; at most 10000"},
		"tokens":                  {"{a" + strings.Repeat("(b:1)", 800) + "}", nil, "more than 3000 tokens"},
		"comments are tokens":     {"{a}" + strings.Repeat("#\n", 3000), nil, "more than 3000 tokens"},
		"exponential":             {spread(60), nil, "more fields than can be counted"},
		"cycle":                   {"{...A} fragment A on Q{a ...B} fragment B on Q{...A}", nil, "within itself"},
		"cycle of one":            {"{a} fragment A on Q{b{...A}}", nil, "within itself"},
		"twice the same fragment": {"{...A} fragment A on Q{a} fragment A on Q{b}", nil, "only one fragment named"},
		"unknown fragment":        {"{...A}", nil, ""},
		"introspection twice":     {"{a:__schema{...S} b:__schema{...S}} fragment S on S{types{fields{" + list("f%d", 500) + "}}}", nil, "fields of introspection"},
		"introspection nested":    {"{__schema{types{fields{type{fields{name}}}}}}", nil, "levels of lists of types"},
		"__typename":              {"{__typename a{__typename}}", nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			err := check(t, c.query, c.variables)
			switch {
			case c.says == "" && err != nil:
				t.Errorf("refused: %v", err)
			case c.says != "" && (err == nil || !strings.Contains(err.Message, c.says)):
				t.Errorf("got %v, want a refusal saying %q", err, c.says)
			case err != nil && !strings.Contains(c.says, "itself") && !strings.Contains(c.says, "only one"):
				if err.Extensions["code"] != "QUERY_TOO_COMPLEX" {
					t.Errorf("code %v", err.Extensions["code"])
				}
			}
		})
	}
}

// The introspection query of GraphiQL 5, with every option that graphql-js has, passes the default limits.
func TestIntrospectionPasses(t *testing.T) {
	query, err := os.ReadFile("../testdata/introspection.graphql")
	if err != nil {
		t.Fatal(err)
	}
	if err := check(t, string(query), nil); err != nil {
		t.Error(err)
	}
}

// The count is linear in the size of the document, whatever the fragments would amount to.
func BenchmarkExponentialFragments(b *testing.B) {
	for _, count := range []int{20, 40, 80} {
		query := spread(count)
		b.Run(fmt.Sprint(count, " fragments"), func(b *testing.B) {
			b.SetBytes(int64(len(query)))
			for b.Loop() {
				_ = check(b, query, nil)
			}
		})
	}
}
