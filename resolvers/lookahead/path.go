package lookahead

import (
	"context"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// The bounds of what path and neighbourhood may be asked for.
const (
	maxPathHops  = 6
	maxPaths     = 25
	maxHops      = 3
	maxNeighbour = 1000
)

// Path is a connection between two nodes.
type Path struct {
	net   *Network
	nodes []string
	steps []graph.Edge
}

// Relation is one relation between two nodes.
type Relation struct {
	net  *Network
	edge graph.Edge
}

// Subgraph is a set of nodes and the relations among them.
type Subgraph struct {
	net   *Network
	nodes []graph.Neighbour
	edges []graph.Edge
	More  bool
}

// Paths executes the field path.
func (rt *Runtime) Paths(ctx context.Context) ([]*Path, error) {
	b := newBuilder(ctx, rt)
	field := graphql.GetFieldContext(ctx).Field
	args := b.arguments(field.Field)
	q := graph.PathQuery{Labels: texts(args["via"])}
	q.From, _ = args["from"].(string)
	q.To, _ = args["to"].(string)
	var err error
	if q.AsOf, err = asOf(args); err != nil {
		return nil, err
	}
	if q.MaxHops, err = bounded(args, "maxHops", 1, maxPathHops); err != nil {
		return nil, err
	}
	if q.Limit, err = bounded(args, "first", 1, maxPaths); err != nil {
		return nil, err
	}
	found, err := rt.Store.Paths(ctx, q)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, p := range found {
		ids = append(ids, p.Nodes...)
	}
	net, err := rt.Network(ctx, q.AsOf, ids, []string{"nodes"}, []string{"relations", "from"}, []string{"relations", "to"})
	if err != nil {
		return nil, err
	}
	paths := make([]*Path, len(found))
	for i, p := range found {
		paths[i] = &Path{net: net, nodes: p.Nodes, steps: p.Steps}
	}
	return paths, nil
}

// Neighbourhood executes the field neighbourhood.
func (rt *Runtime) Neighbourhood(ctx context.Context) (*Subgraph, error) {
	b := newBuilder(ctx, rt)
	field := graphql.GetFieldContext(ctx).Field
	args := b.arguments(field.Field)
	q := graph.NeighbourhoodQuery{Labels: texts(args["types"])}
	q.ID, _ = args["id"].(string)
	var err error
	if q.AsOf, err = asOf(args); err != nil {
		return nil, err
	}
	if q.Hops, err = bounded(args, "hops", 0, maxHops); err != nil {
		return nil, err
	}
	if q.Limit, err = bounded(args, "first", 1, maxNeighbour); err != nil {
		return nil, err
	}
	found, err := rt.Store.Neighbourhood(ctx, q)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(found.Nodes))
	for i, n := range found.Nodes {
		ids[i] = n.ID
	}
	net, err := rt.Network(ctx, q.AsOf, ids, []string{"nodes"}, []string{"relations", "from"}, []string{"relations", "to"})
	if err != nil {
		return nil, err
	}
	return &Subgraph{net: net, nodes: found.Nodes, edges: found.Edges, More: found.More}, nil
}

func (n *Network) relations(edges []graph.Edge) []*Relation {
	out := make([]*Relation, len(edges))
	for i, e := range edges {
		out[i] = &Relation{net: n, edge: e}
	}
	return out
}

// Nodes returns the nodes from end to end.
func (p *Path) Nodes(ctx context.Context) []Node {
	nodes := make([]Node, len(p.nodes))
	for i, id := range p.nodes {
		nodes[i] = p.net.Node(ctx, id)
	}
	return nodes
}

// Relations returns the relations between the nodes, in their own direction.
func (p *Path) Relations() []*Relation { return p.net.relations(p.steps) }

// Length returns the number of relations.
func (p *Path) Length() int { return len(p.steps) }

// Sentence tells the path in words, from end to end.
func (p *Path) Sentence(lang string) string {
	clauses := make([]string, len(p.steps))
	for i, step := range p.steps {
		clauses[i] = p.net.clause(p.nodes[i], p.nodes[i+1], step, lang)
	}
	return sentence(clauses, lang)
}

func sentence(clauses []string, lang string) string {
	and := " en "
	if lang == "EN" {
		and = " and "
	}
	last := len(clauses) - 1
	if last == 0 {
		return clauses[0] + "."
	}
	return strings.Join(clauses[:last], ", ") + and + clauses[last] + "."
}

// clause tells one relation in words, seen from one of its ends.
func (n *Network) clause(from, to string, e graph.Edge, lang string) string {
	a, b := n.known(from), n.known(to)
	if a == nil || b == nil {
		return n.Name(from, lang) + " – " + n.Name(to, lang)
	}
	direction, back := graph.Out, graph.In
	if e.From != from {
		direction, back = back, direction
	}
	if v := verb(n.rt.Model, a.Label, b.Label, e.Type, direction, lang); v != "" {
		return n.Name(from, lang) + " " + v + " " + n.Name(to, lang)
	}
	if v := verb(n.rt.Model, b.Label, a.Label, e.Type, back, lang); v != "" {
		return n.Name(to, lang) + " " + v + " " + n.Name(from, lang)
	}
	return n.Name(from, lang) + " – " + n.Name(to, lang)
}

// verb finds the phrase for a relation in the SDL, on the end that it is told from;
// "" where that end does not declare it.
func verb(m *graph.Model, from, to, relation string, d graph.Direction, lang string) string {
	for _, r := range m.Types[from].Relations {
		if r.Hop.Type != relation || r.Hop.Direction != d && r.Hop.Direction != graph.Both || !slices.Contains(r.Hop.Labels, to) {
			continue
		}
		if lang == "EN" {
			return r.EN
		}
		return r.NL
	}
	return ""
}

// Type returns the relation's type.
func (r *Relation) Type() string { return r.edge.Type }

// From returns the node that the relation leaves.
func (r *Relation) From(ctx context.Context) Node { return r.net.Node(ctx, r.edge.From) }

// To returns the node that the relation leads to.
func (r *Relation) To(ctx context.Context) Node { return r.net.Node(ctx, r.edge.To) }

// Since returns the first day of the relation, nil where it is not known.
func (r *Relation) Since() *string { return optional[string](r.edge.Props, "since") }

// Until returns the last day of the relation, nil where it is not known.
func (r *Relation) Until() *string { return optional[string](r.edge.Props, "until") }

// Label tells the relation in words.
func (r *Relation) Label(lang string) string {
	return r.net.clause(r.edge.From, r.edge.To, r.edge, lang)
}

// Nodes returns the nodes, the most relevant first.
func (s *Subgraph) Nodes(ctx context.Context) []Node {
	nodes := make([]Node, len(s.nodes))
	for i, n := range s.nodes {
		nodes[i] = s.net.Node(ctx, n.ID)
	}
	return nodes
}

// Relations returns the relations among the nodes.
func (s *Subgraph) Relations() []*Relation { return s.net.relations(s.edges) }
