package corpus

import (
	"context"
	"maps"
	"slices"
	"sync/atomic"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// loadPage is how many nodes are read at a time.
const loadPage = 5_000

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
		to          string // it may be yet to come
		from, props int32
		typ         Relation
	}
	var edges []edge
	for _, label := range slices.Sorted(maps.Keys(kept)) {
		err := scan(ctx, store, label, func(n *graph.Node) {
			read.Add(1)
			c.upsert(label, n.ID, n.Props)
			from := c.ids[n.ID]
			for _, typ := range relations[label] {
				for _, row := range n.Links[typ.String()].Rows {
					edges = append(edges, edge{to: row.Node.ID, from: from, props: c.propsOf(row.Edge), typ: typ})
				}
			}
		})
		if err != nil {
			return nil, err
		}
	}
	for _, e := range edges {
		if to, known := c.ids[e.to]; known {
			c.link(e.typ, e.from, to, e.props)
		}
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
	type page struct {
		res *graph.Result
		err error
	}
	reading, stop := context.WithCancel(ctx)
	defer stop()
	pages := make(chan page) // the next is read while one is taken in
	go func() {
		defer close(pages)
		for more := true; more; {
			res, err := store.Read(reading, graph.Query{Root: sel})
			select {
			case pages <- page{res, err}:
			case <-reading.Done():
				return
			}
			if more = err == nil && res.More; more {
				sel.Page.After = res.Rows[len(res.Rows)-1].Cursor
			}
		}
	}()
	for p := range pages {
		if p.err != nil {
			return p.err
		}
		for _, row := range p.res.Rows {
			each(row.Node)
		}
	}
	if err := ctx.Err(); err != nil {
		return graph.Wrap(graph.Timeout, err, "the graph was not read to its end")
	}
	return nil
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
