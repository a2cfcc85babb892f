package sqlite

import (
	"context"
	"database/sql/driver"
	"math"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Neighbourhood implements graph.Store. It reads a level at a time, no further than the
// limit.
func (s *Store) Neighbourhood(ctx context.Context, q graph.NeighbourhoodQuery) (*graph.Subgraph, error) {
	var g *graph.Subgraph
	err := s.reading(ctx, func(c *conn) error {
		r := &reader{ctx: ctx, store: s, conn: c, asOf: q.AsOf}
		return r.transaction(func() (err error) {
			g, err = r.neighbourhood(q)
			return err
		})
	})
	if err != nil {
		return nil, mapError(err)
	}
	return g, nil
}

func (r *reader) neighbourhood(q graph.NeighbourhoodQuery) (*graph.Subgraph, error) {
	centre, err := r.nid(q.ID)
	if err != nil {
		return nil, err
	}
	limit := q.Limit
	if limit < 0 {
		limit = math.MaxInt32
	}
	if limit == 0 {
		return &graph.Subgraph{More: true}, nil
	}
	g := &graph.Subgraph{Nodes: []graph.Neighbour{{ID: q.ID}}}
	seen, ring := []int64{centre}, []int64{centre}
	for d := 1; d <= q.Hops && len(ring) > 0 && !g.More; d++ {
		if ring, err = r.ring(q, g, seen, ring, limit, d); err != nil {
			return nil, err
		}
		seen = append(seen, ring...)
	}
	g.Edges, err = r.edgesAmong(q, g, seen)
	return g, err
}

// ring adds the nodes at distance d, of which those at distance d-1 are given, and
// returns their row ids.
func (r *reader) ring(q graph.NeighbourhoodQuery, g *graph.Subgraph, seen, inner []int64, limit, d int) ([]int64, error) {
	c := r.compiler()
	c.add("SELECT next,id FROM (")
	c.neighbours(inner, q.Labels, q.Relations, nil)
	c.add(") WHERE next NOT IN (SELECT value FROM json_each(")
	c.arg(nids(seen))
	c.add(")) GROUP BY next ORDER BY COUNT(*) DESC,id LIMIT ")
	c.arg(int64(limit-len(g.Nodes)) + 1)
	var ring []int64
	err := r.conn.query(r.ctx, c.String(), c.args, func(row []driver.Value) error {
		if len(g.Nodes) == limit {
			g.More = true
			return nil
		}
		id, _ := row[1].(string)
		g.Nodes = append(g.Nodes, graph.Neighbour{ID: id, Distance: d})
		ring = append(ring, integer(row[0]))
		return nil
	})
	return ring, err
}

// edgesAmong returns the relations among the nodes of the subgraph, which have these row
// ids in the same order.
func (r *reader) edgesAmong(q graph.NeighbourhoodQuery, g *graph.Subgraph, nodes []int64) ([]graph.Edge, error) {
	ids := make(map[int64]string, len(nodes))
	for i, nid := range nodes {
		ids[nid] = g.Nodes[i].ID
	}
	c := r.compiler()
	c.among(nodes, q.Relations)
	var edges []graph.Edge
	err := r.conn.query(r.ctx, c.String(), c.args, func(row []driver.Value) error {
		typ, _ := row[2].(string)
		props, err := decodeEdge(row[3], row[4], row[5], nil)
		edges = append(edges, graph.Edge{Type: typ, From: ids[integer(row[0])], To: ids[integer(row[1])], Props: props})
		return err
	})
	slices.SortFunc(edges, graph.CompareEdges)
	return edges, err
}
