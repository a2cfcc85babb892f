package lookahead

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Network holds nodes that a root field found by other means than a list: the ends
// of paths, a neighbourhood, the candidates and evidence of matches. They are read
// together, with what is asked of them anywhere below the root field.
type Network struct {
	rt    *Runtime
	plan  *plan
	nodes map[string]*graph.Node
	// past holds nodes that are gone, for their names.
	past map[string]*graph.Node
}

// Network reads the nodes with the given ids. fields are the paths of field names,
// below the field being resolved, that return them.
func (rt *Runtime) Network(ctx context.Context, day string, ids []string, fields ...[]string) (*Network, error) {
	b := newBuilder(ctx, rt)
	field := graphql.GetFieldContext(ctx).Field
	p := newPlan(&graph.Selection{Labels: rt.Model.Labels("Node"), Page: graph.Page{Limit: graph.All}})
	for _, name := range rt.Model.Names() {
		addTitle(p.sel, rt.Model.Types[name])
	}
	for _, path := range fields {
		err := b.descend(field, "", path, func(c graphql.CollectedField, at string) error { return b.node(p, "Node", c.Selections, at) })
		if err != nil {
			return nil, err
		}
	}
	values := make([]any, len(ids))
	for i, id := range ids {
		values[i] = id
	}
	records, err := rt.read(ctx, p, day, values)
	net := &Network{rt: rt, plan: p, nodes: make(map[string]*graph.Node, len(records)), past: map[string]*graph.Node{}}
	for id, r := range records {
		net.nodes[id] = r.node
	}
	return net, err
}

// Selects tells whether a request asks for any of the fields at the ends of the paths, which
// lie below the field being resolved.
func (rt *Runtime) Selects(ctx context.Context, fields ...[]string) bool {
	b, asked := newBuilder(ctx, rt), false
	for _, path := range fields {
		_ = b.descend(graphql.GetFieldContext(ctx).Field, "", path, func(graphql.CollectedField, string) error {
			asked = true
			return nil
		})
	}
	return asked
}

// Node returns a node as the field being resolved asks for it, nil where the node
// has gone since it was found.
func (n *Network) Node(ctx context.Context, id string) Node {
	node, ok := n.nodes[id]
	if !ok {
		return nil
	}
	return n.rt.Wrap(Record{rt: n.rt, node: node, plan: n.plan, at: belowRoot(graphql.GetFieldContext(ctx))})
}

// Has tells whether there is a node with the id.
func (n *Network) Has(id string) bool { return n.nodes[id] != nil }

// Recall gives the network a node that is gone, with the properties it had, for Name,
// Title and Clause.
func (n *Network) Recall(label, id string, props map[string]any) {
	if n.rt.Model.Types[label] != nil {
		n.past[id] = &graph.Node{ID: id, Label: label, Props: props}
	}
}

// known returns a node, or what it was, nil where neither is known.
func (n *Network) known(id string) *graph.Node {
	if node := n.nodes[id]; node != nil {
		return node
	}
	return n.past[id]
}

// belowRoot returns the response keys that lead from the root field to this one.
func belowRoot(fc *graphql.FieldContext) string {
	at := ""
	for ; fc != nil && fc.Object != "Query" && fc.Object != "Mutation"; fc = fc.Parent {
		if fc.Field.Field != nil {
			at = fc.Field.Alias + "." + at
		}
	}
	return at
}

// Name returns a node's name, and its id where it is not known. Titles of texts
// stand between quotation marks.
func (n *Network) Name(id, lang string) string {
	s := n.Title(id, lang)
	if node := n.known(id); node != nil && n.rt.Model.Types[node.Label].Title == "title" {
		return "“" + s + "”"
	}
	return s
}

// Title returns a node's name as it stands, and its id where it is not known.
func (n *Network) Title(id, lang string) string {
	node := n.known(id)
	if node == nil {
		return id
	}
	return title(n.rt.Model.Types[node.Label], node, lang)
}

// Clause tells a relation in words.
func (n *Network) Clause(e graph.Edge, lang string) string { return n.clause(e.From, e.To, e, lang) }
