package snapshot

import (
	"context"
	"iter"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// pageSize is how many nodes are read at once.
const pageSize = 1000

// Nodes reads the nodes of one type with all their properties, in order of id. Where
// keeps those for which it holds; nil keeps all.
func Nodes(ctx context.Context, store graph.Store, t *graph.Type, where graph.Filter) iter.Seq2[*graph.Node, error] {
	return pages(ctx, store, graph.Selection{Labels: []string{t.Name}, Props: properties(t.Properties), Where: where})
}

// pages yields the nodes of a selection in order of id.
func pages(ctx context.Context, store graph.Store, sel graph.Selection) iter.Seq2[*graph.Node, error] {
	return func(yield func(*graph.Node, error) bool) {
		sel.Page.Limit = pageSize
		for {
			page := sel
			found, err := store.Read(ctx, graph.Query{Root: &page})
			if err != nil {
				yield(nil, err)
				return
			}
			for _, row := range found.Rows {
				if !yield(row.Node, nil) {
					return
				}
			}
			if !found.More || len(found.Rows) == 0 {
				return
			}
			sel.Page.After = found.Rows[len(found.Rows)-1].Cursor
		}
	}
}

// properties lists the names of properties, without the id, which is always read.
func properties(declared []*graph.Property) []string {
	names := make([]string, 0, len(declared))
	for _, p := range declared {
		if p.Name != "id" {
			names = append(names, p.Name)
		}
	}
	return names
}
