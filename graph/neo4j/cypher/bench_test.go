package cypher_test

import (
	"testing"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/cypher"
	"github.com/i-partnerschap/kennisgraaf/schema"
)

// What compiling a page of four levels costs, each with a filter, an order and a count. Every
// read compiles anew: see decision 005.
func BenchmarkReadFourLevels(b *testing.B) {
	model, err := schema.Model()
	if err != nil {
		b.Fatal(err)
	}
	k := cypher.New(model)
	hops := []graph.Hop{
		{Type: "EXPERT_IN", Direction: graph.Out, Labels: []string{"Theme"}},
		{Type: "LEADS", Direction: graph.In, Labels: []string{"Person"}},
		{Type: "PART_OF", Direction: graph.In, Labels: []string{"Lectoraat"}},
	}
	list := func(label string) *graph.Selection {
		return &graph.Selection{
			Labels: []string{label}, Props: []string{"name", "description", "updatedAt"}, Count: true, Page: graph.Page{Limit: 20},
			Order: []graph.Order{{Prop: "name", Kind: graph.String, Required: true}},
			Where: graph.And{graph.Compare{Prop: "name", Kind: graph.String, Op: graph.Contains, Value: "cyber"}, graph.Related{Hop: hops[0], Quantifier: graph.Some,
				Filter: graph.Compare{Prop: "id", Kind: graph.String, Op: graph.OneOf, Value: []any{"a", "b"}}}},
		}
	}
	sel := list("Theme")
	for i, label := range []string{"Person", "Lectoraat", "Institution"} {
		above := list(label)
		above.Links = []graph.Link{{Key: "below", Hop: hops[i], Selection: sel}}
		sel = above
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := k.Read(graph.Query{Root: sel}, nil); err != nil {
			b.Fatal(err)
		}
	}
}
