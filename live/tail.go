package live

import (
	"context"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// gapReads is how often a gap in the log is looked at before it is taken for a real one.
const gapReads = 6

// tail reads a log that others write to. Numbers are given out without gaps, and a
// database may show some entries of a write a moment before the others; so an entry
// is passed on only when all before it were, unless the gap stays.
type tail struct {
	after int64
	seen  int
}

// read returns the next entries after a place, none where there are none yet.
func (t *tail) read(ctx context.Context, store graph.Store, after int64) ([]graph.LogEntry, error) {
	entries, err := store.Log(ctx, graph.LogQuery{After: after, Limit: page})
	if err != nil || len(entries) == 0 {
		return nil, err
	}
	if entries[0].Seq != after+1 {
		if t.after != after {
			t.after, t.seen = after, 0
		}
		if t.seen++; t.seen < gapReads {
			return nil, nil
		}
		t.seen = 0
	}
	n := 1
	for n < len(entries) && entries[n].Seq == entries[n-1].Seq+1 {
		n++
	}
	return entries[:n], nil
}
