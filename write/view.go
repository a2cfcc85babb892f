package write

import (
	"context"
	"maps"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// view is the graph as a plan sees it: what the store holds, and over it what the plan
// has added so far. Everything is read once.
type view struct {
	w *Writer
	// stored and nodes hold nodes as they are and as they will be, nil for none.
	stored, nodes map[string]*graph.Node
	// touched holds the nodes that the plan changes, whose updatedAt is said no more of.
	touched map[string]bool
	// rels holds relations as they will be, nil for none.
	rels map[relKey]*graph.Edge
	// around holds the relations of one type at a node as they are.
	around map[side][]graph.Edge
}

type relKey struct{ typ, from, to string }

// side is a node and the relations of a type that begin or end there.
type side struct {
	id, typ string
	in      bool
}

func newView(w *Writer) view {
	return view{
		w: w, stored: map[string]*graph.Node{}, nodes: map[string]*graph.Node{}, touched: map[string]bool{},
		rels: map[relKey]*graph.Edge{}, around: map[side][]graph.Edge{},
	}
}

// Node returns a node with all its properties as the plan will leave it, nil for none.
func (v *view) Node(ctx context.Context, id string) (*graph.Node, error) {
	if n, ok := v.nodes[id]; ok {
		return n, nil
	}
	if err := v.Prefetch(ctx, id); err != nil {
		return nil, err
	}
	return v.nodes[id], nil
}

// Prefetch reads nodes that will be needed, in one statement.
func (v *view) Prefetch(ctx context.Context, ids ...string) error {
	var wanted []any
	for _, id := range ids {
		if _, ok := v.nodes[id]; !ok && id != "" && !slices.Contains(wanted, any(id)) {
			wanted = append(wanted, id)
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	found, err := v.read(ctx, v.w.model.Names(), graph.Compare{Prop: "id", Kind: graph.String, Op: graph.OneOf, Value: wanted})
	if err != nil {
		return err
	}
	for _, id := range wanted {
		v.keep(id.(string), found[id.(string)])
	}
	return nil
}

func (v *view) keep(id string, n *graph.Node) {
	v.stored[id] = n
	if n != nil {
		seen := *n
		n = &seen
	}
	v.nodes[id] = n
}

// read reads nodes with all their properties.
func (v *view) read(ctx context.Context, labels []string, where graph.Filter) (map[string]*graph.Node, error) {
	sel := &graph.Selection{Labels: labels, Where: where, Page: graph.Page{Limit: graph.All}}
	for _, label := range labels {
		for _, p := range v.w.model.Types[label].Properties {
			if p.Name != "id" && !slices.Contains(sel.Props, p.Name) {
				sel.Props = append(sel.Props, p.Name)
			}
		}
	}
	res, err := v.w.store.Read(ctx, graph.Query{Root: sel})
	if err != nil {
		return nil, err
	}
	found := map[string]*graph.Node{}
	for _, row := range res.Rows {
		found[row.Node.ID] = row.Node
	}
	return found, nil
}

// ByKey returns the id of the node of a type that has a key, "" for none.
func (v *view) ByKey(ctx context.Context, label string, p *graph.Property, value any) (string, error) {
	for id, n := range v.nodes {
		if n != nil && n.Label == label && n.Props[p.Name] == value {
			return id, nil
		}
	}
	found, err := v.read(ctx, []string{label}, graph.Compare{Prop: p.Name, Kind: p.Kind, Op: graph.Eq, Value: value})
	if err != nil {
		return "", err
	}
	for id, n := range found {
		if _, known := v.nodes[id]; !known {
			v.keep(id, n)
			return id, nil
		}
	}
	return "", nil
}

// Edges returns the relations of a type that begin at a node, or with in end there, as
// the plan will leave them. The plan rests on them from then on.
func (v *view) Edges(ctx context.Context, id, typ string, in bool) ([]graph.Edge, error) {
	s := side{id, typ, in}
	if _, ok := v.around[s]; !ok {
		var err error
		if v.around[s], err = v.readEdges(ctx, s, nil); err != nil {
			return nil, err
		}
	}
	var edges []graph.Edge
	for _, e := range v.around[s] {
		if _, changed := v.rels[relKey{e.Type, e.From, e.To}]; !changed {
			edges = append(edges, e)
		}
	}
	for key, e := range v.rels {
		if e != nil && key.typ == typ && (!in && key.from == id || in && key.to == id) {
			edges = append(edges, *e)
		}
	}
	slices.SortFunc(edges, graph.CompareEdges)
	return edges, nil
}

// Edge returns one relation as the plan will leave it, nil for none. One without
// direction is found whichever way it is named.
func (v *view) Edge(ctx context.Context, typ, from, to string) (*graph.Edge, error) {
	ways := []relKey{{typ, from, to}}
	if v.w.model.Symmetric(typ) {
		ways = append(ways, relKey{typ, to, from})
	}
	for _, key := range ways {
		e, known := v.rels[key]
		if !known {
			found, err := v.readEdges(ctx, side{id: key.from, typ: typ}, graph.Compare{Prop: "id", Kind: graph.String, Op: graph.Eq, Value: key.to})
			if err != nil {
				return nil, err
			}
			if len(found) > 0 {
				e = &found[0]
			}
			v.rels[key] = e
		}
		if e != nil {
			return e, nil
		}
	}
	return nil, nil //nolint:nilnil // there is no such relation
}

// readEdges reads relations at a node as they are stored, to the far nodes for which
// the condition holds.
func (v *view) readEdges(ctx context.Context, s side, where graph.Filter) ([]graph.Edge, error) {
	names := v.w.model.Names()
	hop := graph.Hop{Type: s.typ, Direction: graph.Out, Labels: names}
	if s.in {
		hop.Direction = graph.In
	}
	far := &graph.Selection{Labels: names, Where: where, EdgeProps: v.w.edgeProps(s.typ), Page: graph.Page{Limit: graph.All}}
	root := &graph.Selection{
		Labels: names, Where: graph.Compare{Prop: "id", Kind: graph.String, Op: graph.Eq, Value: s.id},
		Page: graph.Page{Limit: 1}, Links: []graph.Link{{Key: "far", Hop: hop, Selection: far}},
	}
	res, err := v.w.store.Read(ctx, graph.Query{Root: root})
	if err != nil || len(res.Rows) == 0 {
		return nil, err
	}
	var edges []graph.Edge
	for _, row := range res.Rows[0].Node.Links["far"].Rows {
		e := graph.Edge{Type: s.typ, From: s.id, To: row.Node.ID, Props: row.Edge}
		if s.in {
			e.From, e.To = e.To, e.From
		}
		edges = append(edges, e)
	}
	return edges, nil
}

// edgeProps returns the names of the properties that relations of a type can have.
func (w *Writer) edgeProps(typ string) []string {
	names := map[string]bool{}
	for _, t := range w.model.Types {
		for _, r := range t.Relations {
			if r.Hop.Type == typ {
				for _, p := range r.Properties {
					names[p.Name] = true
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// see changes the view as a change will change the graph.
func (v *view) see(c graph.Change) {
	switch c.Op {
	case graph.DeleteNode:
		v.nodes[c.ID], v.touched[c.ID] = nil, true
	case graph.Connect, graph.Disconnect:
		key := relKey{c.Type, c.From, c.To}
		if old := v.rels[relKey{c.Type, c.To, c.From}]; old != nil && v.w.model.Symmetric(c.Type) {
			key = relKey{c.Type, c.To, c.From}
		}
		if c.Op == graph.Disconnect {
			v.rels[key] = nil
			return
		}
		var now map[string]any
		if old := v.rels[key]; old != nil {
			now = old.Props
		}
		v.rels[key] = &graph.Edge{Type: c.Type, From: key.from, To: key.to, Props: set(now, c.Props)}
	default:
		n := &graph.Node{ID: c.ID, Label: c.Label, Props: c.Props}
		if old := v.nodes[c.ID]; old != nil {
			n.Props = set(old.Props, c.Props)
		}
		v.nodes[c.ID], v.touched[c.ID] = n, true
	}
}

// set returns properties with others set, nil removing.
func set(now, props map[string]any) map[string]any {
	after := maps.Clone(now)
	if after == nil {
		after = map[string]any{}
	}
	for name, value := range props {
		if value == nil {
			delete(after, name)
		} else {
			after[name] = value
		}
	}
	return after
}

// guards returns a Guard for each set of relations that the plan rests on.
func (v *view) guards() []graph.Change {
	var guards []graph.Change
	for s, edges := range v.around {
		if v.stored[s.id] == nil {
			continue // the plan makes it: nobody else can have connected it
		}
		c := graph.Change{Op: graph.Guard, Type: s.typ, From: s.id, Edges: edges}
		if s.in {
			c.From, c.To = "", s.id
		}
		guards = append(guards, c)
	}
	slices.SortFunc(guards, func(a, b graph.Change) int {
		return graph.CompareEdges(graph.Edge{From: a.From, To: a.To, Type: a.Type}, graph.Edge{From: b.From, To: b.To, Type: b.Type})
	})
	return guards
}
