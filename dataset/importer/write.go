package importer

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/i-partnerschap/kennisgraaf/dataset"
	"github.com/i-partnerschap/kennisgraaf/graph"
)

// The changes on the stage: those of the network, its nodes first, and the saved searches.
const (
	stagedNetwork = "SELECT * FROM (SELECT change FROM node WHERE NOT " + areSearches + " ORDER BY seq)" +
		" UNION ALL SELECT * FROM (SELECT change FROM edge ORDER BY seq)"
	stagedSearches = "SELECT change FROM node WHERE " + areSearches + " ORDER BY seq"
)

// write applies what is on the stage, a batch at a time.
func (i *importer) write(ctx context.Context) error {
	i.Progress.Begin(Write, i.result.ToWrite)
	if err := i.writeRows(ctx, stagedNetwork, i.apply); err != nil {
		return err
	}
	return i.writeRows(ctx, stagedSearches, i.applySearches)
}

// writeRows applies the changes that a query of the stage yields.
func (i *importer) writeRows(ctx context.Context, query string, write func(context.Context, []graph.Change) (*graph.Receipt, error)) error {
	batch := make([]graph.Change, 0, i.Batch)
	apply := func() error {
		if len(batch) == 0 {
			return nil
		}
		receipt, err := write(ctx, batch)
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
	}, query)
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
	unchanged := map[*Counts]int64{}
	for _, c := range batch {
		unchanged[i.counts(c.Label)]++
	}
	for _, e := range entries {
		counts := i.counts(e.Label)
		unchanged[counts]--
		if e.Op == graph.CreateNode || e.Op == graph.Connect {
			counts.Created++
		} else {
			counts.Updated++
		}
		if e.Type == "" {
			i.result.Touched[e.Label]++
		}
	}
	for counts, n := range unchanged {
		counts.Unchanged += n
	}
}
