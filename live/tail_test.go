package live_test

import (
	"context"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/live"
)

// halfShown is a log of which some entries show only after a number of looks, as a
// database shows a write that is being committed.
type halfShown struct {
	graph.Store
	// hidden holds, by number, how many looks an entry stays hidden for; never is below 0.
	hidden map[int64]int
	last   int64
}

func (h *halfShown) Log(_ context.Context, q graph.LogQuery) ([]graph.LogEntry, error) {
	if q.Backward {
		return []graph.LogEntry{{Seq: h.last}}, nil
	}
	var entries []graph.LogEntry
	for seq := q.After + 1; seq <= h.last; seq++ {
		if h.hidden[seq] != 0 {
			h.hidden[seq]--
			continue
		}
		entries = append(entries, graph.LogEntry{Seq: seq})
	}
	return entries, nil
}

func (*halfShown) Close() error { return nil }

// An entry that shows later than the ones behind it is not missed.
func TestEntriesThatShowLate(t *testing.T) {
	w := newWorld(t, &halfShown{hidden: map[int64]int{1: 2, 4: 1, 5: 3}, last: 10}, live.Options{})
	w.take(w.subscribe(0), 0, 10)
}

// An entry that is not there at all is not waited for without end.
func TestEntriesThatAreGone(t *testing.T) {
	w := newWorld(t, &halfShown{hidden: map[int64]int{1: -1, 2: -1, 5: -1}, last: 6}, live.Options{})
	s := w.subscribe(0)
	w.take(s, 2, 2)
	w.take(s, 5, 1)
}
