package live_test

import (
	"path/filepath"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server/servertest"
	"github.com/i-partnerschap/kennisgraaf/graph/storetest"
	"github.com/i-partnerschap/kennisgraaf/live"
)

// onTwo runs a test with two handles on one store of each kind, as two processes have them.
func onTwo(t *testing.T, test func(t *testing.T, here, there graph.Store)) {
	t.Run("sqlite", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "two.db")
		test(t, openSQLite(t, path), openSQLite(t, path))
	})
	t.Run("neo4j", func(t *testing.T) {
		db := servertest.Use(t)
		db.WipeData(t, "__Schema")
		open := func() graph.Store {
			s, err := neo4j.Open(t.Context(), neo4j.Options{URI: db.URI()}, storetest.Model())
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		test(t, open(), open())
	})
}

// next returns the entries that a subscriber is given until it has n.
func (w *world) next(s *live.Subscription, n int) []graph.LogEntry {
	w.t.Helper()
	var all []graph.LogEntry
	for len(all) < n {
		entries, err := s.Next(w.ctx)
		if err != nil {
			w.t.Fatal(err)
		}
		all = append(all, entries...)
	}
	return all
}

// A hub whose window tells of a node that another process erases forgets it too: who is
// there hears of an erasure, and who comes back to an earlier place is told nothing of the
// node any more, by numbers that have no gap.
func TestTheWindowForgetsWhatWasErased(t *testing.T) {
	onTwo(t, func(t *testing.T, here, there graph.Store) {
		w := newWorld(t, here, live.Options{})
		t.Cleanup(func() { _ = there.Close() })
		begin := int64(0)
		first, err := w.hub.Subscribe(w.ctx, &begin)
		if err != nil {
			t.Fatal(err)
		}
		defer first.Close()
		w.write("p", 3)
		w.next(first, 3)
		if _, err := there.Apply(w.ctx, "eraser", []graph.Change{{Op: graph.EraseNode, Label: "Person", ID: "p1", As: "erased-x"}}); err != nil {
			t.Fatal(err)
		}
		if told := w.next(first, 1); len(told) != 1 || !told[0].Erasure() || told[0].ID != "erased-x" || told[0].Seq != 4 {
			t.Errorf("of the erasure it was told %v", told)
		}
		second, err := w.hub.Subscribe(w.ctx, &begin)
		if err != nil {
			t.Fatal(err)
		}
		defer second.Close()
		for i, e := range w.next(second, 4) {
			if e.Seq != int64(i+1) || e.ID == "p1" || e.ID == "erased-x" && len(e.Before)+len(e.After) > 0 {
				t.Errorf("who comes back is told %v", e)
			}
		}
	})
}
