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
	net := &Network{rt: rt, plan: p, nodes: make(map[string]*graph.Node, len(records))}
	for id, r := range records {
		net.nodes[id] = r.node
	}
	return net, err
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
	node, ok := n.nodes[id]
	if !ok {
		return id
	}
	t := n.rt.Model.Types[node.Label]
	s := title(t, node, lang)
	if t.Title == "title" {
		return "“" + s + "”"
	}
	return s
}
