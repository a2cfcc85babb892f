package neo4j

import (
	"context"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Neighbourhood implements graph.Store, with one statement.
func (s *Store) Neighbourhood(ctx context.Context, q graph.NeighbourhoodQuery) (*graph.Subgraph, error) {
	done, err := s.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	if q.Hops > maxHops {
		return nil, graph.Errorf(graph.TooComplex, "neighbours up to %d hops away cannot be searched; ask for %d at most", q.Hops, maxHops)
	}
	compiled := s.compiler.Neighbourhood(q)
	st := statement{text: compiled.Text, params: compiled.Params}
	var g *graph.Subgraph
	err = s.commits.steady(func() error {
		g = nil
		return s.read(ctx, st, func(values []any) error {
			g = subgraph(q, values)
			return nil
		})
	})
	switch {
	case err != nil:
		return nil, err
	case g == nil:
		return nil, errNoNode(q.ID)
	}
	return g, nil
}

// subgraph reads the ids of the nodes that were kept, how many there are at each distance,
// and the relations among the kept ones.
func subgraph(q graph.NeighbourhoodQuery, values []any) *graph.Subgraph {
	g := &graph.Subgraph{Edges: decodeEdges(values[2])}
	ids, _ := values[0].([]any)
	sizes, _ := values[1].([]any)
	distance, left := 0, int64(1)
	total := int64(1)
	for _, size := range sizes {
		n, _ := size.(int64)
		total += n
	}
	for _, v := range ids {
		for left == 0 {
			left, _ = sizes[distance].(int64)
			distance++
		}
		left--
		id, _ := v.(string)
		g.Nodes = append(g.Nodes, graph.Neighbour{ID: id, Distance: distance})
	}
	g.More = total > int64(max(q.Limit, 0))
	slices.SortFunc(g.Edges, graph.CompareEdges)
	return g
}
