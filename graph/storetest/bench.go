package storetest

import (
	"context"
	"fmt"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Benchmark measures a store over one graph of the suite's model: 2,000 people who
// work at 100 organisations that are about 60 topics.
func Benchmark(b *testing.B, open func(b *testing.B, m *graph.Model) graph.Store) {
	store := open(b, Model())
	defer func() {
		if err := store.Close(); err != nil {
			b.Error(err)
		}
	}()
	if _, err := store.Apply(b.Context(), "bench", benchGraph()); err != nil {
		b.Fatal(err)
	}
	deep, err := store.Read(b.Context(), graph.Query{Root: &graph.Selection{Labels: []string{"Person"}, Order: benchOrder, Page: graph.Page{Limit: 1900}}})
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct {
		name string
		q    *graph.Selection
		rows int
	}{
		{"Point", &graph.Selection{Labels: []string{"Person"}, Props: []string{"name", "age"}, Where: eq("id", "p1234"), Page: graph.Page{Limit: 1}}, 1},
		{"FourLevels", fourLevels(), 10},
		{"ThroughRelation", &graph.Selection{
			Labels: []string{"Person"}, Props: []string{"name"}, Page: graph.Page{Limit: 20}, Count: true,
			Where: graph.Related{Hop: worksIn, Quantifier: graph.Some, Filter: graph.Related{Hop: topics, Quantifier: graph.Some, Filter: eq("id", "t7")}},
		}, 20},
		{"FirstPage", &graph.Selection{Labels: []string{"Person"}, Props: []string{"name"}, Order: benchOrder, Page: graph.Page{Limit: 20}}, 20},
		{"DeepPage", &graph.Selection{Labels: []string{"Person"}, Props: []string{"name"}, Order: benchOrder, Page: graph.Page{Limit: 20, After: deep.Rows[1899].Cursor}}, 20},
		{"Text", &graph.Selection{Labels: []string{"Topic"}, Where: graph.Matches{Text: "beveiliging", Mode: graph.AllWords}, Page: graph.Page{Limit: 5}}, 5},
	} {
		b.Run(c.name, func(b *testing.B) { benchRead(b, store, c.q, c.rows) })
	}
	b.Run("Path", func(b *testing.B) {
		for b.Loop() {
			if _, err := store.Paths(context.Background(), graph.PathQuery{From: "t1", To: "t2", MaxHops: 3, Limit: 3}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("Write", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			if _, err := store.Apply(context.Background(), "bench", []graph.Change{update("Person", "p1", props{"age": int64(i)})}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

var benchOrder = []graph.Order{{Prop: "rank", Kind: graph.Int, Required: true}}

// fourLevels asks for organisations, their staff, the topics of these and what is broader.
func fourLevels() *graph.Selection {
	name := func(s *graph.Selection) { s.Props, s.Page = []string{"name"}, graph.Page{Limit: 5} }
	return &graph.Selection{
		Labels: []string{"Org"}, Props: []string{"name"}, Page: graph.Page{Limit: 10},
		Links: []graph.Link{link("staff", staff, name, func(s *graph.Selection) {
			s.Links = []graph.Link{link("topics", topics, name, func(s *graph.Selection) {
				s.Links = []graph.Link{link("broader", broader, name)}
			})}
		})},
	}
}

func benchRead(b *testing.B, store graph.Store, sel *graph.Selection, rows int) {
	b.ReportAllocs()
	for b.Loop() {
		r, err := store.Read(context.Background(), graph.Query{Root: sel})
		if err != nil {
			b.Fatal(err)
		}
		if len(r.Rows) != rows {
			b.Fatalf("want %d rows, got %d", rows, len(r.Rows))
		}
	}
}

func benchGraph() []graph.Change {
	var changes []graph.Change
	for i := range 60 {
		changes = append(changes, topic(fmt.Sprintf("t%d", i), props{"name": fmt.Sprintf("netwerkbeveiliging %d", i)}))
		if i > 0 {
			changes = append(changes, connect("BROADER", fmt.Sprintf("t%d", i), fmt.Sprintf("t%d", i/4)))
		}
	}
	for i := range 100 {
		changes = append(changes, org(fmt.Sprintf("o%d", i)), connect("ABOUT", fmt.Sprintf("o%d", i), fmt.Sprintf("t%d", i%60)))
	}
	for i := range 2000 {
		id := fmt.Sprintf("p%d", i)
		changes = append(changes, person(id, props{"rank": int64(i % 50), "age": int64(i % 70)}),
			connect("WORKS_AT", id, fmt.Sprintf("o%d", i%100)), connect("ABOUT", id, fmt.Sprintf("t%d", i%59)))
	}
	return changes
}
