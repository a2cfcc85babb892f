package match_test

import (
	"context"
	"math"
	"slices"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/dataset"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server/servertest"
	"github.com/i-partnerschap/kennisgraaf/match"
	"github.com/i-partnerschap/kennisgraaf/schema"
)

// The golden set has the same rankings, scores and evidence on Neo4j as on the embedded store.
func TestTheGoldenSetIsTheSameOnNeo4j(t *testing.T) {
	db := servertest.Use(t)
	db.WipeData(t, "__Schema")
	ctx := context.Background()
	model, err := schema.Model()
	if err != nil {
		t.Fatal(err)
	}
	store, err := neo4j.Open(ctx, neo4j.Options{URI: db.URI()}, model)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	changes, err := dataset.Changes("demo")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Apply(ctx, "test", changes); err != nil {
		t.Fatal(err)
	}
	there, here := match.New(store), demo(t)
	for _, g := range readGolden(t) {
		req := match.Request{Vraagstuk: g.Vraagstuk, Text: g.Text, Supply: []match.Supply{match.Lector}, Today: today}
		want, err := here.Match(ctx, req)
		if err != nil {
			t.Fatal(err)
		}
		got, err := there.Match(ctx, req)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got.Ranking, want.Ranking) {
			t.Errorf("%s: another order on Neo4j", g.ID)
			continue
		}
		for i, m := range got.Matches {
			if w := want.Matches[i]; math.Abs(m.Score-w.Score) > 1e-9 || !sameEvidence(m, w) {
				t.Errorf("%s, %s: %g on Neo4j, %g on SQLite, or other evidence", g.ID, m.ID, m.Score, w.Score)
			}
		}
	}
}

func sameEvidence(a, b *match.Match) bool {
	return slices.EqualFunc(a.Factors, b.Factors, func(f, g match.Score) bool {
		return f.Factor == g.Factor && slices.EqualFunc(f.Evidence, g.Evidence, func(x, y match.Evidence) bool {
			return x.Node == y.Node && x.Relation == y.Relation && math.Abs(x.Value-y.Value) < 1e-9 && x.Source == y.Source && slices.Equal(x.Words, y.Words)
		})
	})
}
