package write

import (
	"context"
	"maps"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// MergedFrom is the property that holds the ids of the nodes that were merged into a
// node. Their entries in the change log are part of its history. Types that have it can
// be merged.
const MergedFrom = "mergedFrom"

// Merge makes one node of two of a type. The one that is kept has its own properties and,
// where it has none, those of the other; lists are united. Relations move; where both
// have one, its period covers both and its other properties are those of the node kept.
func Merge(keep, from string) Op {
	return func(ctx context.Context, p *Plan) (string, error) {
		if err := p.Prefetch(ctx, keep, from); err != nil {
			return keep, err
		}
		kept, err := p.existing(ctx, "", keep)
		if err != nil {
			return keep, err
		}
		gone, err := p.existing(ctx, kept.Label, from)
		switch {
		case err != nil:
			return keep, err
		case keep == from:
			return keep, graph.Errorf(graph.BadUserInput, "keep and from are both %q; name two nodes", keep)
		case p.model.Types[kept.Label].Property(MergedFrom) == nil:
			return keep, graph.Errorf(graph.BadUserInput, "nodes of type %s cannot be merged; those of %s can", kept.Label, p.mergeable())
		}
		return keep, p.merge(ctx, kept, gone)
	}
}

func (p *Plan) mergeable() string {
	names := ""
	for _, name := range p.model.Names() {
		if p.model.Types[name].Property(MergedFrom) != nil {
			if names != "" {
				names += " and "
			}
			names += name
		}
	}
	return names
}

func (p *Plan) merge(ctx context.Context, kept, gone *graph.Node) error {
	props := united(p.model.Types[kept.Label], kept, gone)
	expect := func(n *graph.Node) string {
		if p.touched[n.ID] {
			return ""
		}
		at, _ := n.Props["updatedAt"].(string)
		return at
	}
	keptAt, goneAt := expect(kept), expect(gone)
	var connects []graph.Change
	for _, s := range p.sides(gone) {
		edges, err := p.Edges(ctx, s.id, s.typ, s.in)
		if err != nil {
			return err
		}
		for _, e := range edges {
			p.Add(graph.Change{Op: graph.Disconnect, Type: e.Type, From: e.From, To: e.To})
			c, err := p.moved(ctx, kept, gone.ID, e)
			if err != nil {
				return err
			}
			if c != nil {
				connects = append(connects, *c)
			}
		}
	}
	// The other node goes first: the one that is kept may get its keys.
	p.Add(graph.Change{Op: graph.DeleteNode, Label: gone.Label, ID: gone.ID, Expect: goneAt})
	p.Add(graph.Change{Op: graph.UpdateNode, Label: kept.Label, ID: kept.ID, Props: props, Expect: keptAt})
	for _, c := range connects {
		p.Add(c)
	}
	return nil
}

// sides returns where relations of a node can begin or end.
func (p *Plan) sides(n *graph.Node) []side {
	var sides []side
	add := func(s side) {
		if !slices.Contains(sides, s) {
			sides = append(sides, s)
		}
	}
	for _, name := range p.model.Names() {
		for _, r := range p.model.Types[name].Relations {
			near, far := name == n.Label, slices.Contains(r.Hop.Labels, n.Label)
			if near && r.Hop.Direction != graph.In || far && r.Hop.Direction != graph.Out {
				add(side{n.ID, r.Hop.Type, false})
			}
			if near && r.Hop.Direction != graph.Out || far && r.Hop.Direction != graph.In {
				add(side{n.ID, r.Hop.Type, true})
			}
		}
	}
	return sides
}

// moved returns the change that gives a relation of the node that goes to the one that is
// kept, nil where that has no place for it.
func (p *Plan) moved(ctx context.Context, kept *graph.Node, gone string, e graph.Edge) (*graph.Change, error) {
	c := graph.Change{Op: graph.Connect, Type: e.Type, From: e.From, To: e.To, Props: maps.Clone(e.Props)}
	far, in := e.To, false
	if c.From == gone {
		c.From = kept.ID
	} else {
		c.To, far, in = kept.ID, e.From, true
	}
	if far == kept.ID || far == gone {
		return nil, nil //nolint:nilnil // it would lead from the node to itself
	}
	both, err := p.Edge(ctx, c.Type, c.From, c.To)
	if err != nil {
		return nil, err
	}
	if both != nil {
		c.Props = covering(both.Props, e.Props)
		return &c, nil
	}
	n, err := p.Node(ctx, far)
	if err != nil || n == nil {
		return nil, err
	}
	if r := p.toOne(kept.Label, c.Type, n.Label, in); r != nil && e.Props["since"] == nil && e.Props["until"] == nil {
		there, err := p.Edges(ctx, kept.ID, c.Type, in)
		if err != nil || len(there) > 0 {
			return nil, err // what the node that is kept leads to stays
		}
	}
	return &c, nil
}

// united returns the properties that the node that is kept gets.
func united(t *graph.Type, kept, gone *graph.Node) map[string]any {
	props := map[string]any{}
	for _, property := range t.Properties {
		mine, other := kept.Props[property.Name], gone.Props[property.Name]
		switch {
		case slices.Contains([]string{"id", "createdAt", "updatedAt"}, property.Name):
		case property.List:
			all := union(mine, other)
			if property.Name == MergedFrom {
				all = union(all, []string{gone.ID})
			}
			if len(all) > 0 {
				props[property.Name] = all
			}
		case mine == nil && other != nil:
			props[property.Name] = other
		}
	}
	return props
}

func union(lists ...any) []string {
	var all []string
	for _, list := range lists {
		items, _ := list.([]string)
		for _, item := range items {
			if !slices.Contains(all, item) {
				all = append(all, item)
			}
		}
	}
	return all
}

// covering returns what to set on a relation so that it also stands for another: it
// begins with the earlier and ends with the later, an open end being earliest and latest.
func covering(mine, other map[string]any) map[string]any {
	props := map[string]any{}
	for name, value := range other {
		if mine[name] == nil && name != "since" && name != "until" {
			props[name] = value
		}
	}
	bound := func(name string, wider func(a, b string) bool) {
		a, _ := mine[name].(string)
		b, _ := other[name].(string)
		switch {
		case a == "" || a == b:
		case b == "":
			props[name] = nil
		case wider(b, a):
			props[name] = b
		}
	}
	bound("since", func(a, b string) bool { return a < b })
	bound("until", func(a, b string) bool { return a > b })
	return props
}

// Histories returns the ids whose log entries make the history of a node: its own, and
// those of the nodes that were merged into it.
func Histories(ctx context.Context, model *graph.Model, store graph.Store, id string) ([]string, error) {
	var labels []string
	for _, name := range model.Names() {
		if model.Types[name].Property(MergedFrom) != nil {
			labels = append(labels, name)
		}
	}
	res, err := store.Read(ctx, graph.Query{Root: &graph.Selection{
		Labels: labels, Props: []string{MergedFrom}, Page: graph.Page{Limit: 1},
		Where: graph.Compare{Prop: "id", Kind: graph.String, Op: graph.Eq, Value: id},
	}})
	if err != nil || len(res.Rows) == 0 {
		return []string{id}, err
	}
	merged, _ := res.Rows[0].Node.Props[MergedFrom].([]string)
	return append([]string{id}, merged...), nil
}
