package main

import (
	"context"
	"errors"
	"log/slog"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/dataset"
	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/sqlite"
	"github.com/i-partnerschap/kennisgraaf/schema"
)

// open opens the store that the flags name and fills it if it is new.
func (c *cli) open(ctx context.Context, log *slog.Logger) (graph.Store, *graph.Model, error) {
	model, err := schema.Model()
	if err != nil {
		return nil, nil, err
	}
	path, ok := strings.CutPrefix(c.Store, "sqlite:")
	if !ok || path == "" {
		return nil, nil, graph.Errorf(graph.BadUserInput, "--store %q is not understood; use sqlite:FILE", c.Store)
	}
	store, err := sqlite.Open(ctx, path, model, sqlite.Options{})
	if err != nil {
		return nil, nil, err
	}
	if err := fill(ctx, store, model, c.Dataset, log); err != nil {
		return nil, nil, errors.Join(err, store.Close())
	}
	return store, model, nil
}

// fill loads the bundled dataset into an empty store, in one transaction: an
// interrupted load leaves the store empty, and the next start does it again.
func fill(ctx context.Context, store graph.Store, model *graph.Model, name string, log *slog.Logger) error {
	found, err := store.Read(ctx, graph.Query{Root: &graph.Selection{Labels: model.Names(), Page: graph.Page{Limit: 1}}})
	if err != nil || len(found.Rows) > 0 {
		return err
	}
	changes, err := dataset.Changes(name)
	if err != nil || len(changes) == 0 {
		return err
	}
	receipt, err := store.Apply(ctx, "dataset:"+name, changes)
	if err != nil {
		return err
	}
	log.Info("dataset loaded", "dataset", name, "changes", len(receipt.Entries))
	return nil
}
