package storetest

import (
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

var conflictLaws = []law{
	{"Key", keysAreUnique}, {"KeyHandedOn", keyIsHandedOn}, {"Expect", expectUpdatedAt}, {"Cascade", cascade},
	{"Guard", guards}, {"Try", tries}, {"UpdatedAtGrows", updatedAtGrows}, {"NoLostUpdate", noLostUpdate}, {"OneOwner", oneOwnerOfAKey},
}

// No two nodes of a type have the same key, whichever way it is given; nodes without
// one are many, and so are the types that may have the same one.
func keysAreUnique(l *lab) {
	l.apply(org("a", props{"code": "k"}), org("b"), org("c"), person("p"))
	l.refuse(graph.Conflict, org("d", props{"code": "k"}))
	l.refuse(graph.Conflict, update("Org", "b", props{"code": "k"}))
	l.refuse(graph.Conflict, upsert("Org", "e", props{"name": "e", "code": "k"}))
	l.refuse(graph.Conflict, org("f", props{"code": "new"}), org("g", props{"code": "new"}))
	l.says("a", l.applyError(update("Org", "b", props{"code": "k"})))
	l.apply(update("Org", "a", props{"code": "k", "size": int64(1)}), update("Org", "b", props{"code": "K"}))
}

// A key that one node gives up in a write is free for the next change of it, also where
// two nodes swap theirs.
func keyIsHandedOn(l *lab) {
	l.apply(org("a", props{"code": "1"}), org("b", props{"code": "2"}))
	l.refuse(graph.Conflict, update("Org", "b", props{"code": "1"}), update("Org", "a", props{"code": nil}))
	l.apply(update("Org", "a", props{"code": nil}), update("Org", "b", props{"code": "1"}), update("Org", "a", props{"code": "2"}))
	l.same("a", "2", l.node("Org", "a").Props["code"])
	l.same("b", "1", l.node("Org", "b").Props["code"])
	l.apply(remove("Org", "a"), org("c", props{"code": "2"}))
	l.findsIn("Org", eq("code", "2"), "c")
}

// A change that expects another updatedAt than the node has is a Conflict that says who
// changed what.
func expectUpdatedAt(l *lab) {
	l.apply(person("a"))
	old := l.node("Person", "a").Props["updatedAt"].(string)
	expecting := func(c graph.Change, at string) graph.Change { c.Expect = at; return c }
	if _, err := l.store.Apply(l.ctx, "somebody", []graph.Change{update("Person", "a", props{"age": int64(1)})}); err != nil {
		l.Fatal(err)
	}
	stale := expecting(update("Person", "a", props{"bio": "x"}), old)
	l.refuse(graph.Conflict, stale)
	l.refuse(graph.Conflict, expecting(upsert("Person", "a", props{"bio": "x"}), old))
	l.refuse(graph.Conflict, expecting(remove("Person", "a"), old))
	if _, naive := l.store.(*Naive); !naive { // which keeps to the codes
		l.says("somebody", l.applyError(stale))
		l.says("age", l.applyError(stale))
	}
	now := l.node("Person", "a").Props["updatedAt"].(string)
	l.apply(expecting(update("Person", "a", props{"bio": "x"}), now))
	l.refuse(graph.NotFound, expecting(upsert("Person", "b", props{"name": "b", "rank": int64(1)}), now))
	l.refuse(graph.NotFound, expecting(update("Person", "b", nil), now))
}

// A node that has relations, of whatever kind, goes with them or not at all.
func cascade(l *lab) {
	l.apply(person("a"), person("b"), org("o"), connect("KNOWS", "a", "b"), connect("WORKS_AT", "b", "o"))
	bare := func(label, id string) graph.Change { return graph.Change{Op: graph.DeleteNode, Label: label, ID: id} }
	l.refuse(graph.Conflict, bare("Person", "a"))
	l.refuse(graph.Conflict, bare("Org", "o"))
	l.refuse(graph.Conflict, unlink("KNOWS", "a", "b"), bare("Person", "b"))
	l.apply(unlink("KNOWS", "a", "b"), bare("Person", "a"), person("c"), bare("Person", "c"))
	l.apply(remove("Person", "b"), bare("Org", "o"))
	l.finds(nil)
}

// A guard holds for just the relations that it names, with their properties.
func guards(l *lab) {
	guard := func(from, to string, edges ...graph.Edge) graph.Change {
		return graph.Change{Op: graph.Guard, Type: "HOME", From: from, To: to, Edges: edges}
	}
	edge := func(from, to string, p props) graph.Edge {
		return graph.Edge{Type: "HOME", From: from, To: to, Props: p}
	}
	l.apply(person("a"), person("b"), org("x"), org("y"), guard("a", ""), guard("", "x"))
	l.apply(guard("a", ""), connect("HOME", "a", "x"), guard("a", "", edge("a", "x", nil)), guard("", "x", edge("a", "x", nil)))
	l.apply(connect("HOME", "a", "y", props{"since": "2020-01-01"}), connect("HOME", "b", "x"))
	both := []graph.Edge{edge("a", "y", props{"since": "2020-01-01"}), edge("a", "x", nil)}
	l.same("no entry", 0, len(l.apply(guard("a", "", both...), guard("", "x", edge("b", "x", nil), edge("a", "x", nil)), guard("", "y", both[0])).Entries))
	l.refuse(graph.Conflict, person("new"), guard("a", "", both[0]))
	l.refuse(graph.Conflict, guard("a", ""))
	l.refuse(graph.Conflict, guard("a", "", both[1], edge("a", "y", nil)))
	l.refuse(graph.Conflict, guard("b", "", both...))
	l.refuse(graph.NotFound, guard("nobody", ""))
	l.refuse(graph.BadUserInput, graph.Change{Op: graph.Guard, Type: "NONE", From: "a"})
}

// Try tells what Apply would do, and does nothing.
func tries(l *lab) {
	l.apply(person("a"), person("b"), connect("KNOWS", "a", "b"))
	before := l.log()
	changes := []graph.Change{update("Person", "a", props{"age": int64(2)}), remove("Person", "b"), person("c", props{"createdAt": "2001-01-01T00:00:00.000Z"})}
	would, err := l.store.Try(l.ctx, "tester", changes)
	if err != nil {
		l.Fatal(err)
	}
	l.same("log", before, l.log())
	l.finds(nil, "a", "b")
	l.finds(graph.Matches{Text: "c", Mode: graph.AllWords})
	l.finds(graph.Related{Hop: knows, Quantifier: graph.Some}, "a", "b")
	l.same("receipt", canonicalLog(would.Entries), canonicalLog(l.apply(changes...).Entries))
	_, err = l.store.Try(l.ctx, "tester", []graph.Change{person("d"), person("a")})
	l.failed(graph.Conflict, err)
}

// updatedAt grows with each change, however fast they come.
func updatedAtGrows(l *lab) {
	l.apply(person("a"))
	last := ""
	for i := range 20 {
		l.apply(update("Person", "a", props{"age": int64(i)}))
		at := l.node("Person", "a").Props["updatedAt"].(string)
		if at <= last {
			l.Fatalf("%s comes after %s", at, last)
		}
		last = at
	}
}

// Many writers that read, add one and write with Expect, and try again on a Conflict,
// lose none of their additions, make one relation where all connect the same, and end.
func noLostUpdate(l *lab) {
	const writers, each = 32, 3
	l.apply(person("a", props{"age": int64(0)}), org("o"))
	add := func() error {
		n := l.node("Person", "a")
		c := update("Person", "a", props{"age": n.Props["age"].(int64) + 1})
		c.Expect, _ = n.Props["updatedAt"].(string)
		_, err := l.store.Apply(l.ctx, "adder", []graph.Change{c, connect("WORKS_AT", "a", "o", props{"since": "2020-01-01"})})
		return err
	}
	var wait sync.WaitGroup
	for range writers {
		wait.Go(func() {
			for range each {
				err := add()
				for graph.CodeOf(err) == graph.Conflict && err != nil {
					err = add()
				}
				if err != nil {
					l.Errorf("Apply: %v", err)
				}
			}
		})
	}
	wait.Wait()
	l.same("age", int64(writers*each), l.node("Person", "a").Props["age"])
	l.same("relations", []string{"o"}, linked(l.read(rooted("Person", "a", link("w", worksIn))), "w"))
}

// Of many writers that want the same key for a node of their own, one gets it.
func oneOwnerOfAKey(l *lab) {
	const writers = 32
	var wait sync.WaitGroup
	errs := make([]error, writers)
	for i := range writers {
		wait.Go(func() {
			_, errs[i] = l.store.Apply(l.ctx, "w", []graph.Change{org(fmt.Sprintf("o%02d", i), props{"code": "wanted"})})
		})
	}
	wait.Wait()
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
		} else {
			l.failed(graph.Conflict, err)
		}
	}
	l.same("winners", 1, won)
	l.same("owners", 1, len(l.find("Org", eq("code", "wanted"))))
}

func (l *lab) applyError(changes ...graph.Change) error {
	l.Helper()
	_, err := l.store.Apply(l.ctx, "tester", changes)
	return err
}

// says expects that the message for the caller holds a text.
func (l *lab) says(part string, err error) {
	l.Helper()
	var e *graph.Error
	if !errors.As(err, &e) || !strings.Contains(e.Message, part) {
		l.Errorf("%v does not say %q", err, part)
	}
}
