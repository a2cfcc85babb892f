package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/duplicate"
	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/write"
)

// duplicatesShown is how many pairs of a type an import prints.
const duplicatesShown = 20

// reportDuplicates prints which nodes may be the same, of the types that can be merged and
// of which the import wrote nodes.
func (m *importCmd) reportDuplicates(ctx context.Context, out io.Writer, store graph.Store, model *graph.Model, touched map[string]int64) error {
	for _, label := range slices.Sorted(maps.Keys(touched)) {
		t := model.Types[label]
		if m.DuplicatesMax <= 0 || t.Property(write.MergedFrom) == nil {
			continue
		}
		res, err := store.Read(ctx, graph.Query{Root: &graph.Selection{Labels: []string{label}, Count: true}})
		if err == nil && res.Count > m.DuplicatesMax {
			fmt.Fprintf(out, "%s: possible duplicates were not looked for among %d nodes; --duplicates-max=%d does.\n", label, res.Count, res.Count)
			continue
		}
		if err == nil {
			err = printDuplicates(ctx, out, store, model, t)
		}
		if err != nil {
			return fmt.Errorf("the import is done, and only the search for duplicates after it failed: %w", err)
		}
	}
	return nil
}

// printDuplicates prints the likeliest pairs of a type, with the names of the nodes.
func printDuplicates(ctx context.Context, out io.Writer, store graph.Store, model *graph.Model, t *graph.Type) error {
	pairs, err := duplicate.Find(ctx, model, store, t.Name)
	if err != nil || len(pairs) == 0 {
		return err
	}
	shown := pairs[:min(len(pairs), duplicatesShown)]
	var ids []any
	for _, p := range shown {
		ids = append(ids, p.A, p.B)
	}
	res, err := store.Read(ctx, graph.Query{Root: &graph.Selection{
		Labels: []string{t.Name}, Props: []string{t.Title}, Page: graph.Page{Limit: graph.All},
		Where: graph.Compare{Prop: "id", Kind: graph.String, Op: graph.OneOf, Value: ids},
	}})
	if err != nil {
		return err
	}
	names := map[string]any{}
	for _, row := range res.Rows {
		names[row.Node.ID] = row.Node.Props[t.Title]
	}
	fmt.Fprintf(out, "%s: %d pairs may be the same; of those that are, make one with the mutation merge(keep: …, from: …):\n", t.Name, len(pairs))
	for _, p := range shown {
		fmt.Fprintf(out, "  %.2f  %s (%v) – %s (%v)\n", p.Score, p.A, names[p.A], p.B, names[p.B])
	}
	if more := len(pairs) - len(shown); more > 0 {
		fmt.Fprintf(out, "  … and %d more; the query duplicates(type: %s) gives all\n", more, t.Name)
	}
	return nil
}
