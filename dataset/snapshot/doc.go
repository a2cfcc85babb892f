// Package snapshot reads a whole graph from a store, a page at a time, in an order that
// is the same for every store: nodes by type and id; relations by the type and id of
// the node that they come from, then by their own type, then by the id they lead to.
//
// A store has no read that spans pages. Whoever needs one state of the graph compares
// Position before and after: where it has not moved, nothing was written in between.
package snapshot
