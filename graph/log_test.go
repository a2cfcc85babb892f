package graph_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// shown is a log of which some entries show.
type shown struct {
	graph.Store
	seqs []int64
	at   time.Time
}

func (s shown) Log(_ context.Context, q graph.LogQuery) ([]graph.LogEntry, error) {
	var entries []graph.LogEntry
	for _, seq := range s.seqs {
		if e := (graph.LogEntry{Seq: seq, At: s.at}); q.Wants(e) && len(entries) < q.Limit {
			entries = append(entries, e)
		}
	}
	return entries, nil
}

// What is behind a gap is returned once the gap is old.
func TestFollowLog(t *testing.T) {
	for name, test := range map[string]struct {
		seqs       []int64
		after      int64
		limit      int
		fresh, old []int64
		waits      bool
	}{
		"empty":             {limit: 3},
		"at the end":        {seqs: []int64{1, 2}, after: 2, limit: 3},
		"whole":             {seqs: []int64{1, 2, 3, 4}, after: 1, limit: 9, fresh: []int64{2, 3, 4}, old: []int64{2, 3, 4}},
		"limited":           {seqs: []int64{1, 2, 3, 4}, limit: 3, fresh: []int64{1, 2, 3}, old: []int64{1, 2, 3}},
		"a gap at first":    {seqs: []int64{1, 3, 4}, after: 1, limit: 9, old: []int64{3, 4}, waits: true},
		"a gap within":      {seqs: []int64{1, 2, 4, 7}, limit: 9, fresh: []int64{1, 2}, old: []int64{1, 2, 4, 7}, waits: true},
		"a gap before all":  {seqs: []int64{3}, limit: 9, old: []int64{3}, waits: true},
		"a gap past limits": {seqs: []int64{1, 2, 4}, limit: 2, fresh: []int64{1, 2}, old: []int64{1, 2}},
	} {
		t.Run(name, func(t *testing.T) {
			follow := func(at time.Time, want []int64, wantWaits bool) {
				t.Helper()
				entries, waits, err := graph.FollowLog(t.Context(), shown{seqs: test.seqs, at: at}, test.after, test.limit)
				var got []int64
				for _, e := range entries {
					got = append(got, e.Seq)
				}
				if err != nil || !slices.Equal(got, want) || waits != wantWaits {
					t.Errorf("got %v, waits %v, %v; want %v, %v", got, waits, err, want, wantWaits)
				}
			}
			follow(time.Now(), test.fresh, test.waits)
			follow(time.Now().Add(-time.Hour), test.old, false)
		})
	}
}
