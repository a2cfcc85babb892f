package dataset

import (
	"errors"
	"fmt"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// builder gathers nodes and relations from several files, remembering where each
// comes from, so that what does not fit is named by file and line.
type builder struct {
	nodes, edges []graph.Change
	// nodeAt and edgeAt tell where each was first seen; edgeFrom holds the places in
	// the order of edges.
	nodeAt   map[string]string
	labels   map[string]string
	edgeAt   map[[3]string]string
	edgeFrom []string
	errs     []error
}

func newBuilder() *builder {
	return &builder{nodeAt: map[string]string{}, labels: map[string]string{}, edgeAt: map[[3]string]string{}}
}

// fail records an error; nil is none.
func (b *builder) fail(err error) {
	if err != nil {
		b.errs = append(b.errs, err)
	}
}

// node adds a node.
func (b *builder) node(where, label, id string, props map[string]any) {
	if first, ok := b.nodeAt[id]; ok {
		b.fail(fmt.Errorf("%s: id %q is taken by %s, from %s", where, id, b.labels[id], first))
		return
	}
	b.nodeAt[id], b.labels[id] = where, label
	b.nodes = append(b.nodes, graph.Change{Op: graph.UpsertNode, Label: label, ID: id, Props: props})
}

// edge adds a relation. Its ends may still have to come.
func (b *builder) edge(where, typ, from, to string, props map[string]any) {
	key := [3]string{typ, from, to}
	if first, ok := b.edgeAt[key]; ok {
		b.fail(fmt.Errorf("%s: relation %s from %q to %q is there already, from %s", where, typ, from, to, first))
		return
	}
	b.edgeAt[key] = where
	b.edgeFrom = append(b.edgeFrom, where)
	b.edges = append(b.edges, graph.Change{Op: graph.Connect, Type: typ, From: from, To: to, Props: props})
}

// find returns the node with that label and id, or nil.
func (b *builder) find(label, id string) *graph.Change {
	for i := range b.nodes {
		if b.nodes[i].ID == id && b.nodes[i].Label == label {
			return &b.nodes[i]
		}
	}
	return nil
}

// targets returns where relations of a type lead from a node, as far as they are there yet.
func (b *builder) targets(typ, from string) []string {
	var ids []string
	for _, edge := range b.edges {
		if edge.Type == typ && edge.From == from {
			ids = append(ids, edge.To)
		}
	}
	return ids
}

// add adds a node from a row, unless its properties are at fault.
func (b *builder) add(label string, p *props) {
	values, err := p.done()
	b.fail(err)
	b.node(p.row.where(), label, p.row.get("id"), values)
}

// link adds a relation from a row to each of several nodes, without properties.
func (b *builder) link(r row, typ string, ids ...string) {
	for _, id := range ids {
		if id != "" {
			b.edge(r.where(), typ, r.get("id"), id, nil)
		}
	}
}

// changes returns all nodes, then all relations, and an error where anything was wrong.
func (b *builder) changes() ([]graph.Change, error) {
	for i, edge := range b.edges {
		for _, end := range []string{edge.From, edge.To} {
			if _, ok := b.nodeAt[end]; !ok {
				b.fail(fmt.Errorf("%s: relation %s names the unknown id %q", b.edgeFrom[i], edge.Type, end))
			}
		}
	}
	if len(b.errs) > 0 {
		return nil, errors.Join(b.errs...)
	}
	return append(b.nodes, b.edges...), nil
}
