package live

import (
	"context"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// waking is a store whose writes wake the hub.
type waking struct {
	graph.Store
	hub *Hub
}

// Store returns the hub's store with writes that the hub hears of at once.
func (h *Hub) Store() graph.Store { return waking{h.store, h} }

// Of returns the hub of a store that Hub.Store returned, and nil for any other.
func Of(store graph.Store) *Hub {
	w, _ := store.(waking)
	return w.hub
}

// Apply implements graph.Store.
func (w waking) Apply(ctx context.Context, actor string, changes []graph.Change) (*graph.Receipt, error) {
	receipt, err := w.Store.Apply(ctx, actor, changes)
	if err == nil && len(receipt.Entries) > 0 {
		w.hub.Wake()
	}
	return receipt, err
}
