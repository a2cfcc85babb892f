package sqlite

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// web is the part of the graph that a path search has read.
type web struct {
	from, to int64
	ids      map[int64]string
	// near holds the relations of each node in both directions.
	near  map[int64][]halfEdge
	sides [2]side
	// budget is the number of relations that may still be read.
	budget int
}

// side is how far the search has come from one end.
type side struct {
	seen     map[int64]bool
	frontier []int64
	// depth is the number of levels that have been read.
	depth int
}

func newSide(end int64) side {
	return side{seen: map[int64]bool{end: true}, frontier: []int64{end}}
}

// halfEdge is a relation as seen from one of its nodes.
type halfEdge struct {
	next int64
	typ  string
	out  bool
}

// trail is a path by row ids.
type trail struct {
	nodes []int64
	steps []halfEdge
}

// connect adds a relation at both of its nodes. One that both sides read is added twice;
// bySteps drops the repetition.
func (w *web) connect(at, next int64, typ string, out bool) {
	w.near[at] = append(w.near[at], halfEdge{next, typ, out})
	w.near[next] = append(w.near[next], halfEdge{at, typ, !out})
}

// complete tells whether one side has nothing left to read. Every relation that a path
// could take has been read then.
func (w *web) complete() bool {
	return len(w.sides[0].frontier) == 0 || len(w.sides[1].frontier) == 0
}

// distances returns the number of hops from each node to the end, within what was read.
func (w *web) distances(limit int) map[int64]int {
	distance := map[int64]int{w.to: 0}
	ring := []int64{w.to}
	for d := 1; d <= limit && len(ring) > 0; d++ {
		var next []int64
		for _, at := range ring {
			for _, e := range w.near[at] {
				if _, ok := distance[e.next]; !ok {
					distance[e.next] = d
					if e.next != w.from {
						next = append(next, e.next)
					}
				}
			}
		}
		ring = next
	}
	return distance
}

// walker looks for the trails of one length, in the order of graph.ComparePaths.
type walker struct {
	*web
	ctx      context.Context
	hops     int
	limit    int
	distance map[int64]int
	sorted   map[int64][]halfEdge
	visited  map[int64]bool
	nodes    []int64
	found    []trail
	// steps is the number of steps that may still be taken.
	steps int
}

// trails appends the trails of exactly so many hops to found, until there are limit.
func (w *web) trails(ctx context.Context, hops, limit, maxSteps int, found []trail) ([]trail, error) {
	k := &walker{
		web: w, ctx: ctx, hops: hops, limit: limit, distance: w.distances(hops),
		sorted: map[int64][]halfEdge{}, visited: map[int64]bool{w.from: true},
		nodes: []int64{w.from}, found: found, steps: maxSteps,
	}
	if d, ok := k.distance[w.from]; !ok || d > hops {
		return found, nil
	}
	err := k.walk(w.from)
	return k.found, err
}

func (k *walker) full() bool { return k.limit >= 0 && len(k.found) >= k.limit }

// walk goes on from a node in the order of the ids, as long as the end can be reached
// in the hops that are left.
func (k *walker) walk(at int64) error {
	left := k.hops - len(k.nodes)
	edges := k.edges(at)
	for i, e := range edges {
		if i > 0 && edges[i-1].next == e.next {
			continue // the same nodes by another relation: see record
		}
		if d, ok := k.distance[e.next]; !ok || d > left || k.visited[e.next] || (e.next == k.to) != (left == 0) {
			continue
		}
		if k.steps--; k.steps < 0 {
			return graph.Errorf(graph.TooComplex, "there are too many ways between the nodes to compare them all; ask for fewer hops or fewer paths")
		}
		k.nodes = append(k.nodes, e.next)
		if left == 0 {
			k.record()
		} else {
			if err := k.ctx.Err(); err != nil {
				return err
			}
			k.visited[e.next] = true
			if err := k.walk(e.next); err != nil {
				return err
			}
			delete(k.visited, e.next)
		}
		k.nodes = k.nodes[:len(k.nodes)-1]
		if k.full() {
			return nil
		}
	}
	return nil
}

// edges returns the relations of a node that can lead to the end, by the id of the other node, then by type, then
// outgoing first.
func (k *walker) edges(at int64) []halfEdge {
	if edges, ok := k.sorted[at]; ok {
		return edges
	}
	var edges []halfEdge
	for _, e := range k.near[at] {
		if _, ok := k.distance[e.next]; ok {
			edges = append(edges, e)
		}
	}
	slices.SortFunc(edges, func(a, b halfEdge) int {
		if a.next != b.next {
			return strings.Compare(k.ids[a.next], k.ids[b.next])
		}
		return compareSteps(a, b)
	})
	edges = slices.Compact(edges)
	k.sorted[at] = edges
	return edges
}

func compareSteps(a, b halfEdge) int {
	if c := strings.Compare(a.typ, b.typ); c != 0 || a.out == b.out {
		return c
	}
	return cmp.Compare(boolInt(b.out), boolInt(a.out))
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// record adds a trail for every choice of relations between the nodes, the first step
// being the most significant.
func (k *walker) record() {
	choices := make([][]halfEdge, len(k.nodes)-1)
	for i := range choices {
		for _, e := range k.edges(k.nodes[i]) {
			if e.next == k.nodes[i+1] {
				choices[i] = append(choices[i], e)
			}
		}
	}
	k.choose(choices, nil)
}

func (k *walker) choose(choices [][]halfEdge, steps []halfEdge) {
	if k.full() {
		return
	}
	if len(choices) == 0 {
		k.found = append(k.found, trail{nodes: slices.Clone(k.nodes), steps: slices.Clone(steps)})
		return
	}
	for _, e := range choices[0] {
		k.choose(choices[1:], append(steps, e))
	}
}
