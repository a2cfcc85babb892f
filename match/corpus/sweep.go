package corpus

import (
	"context"
	"maps"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// sweeps is how often it is looked which nodes are gone: a database may show an entry of the
// log a moment before all that was written with it.
const sweeps = 2

// sweep takes out the nodes that were erased: the log does not say which they were, so it
// asks the store for those of the type. Where that fails it is to be done again.
func (c *Corpus) sweep(ctx context.Context, store graph.Store) error {
	for _, label := range slices.Sorted(maps.Keys(c.erased)) {
		var ids []string
		for _, n := range c.Of(label) {
			ids = append(ids, c.Nodes[n].ID)
		}
		gone, err := missing(ctx, store, []string{label}, ids)
		if err != nil {
			return err
		}
		for _, id := range gone {
			c.remove(id)
		}
		if c.erased[label]--; c.erased[label] == 0 {
			delete(c.erased, label)
		}
	}
	return nil
}

// missing returns those of the ids that no node of the types has.
func missing(ctx context.Context, store graph.Store, labels, ids []string) ([]string, error) {
	var gone []string
	for some := range slices.Chunk(ids, loadPage) {
		res, err := store.Read(ctx, graph.Query{Root: &graph.Selection{
			Labels: labels, Where: graph.AnyOf("id", some), Page: graph.Page{Limit: graph.All},
		}})
		if err != nil {
			return nil, err
		}
		there := make(map[string]bool, len(res.Rows))
		for _, row := range res.Rows {
			there[row.Node.ID] = true
		}
		for _, id := range some {
			if !there[id] {
				gone = append(gone, id)
			}
		}
	}
	return gone, nil
}
