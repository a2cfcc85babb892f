package match_test

import (
	"context"
	"math"
	"path/filepath"
	"slices"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/dataset"
	"github.com/i-partnerschap/kennisgraaf/dataset/demotest"
	"github.com/i-partnerschap/kennisgraaf/dataset/snapshot"
	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server/servertest"
	"github.com/i-partnerschap/kennisgraaf/graph/sqlite"
	"github.com/i-partnerschap/kennisgraaf/graph/storetest"
	"github.com/i-partnerschap/kennisgraaf/match"
	"github.com/i-partnerschap/kennisgraaf/schema"
)

// onTwoEmbedded runs a test with two handles on the demo in one file, as two processes have them.
func onTwoEmbedded(t *testing.T, test func(t *testing.T, here, there graph.Store)) {
	dir := t.TempDir()
	here, model, err := demotest.Load(dir, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	there, err := sqlite.Open(t.Context(), filepath.Join(dir, "test.db"), model, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = here.Close(), there.Close() })
	test(t, here, there)
}

// onTwo does the same in a store of each kind.
func onTwo(t *testing.T, test func(t *testing.T, here, there graph.Store)) {
	t.Run("sqlite", func(t *testing.T) { onTwoEmbedded(t, test) })
	t.Run("neo4j", func(t *testing.T) {
		db := servertest.Use(t)
		db.WipeData(t, "__Schema")
		model, err := schema.Model()
		if err != nil {
			t.Fatal(err)
		}
		open := func() graph.Store {
			s, err := neo4j.Open(t.Context(), neo4j.Options{URI: db.URI()}, model)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = s.Close() })
			return s
		}
		changes, err := dataset.Changes("demo")
		if err != nil {
			t.Fatal(err)
		}
		here, there := open(), open()
		if _, err := here.Apply(t.Context(), "test", changes); err != nil {
			t.Fatal(err)
		}
		test(t, here, there)
	})
}

const erasedLector = "demo-p-thijs-beukenstroom"

func erase(t *testing.T, store graph.Store, id string) {
	t.Helper()
	if _, err := store.Apply(t.Context(), "eraser", []graph.Change{graph.Erase("Person", id, "")}); err != nil {
		t.Fatal(err)
	}
}

// A process that has the graph in memory takes out who was erased by another, though the log
// does not say who it was; and who comes back under the id is a new person, also where
// both are met at once. It then answers as one that begins anew.
func TestMatchingFollowsAnErasure(t *testing.T) {
	onTwo(t, func(t *testing.T, here, there graph.Store) {
		ctx := context.Background()
		req := match.Request{Text: "gijzelsoftware ransomware herstel", Supply: []match.Supply{match.Lector}, Today: today, First: 100}
		asked := func(m *match.Matcher) *match.Answer {
			t.Helper()
			a, err := m.Match(ctx, req)
			if err != nil {
				t.Fatal(err)
			}
			return a
		}
		follower, late := match.New(here), match.New(here)
		if !slices.Contains(asked(follower).Ranking, erasedLector) || !slices.Contains(asked(late).Ranking, erasedLector) {
			t.Fatal("the lector is no candidate before")
		}
		same := func(when string, m *match.Matcher) {
			t.Helper()
			got, want := asked(m), asked(match.New(there))
			if !slices.Equal(got.Ranking, want.Ranking) {
				t.Errorf("%s: the follower ranks %d, one that begins anew %d, or in another order", when, len(got.Ranking), len(want.Ranking))
				return
			}
			for i, one := range got.Matches {
				if math.Abs(one.Score-want.Matches[i].Score) > 1e-9 {
					t.Errorf("%s: %s has %g, anew %g", when, one.ID, one.Score, want.Matches[i].Score)
				}
			}
		}
		erase(t, there, erasedLector)
		if slices.Contains(asked(follower).Ranking, erasedLector) {
			t.Error("the follower still knows who was erased")
		}
		same("erased", follower)
		back := graph.Change{Op: graph.CreateNode, Label: "Person", ID: erasedLector, Props: map[string]any{"name": "Iemand Anders", "roles": []string{"LECTOR"}}}
		if _, err := there.Apply(ctx, "test", []graph.Change{back}); err != nil {
			t.Fatal(err)
		}
		same("came back", follower)
		same("came back, met at once", late)
	})
}

// An entry of the log that shows later than the one behind it is taken in all the same.
func TestMatchingMissesNoLateEntry(t *testing.T) {
	onTwoEmbedded(t, func(t *testing.T, here, there graph.Store) {
		late := &storetest.LateLog{Store: here}
		m := match.New(late)
		knows := func() bool {
			t.Helper()
			a, err := m.Match(t.Context(), match.Request{Text: "gijzelsoftware ransomware herstel", Supply: []match.Supply{match.Lector}, Today: today, First: 100})
			if err != nil {
				t.Fatal(err)
			}
			return slices.Contains(a.Ranking, erasedLector)
		}
		if !knows() {
			t.Fatal("the lector is no candidate before")
		}
		last, err := snapshot.Position(t.Context(), there)
		if err != nil {
			t.Fatal(err)
		}
		late.Delay(map[int64]int{last + 1: 1})
		changes := []graph.Change{
			{Op: graph.UpdateNode, Label: "Person", ID: erasedLector, Props: map[string]any{"roles": []string{"DOCENT"}}},
			{Op: graph.CreateNode, Label: "Person", ID: "behind", Props: map[string]any{"name": "Achter Aan"}},
		}
		if _, err := there.Apply(t.Context(), "test", changes); err != nil {
			t.Fatal(err)
		}
		if !knows() {
			t.Fatal("the entry shows already")
		}
		if knows() {
			t.Error("the entry was missed")
		}
	})
}

// The vector of who was erased goes, in the store and in the memory of every process. That
// every store takes it out is a law of package storetest.
func TestVectorsFollowAnErasure(t *testing.T) {
	onTwoEmbedded(t, func(t *testing.T, here, there graph.Store) {
		e := serveNgrams(t)
		follower, ctx := withNgrams(t, here, e), context.Background()
		if _, err := follower.Embed(ctx); err != nil {
			t.Fatal(err)
		}
		if !follower.HasVector(erasedLector) {
			t.Fatal("the lector has no vector before")
		}
		erase(t, there, erasedLector)
		if n, err := follower.Embed(ctx); err != nil || n != 0 {
			t.Errorf("%d texts embedded, %v", n, err)
		}
		if follower.HasVector(erasedLector) {
			t.Error("the vector of who was erased is still in memory")
		}
		keeper, _ := here.(graph.VectorStore)
		if err := keeper.Vectors(ctx, func(v graph.Vector) error {
			if v.ID == erasedLector {
				t.Error("the vector of who was erased is still there")
			}
			return nil
		}); err != nil {
			t.Error(err)
		}
	})
}
