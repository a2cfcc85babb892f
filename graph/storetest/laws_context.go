package storetest

import (
	"context"
	"fmt"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"go.uber.org/goleak"
)

var contextLaws = []law{{"Cancelled", cancelled}, {"Deadline", deadline}, {"Halfway", endsHalfway}, {"Close", closeReleases}}

// calls makes each call of a store that takes a context.
func (l *lab) calls(ctx context.Context) map[string]error {
	_, read := l.store.Read(ctx, graph.Query{Root: &graph.Selection{Labels: []string{"Person"}, Page: all}})
	_, several := l.store.ReadAll(ctx, []graph.Query{rooted("Person", "a"), rooted("Person", "b")})
	_, paths := l.store.Paths(ctx, graph.PathQuery{From: "a", To: "b", MaxHops: 2, Limit: 1})
	_, around := l.store.Neighbourhood(ctx, graph.NeighbourhoodQuery{ID: "a", Hops: 1, Limit: 2})
	_, apply := l.store.Apply(ctx, "tester", []graph.Change{person("new")})
	_, log := l.store.Log(ctx, graph.LogQuery{Limit: 10})
	return map[string]error{"Read": read, "ReadAll": several, "Paths": paths, "Neighbourhood": around, "Apply": apply, "Log": log}
}

// A call whose context is cancelled fails, and writes nothing.
func cancelled(l *lab) {
	couple(l)
	ctx, cancel := context.WithCancel(l.ctx)
	cancel()
	for name, err := range l.calls(ctx) {
		if err == nil {
			l.Errorf("%s succeeds", name)
		} else {
			l.failed(graph.CodeOf(err), err)
		}
	}
	l.finds(nil, "a", "b")
}

// A call whose deadline passed fails with Timeout, and writes nothing.
func deadline(l *lab) {
	couple(l)
	ctx, cancel := context.WithDeadline(l.ctx, time.Now().Add(-time.Second))
	defer cancel()
	for name, err := range l.calls(ctx) {
		if graph.CodeOf(err) != graph.Timeout {
			l.Errorf("%s: want %s, got %v", name, graph.Timeout, err)
		}
	}
	l.finds(nil, "a", "b")
}

// A call that is under way when its deadline passes ends soon, with Timeout where it
// had not finished. Paths through a graph in which everybody knows everybody are
// too many to enumerate.
func endsHalfway(l *lab) {
	var changes []graph.Change
	const n = 14
	for i := range n {
		changes = append(changes, person(fmt.Sprintf("p%d", i)))
	}
	for i := range n {
		for j := range i {
			changes = append(changes, connect("KNOWS", fmt.Sprintf("p%d", i), fmt.Sprintf("p%d", j)))
		}
	}
	l.apply(changes...)
	ctx, cancel := context.WithTimeout(l.ctx, 100*time.Millisecond)
	defer cancel()
	begin := time.Now()
	_, err := l.store.Paths(ctx, graph.PathQuery{From: "p0", To: "p1", MaxHops: n, Limit: graph.All})
	if took := time.Since(begin); took > 5*time.Second {
		l.Errorf("Paths went on for %v", took)
	}
	if err != nil {
		l.failed(graph.Timeout, err)
	}
	l.finds(eq("id", "p3"), "p3") // the store goes on
}

// Close releases what the store holds: no goroutine is left behind.
func closeReleases(l *lab) {
	ignore := goleak.IgnoreCurrent()
	s := l.open(l.T, Model())
	if _, err := s.Apply(l.ctx, "tester", []graph.Change{person("a")}); err != nil {
		l.Fatal(err)
	}
	if err := s.Close(); err != nil {
		l.Errorf("Close: %v", err)
	}
	goleak.VerifyNone(l.T, ignore)
	if _, err := s.Read(l.ctx, graph.Query{Root: &graph.Selection{Labels: []string{"Person"}}}); err == nil {
		l.Error("Read succeeds on a closed store")
	} else {
		l.failed(graph.CodeOf(err), err)
	}
}
