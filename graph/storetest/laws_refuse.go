package storetest

import "github.com/i-partnerschap/kennisgraaf/graph"

var refuseLaws = []law{{"UnknownNames", unknownNames}, {"WrongKinds", wrongKinds}, {"HostileNames", hostileChanges}}

// A label, property or relation that the model does not have is BadUserInput.
func unknownNames(l *lab) {
	l.apply(person("a"), person("b"))
	l.refuse(graph.BadUserInput, create("Nothing", "n", props{"name": "n"}))
	l.refuse(graph.BadUserInput, create("Party", "n", props{"name": "n"})) // not a concrete type
	l.refuse(graph.BadUserInput, create("", "n", nil))
	l.refuse(graph.BadUserInput, person("")) // no id stands for no node
	l.refuse(graph.BadUserInput, person("n", props{"nothing": "x"}))
	l.refuse(graph.BadUserInput, person("n", props{"size": int64(1)})) // of another type
	l.refuse(graph.BadUserInput, update("Person", "a", props{"nothing": "x"}))
	l.refuse(graph.BadUserInput, upsert("Person", "a", props{"nothing": "x"}))
	l.refuse(graph.BadUserInput, connect("NOTHING", "a", "b"))
	l.refuse(graph.BadUserInput, connect("KNOWS", "a", "b", props{"role": "x"})) // of another relation
	l.refuse(graph.BadUserInput, unlink("NOTHING", "a", "b"))
	l.refuse(graph.BadUserInput, graph.Change{Op: "EXPLODE", Label: "Person", ID: "a"})
}

// A value of another kind than the property's is BadUserInput.
func wrongKinds(l *lab) {
	l.apply(person("a"), org("o"))
	for name, values := range map[string][]any{
		"age": {"1", 1.5, true, []string{"1"}}, "score": {"1", true}, "active": {"true", int64(1)}, "bio": {int64(1), true, []string{"x"}, 1.0},
		"tags": {"x", int64(1)}, "born": {int64(2020), true}, "level": {int64(1)},
	} {
		for _, value := range values {
			l.refuse(graph.BadUserInput, person("n", props{name: value}))
			l.refuse(graph.BadUserInput, update("Person", "a", props{name: value}))
		}
	}
	l.refuse(graph.BadUserInput, connect("WORKS_AT", "a", "o", props{"share": "much"}))
	l.refuse(graph.BadUserInput, connect("WORKS_AT", "a", "o", props{"role": int64(1)}))
}

// Hostile names in changes are unknown names, and hostile ids and values are data.
func hostileChanges(l *lab) {
	for _, s := range hostile {
		l.refuse(graph.BadUserInput, create("Person"+s, "n", props{"name": "n"}))
		l.refuse(graph.BadUserInput, person("n", props{"name" + s: "x"}))
		l.refuse(graph.BadUserInput, connect("KNOWS"+s, "n", "n"))
		id := "id" + s
		l.apply(person(id, props{"bio": s}), connect("KNOWS", id, id, props{"since": "2020-01-01"}))
		l.same(id, s, l.node("Person", id).Props["bio"])
		l.finds(graph.And{eq("id", id), graph.Related{Hop: knows, Quantifier: graph.Single, Filter: eq("id", id)}}, id)
	}
}
