package sqlite_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/sqlite"
	"github.com/i-partnerschap/kennisgraaf/graph/storetest"
)

// The large graph has 100,000 people, each of whom works at one of 1,000 organisations
// and knows about two of 200 topics.
const (
	largePeople = 100_000
	largeOrgs   = 1_000
	largeTopics = 200
)

var (
	words = strings.Fields(`netwerk beveiliging gemeente digitale identiteit onderzoek data kwaliteit cloud platform architectuur
		toegankelijk burger dienst algoritme ethiek privacy samenwerking regio innovatie zorg onderwijs mobiliteit energie water
		ruimte landbouw veiligheid rechtspraak belasting uitkering register sensor model analyse beheer proces keten standaard`)
	names = strings.Fields(`Jansen Bakker Visser Smit Meijer Mulder Bos Vos Peters Hendriks Dekker Brouwer Dijkstra Kok Jacobs Vermeulen`)
)

// largeChanges returns the changes that make the large graph, with so many people.
func largeChanges(people int) []graph.Change {
	changes := make([]graph.Change, 0, 4*people+4*largeOrgs)
	node := func(label, id string, props map[string]any) {
		changes = append(changes, graph.Change{Op: graph.CreateNode, Label: label, ID: id, Props: props})
	}
	connect := func(typ, from, to string, props map[string]any) {
		changes = append(changes, graph.Change{Op: graph.Connect, Type: typ, From: from, To: to, Props: props})
	}
	word := func(i int) string { return words[i%len(words)] }
	for i := range largeTopics {
		id := fmt.Sprintf("t%03d", i)
		node("Topic", id, map[string]any{"name": fmt.Sprintf("%s%s %d", word(i), word(i*7+3), i)})
		if i > 0 {
			connect("BROADER", id, fmt.Sprintf("t%03d", i/6), nil)
		}
	}
	for i := range largeOrgs {
		id := fmt.Sprintf("o%04d", i)
		node("Org", id, map[string]any{"name": fmt.Sprintf("%s %s %d", word(i), word(i/3), i), "size": int64(i % 97), "founded": fmt.Sprintf("%d-03-04", 1950+i%70)})
		connect("ABOUT", id, fmt.Sprintf("t%03d", i%largeTopics), map[string]any{"strength": int64(i % 5)})
	}
	for i := range people {
		id := fmt.Sprintf("p%06d", i)
		node("Person", id, map[string]any{
			"name": fmt.Sprintf("%s %s %d", names[i%len(names)], names[i/7%len(names)], i), "rank": int64(i % 1000), "age": int64(20 + i%50),
			"bio":  strings.Join([]string{word(i), word(i / 3), word(i/5) + word(i/11), word(i / 13), word(i / 17)}, " "),
			"born": fmt.Sprintf("%d-%02d-15", 1950+i%50, 1+i%12), "active": i%3 == 0,
		})
		connect("WORKS_AT", id, fmt.Sprintf("o%04d", i%largeOrgs), map[string]any{"since": fmt.Sprintf("%d-01-01", 2000+i%20), "role": word(i)})
		connect("ABOUT", id, fmt.Sprintf("t%03d", i%largeTopics), nil)
		connect("ABOUT", id, fmt.Sprintf("t%03d", i*7%largeTopics), nil)
	}
	return changes
}

// loadLarge fills a store, a batch at a time.
func loadLarge(tb testing.TB, s graph.Store, people int) {
	tb.Helper()
	changes := largeChanges(people)
	begin := time.Now()
	for i := 0; i < len(changes); i += 100_000 {
		if _, err := s.Apply(context.Background(), "bench", changes[i:min(i+100_000, len(changes))]); err != nil {
			tb.Fatal(err)
		}
	}
	tb.Logf("%d changes in %v, %.0f a second", len(changes), time.Since(begin), float64(len(changes))/time.Since(begin).Seconds())
}

// openLarge opens a new store with the large graph.
func openLarge(tb testing.TB, people int, options sqlite.Options) *sqlite.Store {
	tb.Helper()
	s, err := sqlite.Open(context.Background(), filepath.Join(tb.TempDir(), "large.db"), storetest.Model(), options)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Error(err)
		}
	})
	loadLarge(tb, s, people)
	return s
}

var (
	about   = graph.Hop{Type: "ABOUT", Direction: graph.Out, Labels: []string{"Topic"}}
	subject = graph.Hop{Type: "ABOUT", Direction: graph.In, Labels: []string{"Person"}}
	worksAt = graph.Hop{Type: "WORKS_AT", Direction: graph.Out, Labels: []string{"Org"}}
	staff   = graph.Hop{Type: "WORKS_AT", Direction: graph.In, Labels: []string{"Person"}}
	broader = graph.Hop{Type: "BROADER", Direction: graph.Out, Labels: []string{"Topic"}}
	byName  = []graph.Order{{Prop: "name", Kind: graph.String, Required: true}}
)

func people(s graph.Selection) graph.Query {
	s.Labels = []string{"Person"}
	if s.Props == nil {
		s.Props = []string{"name", "age"}
	}
	if s.Page.Limit == 0 {
		s.Page.Limit = 20
	}
	return graph.Query{Root: &s}
}

func id(v string) graph.Filter { return graph.Compare{Prop: "id", Op: graph.Eq, Value: v} }

func some(h graph.Hop, f graph.Filter) graph.Filter {
	return graph.Related{Hop: h, Quantifier: graph.Some, Filter: f}
}

func matches(text string) graph.Matches { return graph.Matches{Text: text, Mode: graph.AllWords} }

// largeQueries are the questions that the benchmarks ask.
func largeQueries() map[string]graph.Query {
	level := func(key string, h graph.Hop, links ...graph.Link) graph.Link {
		return graph.Link{Key: key, Hop: h, Selection: &graph.Selection{Labels: h.Labels, Props: []string{"name"}, Order: byName, Page: graph.Page{Limit: 5}, Links: links}}
	}
	relevance := matches("beveiliging")
	return map[string]graph.Query{
		"Point":         people(graph.Selection{Where: id("p012345")}),
		"FourLevels":    people(graph.Selection{Where: id("p012345"), Links: []graph.Link{level("o", worksAt, level("t", about, level("b", broader)))}}),
		"FourLevels20":  people(graph.Selection{Order: byName, Links: []graph.Link{level("o", worksAt, level("t", about, level("b", broader)))}}),
		"Page1":         people(graph.Selection{Order: byName}),
		"PageById":      people(graph.Selection{}),
		"SortUnindexed": people(graph.Selection{Order: []graph.Order{{Prop: "age", Kind: graph.Int}}}),
		"Contains":      people(graph.Selection{Order: byName, Where: graph.Compare{Prop: "name", Op: graph.Contains, Value: "mulder 99"}}),
		"TextFilter":    people(graph.Selection{Where: matches("beveiliging zorg")}),
		"TextRelevant":  people(graph.Selection{Where: relevance, Order: []graph.Order{{Relevance: &relevance, Desc: true}}}),
		"Suggest":       people(graph.Selection{Where: graph.Matches{Text: "ja", Mode: graph.Prefix}}),
		"Count":         people(graph.Selection{Count: true}),
		"SomeById":      people(graph.Selection{Order: byName, Where: some(about, id("t007"))}),
		"SomeByValue":   people(graph.Selection{Order: byName, Where: some(worksAt, graph.Compare{Prop: "size", Kind: graph.Int, Op: graph.Gt, Value: int64(90)})}),
		"SomeOfSome":    people(graph.Selection{Order: byName, Where: some(worksAt, some(about, id("t007")))}),
		"NoneById":      people(graph.Selection{Order: byName, Where: graph.Related{Hop: about, Quantifier: graph.None, Filter: id("t007")}}),
		"Within":        people(graph.Selection{Order: byName, Where: some(about, graph.Within{Tree: broader, ID: "t003"})}),
		"HubLink":       {Root: &graph.Selection{Labels: []string{"Topic"}, Where: id("t007"), Page: graph.Page{Limit: 1}, Links: []graph.Link{level("s", subject)}}},
		"ManyParents":   {Root: &graph.Selection{Labels: []string{"Org"}, Page: graph.Page{Limit: 200}, Links: []graph.Link{level("s", staff)}}},
		"SortByCount":   {Root: &graph.Selection{Labels: []string{"Org"}, Page: graph.Page{Limit: 20}, Order: []graph.Order{{Count: &staff, Desc: true}}}},
		"GroupByTopic":  people(graph.Selection{Aggregates: []graph.Aggregate{{Key: "a", Limit: graph.All, Dimensions: []graph.Dimension{{Path: []graph.Hop{about}}}}}}),
		"GroupByTopicYear": people(graph.Selection{Aggregates: []graph.Aggregate{{Key: "a", Limit: graph.All, Dimensions: []graph.Dimension{
			{Path: []graph.Hop{about}, Tree: &broader, Level: 2}, {Prop: "born", Kind: graph.Date, Unit: graph.Year}}, Measures: []graph.Measure{{Prop: "age", Kind: graph.Int}}}}}),
	}
}

func BenchmarkLarge(b *testing.B) {
	s := openLarge(b, largePeople, sqlite.Options{})
	queries := largeQueries()
	deep, err := s.Read(context.Background(), people(graph.Selection{Order: byName, Page: graph.Page{Limit: 20_000}}))
	if err != nil {
		b.Fatal(err)
	}
	queries["Page1000"] = people(graph.Selection{Order: byName, Page: graph.Page{Limit: 20, After: deep.Rows[19_999].Cursor}})
	for name, q := range queries {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := s.Read(context.Background(), q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	for _, hops := range []int{3, 4} {
		b.Run(fmt.Sprintf("Paths%d", hops), func(b *testing.B) {
			for b.Loop() {
				if _, err := s.Paths(context.Background(), graph.PathQuery{From: "p000001", To: "p099998", MaxHops: hops, Limit: 3}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("Neighbourhood", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.Neighbourhood(context.Background(), graph.NeighbourhoodQuery{ID: "p000001", Hops: 2, Limit: 100}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("Write", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			change := graph.Change{Op: graph.UpdateNode, Label: "Person", ID: "p000001", Props: map[string]any{"age": int64(i)}}
			if _, err := s.Apply(context.Background(), "bench", []graph.Change{change}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
