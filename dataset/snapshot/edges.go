package snapshot

import (
	"context"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Outgoing is a relation type that leads from the nodes of a type.
type Outgoing struct {
	// Hop has the direction Out, also for a relation without direction, of which a
	// store keeps the ends as they were first given.
	Hop graph.Hop
	// Properties are the relation's own, by the type at the far end: relations of one
	// type may differ in what they hold.
	Properties map[string][]*graph.Property
	// One tells that the SDL declares one relation at most, by the type at the far end.
	One map[string]bool
}

// Relations lists what leads from the nodes of each type, in order of relation type.
func Relations(m *graph.Model) map[string][]Outgoing {
	found := map[string]map[string]*Outgoing{}
	add := func(from string, r *graph.Relation, to string, one bool) {
		if found[from] == nil {
			found[from] = map[string]*Outgoing{}
		}
		o := found[from][r.Hop.Type]
		if o == nil {
			o = &Outgoing{Hop: graph.Hop{Type: r.Hop.Type, Direction: graph.Out}, Properties: map[string][]*graph.Property{}, One: map[string]bool{}}
			found[from][r.Hop.Type] = o
		}
		if !slices.Contains(o.Hop.Labels, to) {
			o.Hop.Labels = append(o.Hop.Labels, to)
		}
		o.Properties[to] = r.Properties
		o.One[to] = o.One[to] || one
	}
	for _, name := range m.Names() {
		for _, r := range m.Types[name].Relations {
			for _, other := range r.Hop.Labels {
				if r.Hop.Direction != graph.In {
					add(name, r, other, !r.Many && r.Hop.Direction == graph.Out)
				}
				if r.Hop.Direction != graph.Out {
					add(other, r, name, false)
				}
			}
		}
	}
	sorted := map[string][]Outgoing{}
	for from, byType := range found {
		for _, typ := range slices.Sorted(maps.Keys(byType)) {
			o := byType[typ]
			slices.Sort(o.Hop.Labels)
			sorted[from] = append(sorted[from], *o)
		}
	}
	return sorted
}

// Edges reads the relations that lead from the nodes of one type, with all their
// properties. Where narrows the nodes; nil takes all. The relations of one page of
// nodes are held in memory.
func Edges(ctx context.Context, store graph.Store, label string, out []Outgoing, where graph.Filter) iter.Seq2[graph.Edge, error] {
	sel := graph.Selection{Labels: []string{label}, Where: where}
	for _, o := range out {
		sel.Links = append(sel.Links, graph.Link{Key: o.Hop.Type, Hop: o.Hop, Selection: &graph.Selection{
			Labels: o.Hop.Labels, EdgeProps: o.names(), Page: graph.Page{Limit: graph.All},
		}})
	}
	return func(yield func(graph.Edge, error) bool) {
		if len(sel.Links) == 0 {
			return
		}
		for node, err := range pages(ctx, store, sel) {
			if err != nil {
				yield(graph.Edge{}, err)
				return
			}
			for _, o := range out {
				result := node.Links[o.Hop.Type]
				if result == nil {
					continue
				}
				slices.SortFunc(result.Rows, func(a, b graph.Row) int { return strings.Compare(a.Node.ID, b.Node.ID) })
				for _, row := range result.Rows {
					if !yield(graph.Edge{Type: o.Hop.Type, From: node.ID, To: row.Node.ID, Props: row.Edge}, nil) {
						return
					}
				}
			}
		}
	}
}

// names lists the properties of the relation whatever it leads to.
func (o Outgoing) names() []string {
	var names []string
	for _, label := range slices.Sorted(maps.Keys(o.Properties)) {
		for _, p := range o.Properties[label] {
			if !slices.Contains(names, p.Name) {
				names = append(names, p.Name)
			}
		}
	}
	return names
}
