package corpus

import (
	"context"
	"maps"
	"slices"
	"sync/atomic"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// loadPage is how many nodes are read at a time.
const loadPage = 10_000

// load reads the whole graph, as far as it matters. Writes that happen meanwhile are
// taken in afterwards: the log is read from where it stood before. It counts in read how
// many nodes it has.
func load(ctx context.Context, store graph.Store, read *atomic.Int64) (*Corpus, error) {
	seq, err := lastSeq(ctx, store)
	if err != nil {
		return nil, err
	}
	read.Store(0)
	c := newCorpus()
	c.seq, c.loading = seq, true
	type edge struct {
		typ      Relation
		from, to string
		props    map[string]any
	}
	var edges []edge
	for _, label := range slices.Sorted(maps.Keys(kept)) {
		err := scan(ctx, store, label, func(n *graph.Node) {
			read.Add(1)
			c.upsert(label, n.ID, n.Props)
			for _, typ := range relations[label] {
				for _, row := range n.Links[typ.String()].Rows {
					props := row.Edge
					if len(props) == 0 {
						props = nil
					}
					edges = append(edges, edge{typ, n.ID, row.Node.ID, props})
				}
			}
		})
		if err != nil {
			return nil, err
		}
	}
	for _, e := range edges {
		c.connect(e.typ, e.from, e.to, e.props)
	}
	c.loading = false
	for n := range c.Nodes {
		c.fasten(int32(n))
	}
	return c, nil
}

// scan reads all nodes of a type with their outgoing relations.
func scan(ctx context.Context, store graph.Store, label string, each func(*graph.Node)) error {
	sel := &graph.Selection{Labels: []string{label}, Props: props(label), Page: graph.Page{Limit: loadPage}}
	for _, typ := range relations[label] {
		hop := graph.Hop{Type: typ.String(), Direction: graph.Out, Labels: slices.Sorted(maps.Keys(kept))}
		sel.Links = append(sel.Links, graph.Link{Key: typ.String(), Hop: hop, Selection: &graph.Selection{
			Labels: hop.Labels, EdgeProps: []string{"until", "level"}, Page: graph.Page{Limit: graph.All},
		}})
	}
	for {
		res, err := store.Read(ctx, graph.Query{Root: sel})
		if err != nil {
			return err
		}
		for _, row := range res.Rows {
			each(row.Node)
		}
		if !res.More {
			return nil
		}
		sel.Page.After = res.Rows[len(res.Rows)-1].Cursor
	}
}

// props returns the properties to read of a type.
func props(label string) []string {
	out := slices.Concat(keptProps, kept[label].texts)
	if date := kept[label].date; date != "" {
		out = append(out, date)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// lastSeq finds the end of the change log.
func lastSeq(ctx context.Context, store graph.Store) (int64, error) {
	entries, err := store.Log(ctx, graph.LogQuery{Limit: 1, Backward: true})
	if err != nil || len(entries) == 0 {
		return 0, err
	}
	return entries[0].Seq, nil
}
