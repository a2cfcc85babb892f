package storetest

import "github.com/i-partnerschap/kennisgraaf/graph"

var orderLaws = []law{
	{"TiesOnID", tiesOnID}, {"Nulls", nullOrder}, {"TextByCodePoint", textOrder}, {"Kinds", kindOrder}, {"Several", severalOrders},
	{"Via", orderVia}, {"Count", orderByCount}, {"Edge", orderByEdge}, {"Relevance", orderByRelevance},
}

// The id breaks the remaining ties, ascending by code point, whatever the direction.
func tiesOnID(l *lab) {
	l.apply(person("b"), person("a"), person("B"), person("10"), person("9"), person("é"), person("_"))
	l.sorts(nil, "10", "9", "B", "_", "a", "b", "é")
	l.sorts([]graph.Order{by("rank")}, "10", "9", "B", "_", "a", "b", "é")
	l.sorts([]graph.Order{desc(by("rank"))}, "10", "9", "B", "_", "a", "b", "é")
	l.sorts([]graph.Order{desc(by("id"))}, "é", "b", "a", "_", "B", "9", "10")
}

// Rows without a value come last, whatever the direction, or first on request.
func nullOrder(l *lab) {
	l.apply(person("a", props{"age": int64(2)}), person("b"), person("c", props{"age": int64(1)}), person("d"), person("e", props{"age": int64(0)}))
	l.sorts([]graph.Order{by("age")}, "e", "c", "a", "b", "d")
	l.sorts([]graph.Order{desc(by("age"))}, "a", "c", "e", "b", "d")
	l.sorts([]graph.Order{nullsFirst(by("age"))}, "b", "d", "e", "c", "a")
	l.sorts([]graph.Order{nullsFirst(desc(by("age")))}, "b", "d", "a", "c", "e")
}

// Text is compared by code point: not by a collation, and not by UTF-16 unit.
func textOrder(l *lab) {
	l.apply(
		person("p1", props{"bio": "b"}), person("p2", props{"bio": "B"}), person("p3", props{"bio": "é"}), person("p4", props{"bio": ""}),
		person("p5", props{"bio": "😀"}), person("p6", props{"bio": "ﬀ"}), person("p7", props{"bio": "10"}), person("p8", props{"bio": "9"}),
		person("p9", props{"bio": "e\u0301"}))
	l.sorts([]graph.Order{by("bio")}, "p4", "p7", "p8", "p2", "p1", "p9", "p3", "p6", "p5")
	l.sorts([]graph.Order{desc(by("bio"))}, "p5", "p6", "p3", "p9", "p1", "p2", "p8", "p7", "p4")
}

// Numbers sort by value, false before true, enums and dates as text.
func kindOrder(l *lab) {
	l.apply(
		person("a", props{"score": 10.0, "active": true, "level": "MID", "born": "2000-01-10", "age": int64(-1)}),
		person("b", props{"score": 9.5, "active": false, "level": "HIGH", "born": "2000-01-09", "age": int64(10)}),
		person("c", props{"score": -1.0, "level": "LOW", "born": "1999-12-31", "age": int64(9)}))
	l.sorts([]graph.Order{by("score")}, "c", "b", "a")
	l.sorts([]graph.Order{by("age")}, "a", "c", "b")
	l.sorts([]graph.Order{by("active")}, "b", "a", "c")
	l.sorts([]graph.Order{desc(by("active"))}, "a", "b", "c")
	l.sorts([]graph.Order{by("level")}, "b", "c", "a")
	l.sorts([]graph.Order{by("born")}, "c", "b", "a")
	required := by("rank")
	required.Required = true
	l.sorts([]graph.Order{desc(required), desc(by("age"))}, "b", "c", "a")
}

// The first Order counts most, and each has its own direction and null order.
func severalOrders(l *lab) {
	l.apply(
		person("a", props{"rank": int64(2), "age": int64(1)}), person("b", props{"rank": int64(2)}), person("c", props{"rank": int64(1), "age": int64(3)}),
		person("d", props{"rank": int64(2), "age": int64(7)}), person("e", props{"rank": int64(1), "age": int64(3)}))
	l.sorts([]graph.Order{desc(by("rank")), by("age")}, "a", "d", "b", "c", "e")
	l.sorts([]graph.Order{by("rank"), nullsFirst(desc(by("age")))}, "c", "e", "b", "d", "a")
	l.sorts([]graph.Order{by("age"), desc(by("id"))}, "a", "e", "c", "d", "b")
}

// Via leads to a property of the node that counts: of several the one with the
// latest since, an absent one being the earliest, then the one with the lowest id.
func orderVia(l *lab) {
	l.apply(
		person("a"), person("b"), person("c"), person("d"),
		org("x", props{"size": int64(1)}), org("y", props{"size": int64(2)}), org("z", props{"size": int64(3)}), org("q"),
		connect("WORKS_AT", "a", "x", props{"since": "2021-01-01"}), connect("WORKS_AT", "a", "z", props{"since": "2020-01-01"}),
		connect("WORKS_AT", "b", "y", props{"since": "2019-01-01"}), connect("WORKS_AT", "b", "x"),
		connect("WORKS_AT", "c", "z"), connect("WORKS_AT", "c", "q"),
		connect("PART_OF", "x", "z"), connect("PART_OF", "y", "x"))
	size := by("size")
	size.Via = []graph.Hop{worksIn}
	l.sorts([]graph.Order{size}, "a", "b", "c", "d")
	l.sorts([]graph.Order{desc(size)}, "b", "a", "c", "d")
	l.sorts([]graph.Order{nullsFirst(size)}, "c", "d", "a", "b")
	size.Via = append(size.Via, graph.Hop{Type: "PART_OF", Direction: graph.Out, Labels: []string{"Org"}})
	l.sorts([]graph.Order{size}, "b", "a", "c", "d")
}

// Count sorts by the number of relations; there is no absence there.
func orderByCount(l *lab) {
	l.apply(
		person("a"), person("b"), person("c"), person("d"), connect("KNOWS", "a", "b"), connect("KNOWS", "c", "b"), connect("KNOWS", "c", "c"))
	count := graph.Order{Count: &knows}
	l.sorts([]graph.Order{count}, "d", "a", "b", "c")
	l.sorts([]graph.Order{nullsFirst(desc(count))}, "b", "c", "a", "d")
}

// Edge sorts by a property of the relation that led to the row.
func orderByEdge(l *lab) {
	l.apply(
		person("p"), org("x"), org("y"), org("z"), connect("WORKS_AT", "p", "x", props{"share": 0.5}),
		connect("WORKS_AT", "p", "y"), connect("WORKS_AT", "p", "z", props{"share": 0.1}))
	read := func(o graph.Order) []string {
		o.Edge = true
		return linked(l.read(rooted("Person", "p", link("o", worksIn, func(s *graph.Selection) { s.Order = []graph.Order{o} }))), "o")
	}
	l.same("ascending", []string{"z", "x", "y"}, read(by("share")))
	l.same("descending", []string{"x", "z", "y"}, read(desc(by("share"))))
	l.same("nulls first", []string{"y", "x", "z"}, read(nullsFirst(desc(by("share")))))
}

// A node that matches scores above 0 and any other 0; scores do not rise in a
// descending list, and its pages fit together.
func orderByRelevance(l *lab) {
	changes := []graph.Change{
		topic("a", props{"name": "netwerk"}), topic("b", props{"name": "ethiek", "altNames": []string{"netwerk"}}),
		topic("c", props{"name": "niets"}), topic("d", props{"name": "netwerkbeveiliging"}), topic("e", props{"name": "netwerk netwerk"}), topic("f"),
	}
	naive := NewNaive(Model())
	l.apply(changes...)
	if _, err := naive.Apply(l.ctx, "tester", changes); err != nil {
		l.Fatal(err)
	}
	for _, mode := range []graph.MatchMode{graph.AllWords, graph.AnyWord} {
		for _, where := range []graph.Filter{nil, graph.Matches{Text: "netwerk", Mode: mode}} {
			q := graph.Query{Root: &graph.Selection{
				Labels: []string{"Topic"}, Where: where, Page: all,
				Order: []graph.Order{{Relevance: &graph.Matches{Text: "netwerk", Mode: mode}, Desc: true}},
			}}
			if problem := relevanceProblem(l.ctx, naive, l.store, q); problem != "" {
				l.Error(problem)
			}
		}
	}
}
