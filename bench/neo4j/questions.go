package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/i-partnerschap/kennisgraaf/dataset/generate"
	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/match"
)

// The relations that the questions follow.
var (
	lectoraten = graph.Hop{Type: "PART_OF", Direction: graph.In, Labels: []string{"Lectoraat"}}
	lectoren   = graph.Hop{Type: "LEADS", Direction: graph.In, Labels: []string{"Person"}}
	leads      = graph.Hop{Type: "LEADS", Direction: graph.Out, Labels: []string{"Lectoraat"}}
	expertise  = graph.Hop{Type: "EXPERT_IN", Direction: graph.Out, Labels: []string{"Theme"}}
	themes     = graph.Hop{Type: "ABOUT", Direction: graph.Out, Labels: []string{"Theme"}}
	regions    = graph.Hop{Type: "TAKES_PLACE_IN", Direction: graph.Out, Labels: []string{"Region"}}
	staff      = graph.Hop{Type: "AFFILIATED_WITH", Direction: graph.In, Labels: []string{"Person"}}
	broader    = graph.Hop{Type: "BROADER", Direction: graph.Out, Labels: []string{"Theme"}}
	byName     = graph.Order{Prop: "name", Kind: graph.String, Required: true}
)

// list asks for the first of a list by name.
func list(label string, limit int, links ...graph.Link) *graph.Selection {
	return &graph.Selection{Labels: []string{label}, Props: []string{"name"}, Order: []graph.Order{byName}, Page: graph.Page{Limit: limit}, Links: links}
}

// found asks for the first projects that a text finds, the best first.
func found(text string) *graph.Selection {
	m := graph.Matches{Text: text, Mode: graph.AllWords}
	return &graph.Selection{Labels: []string{"Project"}, Props: []string{"title"}, Where: m, Order: []graph.Order{{Relevance: &m, Desc: true}}, Page: graph.Page{Limit: 20}}
}

func follow(key string, hop graph.Hop, sel *graph.Selection) graph.Link {
	return graph.Link{Key: key, Hop: hop, Selection: sel}
}

func id(value string) graph.Filter {
	return graph.Compare{Prop: "id", Kind: graph.String, Op: graph.Eq, Value: value}
}

// questions are ten that the API is asked, one of them twice, with the best Cypher we could write for each.
func questions(s graph.Store, nodes int) []question {
	size := generate.SizeOf(nodes)
	pick := func(prefix string, count int) func(int) string {
		const step = 7919 // a prime, so that the values spread
		return func(i int) string { return fmt.Sprint(prefix, i*step%count) }
	}
	person, theme := pick("g-persoon-", size.People), pick("g-thema-", size.Themes)
	institution, project := pick("g-instelling-", size.Institutions), pick("g-project-", size.Projects)
	read := func(sel func(i int) *graph.Selection) func(context.Context, int) error {
		return func(ctx context.Context, i int) error {
			_, err := s.Read(ctx, graph.Query{Root: sel(i)})
			return err
		}
	}
	with := func(name string, value func(int) string) func(int) map[string]any {
		return func(i int) map[string]any { return map[string]any{name: value(i)} }
	}
	nothing := func(int) map[string]any { return nil }
	word := func(i int) string { return words[i%len(words)] }
	anywhere := func(i int) map[string]any { return map[string]any{"q": "*" + word(i) + "*"} }
	matcher := match.New(s)
	return []question{
		{
			"point", read(func(i int) *graph.Selection {
				return &graph.Selection{Labels: []string{"Person"}, Props: []string{"name", "roles"}, Where: id(person(i)), Page: graph.Page{Limit: 1}}
			}),
			"MATCH (n:Person {id: $id}) RETURN n.id, n.name, n.roles", with("id", person),
		},
		{
			"nested, 4 levels", read(func(int) *graph.Selection {
				topics := &graph.Selection{Labels: expertise.Labels, Props: []string{"prefLabelNl"}, EdgeProps: []string{"level"}, Page: graph.Page{Limit: 5}}
				return list("Institution", 10, follow("a", lectoraten, list("Lectoraat", 5, follow("b", lectoren, list("Person", 5, follow("c", expertise, topics))))))
			}), fourLevels, nothing,
		},
		{
			"filtered through relations", read(func(i int) *graph.Selection {
				sel := list("Person", 20)
				sel.Where = graph.Related{Hop: leads, Quantifier: graph.Some, Filter: graph.Related{Hop: themes, Quantifier: graph.Some, Filter: id(theme(i))}}
				return sel
			}),
			"MATCH (t:Theme {id: $t})<-[:ABOUT]-(:Lectoraat)<-[:LEADS]-(p:Person) WITH DISTINCT p ORDER BY p.name, p.id LIMIT 21 RETURN p.id, p.name", with("t", theme),
		},
		{
			"connection page, edge properties", read(func(i int) *graph.Selection {
				people := list("Person", 20)
				people.EdgeProps, people.Count = []string{"since", "position"}, true
				sel := list("Institution", 1, follow("p", staff, people))
				sel.Where = id(institution(i))
				return sel
			}), connectionPage, with("id", institution),
		},
		{
			"group by region × theme", read(func(int) *graph.Selection {
				return &graph.Selection{Labels: []string{"Project"}, Aggregates: []graph.Aggregate{{
					Key: "g", Limit: 50, Dimensions: []graph.Dimension{{Path: []graph.Hop{regions}}, {Path: []graph.Hop{themes}}},
				}}}
			}), regionByTheme, nothing,
		},
		// A space more makes it another text, of which the store remembers nothing.
		{"full text", read(func(i int) *graph.Selection { return found(strings.Repeat(" ", i) + word(i)) }), fullText, anywhere},
		{"full text, asked before", read(func(i int) *graph.Selection { return found(word(i)) }), fullText, anywhere},
		{
			"two aliases", read(func(int) *graph.Selection {
				latest := list("Person", 5)
				latest.Order = []graph.Order{{Edge: true, Prop: "since", Kind: graph.Date, Desc: true}}
				return list("Institution", 10, follow("a", staff, list("Person", 5)), follow("b", staff, latest))
			}), twoAliases, nothing,
		},
		{
			"shortest path", func(ctx context.Context, i int) error {
				_, err := s.Paths(ctx, graph.PathQuery{From: project(i), To: project(i + 1), MaxHops: 4, Limit: 3})
				return err
			}, shortest, func(i int) map[string]any { return map[string]any{"a": project(i), "b": project(i + 1)} },
		},
		{
			"theme tree", read(func(i int) *graph.Selection {
				return &graph.Selection{
					Labels: []string{"Project"}, Props: []string{"title"}, Page: graph.Page{Limit: 20}, Order: []graph.Order{{Prop: "title", Kind: graph.String, Required: true}},
					Where: graph.Related{Hop: themes, Quantifier: graph.Some, Filter: graph.Within{Tree: broader, ID: theme(i)}},
				}
			}), themeTree, with("t", theme),
		},
		{
			"match", func(ctx context.Context, i int) error {
				_, err := matcher.Match(ctx, match.Request{Themes: []string{theme(i)}, Supply: []match.Supply{match.Lector}, Today: time.Now(), First: 10})
				return err
			}, matching, with("t", theme),
		},
	}
}

var words = []string{"beveiliging", "algoritme", "cloud", "privacy", "data"}
