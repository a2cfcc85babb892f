package storetest

import "github.com/i-partnerschap/kennisgraaf/graph"

var compareLaws = []law{
	{"AbsentProperty", absentProperty}, {"EmptyLists", emptyOperands}, {"Numbers", numbersByValue},
	{"TextByCodePoint", textByCodePoint}, {"Lists", listOperators}, {"Kinds", everyKind}, {"ID", compareID},
}

// Where the property is absent, Eq, In, ranges and text operators do not hold, Ne
// and NotIn do, and IsNull compares the absence with its value.
func absentProperty(l *lab) {
	l.apply(person("a"), person("b", props{"age": int64(5), "bio": "x"}))
	for _, op := range []graph.Op{graph.Eq, graph.Lt, graph.Lte, graph.Gt, graph.Gte} {
		l.finds(graph.And{compare("age", op, int64(4))}, map[bool][]string{true: {"b"}, false: nil}[op == graph.Gt || op == graph.Gte]...)
	}
	l.finds(compare("age", graph.OneOf, []any{int64(5), int64(6)}), "b")
	l.finds(compare("age", graph.Ne, int64(5)), "a")
	l.finds(compare("age", graph.NotIn, []any{int64(5)}), "a")
	l.finds(compare("age", graph.NotIn, []any{int64(6)}), "a", "b")
	l.finds(compare("age", graph.IsNull, true), "a")
	l.finds(compare("age", graph.IsNull, false), "b")
	for _, op := range []graph.Op{graph.Contains, graph.StartsWith, graph.EndsWith} {
		l.finds(compare("bio", op, ""), "b")
	}
	// A property that only other types have is absent as well.
	l.findsIn("Org", compare("age", graph.Ne, int64(5)))
	l.apply(org("o"))
	l.findsIn("Org", compare("age", graph.Ne, int64(5)), "o")
	l.findsIn("Org", compare("age", graph.IsNull, true), "o")
}

// In with no values never holds, NotIn with none always does.
func emptyOperands(l *lab) {
	l.apply(person("a"), person("b", props{"age": int64(5), "tags": []string{"x"}}))
	l.finds(compare("age", graph.OneOf, []any{}))
	l.finds(compare("age", graph.NotIn, []any{}), "a", "b")
	l.finds(graph.Not{Filter: compare("age", graph.OneOf, []any{})}, "a", "b")
	l.finds(graph.Not{Filter: compare("age", graph.NotIn, []any{})})
	l.finds(compare("tags", graph.HasAny, []any{}))
}

// Numbers are compared by value whatever their kind.
func numbersByValue(l *lab) {
	l.apply(
		person("a", props{"age": int64(2), "score": 2.0}), person("b", props{"age": int64(10), "score": 10.0}),
		person("c", props{"age": int64(-3), "score": 2.5}), person("z"))
	for _, two := range []any{int64(2), 2.0} {
		for _, prop := range []string{"age", "score"} {
			l.finds(eq(prop, two), "a")
			l.finds(compare(prop, graph.Ne, two), "b", "c", "z")
			l.finds(compare(prop, graph.OneOf, []any{two, int64(7)}), "a")
			l.finds(compare(prop, graph.NotIn, []any{two}), "b", "c", "z")
		}
		l.finds(compare("age", graph.Gt, two), "b") // 10 is more than 2, as a number
		l.finds(compare("age", graph.Gte, two), "a", "b")
		l.finds(compare("age", graph.Lt, two), "c")
		l.finds(compare("score", graph.Lte, two), "a")
	}
	l.finds(compare("age", graph.Lt, 2.5), "a", "c")
	l.finds(eq("age", 2.5))
}

// Eq, In and ranges compare text by code point: case and accents count, "Z" is
// before "a", and a letter of another plane is after every one of the first.
func textByCodePoint(l *lab) {
	l.apply(
		person("p1", props{"bio": "Fryslân"}), person("p2", props{"bio": "fryslan"}), person("p3", props{"bio": "Frysla\u0302n"}),
		person("p4", props{"bio": ""}), person("p5", props{"bio": "ﬀ"}), person("p6", props{"bio": "😀"}), person("p7", props{"bio": " fryslan "}))
	l.finds(eq("bio", "Fryslân"), "p1")
	l.finds(eq("bio", "fryslan"), "p2")
	l.finds(eq("bio", ""), "p4")
	l.finds(compare("bio", graph.OneOf, []any{"FRYSLAN", "Frysla\u0302n"}), "p3")
	l.finds(compare("bio", graph.Lt, "a"), "p1", "p3", "p4", "p7")
	l.finds(compare("bio", graph.Gt, "ﬀ"), "p6")
	l.finds(compare("bio", graph.Lte, "ﬀ"), "p1", "p2", "p3", "p4", "p5", "p7")
	l.finds(compare("bio", graph.IsNull, true))
}

// Has, HasAny and IsEmpty look into lists; their values are compared by code point.
func listOperators(l *lab) {
	l.apply(
		person("a", props{"tags": []string{"x", "y"}}), person("b", props{"tags": []string{}}), person("c"),
		person("d", props{"tags": []string{"X", "x%", "x,y", `"x"`, "", "x"}}), person("e", props{"tags": []string{"a,x,b", "[x]"}}))
	l.finds(compare("tags", graph.Has, "x"), "a", "d")
	l.finds(compare("tags", graph.Has, ""), "d")
	l.finds(compare("tags", graph.Has, `"x"`), "d")
	l.finds(compare("tags", graph.HasAny, []any{"y", "X"}), "a", "d")
	l.finds(graph.Not{Filter: compare("tags", graph.Has, "x")}, "b", "c", "e")
	l.finds(compare("tags", graph.IsEmpty, true), "b", "c")
	l.finds(compare("tags", graph.IsEmpty, false), "a", "d", "e")
	// Reading: an empty list is there.
	l.finds(compare("tags", graph.IsNull, true), "c")
}

// Properties of every kind can be compared, and come back as they were written.
func everyKind(l *lab) {
	given := props{
		"active": false, "born": "1980-02-29", "joined": "2020-01-01T00:00:00.001Z", "level": "MID",
		"age": int64(1)<<53 + 1, "score": 3.0, "tags": []string{"b", "a", "b"}, "bio": "a\n\t\"'\\\u2028é",
	}
	l.apply(person("a", given), person("b", props{"active": true, "born": "1980-03-01", "joined": "2020-01-01T00:00:00.010Z", "level": "LOW"}))
	l.finds(eq("active", false), "a")
	l.finds(compare("active", graph.Ne, false), "b")
	l.finds(compare("born", graph.Lt, "1980-03-01"), "a")
	l.finds(compare("joined", graph.Gt, "2020-01-01T00:00:00.001Z"), "b")
	l.finds(compare("level", graph.OneOf, []any{"MID", "HIGH"}), "a")
	got := l.node("Person", "a").Props
	for name, value := range given {
		l.same(name, value, got[name])
	}
}

// The property "id" is the node's id.
func compareID(l *lab) {
	l.apply(person("a"), person("b"), org("c"))
	l.finds(eq("id", "a"), "a")
	l.finds(compare("id", graph.Ne, "a"), "b")
	l.finds(compare("id", graph.OneOf, []any{"c", "b", "nobody"}), "b")
	l.finds(compare("id", graph.Contains, "A"), "a")
	l.finds(compare("id", graph.IsNull, true))
}
