package snapshot

import (
	"context"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Position returns the number of the last entry of the change log, 0 where it is empty.
func Position(ctx context.Context, store graph.Store) (int64, error) {
	last, err := store.Log(ctx, graph.LogQuery{Limit: 1, Backward: true})
	if err != nil || len(last) == 0 {
		return 0, err
	}
	return last[0].Seq, nil
}
