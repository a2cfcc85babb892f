package storetest

import (
	"context"
	"errors"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// start opens a store that is closed when the test ends.
func start(t *testing.T, open Open, m *graph.Model) graph.Store {
	t.Helper()
	s := open(t, m)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return s
}

// law is a test of one promise on a store of its own.
type law struct {
	name string
	test func(l *lab)
}

// lab is what a law works with: a store, and short ways to ask and to write.
type lab struct {
	*testing.T
	ctx   context.Context
	store graph.Store
	open  Open
}

// Run checks every law of the contract, each on a fresh store.
func Run(t *testing.T, open Open) {
	groups := []struct {
		name string
		laws []law
	}{
		{"Compare", compareLaws}, {"Text", textLaws}, {"Filter", filterLaws}, {"Order", orderLaws}, {"Page", pageLaws},
		{"Link", linkLaws}, {"Aggregate", aggregateLaws}, {"AsOf", asOfLaws}, {"Path", pathLaws},
		{"Neighbourhood", neighbourhoodLaws}, {"Apply", applyLaws}, {"Conflict", conflictLaws}, {"Erase", eraseLaws}, {"Log", logLaws}, {"LogQuery", logQueryLaws}, {"Refuse", refuseLaws},
		{"Name", nameLaws}, {"Context", contextLaws}, {"Several", severalLaws}, {"Concurrent", concurrentLaws},
	}
	for _, g := range groups {
		t.Run(g.name, func(t *testing.T) {
			for _, law := range g.laws {
				t.Run(law.name, func(t *testing.T) {
					law.test(&lab{T: t, ctx: t.Context(), store: start(t, open, Model()), open: open})
				})
			}
		})
	}
}

// apply writes and expects success.
func (l *lab) apply(changes ...graph.Change) *graph.Receipt {
	l.Helper()
	r, err := l.store.Apply(l.ctx, "tester", changes)
	if err != nil {
		l.Fatalf("Apply: %v", err)
	}
	return r
}

// refuse writes and expects an error of the code, and that nothing was written.
func (l *lab) refuse(code graph.Code, changes ...graph.Change) {
	l.Helper()
	before := l.log()
	_, err := l.store.Apply(l.ctx, "tester", changes)
	l.failed(code, err)
	if d := diff(before, l.log()); d != "" {
		l.Errorf("%s: the log changed:\n%s", Plan(changes), d)
	}
}

// failed expects an *Error of the code.
func (l *lab) failed(code graph.Code, err error) {
	l.Helper()
	var e *graph.Error
	if !errors.As(err, &e) {
		l.Errorf("want an *Error with code %s, got %v", code, err)
	} else if e.Code != code {
		l.Errorf("want code %s, got %s: %v", code, e.Code, err)
	}
}

// read asks and expects success.
func (l *lab) read(q graph.Query) *graph.Result {
	l.Helper()
	r, err := l.store.Read(l.ctx, q)
	if err != nil {
		l.Fatalf("Read %s: %v", Plan(q), err)
	}
	return r
}

// find returns the ids of the nodes of a label for which a condition holds.
func (l *lab) find(label string, where graph.Filter) []string {
	l.Helper()
	return ids(l.read(graph.Query{Root: &graph.Selection{Labels: []string{label}, Where: where, Page: all}}))
}

// finds expects that a condition on the people holds for these, in order of id.
func (l *lab) finds(where graph.Filter, want ...string) {
	l.Helper()
	l.findsIn("Person", where, want...)
}

func (l *lab) findsIn(label string, where graph.Filter, want ...string) {
	l.Helper()
	if d := diff(want, l.find(label, where)); d != "" {
		l.Errorf("%s (-want +got)\n%s", Plan(where), d)
	}
}

// sorts expects that the people come in this order.
func (l *lab) sorts(order []graph.Order, want ...string) {
	l.Helper()
	got := ids(l.read(graph.Query{Root: &graph.Selection{Labels: []string{"Person"}, Order: order, Page: all}}))
	if d := diff(want, got); d != "" {
		l.Errorf("%s (-want +got)\n%s", Plan(order), d)
	}
}

// same expects two equal values.
func (l *lab) same(what string, want, got any) {
	l.Helper()
	if d := diff(want, got); d != "" {
		l.Errorf("%s (-want +got)\n%s", what, d)
	}
}

// log returns the whole change log.
func (l *lab) log() []graph.LogEntry {
	l.Helper()
	entries, err := l.store.Log(l.ctx, graph.LogQuery{Limit: graph.All})
	if err != nil {
		l.Fatalf("Log: %v", err)
	}
	return entries
}

// node reads all properties of a node, nil where there is no such node.
func (l *lab) node(label, id string) *graph.Node {
	l.Helper()
	var props []string
	for _, p := range Model().Types[label].Properties {
		props = append(props, p.Name)
	}
	r := l.read(graph.Query{Root: &graph.Selection{Labels: []string{label}, Props: props, Where: eq("id", id), Page: all}})
	if len(r.Rows) == 0 {
		return nil
	}
	return r.Rows[0].Node
}
