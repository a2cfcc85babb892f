package match_test

import (
	"context"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/dataset/generate"
	"github.com/i-partnerschap/kennisgraaf/graph/sqlite"
	"github.com/i-partnerschap/kennisgraaf/match"
	"github.com/i-partnerschap/kennisgraaf/schema"
)

// Many candidates are shared out over the processors; the ranking is the same.
func TestManyCandidatesAreRankedAsFew(t *testing.T) {
	model, err := schema.Model()
	if err != nil {
		t.Fatal(err)
	}
	store, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "many.db"), model, sqlite.Options{BulkLoad: true})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close() //nolint:errcheck // it is thrown away
	size := generate.Size{Regions: 16, Themes: 40, Institutions: 5, Lectoraten: 2500, People: 4000, Publications: 500}
	if _, err := store.Apply(context.Background(), "test", slices.Collect(generate.Changes(1, size))); err != nil {
		t.Fatal(err)
	}
	m := match.New(store)
	req := match.Request{Text: "Hoe houden we grip op netwerkbeveiliging bij de politie?", Supply: []match.Supply{match.Lector}, First: 10, Today: today}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	many, err := m.Match(context.Background(), req)
	if err != nil {
		t.Fatal(err)
	}
	runtime.GOMAXPROCS(1)
	few, err := m.Match(context.Background(), req)
	if err != nil || !slices.Equal(many.Ranking, few.Ranking) || many.Total < 1000 {
		t.Errorf("%d candidates on four processors, %d on one, or in another order: %v", many.Total, few.Total, err)
	}
}
