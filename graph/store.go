package graph

import "context"

// Store keeps the graph. Its methods are safe for concurrent use and stop when
// their context does, with a Timeout error where a deadline passed. Every error is an
// *Error. StoreUnavailable means that trying again later may help.
//
// Reads see what was committed before they began, and one Read sees one state.
type Store interface {
	// Read executes the query. A query that finds nothing yields a Result without
	// rows, never an error. Rows come in the order of Selection.Order with the id as
	// the last key, so an order is always total. The Selection is not changed.
	Read(ctx context.Context, q Query) (*Result, error)

	// ReadAll executes several queries, which all see one state, and returns a result
	// for each, in their order. The first error ends it.
	ReadAll(ctx context.Context, queries []Query) ([]*Result, error)

	// Paths returns the shortest paths in the order of ComparePaths, and none where
	// the nodes are not connected within MaxHops. A search that meets more relations
	// than the store is willing to look at ends with TooComplex.
	Paths(ctx context.Context, q PathQuery) ([]Path, error)

	// Neighbourhood returns the nodes around one, the node itself first.
	Neighbourhood(ctx context.Context, q NeighbourhoodQuery) (*Subgraph, error)

	// Apply writes the changes in one transaction, all or nothing, and in the same
	// transaction an entry in the change log for each. What the log says stays, but for
	// what an EraseNode has it forget. It sets updatedAt on every node that it changes,
	// and createdAt on every node that it creates unless given. updatedAt grows with each
	// change, unless restored. An Upsert or Connect that changes no property writes
	// nothing. A key that another node of the type has is a Conflict. The first change that
	// cannot be made ends it, its index in the message.
	Apply(ctx context.Context, actor string, changes []Change) (*Receipt, error)

	// Try does what Apply does and takes it back: it tells what a write would do. The
	// numbers of its entries are given out again.
	Try(ctx context.Context, actor string, changes []Change) (*Receipt, error)

	// Log returns the entries of the change log that the query asks for, in ascending
	// order of Seq.
	Log(ctx context.Context, q LogQuery) ([]LogEntry, error)

	// Ready tells whether the store can answer now; nil means yes.
	Ready(ctx context.Context) error

	// Close ends the store's work and releases what it holds. Calls that are under
	// way are waited for.
	Close() error
}
