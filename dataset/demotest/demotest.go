// Package demotest gives tests a store with the demo data.
package demotest

import (
	"context"
	"errors"
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
	store, model, err := Load(t.TempDir(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store, model
}

// Load does the same in a directory, for tests that share one store. The caller
// closes it.
func Load(dir string, options sqlite.Options) (graph.Store, *graph.Model, error) {
	model, err := schema.Model()
	if err != nil {
		return nil, nil, err
	}
	ctx := context.Background()
	options.BulkLoad = true
	store, err := sqlite.Open(ctx, filepath.Join(dir, "test.db"), model, options)
	if err != nil {
		return nil, nil, err
	}
	changes, err := dataset.Changes(dataset.Demo)
	if err == nil {
		_, err = store.Apply(ctx, "test", changes)
	}
	if err != nil {
		return nil, nil, errors.Join(err, store.Close())
	}
	return store, model, nil
}
