package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server"
	"github.com/i-partnerschap/kennisgraaf/graph/sqlite"
	"github.com/i-partnerschap/kennisgraaf/schema"
)

// open returns a store with the network in it, and what ends it.
func open(ctx context.Context, o options) (store graph.Store, stop func(), err error) {
	switch {
	case o.store == "sqlite":
		return openSQLite(ctx, o)
	case o.store == "neo4j" && o.file == "":
		return openNeo4j(ctx, o)
	}
	return nil, nil, fmt.Errorf("store is %q and file is %q; store must be sqlite or neo4j, and only sqlite takes a file", o.store, o.file)
}

func openSQLite(ctx context.Context, o options) (graph.Store, func(), error) {
	model, err := schema.Model()
	if err != nil {
		return nil, nil, err
	}
	clean := func() {}
	if o.file == "" {
		dir, err := os.MkdirTemp("", "match")
		if err != nil {
			return nil, nil, err
		}
		clean = func() { _ = os.RemoveAll(dir) }
		o.file = filepath.Join(dir, "bench.db")
	}
	_, missing := os.Stat(o.file)
	store, err := sqlite.Open(ctx, o.file, model, sqlite.Options{BulkLoad: true, CheckLimit: -1})
	if err != nil {
		clean()
		return nil, nil, err
	}
	stop := func() {
		_ = store.Close()
		clean()
	}
	if errors.Is(missing, fs.ErrNotExist) {
		if err := fill(ctx, store, o.size()); err != nil {
			stop()
			return nil, nil, err
		}
	}
	return store, stop, nil
}

func openNeo4j(ctx context.Context, o options) (graph.Store, func(), error) {
	model, err := schema.Model()
	if err != nil {
		return nil, nil, err
	}
	database, err := server.Start(ctx, server.Options{Heap: "1g", PageCache: "512m", Progress: os.Stderr})
	if err != nil {
		return nil, nil, err
	}
	store, err := neo4j.Open(ctx, neo4j.Options{URI: database.URI()}, model)
	if err != nil {
		_ = database.Stop()
		return nil, nil, err
	}
	stop := func() {
		_ = store.Close()
		_ = database.Stop()
	}
	if err := fill(ctx, store, o.size()); err != nil {
		stop()
		return nil, nil, err
	}
	return store, stop, nil
}
