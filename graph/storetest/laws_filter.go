package storetest

import "github.com/i-partnerschap/kennisgraaf/graph"

var filterLaws = []law{
	{"Logic", twoValuedLogic}, {"Quantifiers", quantifiers}, {"Narrowing", narrowing}, {"Number", numberOfRelated},
	{"Directions", directions}, {"Nested", nestedRelated}, {"Within", within}, {"WithinCycle", withinCycle},
	{"Near", nearby}, {"HasLabel", hasLabel}, {"FarLabels", farLabels},
}

// A condition holds or does not; Not is plain negation, also on absent properties.
// The empty And holds, the empty Or does not.
func twoValuedLogic(l *lab) {
	l.apply(person("a"), person("b", props{"age": int64(1)}), person("c", props{"age": int64(2)}))
	one, two := eq("age", int64(1)), eq("age", int64(2))
	l.finds(nil, "a", "b", "c")
	l.finds(graph.And{}, "a", "b", "c")
	l.finds(graph.Or{})
	l.finds(graph.Not{Filter: graph.And{}})
	l.finds(graph.Not{Filter: graph.Or{}}, "a", "b", "c")
	l.finds(graph.Not{Filter: one}, "a", "c")
	l.finds(graph.Not{Filter: graph.Not{Filter: one}}, "b")
	l.finds(graph.Not{Filter: compare("age", graph.Lt, int64(9))}, "a")
	l.finds(graph.Not{Filter: compare("age", graph.Ne, int64(1))}, "b")
	l.finds(graph.Not{Filter: compare("bio", graph.Contains, "x")}, "a", "b", "c")
	l.finds(graph.Not{Filter: compare("tags", graph.Has, "x")}, "a", "b", "c")
	l.finds(graph.Or{one, graph.And{two, graph.Not{Filter: graph.Or{one, eq("id", "c")}}}}, "b")
	l.finds(graph.And{graph.Or{one, two}, graph.Not{Filter: graph.And{one, two}}}, "b", "c")
}

// On a node without relations All and None hold, Some and Single do not; otherwise
// they mean what they say, a nil filter holding for every node.
func quantifiers(l *lab) {
	l.apply(
		person("none"), person("one"), person("two"), person("mixed"), org("big", props{"size": int64(9)}), org("small", props{"size": int64(1)}), org("huge", props{"size": int64(99)}),
		connect("WORKS_AT", "one", "big"), connect("WORKS_AT", "two", "big"), connect("WORKS_AT", "two", "huge"),
		connect("WORKS_AT", "mixed", "big"), connect("WORKS_AT", "mixed", "small"))
	f := compare("size", graph.Gte, int64(9))
	for q, want := range map[graph.Quantifier][2][]string{
		graph.Some:   {{"mixed", "one", "two"}, {"mixed", "one", "two"}},
		graph.None:   {{"none"}, {"none"}},
		graph.EachOf: {{"none", "one", "two"}, {"mixed", "none", "one", "two"}},
		graph.Single: {{"mixed", "one"}, {"one"}},
	} {
		l.finds(graph.Related{Hop: worksIn, Quantifier: q, Filter: f}, want[0]...)
		l.finds(graph.Related{Hop: worksIn, Quantifier: q}, want[1]...)
	}
	l.finds(graph.Not{Filter: graph.Related{Hop: worksIn, Quantifier: graph.EachOf, Filter: f}}, "mixed")
	l.finds(graph.Related{Hop: worksIn, Quantifier: graph.EachOf, Filter: graph.Or{}}, "none")
}

// What Edge and Where leave out does not exist for the quantifier.
func narrowing(l *lab) {
	l.apply(
		person("a"), person("b"), person("c"), org("big", props{"size": int64(9)}), org("small", props{"size": int64(1)}),
		connect("WORKS_AT", "a", "big", props{"role": "boss"}), connect("WORKS_AT", "a", "small", props{"role": "temp"}),
		connect("WORKS_AT", "b", "small", props{"role": "boss"}), connect("WORKS_AT", "c", "big"))
	boss, big := eq("role", "boss"), compare("size", graph.Gt, int64(5))
	l.finds(graph.Related{Hop: worksIn, Edge: boss, Quantifier: graph.Some, Filter: big}, "a")
	l.finds(graph.Related{Hop: worksIn, Edge: boss, Quantifier: graph.EachOf, Filter: big}, "a", "c")
	l.finds(graph.Related{Hop: worksIn, Edge: boss, Quantifier: graph.Single}, "a", "b")
	l.finds(graph.Related{Hop: worksIn, Edge: boss, Quantifier: graph.None}, "c")
	l.finds(graph.Related{Hop: worksIn, Edge: graph.Not{Filter: boss}, Quantifier: graph.Some}, "a", "c")
	l.finds(graph.Related{Hop: worksIn, Edge: compare("role", graph.IsNull, true), Quantifier: graph.Some}, "c")
	l.finds(graph.Related{Hop: worksIn, Where: big, Quantifier: graph.Single}, "a", "c")
	l.finds(graph.Related{Hop: worksIn, Edge: boss, Where: big, Quantifier: graph.Some}, "a")
	l.finds(graph.Related{Hop: worksIn, Edge: graph.Or{boss, eq("role", "temp")}, Where: graph.Not{Filter: big}, Quantifier: graph.Some}, "a", "b")
}

// Number compares how many relations there are, narrowed; all comparisons must hold.
func numberOfRelated(l *lab) {
	l.apply(
		person("a"), person("b"), person("c"), org("x", props{"size": int64(1)}), org("y"), org("z"),
		connect("WORKS_AT", "b", "x"), connect("WORKS_AT", "c", "x"), connect("WORKS_AT", "c", "y"), connect("WORKS_AT", "c", "z", props{"role": "r"}))
	number := func(edge, where graph.Filter, counts ...graph.Compare) graph.Related {
		return graph.Related{Hop: worksIn, Edge: edge, Where: where, Quantifier: graph.Number, Count: counts}
	}
	c := func(op graph.Op, v any) graph.Compare { return graph.Compare{Kind: graph.Int, Op: op, Value: v} }
	l.finds(number(nil, nil, c(graph.Eq, int64(0))), "a")
	l.finds(number(nil, nil, c(graph.Ne, int64(0))), "b", "c")
	l.finds(number(nil, nil, c(graph.Lt, int64(2))), "a", "b")
	l.finds(number(nil, nil, c(graph.Lte, int64(1))), "a", "b")
	l.finds(number(nil, nil, c(graph.Gte, int64(1)), c(graph.Lt, int64(3))), "b")
	l.finds(number(nil, nil, c(graph.OneOf, []any{int64(0), int64(3)})), "a", "c")
	l.finds(number(nil, nil, c(graph.NotIn, []any{int64(0), int64(3)})), "b")
	l.finds(number(nil, nil, c(graph.OneOf, []any{})))
	l.finds(number(nil, nil), "a", "b", "c")
	l.finds(number(eq("role", "r"), nil, c(graph.Eq, int64(1))), "c")
	l.finds(number(nil, eq("size", int64(1)), c(graph.Gt, int64(0))), "b", "c")
	l.finds(number(eq("role", "r"), eq("size", int64(1)), c(graph.Eq, int64(0))), "a", "b", "c")
}

// Out and In follow a relation one way. Under Both a pair that is connected in both
// directions is one relation, and a self-loop is one.
func directions(l *lab) {
	l.apply(
		person("a"), person("b"), person("c"), person("s"),
		connect("MENTORS", "a", "b", props{"since": "2020-01-01"}), connect("MENTORS", "b", "a", props{"since": "2021-01-01"}),
		connect("MENTORS", "b", "c"), connect("MENTORS", "s", "s"))
	in, both := mentors, mentors
	in.Direction, both.Direction = graph.In, graph.Both
	one := []graph.Compare{{Kind: graph.Int, Op: graph.Eq, Value: int64(1)}}
	l.finds(graph.Related{Hop: mentors, Quantifier: graph.Some}, "a", "b", "s")
	l.finds(graph.Related{Hop: in, Quantifier: graph.Some}, "a", "b", "c", "s")
	l.finds(graph.Related{Hop: both, Quantifier: graph.Number, Count: one}, "a", "c", "s")
	l.finds(graph.Related{Hop: both, Quantifier: graph.Single}, "a", "c", "s")
	// The outgoing relation is the one that counts, also for Edge.
	l.finds(graph.Related{Hop: both, Edge: eq("since", "2020-01-01"), Quantifier: graph.Some}, "a")
	l.finds(graph.Related{Hop: both, Edge: eq("since", "2021-01-01"), Quantifier: graph.Some}, "b")
}

// Relations nest, and each level is judged by its own node.
func nestedRelated(l *lab) {
	l.apply(
		person("a"), person("b"), person("c"), org("x"), org("y"), topic("t", props{"name": "T"}), topic("u"),
		connect("WORKS_AT", "a", "x"), connect("WORKS_AT", "b", "x"), connect("WORKS_AT", "c", "y"),
		connect("ABOUT", "x", "t"), connect("ABOUT", "y", "u"), connect("BROADER", "u", "t"))
	about := func(f graph.Filter) graph.Filter {
		return graph.Related{Hop: worksIn, Quantifier: graph.Some, Filter: graph.Related{Hop: topics, Quantifier: graph.Some, Filter: f}}
	}
	l.finds(about(eq("name", "T")), "a", "b")
	l.finds(about(graph.Related{Hop: broader, Quantifier: graph.Some, Filter: eq("id", "t")}), "c")
	l.finds(about(graph.Related{Hop: broader, Quantifier: graph.None}), "a", "b")
	l.finds(graph.Related{Hop: worksIn, Quantifier: graph.Some, Filter: graph.Related{Hop: staff, Quantifier: graph.Some, Filter: eq("id", "b")}}, "a", "b")
}

// Within holds for the node and for all that is narrower, by every way.
func within(l *lab) {
	l.apply(
		topic("root"), topic("mid"), topic("leaf"), topic("two"), topic("other"),
		connect("BROADER", "mid", "root"), connect("BROADER", "leaf", "mid"), connect("BROADER", "two", "other"), connect("BROADER", "two", "mid"),
		person("p"), connect("ABOUT", "p", "leaf"))
	l.findsIn("Topic", graph.Within{Tree: broader, ID: "root"}, "leaf", "mid", "root", "two")
	l.findsIn("Topic", graph.Within{Tree: broader, ID: "other"}, "other", "two")
	l.findsIn("Topic", graph.Within{Tree: broader, ID: "leaf"}, "leaf")
	l.findsIn("Topic", graph.Within{Tree: broader, ID: "nothing"})
	l.findsIn("Topic", graph.Not{Filter: graph.Within{Tree: broader, ID: "mid"}}, "other", "root")
	l.finds(graph.Related{Hop: topics, Quantifier: graph.Some, Filter: graph.Within{Tree: broader, ID: "root"}}, "p")
}

// Cycles do no harm, nor does a node that is its own broader one.
func withinCycle(l *lab) {
	l.apply(
		topic("a"), topic("b"), topic("c"), topic("d"), topic("out"),
		connect("BROADER", "a", "b"), connect("BROADER", "b", "c"), connect("BROADER", "c", "a"), connect("BROADER", "d", "d"), connect("BROADER", "d", "a"))
	l.findsIn("Topic", graph.Within{Tree: broader, ID: "b"}, "a", "b", "c", "d")
	l.findsIn("Topic", graph.Within{Tree: broader, ID: "d"}, "d")
	l.findsIn("Topic", graph.Within{Tree: broader, ID: "out"}, "out")
}

// Near holds up to the distance over the sphere; nodes without coordinates, or with
// one of the two, are never near. The date line and the poles are no borders.
func nearby(l *lab) {
	at := func(lat, lon float64) props { return props{"lat": lat, "lon": lon} }
	l.apply(
		org("utrecht", at(52.0907, 5.1214)), org("leeuwarden", at(53.2012, 5.7999)), org("fiji", at(-17, 179.9)), org("samoa", at(-17, -179.9)),
		org("pole", at(90, 0)), org("nowhere"), org("half", props{"lat": 52.0907}))
	near := func(lat, lon, km float64) graph.Filter {
		return graph.Near{LatProp: "lat", LonProp: "lon", Lat: lat, Lon: lon, Km: km}
	}
	l.findsIn("Org", near(52.0907, 5.1214, 0.001), "utrecht")
	l.findsIn("Org", near(52.0907, 5.1214, 131), "utrecht")
	l.findsIn("Org", near(52.0907, 5.1214, 132), "leeuwarden", "utrecht") // 131.6 km
	l.findsIn("Org", near(-17, 180, 11), "fiji", "samoa")                 // 10.6 km either side
	l.findsIn("Org", near(-17, -180, 11), "fiji", "samoa")
	l.findsIn("Org", near(-17, 180, 10))
	l.findsIn("Org", near(89.9, 180, 12), "pole")
	l.findsIn("Org", near(0, 0, 20100), "fiji", "leeuwarden", "pole", "samoa", "utrecht")
	l.findsIn("Org", graph.Not{Filter: near(0, 0, 20100)}, "half", "nowhere")
}

// HasLabel holds for nodes of one of the types; a Selection over several types
// yields all of them.
func hasLabel(l *lab) {
	l.apply(person("p"), org("o"), project("j"), topic("t"))
	read := func(labels []string, f graph.Filter) []string {
		return ids(l.read(graph.Query{Root: &graph.Selection{Labels: labels, Where: f, Page: all}}))
	}
	node := Model().Labels("Node")
	l.same("all", []string{"j", "o", "p", "t"}, read(node, nil))
	l.same("one of", []string{"o", "p"}, read(node, graph.HasLabel{Labels: []string{"Person", "Org"}}))
	l.same("not", []string{"j", "o", "t"}, read(node, graph.Not{Filter: graph.HasLabel{Labels: []string{"Person"}}}))
	l.same("none", []string{}, read(node, graph.HasLabel{}))
	l.same("mixed", []string{"j", "p"}, read(node, graph.Or{eq("open", true), compare("rank", graph.Gt, int64(0))}))
}

// Only nodes of the hop's labels count on the far side: relations of one type may
// lead to several types.
func farLabels(l *lab) {
	l.apply(
		org("a"), org("b"), org("parent"), project("j"),
		connect("PART_OF", "a", "parent"), connect("PART_OF", "a", "j"), connect("PART_OF", "b", "j"))
	hop := func(labels ...string) graph.Hop {
		return graph.Hop{Type: "PART_OF", Direction: graph.Out, Labels: labels}
	}
	l.findsIn("Org", graph.Related{Hop: hop("Org"), Quantifier: graph.Some}, "a")
	l.findsIn("Org", graph.Related{Hop: hop("Project"), Quantifier: graph.Some}, "a", "b")
	l.findsIn("Org", graph.Related{Hop: hop("Org", "Project"), Quantifier: graph.Single}, "b")
	l.findsIn("Org", graph.Related{Hop: hop("Org"), Quantifier: graph.None}, "b", "parent")
	r := l.read(rooted("Org", "a", link("orgs", hop("Org")), link("projects", hop("Project")), link("both", hop("Org", "Project"))))
	l.same("orgs", []string{"parent"}, linked(r, "orgs"))
	l.same("projects", []string{"j"}, linked(r, "projects"))
	l.same("both", []string{"j", "parent"}, linked(r, "both"))
}
