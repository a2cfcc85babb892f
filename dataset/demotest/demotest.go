// Package demotest gives tests a store with the demo data.
package demotest

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/dataset"
	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/sqlite"
	"github.com/i-partnerschap/kennisgraaf/schema"
)

// Open makes an embedded store in a file of the test's own and loads the demo. The
// store is closed when the test ends.
func Open(t testing.TB, options sqlite.Options) (graph.Store, *graph.Model) {
	t.Helper()
	model, err := schema.Model()
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	options.BulkLoad = true
	store, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "test.db"), model, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	changes, err := dataset.Changes(dataset.Demo)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Apply(ctx, "test", changes); err != nil {
		t.Fatal(err)
	}
	return store, model
}
