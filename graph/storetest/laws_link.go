package storetest

import "github.com/i-partnerschap/kennisgraaf/graph"

var linkLaws = []law{
	{"Props", selectedProps}, {"SeveralKeys", severalKeys}, {"On", linkOn}, {"One", oneLink}, {"Both", bothLink},
	{"EdgeProps", edgeProps}, {"Deep", deepLinks}, {"Abstract", abstractLink}, {"SameNodeTwice", sameNodeTwice}, {"Unchanged", queryUnchanged},
}

// The properties asked for are returned, those that a node does not have are left
// out, and the id and the label are always there.
func selectedProps(l *lab) {
	l.apply(person("a", props{"age": int64(1), "bio": ""}), org("o"))
	r := l.read(graph.Query{Root: &graph.Selection{Labels: []string{"Org", "Person"}, Props: []string{"age", "bio", "size", "score"}, Page: all}})
	l.same("rows", []graph.Row{
		{Node: &graph.Node{ID: "a", Label: "Person", Props: props{"age": int64(1), "bio": ""}}, Cursor: graph.Cursor{"a"}},
		{Node: &graph.Node{ID: "o", Label: "Org"}, Cursor: graph.Cursor{"o"}},
	}, r.Rows)
}

// One relation can be followed under several keys, each with its own conditions.
func severalKeys(l *lab) {
	l.apply(
		person("p"), org("x", props{"size": int64(1)}), org("y", props{"size": int64(2)}),
		connect("WORKS_AT", "p", "x", props{"role": "r"}), connect("WORKS_AT", "p", "y"))
	r := l.read(rooted("Person", "p",
		link("all", worksIn),
		link("small", worksIn, func(s *graph.Selection) { s.Where = eq("size", int64(1)) }),
		link("role", worksIn, func(s *graph.Selection) { s.Edge = compare("role", graph.IsNull, true) }),
		link("last", worksIn, func(s *graph.Selection) { s.Page = graph.Page{Limit: 1}; s.Order = []graph.Order{desc(by("size"))} }),
		link("none", worksIn, func(s *graph.Selection) { s.Page.Limit = 0; s.Count = true }),
		link("home", home)))
	for key, want := range map[string][]string{"all": {"x", "y"}, "small": {"x"}, "role": {"y"}, "last": {"y"}, "none": nil, "home": nil} {
		l.same(key, want, linked(r, key))
	}
	l.same("count", int64(2), r.Rows[0].Node.Links["none"].Count)
}

// On limits a link to nodes with one of the labels.
func linkOn(l *lab) {
	l.apply(person("p"), org("o"), topic("t"), connect("ABOUT", "p", "t"), connect("ABOUT", "o", "t"))
	on := link("on", topics)
	on.On = []string{"Person"}
	r := l.read(graph.Query{Root: &graph.Selection{Labels: []string{"Org", "Person"}, Page: all, Links: []graph.Link{on, link("any", topics)}}})
	for _, row := range r.Rows {
		l.same(row.Node.ID, []string{"t"}, ids(row.Node.Links["any"]))
		if got := row.Node.Links["on"]; row.Node.Label == "Person" {
			l.same("on", []string{"t"}, ids(got))
		} else if got != nil && len(got.Rows) > 0 {
			l.Errorf("the link was followed from %s", row.Node.Label)
		}
	}
}

// Of several relations One takes that with the latest since, an absent since being
// the earliest, then that with the lowest id; conditions narrow before it takes.
func oneLink(l *lab) {
	l.apply(
		person("a"), person("b"), person("c"), person("d"), org("x", props{"size": int64(7)}), org("y"), org("z"), topic("t"),
		connect("HOME", "a", "x", props{"since": "2020-01-01"}), connect("HOME", "a", "y", props{"since": "2021-01-01"}), connect("HOME", "a", "z"),
		connect("HOME", "b", "y"), connect("HOME", "b", "x"),
		connect("HOME", "c", "z"), connect("HOME", "c", "y", props{"since": "1900-01-01"}), connect("ABOUT", "y", "t"))
	one := link("one", home, func(s *graph.Selection) {
		s.EdgeProps = []string{"since"}
		s.Props = []string{"size"}
		s.Links = []graph.Link{link("t", topics)}
	})
	one.One = true
	narrow := link("narrow", home, func(s *graph.Selection) { s.Where = compare("size", graph.IsNull, false) })
	narrow.One = true
	r := l.read(graph.Query{Root: &graph.Selection{Labels: []string{"Person"}, Page: all, Links: []graph.Link{one, narrow}}})
	for i, want := range [][]string{{"y"}, {"x"}, {"y"}, nil} {
		l.same(r.Rows[i].Node.ID, want, ids(r.Rows[i].Node.Links["one"]))
		l.same(r.Rows[i].Node.ID+" narrowed", [][]string{{"x"}, {"x"}, nil, nil}[i], ids(r.Rows[i].Node.Links["narrow"]))
	}
	first := r.Rows[0].Node.Links["one"].Rows[0]
	l.same("edge", props{"since": "2021-01-01"}, first.Edge)
	l.same("further", []string{"t"}, ids(first.Node.Links["t"]))
}

// Under Both a pair connected in both directions is one row, with the properties of
// the outgoing relation; a self-loop is one row.
func bothLink(l *lab) {
	l.apply(
		person("a"), person("b"), person("c"),
		connect("MENTORS", "a", "b", props{"since": "2020-01-01"}), connect("MENTORS", "b", "a", props{"since": "2021-01-01"}),
		connect("MENTORS", "a", "a"), connect("MENTORS", "c", "a", props{"since": "2022-01-01"}))
	both := mentors
	both.Direction = graph.Both
	since := func(s *graph.Selection) { s.EdgeProps, s.Count = []string{"since"}, true }
	r := l.read(rooted("Person", "a", link("both", both, since), link("out", mentors, since)))
	l.same("both", []string{"a", "b", "c"}, linked(r, "both"))
	l.same("count", int64(3), r.Rows[0].Node.Links["both"].Count)
	l.same("out", []string{"a", "b"}, linked(r, "out"))
	rows := r.Rows[0].Node.Links["both"].Rows
	l.same("edges", []props{{}, {"since": "2020-01-01"}, {"since": "2022-01-01"}}, []props{rows[0].Edge, rows[1].Edge, rows[2].Edge})
	r = l.read(rooted("Person", "b", link("both", both, since)))
	l.same("from b", props{"since": "2021-01-01"}, r.Rows[0].Node.Links["both"].Rows[0].Edge)
}

// A relation's own properties come back as they were written, where asked for.
func edgeProps(l *lab) {
	given := props{"since": "2020-01-01", "role": "it's", "share": 1.0, "paid": false, "duties": []string{"a", "b"}}
	l.apply(person("p"), org("o"), org("q"), connect("WORKS_AT", "p", "o", given), connect("WORKS_AT", "p", "q"))
	r := l.read(rooted("Person", "p",
		link("some", worksIn, func(s *graph.Selection) { s.EdgeProps = []string{"role", "share", "paid", "duties", "since", "until"} }),
		link("none", worksIn)))
	l.same("with", given, r.Rows[0].Node.Links["some"].Rows[0].Edge)
	l.same("absent", props{}, r.Rows[0].Node.Links["some"].Rows[1].Edge)
	l.same("without", props{}, r.Rows[0].Node.Links["none"].Rows[0].Edge)
	for _, f := range []graph.Filter{eq("share", int64(1)), eq("paid", false), compare("duties", graph.Has, "b"), compare("role", graph.EndsWith, "'S"), graph.And{eq("paid", false), compare("id", graph.IsNull, true)}} {
		r := l.read(rooted("Person", "p", link("o", worksIn, func(s *graph.Selection) { s.Edge = f })))
		l.same(Plan(f), []string{"o"}, linked(r, "o"))
	}
}

// Links lead on from links, also back to where they came from.
func deepLinks(l *lab) {
	l.apply(
		person("a"), person("b"), org("o"), topic("t"), topic("u"),
		connect("WORKS_AT", "a", "o"), connect("WORKS_AT", "b", "o"), connect("ABOUT", "o", "t"), connect("BROADER", "t", "u"))
	q := rooted("Person", "a", link("orgs", worksIn, func(s *graph.Selection) {
		s.Links = []graph.Link{
			link("staff", staff, func(s *graph.Selection) { s.Links = []graph.Link{link("orgs", worksIn)} }),
			link("topics", topics, func(s *graph.Selection) { s.Links = []graph.Link{link("broader", broader)} }),
		}
	}))
	o := l.read(q).Rows[0].Node.Links["orgs"].Rows[0].Node
	l.same("staff", []string{"a", "b"}, ids(o.Links["staff"]))
	l.same("back", []string{"o"}, ids(o.Links["staff"].Rows[1].Node.Links["orgs"]))
	l.same("broader", []string{"u"}, ids(o.Links["topics"].Rows[0].Node.Links["broader"]))
}

// A relation to several types yields nodes of each, with their labels and their own
// properties and links.
func abstractLink(l *lab) {
	l.apply(
		project("j"), person("p", props{"age": int64(4)}), org("o", props{"size": int64(5)}), topic("t"),
		connect("PARTNER", "j", "p"), connect("PARTNER", "j", "o", props{"role": "LEAD"}), connect("ABOUT", "o", "t"))
	partners := graph.Hop{Type: "PARTNER", Direction: graph.Out, Labels: []string{"Org", "Person"}}
	r := l.read(rooted("Project", "j", link("p", partners, func(s *graph.Selection) {
		s.Props, s.EdgeProps, s.Links = []string{"age", "size"}, []string{"role"}, []graph.Link{link("t", topics)}
	})))
	rows := r.Rows[0].Node.Links["p"].Rows
	l.same("labels", []string{"Org", "Person"}, []string{rows[0].Node.Label, rows[1].Node.Label})
	l.same("props", []props{{"size": int64(5)}, {"age": int64(4)}}, []props{rows[0].Node.Props, rows[1].Node.Props})
	l.same("edge", props{"role": "LEAD"}, rows[0].Edge)
	l.same("links", []string{"t"}, ids(rows[0].Node.Links["t"]))
	l.same("no links", []string{}, ids(rows[1].Node.Links["t"]))
}

// Two selections of the same node are two Nodes, each with what it asked for.
func sameNodeTwice(l *lab) {
	l.apply(person("a"), person("b"), org("o", props{"size": int64(1), "budget": 2.0}), connect("WORKS_AT", "a", "o"), connect("WORKS_AT", "b", "o"), connect("HOME", "a", "o"))
	r := l.read(graph.Query{Root: &graph.Selection{Labels: []string{"Person"}, Page: all, Links: []graph.Link{
		link("w", worksIn, func(s *graph.Selection) { s.Props = []string{"size"} }),
		link("h", home, func(s *graph.Selection) { s.Props = []string{"budget"} }),
	}}})
	w, h, w2 := r.Rows[0].Node.Links["w"].Rows[0].Node, r.Rows[0].Node.Links["h"].Rows[0].Node, r.Rows[1].Node.Links["w"].Rows[0].Node
	l.same("w", props{"size": int64(1)}, w.Props)
	l.same("h", props{"budget": 2.0}, h.Props)
	if w == h || w == w2 {
		l.Error("one Node stands for two selections")
	}
}

// Read does not change the Selection.
func queryUnchanged(l *lab) {
	five(l)
	rows := l.page(all, by("age")).Rows
	q := graph.Query{AsOf: "2020-01-01", Root: &graph.Selection{
		Labels: []string{"Person"}, Props: []string{"name"}, Order: []graph.Order{by("age")}, Page: graph.Page{Limit: 2, Backward: true, Before: rows[4].Cursor},
		Where: graph.And{compare("age", graph.NotIn, []any{int64(9)}), graph.Not{Filter: graph.Or{}}}, Links: []graph.Link{link("k", knows)},
		Aggregates: []graph.Aggregate{{Key: "a", Limit: 2, Dimensions: []graph.Dimension{{Prop: "age", Kind: graph.Int}}}},
	}}
	before := Plan(q)
	l.read(q)
	l.same("query", before, Plan(q))
}
