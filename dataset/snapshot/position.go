package snapshot

import (
	"context"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Position returns the number of the last entry of the change log, 0 where it is
// empty. It takes some sixty small reads at most.
func Position(ctx context.Context, store graph.Store) (int64, error) {
	// beyond tells whether there is an entry above seq.
	beyond := func(seq int64) (bool, error) {
		entries, err := store.Log(ctx, seq, 1)
		return len(entries) > 0, err
	}
	low, high := int64(-1), int64(0) // there is one above low, none above high
	for {
		more, err := beyond(high)
		if err != nil {
			return 0, err
		}
		if !more {
			break
		}
		low, high = high, 2*high+1024
	}
	for high-low > 1 {
		middle := low + (high-low)/2
		more, err := beyond(middle)
		if err != nil {
			return 0, err
		}
		if more {
			low = middle
		} else {
			high = middle
		}
	}
	return high, nil
}
