package storetest

import (
	"cmp"
	"context"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Paths implements graph.Store: it walks every way that visits no node twice, sorts
// them and takes the first.
//
// Reading: the shortest paths are the first Limit of all paths of at most MaxHops,
// also where they differ in length.
func (n *Naive) Paths(ctx context.Context, q graph.PathQuery) ([]graph.Path, error) {
	v, err := n.view(ctx, q.AsOf)
	if err != nil {
		return nil, err
	}
	if q.From == q.To {
		return nil, graph.Errorf(graph.BadUserInput, "from and to are the same node; pass two different ones")
	}
	for _, id := range []string{q.From, q.To} {
		if v.nodes[id] == nil {
			return nil, graph.Errorf(graph.NotFound, "there is no node %q", id)
		}
	}
	var paths []graph.Path
	v.walk(q, graph.Path{Nodes: []string{q.From}}, &paths)
	if err := ended(ctx); err != nil {
		return nil, err
	}
	slices.SortFunc(paths, graph.ComparePaths)
	if q.Limit >= 0 && len(paths) > q.Limit {
		paths = paths[:q.Limit]
	}
	return paths, nil
}

// walk extends a path by each relation in turn, in either direction.
func (v *view) walk(q graph.PathQuery, p graph.Path, found *[]graph.Path) {
	at := p.Nodes[len(p.Nodes)-1]
	if at == q.To {
		*found = append(*found, p)
		return
	}
	if len(p.Steps) == q.MaxHops || v.ctx.Err() != nil {
		return
	}
	if at != q.From && !allowed(q.Labels, v.nodes[at].label) {
		return
	}
	for _, r := range v.relations(at, q.Relations) {
		far := r.other(at)
		if slices.Contains(p.Nodes, far) {
			continue
		}
		v.walk(q, graph.Path{
			Nodes: append(slices.Clone(p.Nodes), far),
			Steps: append(slices.Clone(p.Steps), r.edge()),
		}, found)
	}
}

// Neighbourhood implements graph.Store.
//
// Reading: Labels limits every node but the one in the middle, and Relations limits
// Edges as well as the steps.
func (n *Naive) Neighbourhood(ctx context.Context, q graph.NeighbourhoodQuery) (*graph.Subgraph, error) {
	v, err := n.view(ctx, q.AsOf)
	if err != nil {
		return nil, err
	}
	if v.nodes[q.ID] == nil {
		return nil, graph.Errorf(graph.NotFound, "there is no node %q", q.ID)
	}
	distance := v.distances(q)
	g := &graph.Subgraph{}
	for id, d := range distance {
		g.Nodes = append(g.Nodes, graph.Neighbour{ID: id, Distance: d})
	}
	slices.SortFunc(g.Nodes, func(a, b graph.Neighbour) int {
		return cmp.Or(
			cmp.Compare(a.Distance, b.Distance),
			cmp.Compare(v.tiesInward(q, distance, b.ID), v.tiesInward(q, distance, a.ID)),
			cmp.Compare(a.ID, b.ID))
	})
	if len(g.Nodes) > q.Limit {
		g.Nodes, g.More = g.Nodes[:q.Limit], true
	}
	g.Edges = v.edgesAmong(g.Nodes, q.Relations)
	return g, ended(ctx)
}

// distances returns the nodes that can be reached, with the length of the shortest way.
func (v *view) distances(q graph.NeighbourhoodQuery) map[string]int {
	distance := map[string]int{q.ID: 0}
	ring := []string{q.ID}
	for d := 1; d <= q.Hops; d++ {
		var next []string
		for _, id := range ring {
			for _, r := range v.relations(id, q.Relations) {
				far := r.other(id)
				if _, seen := distance[far]; !seen && allowed(q.Labels, v.nodes[far].label) {
					distance[far] = d
					next = append(next, far)
				}
			}
		}
		ring = next
	}
	return distance
}

// tiesInward counts the relations of a node with nodes that are one step nearer.
func (v *view) tiesInward(q graph.NeighbourhoodQuery, distance map[string]int, id string) int {
	ties := 0
	for _, r := range v.relations(id, q.Relations) {
		if d, ok := distance[r.other(id)]; ok && d == distance[id]-1 {
			ties++
		}
	}
	return ties
}

// edgesAmong returns every relation that begins and ends in the nodes.
func (v *view) edgesAmong(nodes []graph.Neighbour, types []string) []graph.Edge {
	among := map[string]bool{}
	for _, n := range nodes {
		among[n.ID] = true
	}
	var edges []graph.Edge
	for _, r := range v.rels {
		if among[r.from] && among[r.to] && allowed(types, r.typ) && v.held(r) {
			edges = append(edges, r.edge())
		}
	}
	slices.SortFunc(edges, graph.CompareEdges)
	return edges
}

// relations returns the relations of a node that count in a walk.
func (v *view) relations(id string, types []string) []*rel {
	var kept []*rel
	for _, r := range v.touching[id] {
		if allowed(types, r.typ) && v.held(r) {
			kept = append(kept, r)
		}
	}
	return kept
}

// allowed tells whether a name is in a list, of which the empty one allows all.
func allowed(list []string, name string) bool {
	return len(list) == 0 || slices.Contains(list, name)
}

// other returns the end of a relation that is not the given node; of a self-loop
// that is the node itself.
func (r *rel) other(id string) string {
	if r.from == id {
		return r.to
	}
	return r.from
}

func (r *rel) edge() graph.Edge {
	props := map[string]any{}
	for name, value := range r.props {
		props[name] = copyValue(value)
	}
	return graph.Edge{Type: r.typ, From: r.from, To: r.to, Props: props}
}
