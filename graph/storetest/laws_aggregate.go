package storetest

import (
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

var aggregateLaws = []law{
	{"NoDimension", noDimension}, {"SeveralKeys", severalKeysEach}, {"Unknown", unknownBucket}, {"Level", levelRollUp},
	{"Units", dateUnits}, {"Label", labelDimension}, {"Empty", emptyGroups}, {"TwoDimensions", twoDimensions},
	{"Measures", measures}, {"Having", having}, {"Limit", groupLimit}, {"InLink", aggregateInLink}, {"BeforePage", aggregateBeforePage},
	{"Paths", longPaths},
}

// groups reads one aggregate over the nodes of a label.
func (l *lab) groups(label string, a graph.Aggregate) []graph.Group {
	l.Helper()
	a.Key = "k"
	r := l.read(graph.Query{Root: &graph.Selection{Labels: []string{label}, Aggregates: []graph.Aggregate{a}}})
	return r.Groups["k"]
}

// counted expects groups of one dimension: key, count, key, count … A string key
// that begins with @ is a node, and nil is unknown.
func (l *lab) counted(label string, d graph.Dimension, want ...any) {
	l.Helper()
	l.same(Plan(d), table(want...), keysAndCounts(l.groups(label, graph.Aggregate{Dimensions: []graph.Dimension{d}, Limit: graph.All})))
}

func table(want ...any) [][]any {
	var rows [][]any
	for i := 0; i < len(want); i += 2 {
		rows = append(rows, []any{want[i], want[i+1]})
	}
	return rows
}

func keysAndCounts(groups []graph.Group) [][]any {
	var rows [][]any
	for _, g := range groups {
		var row []any
		for _, k := range g.Keys {
			if k.ID != "" {
				row = append(row, "@"+k.ID)
			} else {
				row = append(row, k.Value)
			}
		}
		rows = append(rows, append(row, int(g.Count)))
	}
	return rows
}

// Without dimensions there is one group of all nodes, also where there are none.
func noDimension(l *lab) {
	a := graph.Aggregate{Measures: []graph.Measure{{Prop: "age", Kind: graph.Int}, {Prop: "born", Kind: graph.Date}}, Limit: graph.All}
	l.same("empty", []graph.Group{{Stats: map[string]graph.Stats{"age": {}, "born": {}}}}, l.groups("Person", a))
	five(l)
	got := l.groups("Person", a)
	l.same("five", []graph.Group{{Count: 5, Stats: map[string]graph.Stats{"age": {Count: 3, Sum: 5, Avg: 5.0 / 3, Min: 1.0, Max: 2.0}, "born": {}}}}, got)
}

// A node that has several keys counts in each of those groups, once: also where
// several ways lead to the same key.
func severalKeysEach(l *lab) {
	l.apply(
		person("a", props{"tags": []string{"x", "y", "x"}}), person("b", props{"tags": []string{"x"}}), org("o", props{"level": "LOW"}), org("q", props{"level": "LOW"}),
		connect("WORKS_AT", "a", "o"), connect("WORKS_AT", "a", "q"), connect("WORKS_AT", "b", "q"))
	l.counted("Person", graph.Dimension{Prop: "tags", Kind: graph.String}, "x", 2, "y", 1)
	l.counted("Person", graph.Dimension{Path: []graph.Hop{worksIn}}, "@q", 2, "@o", 1)
	l.counted("Person", graph.Dimension{Path: []graph.Hop{worksIn}, Prop: "level", Kind: graph.Enum}, "LOW", 2)
	l.counted("Person", graph.Dimension{Path: []graph.Hop{worksIn, staff}}, "@a", 2, "@b", 2)
	l.counted("Person", graph.Dimension{Prop: "id", Kind: graph.String}, "a", 1, "b", 1)
	l.counted("Person", graph.Dimension{}, "@a", 1, "@b", 1)
}

// What has no key at all is the group unknown, which sorts after the others.
func unknownBucket(l *lab) {
	l.apply(
		person("a", props{"level": "LOW"}), person("b"), person("c", props{"tags": []string{}, "bio": ""}), org("o", props{"level": "MID"}), org("q"),
		connect("WORKS_AT", "a", "o"), connect("WORKS_AT", "a", "q"), connect("WORKS_AT", "b", "q"))
	l.counted("Person", graph.Dimension{Prop: "level", Kind: graph.Enum}, nil, 2, "LOW", 1)
	l.counted("Person", graph.Dimension{Prop: "tags", Kind: graph.String}, nil, 3)
	l.counted("Person", graph.Dimension{Prop: "bio", Kind: graph.String}, nil, 2, "", 1)
	l.counted("Person", graph.Dimension{Path: []graph.Hop{worksIn}}, "@q", 2, "@o", 1, nil, 1)
	l.counted("Person", graph.Dimension{Path: []graph.Hop{worksIn}, Prop: "level", Kind: graph.Enum}, nil, 2, "MID", 1)
}

// Tree and Level roll up: to the ancestor at the level, roots being level 1; a node
// above the level is its own key, and each of several ways up gives a key.
func levelRollUp(l *lab) {
	l.apply(
		topic("r"), topic("s"), topic("r1"), topic("r2"), topic("r11"), topic("rs"),
		connect("BROADER", "r1", "r"), connect("BROADER", "r2", "r"), connect("BROADER", "r11", "r1"), connect("BROADER", "rs", "r1"), connect("BROADER", "rs", "s"),
		person("a"), person("b"), person("c"), person("d"),
		connect("ABOUT", "a", "r11"), connect("ABOUT", "a", "r2"), connect("ABOUT", "b", "rs"), connect("ABOUT", "c", "r"))
	at := func(level int) graph.Dimension {
		return graph.Dimension{Path: []graph.Hop{topics}, Tree: &broader, Level: level}
	}
	l.counted("Person", at(0), "@r", 1, "@r11", 1, "@r2", 1, "@rs", 1, nil, 1)
	l.counted("Person", at(1), "@r", 3, "@s", 1, nil, 1)
	l.counted("Person", at(2), "@r1", 2, "@r", 1, "@r2", 1, "@rs", 1, nil, 1) // rs stands at level 2 below s, and at 3 below r1
	l.counted("Person", at(3), "@r", 1, "@r11", 1, "@r2", 1, "@rs", 1, nil, 1)
	empty := at(2)
	empty.Empty = true
	l.apply(topic("lonely"), connect("BROADER", "lonely", "s"))
	l.counted("Person", empty, "@r1", 2, "@r", 1, "@r2", 1, "@rs", 1, nil, 1, "@lonely", 0)
	l.counted("Topic", graph.Dimension{Tree: &broader, Level: 1}, "@r", 5, "@s", 3)
}

// Dates and times are grouped by the beginning of the period.
func dateUnits(l *lab) {
	l.apply(
		person("a", props{"born": "2020-01-01", "joined": "2020-12-31T23:59:59.999Z"}), person("b", props{"born": "2020-03-31"}),
		person("c", props{"born": "2020-04-01"}), person("d", props{"born": "2021-12-31", "joined": "2021-01-01T00:00:00.000Z"}), person("e"))
	unit := func(prop string, u graph.Unit) graph.Dimension {
		return graph.Dimension{Prop: prop, Kind: kindOf(prop), Unit: u}
	}
	l.counted("Person", unit("born", graph.Year), "2020", 3, "2021", 1, nil, 1)
	l.counted("Person", unit("born", graph.Quarter), "2020-Q1", 2, "2020-Q2", 1, "2021-Q4", 1, nil, 1)
	l.counted("Person", unit("born", graph.Month), "2020-01", 1, "2020-03", 1, "2020-04", 1, "2021-12", 1, nil, 1)
	l.counted("Person", unit("born", ""), "2020-01-01", 1, "2020-03-31", 1, "2020-04-01", 1, "2021-12-31", 1, nil, 1)
	for month, quarter := range map[string]string{"01": "Q1", "02": "Q1", "03": "Q1", "04": "Q2", "05": "Q2", "06": "Q2", "07": "Q3", "08": "Q3", "09": "Q3", "10": "Q4", "11": "Q4", "12": "Q4"} {
		l.apply(create("Project", "m"+month, props{"name": month, "open": true, "start": "2020-" + month + "-01"}))
		got := l.groups("Project", graph.Aggregate{Dimensions: []graph.Dimension{unit("start", graph.Quarter)}, Limit: graph.All})
		l.same(month, true, slices.ContainsFunc(got, func(g graph.Group) bool { return g.Keys[0].Value == "2020-"+quarter }))
		l.apply(remove("Project", "m"+month))
	}
	l.counted("Person", unit("joined", graph.Quarter), nil, 3, "2020-Q4", 1, "2021-Q1", 1)
}

// "__label" takes the labels of the nodes; numbers and booleans keep their kind.
func labelDimension(l *lab) {
	l.apply(
		project("j"), project("k"), person("p", props{"age": int64(3), "score": 2.0, "active": true}), org("o"),
		connect("PARTNER", "j", "p"), connect("PARTNER", "j", "o"), connect("PARTNER", "k", "o"))
	partners := graph.Hop{Type: "PARTNER", Direction: graph.Out, Labels: []string{"Org", "Person"}}
	l.counted("Project", graph.Dimension{Path: []graph.Hop{partners}, Prop: "__label"}, "Org", 2, "Person", 1)
	l.counted("Project", graph.Dimension{Prop: "__label"}, "Project", 2)
	l.counted("Person", graph.Dimension{Prop: "age", Kind: graph.Int}, int64(3), 1)
	l.counted("Person", graph.Dimension{Prop: "score", Kind: graph.Float}, 2.0, 1)
	l.counted("Person", graph.Dimension{Prop: "active", Kind: graph.Bool}, true, 1)
}

// Empty adds the groups that no node is in: nodes of the last hop, or Values.
func emptyGroups(l *lab) {
	l.apply(person("a", props{"level": "LOW"}), person("b"), org("o"), org("q"), connect("WORKS_AT", "a", "o"))
	l.counted("Person", graph.Dimension{Path: []graph.Hop{worksIn}, Empty: true}, "@o", 1, nil, 1, "@q", 0)
	l.counted("Person", graph.Dimension{Prop: "level", Kind: graph.Enum, Empty: true, Values: []string{"LOW", "MID", "HIGH"}}, "LOW", 1, nil, 1, "HIGH", 0, "MID", 0)
	l.counted("Project", graph.Dimension{Path: []graph.Hop{{Type: "PARTNER", Direction: graph.Out, Labels: []string{"Org", "Person"}}}, Empty: true},
		"@a", 0, "@b", 0, "@o", 0, "@q", 0)
	got := l.groups("Project", graph.Aggregate{Limit: graph.All, Measures: []graph.Measure{{Prop: "budget", Kind: graph.Float}},
		Dimensions: []graph.Dimension{{Path: []graph.Hop{{Type: "PART_OF", Direction: graph.In, Labels: []string{"Org"}}}, Empty: true}}})
	l.same("stats", map[string]graph.Stats{"budget": {}}, got[0].Stats)
}

// Two dimensions give a group per combination of keys that occurs, and with Empty
// every combination.
func twoDimensions(l *lab) {
	l.apply(
		person("a", props{"level": "LOW", "tags": []string{"x", "y"}}), person("b", props{"level": "MID"}), person("c", props{"level": "LOW", "tags": []string{"x"}}))
	level, tags := graph.Dimension{Prop: "level", Kind: graph.Enum}, graph.Dimension{Prop: "tags", Kind: graph.String}
	two := func() [][]any {
		return keysAndCounts(l.groups("Person", graph.Aggregate{Dimensions: []graph.Dimension{level, tags}, Limit: graph.All}))
	}
	l.same("two", [][]any{{"LOW", "x", 2}, {"LOW", "y", 1}, {"MID", nil, 1}}, two())
	level.Empty, level.Values = true, []string{"LOW", "MID"}
	l.same("with empty", [][]any{{"LOW", "x", 2}, {"LOW", "y", 1}, {"MID", nil, 1}, {"LOW", nil, 0}, {"MID", "x", 0}, {"MID", "y", 0}}, two())
}

// Measures cover the nodes of a group that have the property.
func measures(l *lab) {
	l.apply(
		person("a", props{"level": "LOW", "age": int64(3), "score": 0.5, "born": "2001-01-01"}), person("b", props{"level": "LOW", "score": -1.0, "born": "1999-01-01"}),
		person("c", props{"level": "LOW"}), person("d", props{"level": "MID"}))
	got := l.groups("Person", graph.Aggregate{
		Limit: graph.All, Dimensions: []graph.Dimension{{Prop: "level", Kind: graph.Enum}},
		Measures: []graph.Measure{{Prop: "age", Kind: graph.Int}, {Prop: "score", Kind: graph.Float}, {Prop: "born", Kind: graph.Date}},
	})
	l.same("LOW", map[string]graph.Stats{
		"age":   {Count: 1, Sum: 3, Avg: 3, Min: 3.0, Max: 3.0},
		"score": {Count: 2, Sum: -0.5, Avg: -0.25, Min: -1.0, Max: 0.5},
		"born":  {Count: 2, Min: "1999-01-01", Max: "2001-01-01"},
	}, got[0].Stats)
	l.same("MID", map[string]graph.Stats{"age": {}, "score": {}, "born": {}}, got[1].Stats)
}

// Having keeps the groups for which all conditions hold; a statistic of nothing is absent.
func having(l *lab) {
	l.apply(
		person("a", props{"level": "LOW", "age": int64(3)}), person("b", props{"level": "LOW", "age": int64(5)}), person("c", props{"level": "MID", "age": int64(9)}), person("d", props{"level": "HIGH"}))
	kept := func(h ...graph.Having) [][]any {
		return keysAndCounts(l.groups("Person", graph.Aggregate{Limit: graph.All, Having: h,
			Dimensions: []graph.Dimension{{Prop: "level", Kind: graph.Enum}}, Measures: []graph.Measure{{Prop: "age", Kind: graph.Int}}}))
	}
	c := func(op graph.Op, v any) graph.Compare { return graph.Compare{Kind: graph.Float, Op: op, Value: v} }
	age := func(stat string, op graph.Op, v any) graph.Having {
		return graph.Having{Prop: "age", Stat: stat, Compare: c(op, v)}
	}
	l.same("count", [][]any{{"LOW", 2}}, kept(graph.Having{Compare: c(graph.Gte, int64(2))}))
	l.same("avg", [][]any{{"LOW", 2}}, kept(age("avg", graph.Eq, int64(4))))
	l.same("sum", [][]any{{"LOW", 2}, {"MID", 1}}, kept(age("sum", graph.Gt, 0.0)))
	l.same("min", [][]any{{"LOW", 2}}, kept(age("min", graph.Lt, int64(4))))
	l.same("max", [][]any{{"HIGH", 1}, {"MID", 1}}, kept(age("max", graph.Ne, int64(5))))
	l.same("both", [][]any{{"MID", 1}}, kept(age("sum", graph.Gt, 0.0), graph.Having{Compare: c(graph.Lt, int64(2))}))
	l.same("none", [][]any(nil), kept(graph.Having{Compare: c(graph.Gt, int64(9))}))
}

// Limit cuts the sorted groups: the highest count first, then the keys.
func groupLimit(l *lab) {
	l.apply(person("a", props{"level": "LOW"}), person("b", props{"level": "MID"}), person("c", props{"level": "MID"}), person("d"), person("e", props{"level": "HIGH"}))
	limited := func(n int) [][]any {
		return keysAndCounts(l.groups("Person", graph.Aggregate{Limit: n, Dimensions: []graph.Dimension{{Prop: "level", Kind: graph.Enum}}}))
	}
	l.same("all", [][]any{{"MID", 2}, {"HIGH", 1}, {"LOW", 1}, {nil, 1}}, limited(graph.All))
	l.same("two", [][]any{{"MID", 2}, {"HIGH", 1}}, limited(2))
	l.same("none", [][]any(nil), limited(0))
}

// In a Link each parent has its own groups, of the rows that Where and Edge keep.
func aggregateInLink(l *lab) {
	l.apply(
		org("o"), org("q"), person("a", props{"level": "LOW", "age": int64(1)}), person("b", props{"level": "LOW", "age": int64(2)}), person("c", props{"level": "MID"}),
		connect("WORKS_AT", "a", "o"), connect("WORKS_AT", "b", "o", props{"paid": true}), connect("WORKS_AT", "c", "o", props{"paid": true}), connect("HOME", "a", "q"))
	sel := func(edge graph.Filter) *graph.Selection {
		return &graph.Selection{Labels: []string{"Org"}, Page: all, Links: []graph.Link{link("staff", staff, func(s *graph.Selection) {
			s.Page, s.Edge = graph.Page{Limit: 1}, edge
			s.Aggregates = []graph.Aggregate{
				{Key: "level", Limit: graph.All, Dimensions: []graph.Dimension{{Prop: "level", Kind: graph.Enum}}},
				{Key: "home", Limit: graph.All, Dimensions: []graph.Dimension{{Path: []graph.Hop{home}}}},
				{Key: "all", Limit: graph.All, Measures: []graph.Measure{{Prop: "age", Kind: graph.Int}}},
			}
		})}}
	}
	rows := l.read(graph.Query{Root: sel(nil)}).Rows
	o, q := rows[0].Node.Links["staff"], rows[1].Node.Links["staff"]
	l.same("level", [][]any{{"LOW", 2}, {"MID", 1}}, keysAndCounts(o.Groups["level"]))
	l.same("home", [][]any{{nil, 2}, {"@q", 1}}, keysAndCounts(o.Groups["home"]))
	l.same("all", []graph.Group{{Count: 3, Stats: map[string]graph.Stats{"age": {Count: 2, Sum: 3, Avg: 1.5, Min: 1.0, Max: 2.0}}}}, o.Groups["all"])
	l.same("q: level", [][]any(nil), keysAndCounts(q.Groups["level"]))
	l.same("q: all", []graph.Group{{Stats: map[string]graph.Stats{"age": {}}}}, q.Groups["all"])
	rows = l.read(graph.Query{Root: sel(eq("paid", true))}).Rows
	l.same("paid", [][]any{{"LOW", 1}, {"MID", 1}}, keysAndCounts(rows[0].Node.Links["staff"].Groups["level"]))
}

// Aggregates group the rows before the page was cut, whatever the page and order.
func aggregateBeforePage(l *lab) {
	five(l)
	rows := l.page(all, by("age")).Rows
	for _, p := range []graph.Page{{Limit: 0}, {Limit: 1}, {Limit: 1, Backward: true, Before: rows[2].Cursor}, {Limit: 1, After: rows[3].Cursor}} {
		r := l.read(graph.Query{Root: &graph.Selection{
			Labels: []string{"Person"}, Where: compare("id", graph.Ne, "e"), Order: []graph.Order{by("age")}, Page: p,
			Aggregates: []graph.Aggregate{{Key: "k", Limit: graph.All, Dimensions: []graph.Dimension{{Prop: "age", Kind: graph.Int}}}},
		}})
		l.same(Plan(p), [][]any{{int64(2), 2}, {nil, 2}}, keysAndCounts(r.Groups["k"]))
	}
}

// A path of relations that comes to nothing halfway is unknown.
func longPaths(l *lab) {
	l.apply(
		person("a"), person("b"), person("c"), org("o"), org("q"), topic("t"), topic("u"),
		connect("WORKS_AT", "a", "o"), connect("WORKS_AT", "a", "q"), connect("WORKS_AT", "b", "q"),
		connect("ABOUT", "o", "t"), connect("ABOUT", "o", "u"))
	l.counted("Person", graph.Dimension{Path: []graph.Hop{worksIn, topics}}, nil, 2, "@t", 1, "@u", 1)
	l.counted("Person", graph.Dimension{Path: []graph.Hop{worksIn, topics}, Prop: "name", Kind: graph.String}, nil, 2, "t", 1, "u", 1)
}
