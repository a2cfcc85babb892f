package cypher_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/cypher"
	"github.com/i-partnerschap/kennisgraaf/graph/storetest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Each construct compiles to the Cypher in its golden file: testdata/<name>.txt holds the
// query, the statement and its parameters.
func TestGolden(t *testing.T) {
	k := cypher.New(storetest.Model())
	for name, q := range goldenQueries {
		t.Run(name, func(t *testing.T) {
			found := cypher.Found{}
			for m := range cypher.Texts(q) {
				found[m] = cypher.Hits{IDs: []string{"x", "y"}, Scores: map[string]any{"x": 1.5, "y": 0.5}}
			}
			got, err := k.Read(q, found)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, name, storetest.Plan(q), got.Statement)
		})
	}
	t.Run("several", func(t *testing.T) {
		queries := []graph.Query{goldenQueries["asof"], goldenQueries["groups"], goldenQueries["matches"]}
		found := make([]cypher.Found, len(queries))
		for m := range cypher.Texts(queries[2]) {
			found[2] = cypher.Found{m: {IDs: []string{"x"}, Scores: map[string]any{"x": 1.5}}}
		}
		st, _, err := k.ReadAll(queries, found)
		if err != nil {
			t.Fatal(err)
		}
		golden(t, "several", storetest.Plan(queries), st)
	})
	t.Run("paths", func(t *testing.T) {
		q := graph.PathQuery{From: "a", To: "b", MaxHops: 3, Limit: 2, Relations: []string{"KNOWS", "MENTORS"}, Labels: []string{"Person"}, AsOf: "2020-01-01"}
		golden(t, "paths", storetest.Plan(q), *k.Paths(q))
	})
	t.Run("paths anywhere", func(t *testing.T) {
		q := graph.PathQuery{From: "a", To: "b", MaxHops: 2, Limit: 3}
		golden(t, "paths anywhere", storetest.Plan(q), *k.Paths(q))
	})
	t.Run("neighbourhood", func(t *testing.T) {
		q := graph.NeighbourhoodQuery{ID: "a", Hops: 2, Limit: 10, Labels: []string{"Person", "Org"}}
		golden(t, "neighbourhood", storetest.Plan(q), *k.Neighbourhood(q))
	})
}

func golden(t *testing.T, name, asked string, st cypher.Statement) {
	t.Helper()
	var b strings.Builder
	b.WriteString(asked + "\n\n" + lines(st.Text) + "\n\n")
	for _, p := range slices.Sorted(maps.Keys(st.Params)) {
		fmt.Fprintf(&b, "$%s = %#v\n", p, st.Params[p])
	}
	path := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != b.String() {
		t.Errorf("%s differs; look at what -update makes of it. Got:\n%s", path, b.String())
	}
}

var clause = regexp.MustCompile(` (MATCH|OPTIONAL MATCH|WITH|UNWIND|CALL|RETURN) `)

// lines breaks a statement at its clauses, for people to read.
func lines(text string) string {
	return strings.TrimSpace(strings.ReplaceAll(clause.ReplaceAllString(text, "\n$1 "), "OPTIONAL\nMATCH", "OPTIONAL MATCH"))
}

// The text of a statement depends on the shape of the query, not on its values.
func TestSameShapeSameText(t *testing.T) {
	k := cypher.New(storetest.Model())
	texts := map[string]bool{}
	for i := range 1000 {
		id := fmt.Sprintf("id-%d '\"`\\", i)
		list := []any{}
		for j := range i % 7 {
			list = append(list, fmt.Sprint(id, j))
		}
		match := graph.Matches{Text: id, Mode: graph.AnyWord}
		q := graph.Query{AsOf: fmt.Sprintf("20%02d-01-01", i%100), Root: &graph.Selection{
			Labels: []string{"Person"}, Props: []string{"name"}, Page: graph.Page{Limit: 1 + i%50, After: graph.Cursor{id, id}},
			Order: []graph.Order{{Prop: "name", Kind: graph.String, Required: true}},
			Where: graph.And{
				match, graph.Compare{Prop: "bio", Kind: graph.String, Op: graph.Contains, Value: id},
				graph.Compare{Prop: "age", Kind: graph.Int, Op: graph.Gte, Value: int64(i)},
				graph.Related{Hop: worksAt, Quantifier: graph.Some, Filter: graph.Compare{Prop: "id", Kind: graph.String, Op: graph.OneOf, Value: list}},
			},
			Links: []graph.Link{{Key: id, Hop: worksAt, Selection: &graph.Selection{Labels: worksAt.Labels, Page: graph.Page{Limit: 1 + i%3}}}},
		}}
		got, err := k.Read(q, cypher.Found{match: {IDs: []string{id}}})
		if err != nil {
			t.Fatal(err)
		}
		texts[got.Text] = true
	}
	if len(texts) != 1 {
		t.Errorf("%d different texts for one shape", len(texts))
	}
}

// A name cannot end its quotes, whatever it holds.
func TestQuote(t *testing.T) {
	for name, want := range map[string]string{
		"name": "`name`", "a b": "`a b`", "`": "````", "x`) DETACH DELETE (n": "`x``) DETACH DELETE (n`",
		`\u0060`: "`\\u005Cu0060`", `\`: "`\\u005C`", "\\`": "`\\u005C```", "": "`__nothing__`", "a\x00b": "`__nothing__`",
	} {
		if got := cypher.Quote(name); got != want {
			t.Errorf("%q is quoted as %s, want %s", name, got, want)
		}
	}
}

func BenchmarkCompile(b *testing.B) {
	k := cypher.New(storetest.Model())
	for _, name := range []string{"point", "tree"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := k.Read(goldenQueries[name], nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
