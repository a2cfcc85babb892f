package storetest

import (
	"fmt"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

var logQueryLaws = []law{
	{"Bounds", logBounds}, {"Backward", logBackward}, {"IDs", logIDs}, {"Labels", logLabels}, {"Actor", logActor},
	{"All", logAll}, {"LeavesTheQuery", logLeavesTheQuery},
}

// logged asks the log and expects success.
func (l *lab) logged(q graph.LogQuery) []graph.LogEntry {
	l.Helper()
	entries, err := l.store.Log(l.ctx, q)
	if err != nil {
		l.Fatalf("Log %s: %v", Plan(q), err)
	}
	return entries
}

// written writes a little of everything, by two actors.
func written(l *lab) []graph.LogEntry {
	l.apply(person("a"), person("b"), org("o"), connect("KNOWS", "a", "b"), connect("WORKS_AT", "b", "o"), connect("KNOWS", "a", "a"))
	_, err := l.store.Apply(l.ctx, "other", []graph.Change{
		update("Person", "b", props{"age": int64(3)}), remove("Person", "a"), person("c"), connect("WORKS_AT", "c", "o"),
	})
	if err != nil {
		l.Fatal(err)
	}
	return l.log()
}

// After and Before bound Seq exclusively, Limit is the highest number of entries, 0
// asks for none, and entries come in ascending order.
func logBounds(l *lab) {
	whole := written(l)
	var paged []graph.LogEntry
	for after := int64(0); ; {
		page := l.logged(graph.LogQuery{After: after, Limit: 3})
		if len(page) > 3 {
			l.Fatalf("%d entries", len(page))
		}
		if len(page) == 0 {
			break
		}
		paged = append(paged, page...)
		after = page[len(page)-1].Seq
	}
	l.same("pages", whole, paged)
	l.same("between", whole[3:5], l.logged(graph.LogQuery{After: whole[2].Seq, Before: whole[5].Seq, Limit: 10}))
	l.same("beyond", 0, len(l.logged(graph.LogQuery{After: whole[len(whole)-1].Seq + 100, Limit: 5})))
	l.same("before the first", 0, len(l.logged(graph.LogQuery{Before: whole[0].Seq, Limit: 5})))
	l.same("none", 0, len(l.logged(graph.LogQuery{})))
}

// Backward takes the last entries, in ascending order, and pages on by Before.
func logBackward(l *lab) {
	whole := written(l)
	n := len(whole)
	l.same("last", whole[n-2:], l.logged(graph.LogQuery{Limit: 2, Backward: true}))
	l.same("before", whole[n-5:n-2], l.logged(graph.LogQuery{Before: whole[n-2].Seq, Limit: 3, Backward: true}))
	l.same("all", whole, l.logged(graph.LogQuery{Limit: graph.All, Backward: true}))
	of := whole[:0:0]
	for _, e := range whole {
		if e.ID == "b" || e.From == "b" || e.To == "b" {
			of = append(of, e)
		}
	}
	l.same("of a node", of[len(of)-2:], l.logged(graph.LogQuery{IDs: []string{"b"}, Limit: 2, Backward: true}))
}

// IDs keep what is about a node and about its relations at either end, once each, also
// of a node that is gone; an id that nothing has finds nothing, and so does the empty one.
func logIDs(l *lab) {
	whole := written(l)
	for _, ids := range [][]string{{"a"}, {"o"}, {"c", "b"}, {"a", "b", "o", "c"}, {"a", "nobody"}} {
		l.wants(whole, graph.LogQuery{IDs: ids, Limit: graph.All})
		l.wants(whole, graph.LogQuery{IDs: ids, After: whole[1].Seq, Before: whole[7].Seq, Limit: graph.All})
		l.wants(whole, graph.LogQuery{IDs: ids, Labels: []string{"Person"}, Limit: graph.All})
		l.wants(whole, graph.LogQuery{IDs: ids, Actor: "other", Limit: graph.All})
	}
	l.same("nobody", 0, len(l.logged(graph.LogQuery{IDs: []string{"nobody", ""}, Limit: graph.All})))
	l.same("first of b", "CREATE", string(l.logged(graph.LogQuery{IDs: []string{"b"}, Limit: 1})[0].Op))
}

// wants expects the entries of the whole log for which LogQuery.Wants holds.
func (l *lab) wants(whole []graph.LogEntry, q graph.LogQuery) {
	l.Helper()
	want := slices.DeleteFunc(slices.Clone(whole), func(e graph.LogEntry) bool { return !q.Wants(e) })
	if d := diff(seqs(want), seqs(l.logged(q))); d != "" {
		l.Errorf("%s (-want +got)\n%s", Plan(q), d)
	}
}

func seqs(entries []graph.LogEntry) string {
	var all []int64
	for _, e := range entries {
		all = append(all, e.Seq)
	}
	return fmt.Sprint(all)
}

// Labels keep the entries about nodes of those types, and none about relations.
func logLabels(l *lab) {
	whole := written(l)
	l.wants(whole, graph.LogQuery{Labels: []string{"Org"}, Limit: graph.All})
	l.wants(whole, graph.LogQuery{Labels: []string{"Person", "Org"}, Limit: graph.All})
	l.same("persons", 5, len(l.logged(graph.LogQuery{Labels: []string{"Person"}, Limit: graph.All})))
	l.same("no such type", 0, len(l.logged(graph.LogQuery{Labels: []string{"KNOWS", ""}, Limit: graph.All})))
}

// Actor keeps what one actor wrote, to the letter.
func logActor(l *lab) {
	whole := written(l)
	l.wants(whole, graph.LogQuery{Actor: "other", Limit: graph.All})
	l.wants(whole, graph.LogQuery{Actor: "tester", Labels: []string{"Org"}, Limit: graph.All})
	l.same("case", 0, len(l.logged(graph.LogQuery{Actor: "Other", Limit: graph.All})))
}

// All asks for every entry.
func logAll(l *lab) {
	var changes []graph.Change
	for i := range 300 {
		changes = append(changes, person(fmt.Sprintf("p%d", i)))
	}
	l.apply(changes...)
	l.same("all", 300, len(l.logged(graph.LogQuery{Limit: graph.All})))
}

// The query is not changed.
func logLeavesTheQuery(l *lab) {
	written(l)
	q := graph.LogQuery{IDs: []string{"b", "", "a"}, Labels: []string{"Person", "Org"}, Limit: 2, Backward: true}
	l.logged(q)
	l.same("query", graph.LogQuery{IDs: []string{"b", "", "a"}, Labels: []string{"Person", "Org"}, Limit: 2, Backward: true}, q)
}
