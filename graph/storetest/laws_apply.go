package storetest

import (
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

var applyLaws = []law{
	{"Atomic", allOrNothing}, {"Create", createNode}, {"Update", updateNode}, {"Upsert", upsertNode}, {"Delete", deleteNode},
	{"Connect", connectTwice}, {"ConnectWithoutDirection", connectSymmetric}, {"ConnectMissing", connectMissing},
	{"Disconnect", disconnect}, {"Timestamps", timestamps}, {"Restore", restore}, {"InOrder", changesInOrder}, {"Unchanged", writesNothing},
}

func update(label, id string, given props) graph.Change {
	return graph.Change{Op: graph.UpdateNode, Label: label, ID: id, Props: given}
}

func upsert(label, id string, given props) graph.Change {
	return graph.Change{Op: graph.UpsertNode, Label: label, ID: id, Props: given}
}

func remove(label, id string) graph.Change {
	return graph.Change{Op: graph.DeleteNode, Label: label, ID: id, Cascade: true}
}

func unlink(typ, from, to string) graph.Change {
	return graph.Change{Op: graph.Disconnect, Type: typ, From: from, To: to}
}

// A write is all or nothing: when the last change cannot be made, none was, and the
// log does not know of it. The next write goes on as if it had not been.
func allOrNothing(l *lab) {
	l.apply(person("a", props{"age": int64(1)}), person("b"), connect("KNOWS", "a", "b"))
	l.refuse(graph.NotFound,
		person("new"), update("Person", "a", props{"age": int64(2)}), connect("MENTORS", "a", "new"), unlink("KNOWS", "a", "b"), remove("Person", "b"), update("Person", "nobody", props{"age": int64(1)}))
	l.finds(nil, "a", "b")
	l.finds(eq("age", int64(1)), "a")
	l.finds(graph.Related{Hop: knows, Quantifier: graph.Some}, "a", "b")
	l.finds(graph.Related{Hop: mentors, Quantifier: graph.Some})
	l.finds(graph.Matches{Text: "new", Mode: graph.AllWords})
	l.apply(person("new"))
	l.finds(nil, "a", "b", "new")
}

// An id must be new, whatever the label of the node that has it.
func createNode(l *lab) {
	l.apply(person("a"))
	l.refuse(graph.Conflict, person("a", props{"age": int64(2)}))
	l.refuse(graph.Conflict, org("a"))
	l.refuse(graph.Conflict, person("b"), person("b"))
	l.finds(nil, "a")
	l.same("empty write", 0, len(l.apply().Entries))
}

// Update sets what is named, nil removes, and the rest stays; the node must exist.
func updateNode(l *lab) {
	l.apply(person("a", props{"age": int64(1), "bio": "x", "tags": []string{"t"}}))
	l.apply(update("Person", "a", props{"age": nil, "score": 1.5, "tags": []string{"u", "v"}, "level": nil}))
	got := l.node("Person", "a").Props
	delete(got, "createdAt")
	delete(got, "updatedAt")
	l.same("props", props{"name": "a", "rank": int64(1), "bio": "x", "score": 1.5, "tags": []string{"u", "v"}}, got)
	l.refuse(graph.NotFound, update("Person", "nobody", props{"age": int64(1)}))
	l.finds(compare("age", graph.IsNull, true), "a")
}

// Upsert creates, or updates the node with the id; its label must be the same.
func upsertNode(l *lab) {
	r := l.apply(upsert("Person", "a", props{"name": "a", "rank": int64(1), "age": int64(1)}))
	l.same("created", []graph.ChangeOp{graph.CreateNode}, opsOf(r.Entries))
	r = l.apply(upsert("Person", "a", props{"age": int64(2), "bio": nil}))
	l.same("updated", []graph.ChangeOp{graph.UpdateNode}, opsOf(r.Entries))
	l.same("name stays", "a", l.node("Person", "a").Props["name"])
	l.refuse(graph.Conflict, upsert("Org", "a", props{"name": "a"}))
}

func opsOf(entries []graph.LogEntry) []graph.ChangeOp {
	var ops []graph.ChangeOp
	for _, e := range entries {
		ops = append(ops, e.Op)
	}
	return ops
}

// Delete removes a node with all its relations; the node must exist.
func deleteNode(l *lab) {
	l.apply(person("a"), person("b"), org("o"), connect("KNOWS", "a", "b"), connect("KNOWS", "a", "a"), connect("WORKS_AT", "a", "o"), connect("WORKS_AT", "b", "o"))
	l.apply(remove("Person", "a"))
	l.finds(nil, "b")
	l.finds(graph.Related{Hop: knows, Quantifier: graph.Some})
	l.same("staff", []string{"b"}, linked(l.read(rooted("Org", "o", link("s", staff))), "s"))
	l.refuse(graph.NotFound, remove("Person", "a"))
	// A new node with the id does not inherit anything.
	l.apply(person("a"))
	l.finds(graph.Related{Hop: knows, Quantifier: graph.Some})
	l.finds(graph.Related{Hop: worksIn, Quantifier: graph.Some}, "b")
}

// Connecting twice is one relation, whose properties are then updated. Relations in
// the other direction and of other types are others.
func connectTwice(l *lab) {
	l.apply(person("a"), person("b"), connect("MENTORS", "a", "b", props{"since": "2020-01-01", "until": "2021-01-01"}))
	r := l.apply(connect("MENTORS", "a", "b", props{"since": "2020-02-02", "until": nil}))
	l.same("entries", []graph.ChangeOp{graph.UpdateNode}, opsOf(r.Entries))
	l.same("entry", graph.Edge{Type: "MENTORS", From: "a", To: "b"}, graph.Edge{Type: r.Entries[0].Type, From: r.Entries[0].From, To: r.Entries[0].To})
	read := func(id string) []graph.Row {
		return l.read(rooted("Person", id, link("m", mentors, func(s *graph.Selection) { s.EdgeProps = []string{"since", "until"} }))).Rows[0].Node.Links["m"].Rows
	}
	rows := read("a")
	l.same("one", 1, len(rows))
	l.same("props", props{"since": "2020-02-02"}, rows[0].Edge)
	l.same("nothing to do", 0, len(l.apply(connect("MENTORS", "a", "b", props{"since": "2020-02-02"}), connect("MENTORS", "a", "b")).Entries))
	l.apply(connect("MENTORS", "b", "a"), connect("KNOWS", "a", "b"))
	l.same("back", 1, len(read("b")))
	l.same("still", 1, len(read("a")))
}

// A relation without direction is one relation whichever way it is named.
func connectSymmetric(l *lab) {
	l.apply(person("a"), person("b"), connect("KNOWS", "b", "a", props{"since": "2020-01-01"}))
	l.same("again", 0, len(l.apply(connect("KNOWS", "a", "b"), connect("KNOWS", "a", "b", props{"since": "2020-01-01"})).Entries))
	l.same("updated", []graph.ChangeOp{graph.UpdateNode}, opsOf(l.apply(connect("KNOWS", "a", "b", props{"until": "2021-01-01"})).Entries))
	for id, far := range map[string]string{"a": "b", "b": "a"} {
		r := l.read(rooted("Person", id, link("k", knows, func(s *graph.Selection) { s.EdgeProps, s.Count = []string{"since", "until"}, true })))
		l.same(id, []string{far}, linked(r, "k"))
		l.same(id+": edge", props{"since": "2020-01-01", "until": "2021-01-01"}, r.Rows[0].Node.Links["k"].Rows[0].Edge)
	}
	l.same("path", 1, len(l.routes(graph.PathQuery{From: "a", To: "b", MaxHops: 2, Limit: 9})))
	l.apply(unlink("KNOWS", "a", "b"))
	l.finds(graph.Related{Hop: knows, Quantifier: graph.Some})
	l.refuse(graph.NotFound, unlink("KNOWS", "b", "a"))
}

// Both ends of a relation must exist.
func connectMissing(l *lab) {
	l.apply(person("a"))
	l.refuse(graph.NotFound, connect("KNOWS", "a", "nobody"))
	l.refuse(graph.NotFound, connect("KNOWS", "nobody", "a"))
	l.refuse(graph.NotFound, connect("KNOWS", "a", "later"), person("later"))
}

// Disconnect removes one relation, which must exist.
func disconnect(l *lab) {
	l.apply(person("a"), person("b"), connect("MENTORS", "a", "b"), connect("MENTORS", "b", "a"), connect("KNOWS", "a", "b"))
	l.apply(unlink("MENTORS", "a", "b"))
	l.finds(graph.Related{Hop: mentors, Quantifier: graph.Some}, "b")
	l.finds(graph.Related{Hop: knows, Quantifier: graph.Some}, "a", "b")
	l.refuse(graph.NotFound, unlink("MENTORS", "a", "b"))
	l.refuse(graph.NotFound, unlink("MENTORS", "a", "nobody"))
}

// createdAt is set on a node that is created unless given, and stays; updatedAt is
// set on every node that is changed. Both are times in UTC with milliseconds.
func timestamps(l *lab) {
	const form = "2006-01-02T15:04:05.000Z"
	begin := time.Now().UTC().Add(-2 * time.Millisecond).Format(form)
	l.apply(person("a"), upsert("Person", "b", props{"name": "b", "rank": int64(1), "createdAt": "2001-01-01T00:00:00.000Z"}))
	end := time.Now().UTC().Add(time.Millisecond).Format(form)
	a, b := l.node("Person", "a").Props, l.node("Person", "b").Props
	for _, value := range []any{a["createdAt"], a["updatedAt"], b["updatedAt"]} {
		at, ok := value.(string)
		if _, err := time.Parse(form, at); !ok || err != nil || at < begin || at > end {
			l.Errorf("%v is not between %s and %s", value, begin, end)
		}
	}
	l.same("given", "2001-01-01T00:00:00.000Z", b["createdAt"])
	time.Sleep(3 * time.Millisecond)
	l.apply(update("Person", "a", props{"age": int64(1)}), upsert("Person", "b", props{"age": int64(1)}))
	a2, b2 := l.node("Person", "a").Props, l.node("Person", "b").Props
	l.same("a: createdAt", a["createdAt"], a2["createdAt"])
	l.same("b: createdAt", b["createdAt"], b2["createdAt"])
	if a2["updatedAt"].(string) <= a["updatedAt"].(string) || b2["updatedAt"].(string) <= b["updatedAt"].(string) {
		l.Error("updatedAt was not set")
	}
}

// A change that restores keeps the updatedAt it is given, on a new node and on one that
// exists, so that restoring twice is restoring once; without one it is like any other.
func restore(l *lab) {
	const then, later = "2001-01-01T00:00:00.000Z", "2002-02-02T00:00:00.000Z"
	restored := func(c graph.Change) graph.Change { c.Restore = true; return c }
	given := props{"name": "a", "rank": int64(1), "createdAt": then, "updatedAt": then}
	l.apply(restored(upsert("Person", "a", given)))
	l.same("new", then, l.node("Person", "a").Props["updatedAt"])
	l.same("again", 0, len(l.apply(restored(upsert("Person", "a", given))).Entries))
	l.same("entries", 1, len(l.apply(restored(upsert("Person", "a", props{"age": int64(2), "updatedAt": later}))).Entries))
	l.same("changed", later, l.node("Person", "a").Props["updatedAt"])
	l.apply(restored(upsert("Person", "a", props{"age": int64(3)})))
	if at := l.node("Person", "a").Props["updatedAt"].(string); at <= later {
		l.Errorf("updatedAt is %s, not the moment of the write", at)
	}
	l.apply(upsert("Person", "b", given))
	if at := l.node("Person", "b").Props["updatedAt"].(string); at <= later {
		l.Errorf("updatedAt is %s without Restore, not the moment of the write", at)
	}
}

// Each change sees those before it in the same write.
func changesInOrder(l *lab) {
	r := l.apply(
		person("a"), person("b"), connect("KNOWS", "a", "b"), update("Person", "a", props{"age": int64(3)}), unlink("KNOWS", "a", "b"),
		connect("KNOWS", "b", "a"), remove("Person", "b"), person("b", props{"age": int64(4)}))
	l.same("ops", []graph.ChangeOp{
		graph.CreateNode, graph.CreateNode, graph.Connect, graph.UpdateNode, graph.Disconnect, graph.Connect, graph.Disconnect, graph.DeleteNode, graph.CreateNode,
	}, normalDelete(r.Entries))
	l.finds(compare("age", graph.Gte, int64(3)), "a", "b")
	l.finds(graph.Related{Hop: knows, Quantifier: graph.Some})
}

// normalDelete returns the operations with a delete after the relations that it
// removed: which comes first is the store's choice.
func normalDelete(entries []graph.LogEntry) []graph.ChangeOp {
	ops := opsOf(entries)
	for i := 1; i < len(ops); i++ {
		if ops[i-1] == graph.DeleteNode && ops[i] == graph.Disconnect {
			ops[i-1], ops[i] = ops[i], ops[i-1]
		}
	}
	return ops
}

// A change that changes nothing writes nothing: no entry, no updatedAt.
func writesNothing(l *lab) {
	given := props{"name": "a", "rank": int64(1), "score": 2.0, "tags": []string{"x"}, "bio": "", "active": false}
	l.apply(upsert("Person", "a", given))
	before, log := l.node("Person", "a"), l.log()
	time.Sleep(3 * time.Millisecond)
	for _, c := range []graph.Change{upsert("Person", "a", given), upsert("Person", "a", props{"age": nil}), upsert("Person", "a", nil), update("Person", "a", props{"score": 2.0, "bio": ""})} {
		l.same(Plan(c), 0, len(l.apply(c).Entries))
	}
	l.same("node", before, l.node("Person", "a"))
	l.same("log", log, l.log())
}
