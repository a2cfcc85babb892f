package sqlite

import (
	"context"
	"database/sql/driver"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// stepsPerEdge bounds the work of a path search in terms of the relations it may read.
const stepsPerEdge = 10

// Paths implements graph.Store. It reads the graph around both ends, a level at a time
// and only as far as the shortest paths that are missing need, and finds the paths in
// what it has read. A search that would read more relations than Options.MaxPathEdges,
// or take more steps than that tenfold, ends with QUERY_TOO_COMPLEX.
func (s *Store) Paths(ctx context.Context, q graph.PathQuery) ([]graph.Path, error) {
	if q.From == q.To {
		return nil, graph.Errorf(graph.BadUserInput, "from and to are both %q; pass two different nodes", q.From)
	}
	var paths []graph.Path
	err := s.reading(ctx, func(c *conn) error {
		r := &reader{ctx: ctx, store: s, conn: c, asOf: q.AsOf}
		return r.transaction(func() (err error) {
			paths, err = r.paths(q)
			return err
		})
	})
	if err != nil {
		return nil, mapError(err)
	}
	return paths, nil
}

func (r *reader) paths(q graph.PathQuery) ([]graph.Path, error) {
	from, err := r.nid(q.From)
	if err != nil {
		return nil, err
	}
	to, err := r.nid(q.To)
	if err != nil {
		return nil, err
	}
	if q.Limit == 0 {
		return nil, nil
	}
	w := &web{
		from: from, to: to, ids: map[int64]string{from: q.From, to: q.To}, near: map[int64][]halfEdge{},
		budget: r.store.options.MaxPathEdges,
	}
	w.sides = [2]side{newSide(from), newSide(to)}
	var found []trail
	for hops := 1; hops <= q.MaxHops; hops++ {
		if err := r.reach(w, q, hops); err != nil {
			return nil, err
		}
		if found, err = w.trails(r.ctx, hops, q.Limit, stepsPerEdge*r.store.options.MaxPathEdges, found); err != nil {
			return nil, err
		}
		if q.Limit >= 0 && len(found) >= q.Limit || w.complete() && hops >= len(w.near) {
			break
		}
	}
	return r.describe(w, found)
}

// nid returns the row id of a node that must exist.
func (r *reader) nid(id string) (int64, error) {
	row, err := r.conn.one(r.ctx, "SELECT nid FROM node WHERE id=?", id)
	if err != nil {
		return 0, err
	}
	if row == nil {
		return 0, errNoNode(id)
	}
	return integer(row[0]), nil
}

func errNoNode(id string) error {
	return graph.Errorf(graph.NotFound, "there is no node with id %q", id)
}

// reach reads on until the two sides together go as deep as a path of so many hops
// needs. The side with the smaller frontier goes first, which keeps off hubs as long as
// that is possible.
func (r *reader) reach(w *web, q graph.PathQuery, hops int) error {
	for w.sides[0].depth+w.sides[1].depth < hops && !w.complete() {
		s := &w.sides[0]
		if other := &w.sides[1]; len(other.frontier) < len(s.frontier) {
			s = other
		}
		if err := r.expand(w, s, q); err != nil {
			return err
		}
	}
	return nil
}

// expand reads the relations of one side's frontier.
func (r *reader) expand(w *web, s *side, q graph.PathQuery) error {
	c := r.compiler()
	c.neighbours(s.frontier, q.Labels, q.Relations, []int64{w.from, w.to})
	c.add(" LIMIT ")
	c.arg(int64(w.budget) + 1)
	s.depth++
	s.frontier = nil
	return r.conn.query(r.ctx, c.String(), c.args, func(row []driver.Value) error {
		if w.budget--; w.budget < 0 {
			return graph.Errorf(graph.TooComplex, "the nodes between have too many relations to search them all (more than %d); "+
				"ask for fewer hops, or limit the types of nodes or relations", r.store.options.MaxPathEdges)
		}
		at, next := integer(row[0]), integer(row[1])
		typ, _ := row[3].(string)
		w.ids[next], _ = row[2].(string)
		out := integer(row[4]) != 0
		w.connect(at, next, typ, out)
		if !s.seen[next] {
			s.seen[next] = true
			if next != w.from && next != w.to {
				s.frontier = append(s.frontier, next)
			}
		}
		return nil
	})
}

// neighbours writes the statement for the relations of many nodes: the node, the one on
// the other end with its id, the type, and whether the relation leads out. Only nodes
// with one of the labels count, and those given by row id.
func (c *compiler) neighbours(of []int64, labels, types []string, also []int64) {
	frontier := nids(of)
	arm := func(near, far, out string) {
		c.add("SELECT p.value AS at,n.nid AS next,n.id AS id,e.type AS type,", out, " AS out FROM json_each(")
		c.arg(frontier)
		c.add(") p CROSS JOIN edge e ON e.", near, "=p.value")
		if len(types) > 0 {
			c.add(" AND e.type IN ", literals(types))
		}
		c.held("e")
		c.add(" AND e.src<>e.dst CROSS JOIN node n ON n.nid=e.", far)
		if len(labels) > 0 {
			c.add(" AND (", c.hasLabel("n", labels))
			if len(also) > 0 {
				c.add(" OR n.nid IN (SELECT value FROM json_each(")
				c.arg(nids(also))
				c.add("))")
			}
			c.add(")")
		}
	}
	arm("src", "dst", "1")
	c.add(" UNION ALL ")
	arm("dst", "src", "0")
}

// describe turns trails into paths, with the properties of all their relations read by
// one statement.
func (r *reader) describe(w *web, trails []trail) ([]graph.Path, error) {
	if len(trails) == 0 {
		return nil, nil
	}
	type key struct {
		src, dst int64
		typ      string
	}
	edges := map[key]map[string]any{}
	var ends []int64
	for _, t := range trails {
		ends = append(ends, t.nodes...)
	}
	slices.Sort(ends)
	c := r.compiler()
	c.among(slices.Compact(ends), nil)
	err := r.conn.query(r.ctx, c.String(), c.args, func(row []driver.Value) error {
		typ, _ := row[2].(string)
		props, err := decodeEdge(row[3], row[4], row[5], nil)
		edges[key{integer(row[0]), integer(row[1]), typ}] = props
		return err
	})
	if err != nil {
		return nil, err
	}
	paths := make([]graph.Path, len(trails))
	for i, t := range trails {
		p := graph.Path{Nodes: make([]string, len(t.nodes)), Steps: make([]graph.Edge, len(t.steps))}
		for j, nid := range t.nodes {
			p.Nodes[j] = w.ids[nid]
		}
		for j, step := range t.steps {
			src, dst := t.nodes[j], t.nodes[j+1]
			if !step.out {
				src, dst = dst, src
			}
			p.Steps[j] = graph.Edge{Type: step.typ, From: w.ids[src], To: w.ids[dst], Props: edges[key{src, dst, step.typ}]}
		}
		paths[i] = p
	}
	return paths, nil
}

// among writes the statement for the relations that begin and end in the nodes.
func (c *compiler) among(nodes []int64, types []string) {
	list := nids(nodes)
	c.add("SELECT e.src,e.dst,e.type,e.since,e.until,e.props FROM json_each(")
	c.arg(list)
	c.add(") p CROSS JOIN edge e ON e.src=p.value AND e.dst IN (SELECT value FROM json_each(")
	c.arg(list)
	c.add("))")
	if len(types) > 0 {
		c.add(" AND e.type IN ", literals(types))
	}
	c.held("e")
}
