package storetest

import "github.com/i-partnerschap/kennisgraaf/graph"

var asOfLaws = []law{
	{"Bounds", asOfBounds}, {"InFilters", asOfInFilters}, {"InOrders", asOfInOrders}, {"InAggregates", asOfInAggregates},
	{"InLinks", asOfInLinks}, {"Both", asOfBoth}, {"Within", asOfWithin},
}

// history makes a person a whose work at x ended before that at y began.
func history(l *lab) {
	l.apply(
		person("a"), person("b"), org("x", props{"size": int64(1)}), org("y", props{"size": int64(2)}), org("z", props{"size": int64(3)}),
		connect("WORKS_AT", "a", "x", props{"since": "2018-01-01", "until": "2019-12-31"}),
		connect("WORKS_AT", "a", "y", props{"since": "2020-01-01"}),
		connect("WORKS_AT", "a", "z", props{"until": "2018-06-30"}),
		connect("WORKS_AT", "b", "x"))
}

// A relation holds from since to until, both days included; an absent bound is open.
func asOfBounds(l *lab) {
	history(l)
	for day, want := range map[string][]string{
		"": {"x", "y", "z"}, "2000-01-01": {"z"}, "2017-12-31": {"z"}, "2018-01-01": {"x", "z"}, "2018-06-30": {"x", "z"}, "2018-07-01": {"x"},
		"2019-12-31": {"x"}, "2020-01-01": {"y"}, "2099-01-01": {"y"},
	} {
		q := rooted("Person", "a", link("o", worksIn, func(s *graph.Selection) { s.Count = true }))
		q.AsOf = day
		r := l.read(q)
		l.same(day, want, linked(r, "o"))
		l.same(day+": count", int64(len(want)), r.Rows[0].Node.Links["o"].Count)
	}
}

// asOf reads ids of people on a day.
func (l *lab) asOf(day string, where graph.Filter, order ...graph.Order) []string {
	l.Helper()
	return ids(l.read(graph.Query{AsOf: day, Root: &graph.Selection{Labels: []string{"Person"}, Where: where, Order: order, Page: all}}))
}

// Filters see the relations of the day, for every quantifier and at every level.
func asOfInFilters(l *lab) {
	history(l)
	works := func(q graph.Quantifier, f graph.Filter) graph.Filter {
		return graph.Related{Hop: worksIn, Quantifier: q, Filter: f}
	}
	l.same("some", []string{"a"}, l.asOf("2020-01-01", works(graph.Some, eq("id", "y"))))
	l.same("none", []string{"b"}, l.asOf("2020-01-01", works(graph.None, eq("id", "y"))))
	l.same("single", []string{"b"}, l.asOf("2018-01-01", works(graph.Single, nil)))
	l.same("all", []string{"a", "b"}, l.asOf("2019-01-01", works(graph.EachOf, eq("id", "x"))))
	count := graph.Related{Hop: worksIn, Quantifier: graph.Number, Count: []graph.Compare{{Kind: graph.Int, Op: graph.Eq, Value: int64(2)}}}
	l.same("number", []string{"a"}, l.asOf("2018-01-01", count))
	deep := works(graph.Some, graph.Related{Hop: staff, Quantifier: graph.Some, Filter: eq("id", "a")})
	l.same("nested", []string{"a", "b"}, l.asOf("2019-01-01", deep))
	l.same("nested later", []string{"a"}, l.asOf("2020-01-01", deep))
}

// Sorts by count and by way of a relation see the relations of the day.
func asOfInOrders(l *lab) {
	history(l)
	count := graph.Order{Count: &worksIn, Desc: true}
	l.same("count", []string{"a", "b"}, l.asOf("2018-01-01", nil, count))
	l.same("count, none left", []string{"b", "a"}, l.asOf("2018-01-01", nil, graph.Order{Count: &worksIn}))
	size := by("size")
	size.Via = []graph.Hop{worksIn}
	l.same("via y", []string{"b", "a"}, l.asOf("2020-01-01", nil, size))
	l.same("via z", []string{"b", "a"}, l.asOf("2010-01-01", nil, size))
	l.same("via x, tied", []string{"a", "b"}, l.asOf("2019-01-01", nil, size))
}

// Dimensions follow the relations of the day.
func asOfInAggregates(l *lab) {
	history(l)
	l.apply(connect("PART_OF", "x", "y", props{"until": "2018-12-31"}))
	part := graph.Hop{Type: "PART_OF", Direction: graph.Out, Labels: []string{"Org"}}
	for day, want := range map[string][2][][]any{
		"2018-07-01": {{{"@x", 2}}, {{"@y", 2}}},
		"2020-01-01": {{{"@x", 1}, {"@y", 1}}, {{"@x", 1}, {"@y", 1}}},
		"":           {{{"@x", 2}, {"@y", 1}, {"@z", 1}}, {{"@y", 2}, {"@z", 1}}},
	} {
		r := l.read(graph.Query{AsOf: day, Root: &graph.Selection{Labels: []string{"Person"}, Aggregates: []graph.Aggregate{
			{Key: "org", Limit: graph.All, Dimensions: []graph.Dimension{{Path: []graph.Hop{worksIn}}}},
			{Key: "top", Limit: graph.All, Dimensions: []graph.Dimension{{Path: []graph.Hop{worksIn}, Tree: &part, Level: 1}}},
		}}})
		l.same(day, want[0], keysAndCounts(r.Groups["org"]))
		l.same(day+": rolled up", want[1], keysAndCounts(r.Groups["top"]))
	}
}

// One takes from the relations of the day, and deeper links follow the same day.
func asOfInLinks(l *lab) {
	l.apply(
		person("a"), org("x"), org("y"), connect("HOME", "a", "x", props{"since": "2018-01-01"}), connect("HOME", "a", "y", props{"since": "2020-01-01"}),
		person("b"), connect("WORKS_AT", "b", "x", props{"until": "2018-12-31"}))
	for day, want := range map[string][2][]string{"2017-01-01": {nil, nil}, "2018-05-05": {{"x"}, {"b"}}, "2019-05-05": {{"x"}, nil}, "2020-05-05": {{"y"}, nil}, "": {{"y"}, nil}} {
		one := link("home", home, func(s *graph.Selection) { s.Links = []graph.Link{link("staff", staff)} })
		one.One = true
		q := rooted("Person", "a", one)
		q.AsOf = day
		r := l.read(q)
		l.same(day, want[0], linked(r, "home"))
		if len(want[0]) > 0 {
			l.same(day+": staff", want[1], ids(r.Rows[0].Node.Links["home"].Rows[0].Node.Links["staff"]))
		}
	}
}

// Of a pair connected in both directions only the relation of the day counts.
func asOfBoth(l *lab) {
	l.apply(person("a"), person("b"), connect("MENTORS", "a", "b", props{"until": "2019-12-31"}), connect("MENTORS", "b", "a", props{"since": "2019-01-01"}))
	both := mentors
	both.Direction = graph.Both
	for day, want := range map[string]props{"2018-05-05": {"until": "2019-12-31"}, "2019-05-05": {"until": "2019-12-31"}, "2020-05-05": {"since": "2019-01-01"}} {
		q := rooted("Person", "a", link("m", both, func(s *graph.Selection) { s.EdgeProps = []string{"since", "until"} }))
		q.AsOf = day
		r := l.read(q)
		l.same(day, []string{"b"}, linked(r, "m"))
		l.same(day+": edge", want, r.Rows[0].Node.Links["m"].Rows[0].Edge)
	}
}

// Within climbs the relations of the day.
func asOfWithin(l *lab) {
	part := graph.Hop{Type: "PART_OF", Direction: graph.Out, Labels: []string{"Org"}}
	l.apply(org("a"), org("b"), org("c"), connect("PART_OF", "a", "b", props{"until": "2019-12-31"}), connect("PART_OF", "b", "c"))
	for day, want := range map[string][]string{"2019-12-31": {"a", "b", "c"}, "2020-01-01": {"b", "c"}, "": {"a", "b", "c"}} {
		got := ids(l.read(graph.Query{AsOf: day, Root: &graph.Selection{Labels: []string{"Org"}, Where: graph.Within{Tree: part, ID: "c"}, Page: all}}))
		l.same(day, want, got)
	}
}
