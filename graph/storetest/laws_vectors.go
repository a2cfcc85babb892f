package storetest

import (
	"cmp"
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Vectors checks the laws of graph.VectorStore, which the store must be.
func Vectors(t *testing.T, open Open) {
	l := &lab{T: t, ctx: t.Context(), store: start(t, open, Model()), open: open}
	store, ok := l.store.(graph.VectorStore)
	if !ok {
		t.Fatal("the store keeps no vectors")
	}
	set := func(vectors ...graph.Vector) {
		t.Helper()
		if err := store.SetVectors(l.ctx, vectors); err != nil {
			t.Fatal(err)
		}
	}
	want := func(law string, vectors ...graph.Vector) {
		t.Helper()
		got := []graph.Vector{}
		err := store.Vectors(l.ctx, func(v graph.Vector) error { got = append(got, v); return nil })
		slices.SortFunc(got, func(a, b graph.Vector) int { return cmp.Compare(a.ID, b.ID) })
		if err != nil || !slices.EqualFunc(got, vectors, func(a, b graph.Vector) bool {
			return a.ID == b.ID && a.Of == b.Of && slices.Equal(a.Values, b.Values)
		}) {
			t.Errorf("%s: %v, %v, want %v", law, got, err, vectors)
		}
	}
	node := func(op graph.ChangeOp, id string) graph.Change {
		return graph.Change{Op: op, Label: "Person", ID: id, Cascade: op == graph.DeleteNode}
	}
	a := graph.Vector{ID: "a", Of: "x", Values: []float32{1, -2.5, math.SmallestNonzeroFloat32}}
	b := graph.Vector{ID: "b", Of: "y", Values: []float32{0.1, 0.2, 0.3}}
	want("a new store has none")
	l.apply(node(graph.CreateNode, "a"), node(graph.CreateNode, "b"))
	before, err := l.store.Log(l.ctx, graph.LogQuery{Limit: graph.All})
	if err != nil {
		t.Fatal(err)
	}
	set(a, b, graph.Vector{ID: "nobody", Of: "z", Values: []float32{1}})
	want("what was set is there, but for a node that is not", a, b)
	b.Of, b.Values = "changed", []float32{4, 5, 6}
	set(b)
	want("a vector takes the place of an earlier one", a, b)
	after, err := l.store.Log(l.ctx, graph.LogQuery{Limit: graph.All})
	if err != nil || len(after) != len(before) {
		t.Errorf("the log has %d entries, %d before the vectors came: %v", len(after), len(before), err)
	}
	stop := errors.New("enough")
	if err := store.Vectors(l.ctx, func(graph.Vector) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("the caller's error comes back as %v", err)
	}
	l.apply(node(graph.DeleteNode, "a"))
	want("a vector goes with its node", b)
	l.apply(node(graph.CreateNode, "a"))
	want("a node that comes back has none", b)
	l.apply(graph.Erase("Person", "b", ""))
	want("a vector goes with its node when that is erased")
}
