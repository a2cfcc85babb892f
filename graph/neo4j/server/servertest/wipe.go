package servertest

import (
	"context"
	"testing"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// WipeData removes all nodes and relations except the nodes that have one of the labels
// in keep. Indexes and constraints stay. On a small graph it takes a few milliseconds.
func (db *DB) WipeData(tb testing.TB, keep ...string) {
	tb.Helper()
	if err := db.wipeData(context.WithoutCancel(tb.Context()), keep); err != nil {
		tb.Fatalf("wipe: %v", err)
	}
}

// WipeAll removes all nodes, relations, indexes and constraints. It takes some 10 ms for
// each index: with WipeData a store that opens the same model again is faster.
func (db *DB) WipeAll(tb testing.TB) {
	tb.Helper()
	if err := db.wipeAll(context.WithoutCancel(tb.Context())); err != nil {
		tb.Fatalf("wipe: %v", err)
	}
}

func (db *DB) wipeData(ctx context.Context, keep []string) error {
	if keep == nil {
		keep = []string{}
	}
	const cypher = `MATCH (n) WHERE none(l IN labels(n) WHERE l IN $keep) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS`
	_, err := db.run(ctx, cypher, map[string]any{"keep": keep})
	return err
}

func (db *DB) wipeAll(ctx context.Context) error {
	if err := db.wipeData(ctx, nil); err != nil {
		return err
	}
	// Constraints first: the indexes that they own go with them.
	for _, kind := range []string{"CONSTRAINT", "INDEX"} {
		rows, err := db.run(ctx, "SHOW "+kind+" YIELD name, type WHERE type <> 'LOOKUP'", nil) // a lookup index is Neo4j's own
		if err != nil {
			return err
		}
		for _, row := range rows {
			name, _ := row.Get("name")
			if _, err := db.run(ctx, "DROP "+kind+" $name IF EXISTS", map[string]any{"name": name}); err != nil {
				return err
			}
		}
	}
	return nil
}

// Query sends one auto-commit statement and returns what it yields.
func (db *DB) Query(tb testing.TB, cypher string, params map[string]any) []*neo4j.Record {
	tb.Helper()
	rows, err := db.run(tb.Context(), cypher, params)
	if err != nil {
		tb.Fatalf("%s: %v", cypher, err)
	}
	return rows
}

// run sends one statement and returns what it yields.
func (db *DB) run(ctx context.Context, cypher string, params map[string]any) (rows []*neo4j.Record, err error) {
	session := db.driver.NewSession(ctx, neo4j.SessionConfig{DatabaseName: "neo4j"})
	defer func() {
		if e := session.Close(ctx); err == nil {
			err = e
		}
	}()
	result, err := session.Run(ctx, cypher, params)
	if err != nil {
		return nil, err
	}
	return result.Collect(ctx)
}
