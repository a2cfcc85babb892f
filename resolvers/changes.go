package resolvers

import (
	"context"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/resolvers/lookahead"
	"github.com/i-partnerschap/kennisgraaf/write"
)

// ChangeConnection is a page of the change log.
type ChangeConnection struct {
	changes []*Change
	info    *lookahead.PageInfo
}

// ChangeEdge is a place in a page of the change log.
type ChangeEdge struct{ change *Change }

// Changes resolves the root field changes.
func (r *queryResolver) Changes(ctx context.Context, of, types []string, by *string, _ *int, _ *string, _ *int, _ *string) (*ChangeConnection, error) {
	return changeList(ctx, r.rt, graph.LogQuery{IDs: of, Labels: types, Actor: deref(by)})
}

// History resolves the root field history.
func (r *queryResolver) History(ctx context.Context, id string, _ *int, _ *string, _ *int, _ *string) (*ChangeConnection, error) {
	ids, err := write.Histories(ctx, r.rt.Model, r.rt.Store, id)
	if err != nil {
		return nil, err
	}
	return changeList(ctx, r.rt, graph.LogQuery{IDs: ids})
}

// changeList reads the page of a list of changes that the field being resolved asks for.
func changeList(ctx context.Context, rt *lookahead.Runtime, q graph.LogQuery) (*ChangeConnection, error) {
	page, err := rt.PageArguments(ctx, graph.LogOrder())
	if err != nil {
		return nil, err
	}
	q.After, q.Before, q.Backward = graph.LogSeq(page.After), graph.LogSeq(page.Before), page.Backward
	q.Limit = page.Limit + 1
	entries, err := rt.Store.Log(ctx, q)
	if err != nil {
		return nil, err
	}
	more := len(entries) > page.Limit
	if more && page.Backward {
		entries = entries[1:]
	} else if more {
		entries = entries[:page.Limit]
	}
	c := &ChangeConnection{info: &lookahead.PageInfo{
		HasNextPage:     more && !page.Backward || page.Backward && page.Before != nil,
		HasPreviousPage: more && page.Backward || !page.Backward && page.After != nil,
	}}
	if c.changes, err = describe(ctx, rt, entries, changePaths([]string{"nodes"}, []string{"edges", "node"})...); err != nil {
		return nil, err
	}
	if n := len(c.changes); n > 0 {
		first, last := c.changes[0].Cursor(), c.changes[n-1].Cursor()
		c.info.StartCursor, c.info.EndCursor = &first, &last
	}
	return c, nil
}

// Nodes returns the changes.
func (c *ChangeConnection) Nodes() []*Change { return c.changes }

// Edges returns the changes with their cursors.
func (c *ChangeConnection) Edges() []*ChangeEdge {
	edges := make([]*ChangeEdge, len(c.changes))
	for i, change := range c.changes {
		edges[i] = &ChangeEdge{change}
	}
	return edges
}

// PageInfo returns where the page stands.
func (c *ChangeConnection) PageInfo() *lookahead.PageInfo { return c.info }

// Cursor returns the edge's cursor.
func (e *ChangeEdge) Cursor() string { return e.change.Cursor() }

// Node returns the change.
func (e *ChangeEdge) Node() *Change { return e.change }
