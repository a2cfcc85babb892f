package storetest

import (
	"context"
	"fmt"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"pgregory.net/rapid"
)

// relevanceQueries generates queries sorted by relevance first.
func relevanceQueries(g *Graph) *rapid.Generator[graph.Query] {
	return rapid.Custom(func(t *rapid.T) graph.Query {
		p := plan{source: source{t}, m: Model(), g: g}
		labels := []string{oneOf(p.source, p.m.Names()...)}
		if p.chance(30) {
			labels = p.m.Names()
		}
		match := graph.Matches{Text: oneOf(p.source, randomTexts...), Mode: oneOf(p.source, graph.AllWords, graph.AnyWord)}
		sel := &graph.Selection{Labels: labels, Order: []graph.Order{{Relevance: &match, Desc: true}}, Page: graph.Page{Limit: graph.All}}
		if p.chance(50) {
			sel.Where = match
		}
		if p.chance(40) {
			sel.Order = append(sel.Order, p.order(labels, nil))
		}
		return graph.Query{Root: sel, AsOf: p.asOf()}
	})
}

// relevanceProblem checks what must hold of any measure of relevance: the rows are
// those of Naive, a row scores above 0 if and only if it matches, scores do not rise,
// and pages in either direction, put together, are the whole list.
func relevanceProblem(ctx context.Context, naive, store graph.Store, q graph.Query) string {
	want, err := naive.Read(ctx, q)
	if err != nil {
		return err.Error()
	}
	got, err := store.Read(ctx, q)
	if err != nil {
		return err.Error()
	}
	wanted := map[string]bool{}
	for _, row := range want.Rows {
		wanted[row.Node.ID] = row.Cursor[0].(float64) > 0
	}
	last := 0.0
	for i, row := range got.Rows {
		score, ok := graph.Number64(row.Cursor[0])
		matches, known := wanted[row.Node.ID]
		switch {
		case !known || !ok || score < 0 || (score > 0) != matches:
			return fmt.Sprintf("row %d, %q, has score %v; in the answer: %t, matches: %t", i, row.Node.ID, row.Cursor[0], known, matches)
		case i > 0 && score > last:
			return fmt.Sprintf("row %d, %q, scores %v after %v", i, row.Node.ID, score, last)
		}
		last = score
	}
	if len(got.Rows) != len(want.Rows) {
		return fmt.Sprintf("want %d rows, got %d", len(want.Rows), len(got.Rows))
	}
	for _, backward := range []bool{false, true} {
		paged, err := readPaged(ctx, store, q, 2, backward)
		if err != nil {
			return err.Error()
		}
		if d := diff(ids(got), paged); d != "" {
			return fmt.Sprintf("pages, backward %t (-whole +pages)\n%s", backward, d)
		}
	}
	return ""
}

// readPaged reads the rows of a query page by page, each cursor going the way
// through a client, and returns the ids in the order of the list.
func readPaged(ctx context.Context, store graph.Store, q graph.Query, size int, backward bool) ([]string, error) {
	var all []string
	page := graph.Page{Limit: size, Backward: backward}
	for {
		sel := *q.Root
		sel.Page = page
		r, err := store.Read(ctx, graph.Query{Root: &sel, AsOf: q.AsOf})
		if err != nil {
			return nil, err
		}
		if backward {
			all = append(ids(r), all...)
		} else {
			all = append(all, ids(r)...)
		}
		if !r.More || len(r.Rows) == 0 {
			return all, nil
		}
		edge := r.Rows[len(r.Rows)-1].Cursor
		if backward {
			edge = r.Rows[0].Cursor
		}
		if edge, err = graph.DecodeCursor(edge.Encode(sel.Order), sel.Order); err != nil {
			return nil, err
		}
		if backward {
			page.Before = edge
		} else {
			page.After = edge
		}
	}
}

// ids returns the ids of the rows.
func ids(r *graph.Result) []string {
	list := []string{}
	for _, row := range r.Rows {
		list = append(list, row.Node.ID)
	}
	return list
}
