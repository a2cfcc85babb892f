package storetest

import (
	"context"
	"slices"
	"sync"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// LateLog is a store whose log shows some entries later than those behind them, as a
// database may show what another process is writing. It is safe for concurrent use.
type LateLog struct {
	graph.Store
	mu   sync.Mutex
	late map[int64]int
}

// Delay has entries, by their numbers, show after so many looks at them.
func (l *LateLog) Delay(looks map[int64]int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.late = looks
}

// Log implements graph.Store.
func (l *LateLog) Log(ctx context.Context, q graph.LogQuery) ([]graph.LogEntry, error) {
	entries, err := l.Store.Log(ctx, q)
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.DeleteFunc(entries, func(e graph.LogEntry) bool {
		looks, late := l.late[e.Seq]
		if late {
			l.late[e.Seq] = looks - 1
		}
		return looks > 0
	}), err
}
