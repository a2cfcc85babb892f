package storetest

import (
	"context"
	"errors"
	"sync"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Naive is a graph.Store in memory that says what the right answer is. It reads
// like the definition of each construct: filter, sort, cut, project. It does not
// compute a relevance: a node that matches scores 1 and any other 0, so of an order
// by relevance only three things are checked in other stores: which rows match
// (score above 0), that scores do not rise, and that pages fit together.
type Naive struct {
	model *graph.Model

	// mu guards state. A state never changes once it is there: a write makes
	// another, so each read sees one state for as long as it takes.
	mu     sync.RWMutex
	state  *state
	closed bool
}

// NewNaive makes an empty Naive.
func NewNaive(m *graph.Model) *Naive { return &Naive{model: m, state: newState()} }

// state is the whole graph at one moment.
type state struct {
	nodes map[string]*node
	rels  map[relKey]*rel
	// touching holds, by node id, the relations that begin or end there; a
	// self-loop stands there once.
	touching map[string][]*rel
	log      []graph.LogEntry
}

type node struct {
	id, label string
	props     map[string]any
}

type relKey struct{ typ, from, to string }

type rel struct {
	relKey
	props map[string]any
}

func newState() *state {
	return &state{nodes: map[string]*node{}, rels: map[relKey]*rel{}, touching: map[string][]*rel{}}
}

// view is a state as one query sees it.
type view struct {
	*state
	ctx   context.Context
	model *graph.Model
	asOf  string
}

func (n *Naive) view(ctx context.Context, asOf string) (*view, error) {
	if err := ended(ctx); err != nil {
		return nil, err
	}
	n.mu.RLock()
	defer n.mu.RUnlock()
	if n.closed {
		return nil, graph.Errorf(graph.StoreUnavailable, "the store is closed")
	}
	return &view{state: n.state, ctx: ctx, model: n.model, asOf: asOf}, nil
}

// ended returns the error for a context that is over, and nil for one that is not.
func ended(ctx context.Context) error {
	switch err := ctx.Err(); {
	case err == nil:
		return nil
	case errors.Is(err, context.DeadlineExceeded):
		return graph.Wrap(graph.Timeout, err, "the query took too long")
	default:
		return graph.Wrap(graph.Internal, err, "the query was cancelled")
	}
}

// Read implements graph.Store.
func (n *Naive) Read(ctx context.Context, q graph.Query) (*graph.Result, error) {
	v, err := n.view(ctx, q.AsOf)
	if err != nil {
		return nil, err
	}
	result := v.root(q.Root)
	// Loops break off when the context ends, so what they made may be incomplete.
	if err := ended(ctx); err != nil {
		return nil, err
	}
	return result, nil
}

// ReadAll implements graph.Store.
func (n *Naive) ReadAll(ctx context.Context, queries []graph.Query) ([]*graph.Result, error) {
	v, err := n.view(ctx, "")
	if err != nil {
		return nil, err
	}
	results := make([]*graph.Result, len(queries))
	for i, q := range queries {
		v.asOf = q.AsOf
		results[i] = v.root(q.Root)
	}
	if err := ended(ctx); err != nil {
		return nil, err
	}
	return results, nil
}

// Log implements graph.Store.
func (n *Naive) Log(ctx context.Context, q graph.LogQuery) ([]graph.LogEntry, error) {
	v, err := n.view(ctx, "")
	if err != nil {
		return nil, err
	}
	var entries []graph.LogEntry
	for _, e := range v.log {
		if q.Wants(e) {
			entries = append(entries, e)
		}
	}
	if over := len(entries) - q.Limit; q.Limit != graph.All && over > 0 {
		if q.Backward {
			return entries[over:], nil
		}
		return entries[:q.Limit], nil
	}
	return entries, nil
}

// Ready implements graph.Store.
func (n *Naive) Ready(ctx context.Context) error {
	_, err := n.view(ctx, "")
	return err
}

// Close implements graph.Store.
func (n *Naive) Close() error {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.closed = true
	return nil
}
