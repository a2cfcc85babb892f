package resolvers

import (
	"context"

	"github.com/i-partnerschap/kennisgraaf/duplicate"
	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/resolvers/lookahead"
)

// DuplicateConnection is a page of nodes that may be the same.
type DuplicateConnection struct {
	pairs []*Duplicate
	info  *lookahead.PageInfo
	total int
}

// Duplicate is two nodes that may be the same.
type Duplicate struct {
	duplicate.Pair
	net *lookahead.Network
}

// Duplicates resolves the root field duplicates.
func (r *queryResolver) Duplicates(ctx context.Context, label string, _ *int, _ *string) (*DuplicateConnection, error) {
	order := []graph.Order{{Prop: "score", Kind: graph.Float, Desc: true}, {Prop: "a", Kind: graph.String}}
	page, err := r.rt.PageArguments(ctx, order)
	if err != nil {
		return nil, err
	}
	pairs, err := duplicate.Find(ctx, r.rt.Model, r.rt.Store, label)
	if err != nil {
		return nil, err
	}
	cursor := func(p duplicate.Pair) graph.Cursor { return graph.Cursor{p.Score, p.A, p.B} }
	c := &DuplicateConnection{total: len(pairs), info: &lookahead.PageInfo{HasPreviousPage: page.After != nil}}
	for len(pairs) > 0 && page.After != nil && !comesAfter(cursor(pairs[0]), page.After) {
		pairs = pairs[1:]
	}
	if len(pairs) > page.Limit {
		pairs, c.info.HasNextPage = pairs[:page.Limit], true
	}
	var ids []string
	for _, p := range pairs {
		ids = append(ids, p.A, p.B)
	}
	net, err := r.rt.Network(ctx, "", ids, []string{"nodes", "a"}, []string{"nodes", "b"})
	if err != nil {
		return nil, err
	}
	for _, p := range pairs {
		c.pairs = append(c.pairs, &Duplicate{Pair: p, net: net})
	}
	if len(pairs) > 0 {
		first, last := cursor(pairs[0]).Encode(order), cursor(pairs[len(pairs)-1]).Encode(order)
		c.info.StartCursor, c.info.EndCursor = &first, &last
	}
	return c, nil
}

// comesAfter tells whether a place in the list comes after another: by score, highest
// first, then by the ids.
func comesAfter(a, b graph.Cursor) bool {
	if c := graph.CompareValues(a[0], b[0]); c != 0 {
		return c < 0
	}
	if c := graph.CompareValues(a[1], b[1]); c != 0 {
		return c > 0
	}
	return graph.CompareValues(a[2], b[2]) > 0
}

// Nodes returns the pairs.
func (c *DuplicateConnection) Nodes() []*Duplicate { return c.pairs }

// PageInfo tells where the page stands.
func (c *DuplicateConnection) PageInfo() *lookahead.PageInfo { return c.info }

// TotalCount returns the number of pairs.
func (c *DuplicateConnection) TotalCount() int { return c.total }

// A returns the node that was made first.
func (d *Duplicate) A(ctx context.Context) lookahead.Node { return d.net.Node(ctx, d.Pair.A) }

// B returns the other node.
func (d *Duplicate) B(ctx context.Context) lookahead.Node { return d.net.Node(ctx, d.Pair.B) }

// Reason returns why the nodes may be the same.
func (d *Duplicate) Reason() string { return string(d.Pair.Reason) }
