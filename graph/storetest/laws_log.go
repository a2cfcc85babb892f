package storetest

import (
	"slices"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

var logLaws = []law{{"Entries", logEntries}, {"Delete", logOfDelete}, {"Kinds", logKinds}, {"Lifecycle", lifecycle}}

// An entry tells who, when, what, and all properties before and after; nil where
// the node or relation did not exist.
func logEntries(l *lab) {
	begin := time.Now().Add(-2 * time.Millisecond)
	r, err := l.store.Apply(l.ctx, "é 'actor'", []graph.Change{person("a", props{"age": int64(1)}), update("Person", "a", props{"age": nil, "bio": "x"}), person("b"), connect("KNOWS", "a", "b")})
	if err != nil {
		l.Fatal(err)
	}
	log := l.log()
	l.same("receipt", log, r.Entries)
	l.same("entries", 4, len(log))
	for i, e := range log {
		l.same("actor", "é 'actor'", e.Actor)
		if e.At.Before(begin) || e.At.After(time.Now().Add(2*time.Millisecond)) {
			l.Errorf("entry %d is of %v", i, e.At)
		}
		if i > 0 && e.Seq <= log[i-1].Seq || e.Seq <= 0 {
			l.Errorf("entry %d has seq %d", i, e.Seq)
		}
	}
	created, updated, connected := log[0], log[1], log[3]
	l.same("created", []any{graph.CreateNode, "Person", "a"}, []any{created.Op, created.Label, created.ID})
	l.same("before", true, created.Before == nil)
	l.same("after", props{"name": "a", "rank": int64(1), "age": int64(1)}, times(created.After))
	l.same("updated", []any{graph.UpdateNode, "Person", "a", ""}, []any{updated.Op, updated.Label, updated.ID, updated.Type})
	l.same("updated: before", created.After, updated.Before)
	l.same("updated: after", props{"name": "a", "rank": int64(1), "bio": "x"}, times(updated.After))
	l.same("as read", l.node("Person", "a").Props, updated.After)
	l.same("connected", []any{graph.Connect, "KNOWS", "a", "b", "", ""}, []any{connected.Op, connected.Type, connected.From, connected.To, connected.Label, connected.ID})
	l.same("a relation without properties was not there, and is", []bool{true, false}, []bool{connected.Before == nil, connected.After == nil})
}

// times returns the properties without those that the clock sets.
func times(p props) props {
	out := props{}
	for name, value := range p {
		if name != "createdAt" && name != "updatedAt" {
			out[name] = value
		}
	}
	return out
}

// Deleting a node logs each relation that goes with it, and the node itself.
func logOfDelete(l *lab) {
	l.apply(person("a", props{"age": int64(7)}), person("b"), org("o"), connect("KNOWS", "b", "a", props{"since": "2020-01-01"}), connect("KNOWS", "a", "a"), connect("WORKS_AT", "a", "o"))
	entries := l.apply(remove("Person", "a")).Entries
	slices.SortStableFunc(entries, func(a, b graph.LogEntry) int {
		return graph.CompareEdges(graph.Edge{Type: a.Type, From: a.From, To: a.To}, graph.Edge{Type: b.Type, From: b.From, To: b.To})
	})
	l.same("ops", []graph.ChangeOp{graph.DeleteNode, graph.Disconnect, graph.Disconnect, graph.Disconnect}, opsOf(entries))
	l.same("node", props{"name": "a", "rank": int64(1), "age": int64(7)}, times(entries[0].Before))
	l.same("node id", []string{"Person", "a"}, []string{entries[0].Label, entries[0].ID})
	l.same("relation", []string{"KNOWS", "b", "a"}, []string{entries[3].Type, entries[3].From, entries[3].To})
	l.same("relation: before", props{"since": "2020-01-01"}, entries[3].Before)
	for _, e := range entries {
		l.same("after", true, e.After == nil)
	}
}

// Values keep their kind in the log, a whole float among them.
func logKinds(l *lab) {
	given := props{"age": int64(1)<<53 + 1, "score": 2.0, "active": false, "tags": []string{"a", ""}, "bio": "\"é\\"}
	l.apply(person("a", given), org("o"), connect("WORKS_AT", "a", "o", props{"share": 1.0, "paid": true, "duties": []string{}}))
	log := l.log()
	for name, value := range given {
		l.same(name, value, log[0].After[name])
	}
	l.same("relation", props{"share": 1.0, "paid": true, "duties": []string{}}, log[2].After)
}

// A store that opened is ready, and a new one is empty.
func lifecycle(l *lab) {
	if err := l.store.Ready(l.ctx); err != nil {
		l.Errorf("Ready: %v", err)
	}
	l.same("log", 0, len(l.log()))
	for _, label := range Model().Names() {
		l.findsIn(label, nil)
	}
}
