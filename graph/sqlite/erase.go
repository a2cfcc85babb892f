package sqlite

import (
	"context"
	"math"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// uncleaned is the row of meta that tells that the file may still hold what was erased. Its
// value is the pseudonym of what was erased last.
const uncleaned = "uncleaned"

// erase removes a node and has the change log forget it.
func (w *writer) erase(ctx context.Context, c graph.Change) error {
	n, err := w.node(ctx, c.ID)
	if err != nil {
		return err
	}
	if n == nil {
		err = w.recordGone(ctx, c)
	} else {
		c.Cascade = true
		err = w.delete(ctx, c)
	}
	if err != nil {
		return err
	}
	for _, p := range c.Pseudonyms() {
		if err := w.forget(ctx, p, p.Name == c.ID); err != nil {
			return err
		}
	}
	_, err = w.conn.exec(ctx, "INSERT OR REPLACE INTO meta VALUES (?,?)", uncleaned, c.As)
	return err
}

// recordGone writes the entry about a node that is gone already, if the log knows it.
func (w *writer) recordGone(ctx context.Context, c graph.Change) error {
	row, err := w.conn.one(ctx, "SELECT 1 FROM change WHERE id=? AND id<>'' AND label=? LIMIT 1", c.ID, c.Label)
	if err != nil {
		return err
	}
	if row == nil || c.Expect != "" {
		return graph.Errorf(graph.NotFound, "there is no %s with id %q", c.Label, c.ID)
	}
	none, err := encodeProps(nil)
	if err != nil {
		return err
	}
	return w.record(ctx, graph.LogEntry{Op: graph.DeleteNode, Label: c.Label, ID: c.ID, Before: map[string]any{}}, none, nil)
}

// forget replaces a name in the log, up to the last deletion of a node with that id where
// another has it now.
func (w *writer) forget(ctx context.Context, p graph.Pseudonym, erased bool) error {
	last := int64(math.MaxInt64)
	if !erased {
		row, err := w.conn.one(ctx, `SELECT COALESCE((SELECT MAX(seq) FROM change WHERE id=?1 AND id<>'' AND op=?2),0) FROM node WHERE id=?1`,
			p.Name, string(graph.DeleteNode))
		if err != nil {
			return err
		}
		if row != nil {
			last = integer(row[0])
		}
	}
	none, err := encodeProps(nil)
	if err != nil {
		return err
	}
	for _, column := range []string{"id", "src", "dst"} {
		_, err := w.conn.exec(ctx, "UPDATE change SET "+column+"=?2,before=IIF(before IS NULL,NULL,?3),after=IIF(after IS NULL,NULL,?3) WHERE "+
			column+"=?1 AND "+column+"<>'' AND seq<=?4", p.Name, p.As, none, last)
		if err != nil {
			return err
		}
	}
	if _, err := w.conn.exec(ctx, "UPDATE change SET actor=?2 WHERE actor=?1 AND seq<=?3", p.Name, p.As, last); err != nil {
		return err
	}
	for i := range w.entries {
		if w.entries[i].Seq <= last {
			w.entries[i].Forget(p)
		}
	}
	return nil
}
