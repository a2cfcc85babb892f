package importer

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/i-partnerschap/kennisgraaf/dataset"
	"github.com/i-partnerschap/kennisgraaf/graph"
)

// stagedChanges are all changes, the nodes first.
const stagedChanges = `SELECT * FROM (SELECT change FROM node ORDER BY seq) UNION ALL SELECT * FROM (SELECT change FROM edge ORDER BY seq)`

// write applies what is on the stage, a batch at a time.
func (i *importer) write(ctx context.Context) error {
	i.Progress.Begin(Write, i.result.ToWrite)
	batch := make([]graph.Change, 0, i.Batch)
	apply := func() error {
		if len(batch) == 0 {
			return nil
		}
		receipt, err := i.apply(ctx, batch)
		if err != nil {
			return fmt.Errorf("%d of %d changes were written, and running the import again writes the rest: %w", i.result.Written, i.result.ToWrite, err)
		}
		i.count(batch, receipt.Entries)
		i.result.Written += int64(len(batch))
		i.Progress.Add(int64(len(batch)))
		batch = batch[:0]
		return nil
	}
	err := i.stage.rows(ctx, func(rows *sql.Rows) error {
		var line sql.RawBytes
		if err := rows.Scan(&line); err != nil {
			return err
		}
		change, err := dataset.Parse(line)
		if err != nil {
			return err
		}
		change.Restore = true
		if batch = append(batch, change); len(batch) < i.Batch {
			return nil
		}
		return apply()
	}, stagedChanges)
	if err != nil {
		return err
	}
	return apply()
}

// attempts is how often a batch is written to a store that is too busy or away.
const attempts = 5

// apply writes a batch. Writing one twice is writing it once, so it is tried again where
// the store did not finish in time or was away.
func (i *importer) apply(ctx context.Context, batch []graph.Change) (*graph.Receipt, error) {
	for n := 1; ; n++ {
		receipt, err := i.store.Apply(ctx, i.Actor, batch)
		code := graph.CodeOf(err)
		if err == nil || n == attempts || ctx.Err() != nil || code != graph.Timeout && code != graph.StoreUnavailable {
			return receipt, err
		}
		select {
		case <-ctx.Done():
			return nil, err
		case <-time.After(time.Duration(n) * time.Second):
		}
	}
}

// count adds what a batch did to the result.
func (i *importer) count(batch []graph.Change, entries []graph.LogEntry) {
	nodes, relations := int64(0), int64(0)
	for _, c := range batch {
		if c.Op == graph.Connect {
			relations++
		} else {
			nodes++
		}
	}
	for _, e := range entries {
		if e.Type == "" {
			i.result.Touched[e.Label]++
		}
		switch {
		case e.Op == graph.CreateNode:
			i.result.Nodes.Created++
			nodes--
		case e.Op == graph.Connect:
			i.result.Relations.Created++
			relations--
		case e.Type != "":
			i.result.Relations.Updated++
			relations--
		default:
			i.result.Nodes.Updated++
			nodes--
		}
	}
	i.result.Nodes.Unchanged += nodes
	i.result.Relations.Unchanged += relations
}
