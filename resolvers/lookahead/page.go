package lookahead

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Page is a page of a list.
type Page struct {
	rt     *Runtime
	result *graph.Result
	plan   *plan
}

// PageInfo tells where a page stands in its list, as the Relay specification has it.
type PageInfo struct {
	HasNextPage, HasPreviousPage bool
	StartCursor, EndCursor       *string
}

// Edge is one place in a list.
type Edge struct {
	page Page
	row  graph.Row
	at   string
}

// Nodes returns the rows as T, which make wraps.
func Nodes[T any](ctx context.Context, p Page, wrap func(Record) T) []T {
	at := graphql.GetFieldContext(ctx).Field.Alias + "."
	nodes := make([]T, len(p.result.Rows))
	for i, row := range p.result.Rows {
		nodes[i] = wrap(Record{rt: p.rt, node: row.Node, plan: p.plan, at: at})
	}
	return nodes
}

// Edges returns the rows as edges of type T.
func Edges[T any](ctx context.Context, p Page, wrap func(Edge) T) []T {
	at := graphql.GetFieldContext(ctx).Field.Alias + "."
	edges := make([]T, len(p.result.Rows))
	for i, row := range p.result.Rows {
		edges[i] = wrap(Edge{page: p, row: row, at: at})
	}
	return edges
}

// Wrap gives a record the Go type of its label.
func (p Page) Wrap(r Record) Node { return p.rt.Wrap(r) }

// Wrap gives a record the Go type of its label.
func (e Edge) Wrap(r Record) Node { return e.page.rt.Wrap(r) }

// Wrap gives a record the Go type of its label.
func (r Record) Wrap(other Record) Node { return r.rt.Wrap(other) }

// PageInfo returns where the page stands. A page that was reached by a cursor has
// something on the side of that cursor.
func (p Page) PageInfo() *PageInfo {
	page := p.plan.sel.Page
	info := &PageInfo{
		HasNextPage:     p.result.More && !page.Backward || page.Backward && page.Before != nil,
		HasPreviousPage: p.result.More && page.Backward || !page.Backward && page.After != nil,
	}
	if n := len(p.result.Rows); n > 0 {
		start, end := p.cursor(p.result.Rows[0]), p.cursor(p.result.Rows[n-1])
		info.StartCursor, info.EndCursor = &start, &end
	}
	return info
}

func (p Page) cursor(row graph.Row) string { return row.Cursor.Encode(p.plan.sel.Order) }

// TotalCount returns the number of rows of the whole list.
func (p Page) TotalCount() int { return int(p.result.Count) }

// Cursor returns the edge's cursor.
func (e Edge) Cursor() string { return e.page.cursor(e.row) }

// Record returns the node that the edge leads to.
func (e Edge) Record(ctx context.Context) Record {
	at := e.at + graphql.GetFieldContext(ctx).Field.Alias + "."
	return Record{rt: e.page.rt, node: e.row.Node, plan: e.page.plan, at: at}
}

// OptString returns a text property of the relation, nil where it is absent.
func (e Edge) OptString(name string) *string { return optional[string](e.row.Edge, name) }

// OptInt returns a whole number of the relation, nil where it is absent.
func (e Edge) OptInt(name string) *int { return optionalInt(e.row.Edge, name) }

// OptFloat returns a number of the relation, nil where it is absent.
func (e Edge) OptFloat(name string) *float64 { return optionalFloat(e.row.Edge, name) }

// OptBool returns a boolean of the relation, nil where it is absent.
func (e Edge) OptBool(name string) *bool { return optional[bool](e.row.Edge, name) }

// One returns the node that a relation to one leads to as T, the zero T where there is none.
func One[T any](ctx context.Context, r Record, wrap func(Record) T) (T, error) {
	other, ok, err := r.One(ctx)
	if err != nil || !ok {
		var none T
		return none, err
	}
	return wrap(other), nil
}
