package storetest

import (
	"fmt"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"pgregory.net/rapid"
)

// Graph is a random graph that conforms to Model: the changes that make it, and
// edits to make one by one afterwards, some of which cannot be made.
type Graph struct {
	Changes, Edits []graph.Change
	// IDs holds the ids of the nodes, also of those that the edits remove.
	IDs   []string
	label map[string]string
}

// Graphs generates graphs of 0 to 40 nodes with many ties, absent values and
// relations over relations, cycles and self-loops included.
func Graphs() *rapid.Generator[*Graph] {
	return rapid.Custom(func(t *rapid.T) *Graph {
		s, m := source{t}, Model()
		g := &Graph{label: map[string]string{}}
		for i := range s.n(oneOf(s, 4, 41, 41, 41)) { // tiny ones have corners of their own
			label := oneOf(s, m.Names()...)
			// Ids that sort otherwise in other collations, and one that wants escaping.
			id := fmt.Sprintf(oneOf(s, "n%02d", "N%02d", "n%d", "é%d", "x'\"`%d"), i)
			g.IDs, g.label[id] = append(g.IDs, id), label
			given := s.props(m.Types[label].Properties)
			if given["code"] != nil {
				given["code"] = randomKey(i) // the graph conforms, so each has its own
			}
			g.Changes = append(g.Changes, graph.Change{Op: graph.CreateNode, Label: label, ID: id, Props: given})
		}
		for _, label := range m.Names() {
			for _, r := range m.Types[label].Relations {
				if r.Hop.Direction != graph.In {
					g.Changes = append(g.Changes, s.connections(g, label, r)...)
				}
			}
		}
		if len(g.IDs) > 0 {
			for range s.n(16) {
				g.Edits = append(g.Edits, s.edit(m, g))
			}
		}
		return g
	})
}

// props draws properties: the required ones always, the others half the time.
func (s source) props(known []*graph.Property) map[string]any {
	props := map[string]any{}
	for _, p := range known {
		if p.Name != "updatedAt" && p.Name != "lat" && p.Name != "lon" && (p.Required || s.chance(50)) {
			props[p.Name] = s.value(p)
		}
	}
	if slices.ContainsFunc(known, func(p *graph.Property) bool { return p.Name == "lat" }) {
		point := oneOf(s, randomPoints...)
		if s.chance(60) {
			props["lat"] = point[0]
		}
		if s.chance(80) {
			props["lon"] = point[1]
		}
	}
	return props
}

// connections draws relations of one kind, some of them twice.
func (s source) connections(g *Graph, label string, r *graph.Relation) []graph.Change {
	from, to := g.labelled(label), g.labelled(r.Hop.Labels...)
	if len(from) == 0 || len(to) == 0 {
		return nil
	}
	var changes []graph.Change
	for range s.n(min(3*len(from), 20)) {
		changes = append(changes, graph.Change{
			Op: graph.Connect, Type: r.Hop.Type, From: oneOf(s, from...), To: oneOf(s, to...), Props: s.props(r.Properties),
		})
	}
	return changes
}

// randomKey is a key out of few, so that edits meet one that is taken.
func randomKey(i int) string { return fmt.Sprintf("k%d", i%41) }

func (g *Graph) labelled(labels ...string) []string {
	var ids []string
	for _, id := range g.IDs {
		if slices.Contains(labels, g.label[id]) {
			ids = append(ids, id)
		}
	}
	return ids
}

// edit draws a change to a graph that is there: to its nodes, or to relations that
// were connected, so that some are gone already.
func (s source) edit(m *graph.Model, g *Graph) graph.Change {
	id := oneOf(s, g.IDs...)
	node := graph.Change{Label: g.label[id], ID: id}
	c := oneOf(s, g.Changes...)
	switch oneOf(s, graph.UpdateNode, graph.UpsertNode, graph.CreateNode, graph.DeleteNode, graph.Connect, graph.Disconnect, graph.Guard) {
	case graph.Guard:
		if c.Op == graph.Connect {
			guard := graph.Change{Op: graph.Guard, Type: c.Type, From: c.From}
			if s.chance(70) {
				guard.Edges = []graph.Edge{{Type: c.Type, From: c.From, To: c.To, Props: c.Props}}
			}
			if s.chance(30) {
				guard.From, guard.To = "", c.To
			}
			return guard
		}
	case graph.DeleteNode:
		node.Op, node.Cascade = graph.DeleteNode, s.chance(60)
		return node
	case graph.Connect:
		if c.Op == graph.Connect {
			known := edgeProperties(m, graph.Hop{Type: c.Type})
			return graph.Change{Op: graph.Connect, Type: c.Type, From: c.From, To: c.To, Props: s.patch(known)}
		}
	case graph.Disconnect:
		if c.Op == graph.Connect {
			return graph.Change{Op: graph.Disconnect, Type: c.Type, From: c.From, To: c.To}
		}
	case graph.CreateNode:
		node.Op, node.Props = graph.CreateNode, s.props(m.Types[node.Label].Properties)
		return node
	case graph.UpsertNode:
		node.Op, node.Props = graph.UpsertNode, s.props(m.Types[node.Label].Properties)
		return node
	}
	node.Op, node.Props = graph.UpdateNode, s.patch(m.Types[node.Label].Properties)
	return node
}

// patch draws properties to set and to remove; none that is required is removed.
func (s source) patch(known []*graph.Property) map[string]any {
	patch := map[string]any{}
	for _, p := range known {
		switch {
		case p.Name == "updatedAt" || !s.chance(30):
		case s.chance(50) || p.Required:
			patch[p.Name] = s.value(p)
		default:
			patch[p.Name] = nil
		}
	}
	return patch
}
