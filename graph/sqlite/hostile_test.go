package sqlite_test

import (
	"path/filepath"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/sqlite"
	"github.com/i-partnerschap/kennisgraaf/graph/storetest"
)

// everywhere returns queries with one string in every place where a name or a value goes.
func everywhere(x string) []graph.Query {
	hop := graph.Hop{Type: x, Direction: graph.Both, Labels: []string{x, "Person"}}
	page := graph.Page{Limit: 5}
	var queries []graph.Query
	ask := func(sel graph.Selection) {
		sel.Page = page
		if sel.Labels == nil {
			sel.Labels = []string{"Person", x}
		}
		queries = append(queries, graph.Query{AsOf: x, Root: &sel})
	}
	for _, op := range []graph.Op{graph.Eq, graph.Ne, graph.Lt, graph.Contains, graph.StartsWith, graph.EndsWith, graph.Has} {
		ask(graph.Selection{Where: graph.Not{Filter: graph.Compare{Prop: x, Op: op, Value: x}}})
	}
	for _, op := range []graph.Op{graph.OneOf, graph.NotIn, graph.HasAny} {
		ask(graph.Selection{Where: graph.Compare{Prop: x, Op: op, Value: []any{x, x}}})
	}
	for _, mode := range []graph.MatchMode{graph.AllWords, graph.AnyWord, graph.Prefix} {
		m := graph.Matches{Text: x, Mode: mode}
		ask(graph.Selection{Where: m, Order: []graph.Order{{Relevance: &m, Desc: true}}})
	}
	for _, q := range []graph.Quantifier{graph.Some, graph.None, graph.EachOf, graph.Single, graph.Number} {
		ask(graph.Selection{Where: graph.Related{Hop: hop, Quantifier: q, Edge: graph.Compare{Prop: x, Op: graph.Eq, Value: x}, Filter: id(x)}})
	}
	ask(graph.Selection{Where: graph.And{graph.Within{Tree: hop, ID: x}, graph.HasLabel{Labels: []string{x}}, graph.Near{LatProp: x, LonProp: x}}})
	ask(graph.Selection{Labels: []string{x}, Props: []string{x}, Count: true})
	ask(graph.Selection{Order: []graph.Order{{Prop: x}, {Via: []graph.Hop{hop}, Prop: x}, {Count: &hop}}})
	ask(graph.Selection{Links: []graph.Link{{Key: x, Hop: hop, On: []string{x, "Person"}, Selection: &graph.Selection{
		Labels: hop.Labels, Props: []string{x}, EdgeProps: []string{x}, Page: page, Order: []graph.Order{{Prop: x, Edge: true}},
	}}}})
	ask(graph.Selection{Aggregates: []graph.Aggregate{{Key: x, Limit: 5, Measures: []graph.Measure{{Prop: x}}, Dimensions: []graph.Dimension{
		{Path: []graph.Hop{hop}, Prop: x, Unit: graph.Year}, {Tree: &hop, Level: 2}, {Prop: x}, {Path: []graph.Hop{hop}, Empty: true},
	}}}})
	return queries
}

// Whatever stands where a name or a value goes, the statement stays the one that was
// meant: it succeeds, and the graph stays as it is.
func FuzzHostile(f *testing.F) {
	s, err := sqlite.Open(f.Context(), filepath.Join(f.TempDir(), "s.db"), storetest.Model(), sqlite.Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = s.Close() })
	changes := []graph.Change{
		{Op: graph.CreateNode, Label: "Person", ID: "a", Props: map[string]any{"name": "a"}},
		{Op: graph.CreateNode, Label: "Person", ID: "b", Props: map[string]any{"name": "b"}},
		{Op: graph.Connect, Type: "KNOWS", From: "a", To: "b"},
	}
	if _, err := s.Apply(f.Context(), "tester", changes); err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{
		"'", `"`, "`", "''", `\'`, `\"`, "x' OR '1'='1", `x"; DROP TABLE node; --`, "') UNION SELECT 1,2,3,4,5 --", "\x00", "a\x00'b", "\xff'",
		"$.x", `$."x`, `"]`, "[#-1]", "%", "_", "*", "a*", `"a" OR "b"`, "NEAR(a b)", "suggest:a", "-a", "^a", "{w0}:a", "?1", ":a", "@a", "$a",
		"name", "id", "since", "props", "label", "nid", "o0", "__label", "[", "{", "(", ")", ";", "/*", "--", "\n", "", " ", "é", "😀", "ﬀ",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, x string) {
		for _, q := range everywhere(x) {
			if _, err := s.Read(t.Context(), q); err != nil {
				t.Errorf("%q: %v\n%s", x, err, storetest.Plan(q))
			}
		}
		hostile := graph.Change{Op: graph.Connect, Type: x, From: x, To: x, Props: map[string]any{x: x}}
		if _, err := s.Apply(t.Context(), x, []graph.Change{hostile}); graph.CodeOf(err) != graph.BadUserInput && graph.CodeOf(err) != graph.NotFound {
			t.Errorf("%q: %v", x, err)
		}
		r, err := s.Read(t.Context(), people(graph.Selection{Count: true}))
		if err != nil || r.Count != 2 {
			t.Fatalf("%q: %v %v", x, r, err)
		}
	})
}
