package storetest

import "github.com/i-partnerschap/kennisgraaf/graph"

var severalLaws = []law{{"EqualOneByOne", severalEqualOneByOne}, {"None", severalNone}}

// Several queries are answered each as if it were alone, in their order: days, filters,
// texts and the groups that no node is in do not reach from one into another.
func severalEqualOneByOne(l *lab) {
	history(l)
	text := graph.Matches{Text: "alpha", Mode: graph.AllWords}
	l.apply(person("c", props{"name": "alpha"}), person("d", props{"name": "alpha alpha beta"}))
	works := graph.Aggregate{Key: "g", Limit: graph.All, Dimensions: []graph.Dimension{{Path: []graph.Hop{worksIn}, Empty: true}}}
	people := func(where graph.Filter, limit int, order ...graph.Order) *graph.Selection {
		return &graph.Selection{Labels: []string{"Person"}, Where: where, Order: order, Page: graph.Page{Limit: limit}, Count: true, Aggregates: []graph.Aggregate{works}}
	}
	best := people(text, 1, graph.Order{Relevance: &text})
	best.Aggregates = nil
	queries := []graph.Query{
		{Root: people(nil, graph.All), AsOf: "2018-01-01"},
		{Root: best},
		{Root: people(text, graph.All)},
		{Root: people(nil, 0), AsOf: "2020-01-01"},
		rooted("Person", "a", link("o", worksIn)),
		rooted("Person", "nobody"),
	}
	got, err := l.store.ReadAll(l.ctx, queries)
	if err != nil {
		l.Fatal(err)
	}
	l.same("answers", len(queries), len(got))
	for i, q := range queries {
		l.same(Plan(q), l.read(q), got[i])
	}
}

// No query has no answer.
func severalNone(l *lab) {
	got, err := l.store.ReadAll(l.ctx, nil)
	if err != nil || len(got) != 0 {
		l.Errorf("%v %v", got, err)
	}
}
