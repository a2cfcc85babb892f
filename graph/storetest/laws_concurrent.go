package storetest

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

var concurrentLaws = []law{{"Cursors", cursorsWhileWriting}, {"OneState", oneState}, {"Writers", manyWriters}, {"Close", closeWaits}}

// While others write, a walk through the pages has no gap and no repeat among the
// rows that were there throughout.
func cursorsWhileWriting(l *lab) {
	var changes []graph.Change
	var want []string
	for i := range 40 {
		id := fmt.Sprintf("p%02d", i)
		changes = append(changes, person(id, props{"age": int64(i % 5)}))
		want = append(want, id)
	}
	l.apply(changes...)
	var done atomic.Bool
	var writer sync.WaitGroup
	writer.Go(func() {
		for i := 0; !done.Load() && i < 500; i++ {
			id := fmt.Sprintf("p%02dx", i%40)
			batch := []graph.Change{person(id, props{"age": int64(i % 5)})}
			if i/40%2 == 1 { // forty come, and go again
				batch = []graph.Change{remove("Person", id)}
			}
			if _, err := l.store.Apply(l.ctx, "writer", batch); err != nil {
				l.Errorf("Apply: %v", err)
				return
			}
		}
	})
	for _, backward := range []bool{false, true} {
		for _, order := range [][]graph.Order{nil, {by("age")}, {desc(by("age"))}} {
			got, err := readPaged(l.ctx, l.store, graph.Query{Root: &graph.Selection{Labels: []string{"Person"}, Order: order}}, 3, backward)
			if err != nil {
				l.Error(err)
				break
			}
			stayed := slices.DeleteFunc(slices.Clone(got), func(id string) bool { return len(id) > 3 })
			slices.Sort(stayed)
			l.same(Plan(order), want, stayed)
		}
	}
	done.Store(true)
	writer.Wait()
}

// One read sees one state: never half of a write, at whatever level of the tree, nor in
// whatever query of several.
func oneState(l *lab) {
	l.apply(person("a", props{"age": int64(0)}), person("b", props{"age": int64(0)}), connect("KNOWS", "a", "b"))
	var done atomic.Bool
	var writer sync.WaitGroup
	writer.Go(func() {
		for i := int64(1); i < 200 && !done.Load(); i++ {
			if _, err := l.store.Apply(l.ctx, "writer", []graph.Change{update("Person", "a", props{"age": i}), update("Person", "b", props{"age": i})}); err != nil {
				l.Errorf("Apply: %v", err)
				return
			}
		}
	})
	q := rooted("Person", "a", link("k", knows, func(s *graph.Selection) { s.Props = []string{"age"} }))
	q.Root.Props = []string{"age"}
	q.Root.Aggregates = []graph.Aggregate{{Key: "k", Limit: graph.All, Measures: []graph.Measure{{Prop: "age", Kind: graph.Int}}}}
	second := rooted("Person", "b")
	second.Root.Props = []string{"age"}
	for range 100 {
		all, err := l.store.ReadAll(l.ctx, []graph.Query{q, second})
		if err != nil {
			l.Errorf("ReadAll: %v", err)
			break
		}
		r := all[0]
		a := r.Rows[0].Node
		b := a.Links["k"].Rows[0].Node
		age, _ := graph.Number64(a.Props["age"])
		if a.Props["age"] != b.Props["age"] || all[1].Rows[0].Node.Props["age"] != b.Props["age"] || r.Groups["k"][0].Stats["age"].Max != age {
			l.Errorf("a is %v, b is %v and the aggregate says %v", a.Props["age"], b.Props["age"], r.Groups["k"][0].Stats["age"].Max)
			break
		}
	}
	done.Store(true)
	writer.Wait()
}

// Writers at the same time lose nothing, and the log numbers each write apart, in
// one block; readers meanwhile do not fail.
func manyWriters(l *lab) {
	l.apply(org("o"))
	const writers, each = 4, 15
	var wait sync.WaitGroup
	for w := range writers {
		wait.Go(func() {
			for i := range each {
				id := fmt.Sprintf("w%d-%02d", w, i)
				if _, err := l.store.Apply(l.ctx, id, []graph.Change{person(id), connect("WORKS_AT", id, "o")}); err != nil {
					l.Errorf("Apply: %v", err)
				}
				if _, err := l.store.Read(l.ctx, graph.Query{Root: &graph.Selection{Labels: []string{"Org"}, Page: all, Links: []graph.Link{link("s", staff)}}}); err != nil {
					l.Errorf("Read: %v", err)
				}
			}
		})
	}
	wait.Wait()
	l.same("people", writers*each, len(l.find("Person", nil)))
	log := l.log()[1:]
	l.same("entries", 2*writers*each, len(log))
	for i := 0; i+1 < len(log); i += 2 {
		if log[i].Actor != log[i+1].Actor || log[i].Op != graph.CreateNode || log[i+1].Op != graph.Connect {
			l.Fatalf("entries %d and %d are of %q and %q", log[i].Seq, log[i+1].Seq, log[i].Actor, log[i+1].Actor)
		}
	}
}

// Close waits for the calls that are under way: each call either succeeds whole or
// fails with an *Error, and none is cut off.
func closeWaits(l *lab) {
	s := l.open(l.T, Model())
	if _, err := s.Apply(l.ctx, "tester", []graph.Change{person("a"), person("b"), connect("KNOWS", "a", "b")}); err != nil {
		l.Fatal(err)
	}
	var wait sync.WaitGroup
	begun := make(chan struct{}, 4)
	for w := range cap(begun) {
		wait.Go(func() {
			for i := 0; ; i++ {
				r, err := s.Read(l.ctx, graph.Query{Root: &graph.Selection{Labels: []string{"Person"}, Where: graph.HasLabel{Labels: []string{"Person"}}, Page: all, Links: []graph.Link{link("k", knows)}}})
				if err == nil {
					if len(r.Rows) < 2 || len(r.Rows[0].Node.Links["k"].Rows) != 1 {
						l.Errorf("half an answer: %s", Plan(*r))
					}
					_, err = s.Apply(l.ctx, "writer", []graph.Change{person(fmt.Sprintf("w%d-%d", w, i))})
				}
				if i == 0 {
					begun <- struct{}{}
				}
				if err != nil {
					l.failed(graph.CodeOf(err), err)
					return
				}
			}
		})
	}
	for range cap(begun) {
		<-begun
	}
	if err := s.Close(); err != nil {
		l.Errorf("Close: %v", err)
	}
	wait.Wait()
}
