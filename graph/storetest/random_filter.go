package storetest

import (
	"github.com/i-partnerschap/kennisgraaf/graph"
)

// plan draws queries over one graph.
type plan struct {
	source
	m *graph.Model
	g *Graph
}

// id draws the id of a node, sometimes of one that is not there.
func (p plan) id() string {
	if len(p.g.IDs) == 0 || p.chance(5) {
		return oneOf(p.source, "nobody", "'", "")
	}
	return oneOf(p.source, p.g.IDs...)
}

// filter draws a condition on nodes with one of the labels.
func (p plan) filter(depth int, labels []string) graph.Filter {
	if depth == 0 {
		return p.leaf(labels)
	}
	switch p.n(10) {
	case 0:
		return graph.And(p.filters(depth, labels))
	case 1:
		return graph.Or(p.filters(depth, labels))
	case 2:
		return graph.Not{Filter: p.filter(depth-1, labels)}
	case 3, 4, 5:
		return p.related(depth, labels)
	}
	return p.leaf(labels)
}

func (p plan) filters(depth int, labels []string) []graph.Filter {
	var list []graph.Filter
	for range p.n(4) {
		list = append(list, p.filter(depth-1, labels))
	}
	return list
}

func (p plan) leaf(labels []string) graph.Filter {
	switch p.n(12) {
	case 0:
		return graph.Matches{Text: oneOf(p.source, randomTexts...), Mode: oneOf(p.source, graph.AllWords, graph.AnyWord, graph.Prefix)}
	case 1:
		return graph.Within{Tree: p.tree(), ID: p.id()}
	case 2:
		point := oneOf(p.source, randomPoints...)
		// No distance between two points is near any of these.
		return graph.Near{LatProp: "lat", LonProp: "lon", Lat: point[0], Lon: point[1], Km: oneOf(p.source, 0.01, 1, 200, 7500, 25000)}
	case 3:
		return graph.HasLabel{Labels: some(p.source, 50, p.m.Names()...)}
	}
	return p.compare(testProperties(p.m, labels), true)
}

// tree draws a hop that leads from narrower to broader.
func (p plan) tree() graph.Hop {
	return oneOf(p.source,
		graph.Hop{Type: "BROADER", Direction: graph.Out, Labels: []string{"Topic"}},
		graph.Hop{Type: "PART_OF", Direction: graph.Out, Labels: []string{"Org"}},
		graph.Hop{Type: "PART_OF", Direction: graph.Out, Labels: []string{"Org", "Project"}},
		graph.Hop{Type: "MENTORS", Direction: graph.In, Labels: []string{"Person"}},
	)
}

// compare draws a comparison that fits one of the properties.
func (p plan) compare(props []*graph.Property, withID bool) graph.Filter {
	if withID && p.chance(8) || len(props) == 0 {
		ids := []any{p.id(), p.id(), p.id()}
		return oneOf(p.source,
			graph.Compare{Prop: "id", Kind: graph.String, Op: graph.OneOf, Value: ids},
			graph.Compare{Prop: "id", Kind: graph.String, Op: oneOf(p.source, graph.Eq, graph.Ne, graph.Lt, graph.Gte, graph.StartsWith), Value: ids[0]})
	}
	prop := oneOf(p.source, props...)
	c := graph.Compare{Prop: prop.Name, Kind: prop.Kind, Op: oneOf(p.source, ops(prop)...)}
	switch c.Op {
	case graph.IsNull, graph.IsEmpty:
		c.Value = p.chance(50)
	case graph.OneOf, graph.NotIn, graph.HasAny:
		values := []any{}
		for range p.n(4) {
			values = append(values, p.operand(prop))
		}
		c.Value = values
	default:
		c.Value = p.operand(prop)
	}
	return c
}

// operand draws a value to compare with; numbers of the other kind as well.
func (p plan) operand(prop *graph.Property) any {
	if prop.Kind.Numeric() && p.chance(30) {
		return oneOf[any](p.source, int64(2), 2.0, 2.5, int64(-3), 1.0)
	}
	return p.scalar(prop)
}

// ops returns the comparisons that make sense for a property.
func ops(p *graph.Property) []graph.Op {
	switch {
	case p.List:
		return []graph.Op{graph.Has, graph.HasAny, graph.IsEmpty, graph.IsNull}
	case p.Kind == graph.Bool:
		return []graph.Op{graph.Eq, graph.Ne, graph.OneOf, graph.NotIn, graph.IsNull}
	}
	list := []graph.Op{graph.Eq, graph.Ne, graph.OneOf, graph.NotIn, graph.Lt, graph.Lte, graph.Gt, graph.Gte, graph.IsNull}
	if p.Kind == graph.String {
		// Twice, since there are ways to get these wrong that only few values show.
		text := []graph.Op{graph.Contains, graph.StartsWith, graph.EndsWith}
		list = append(list, append(text, text...)...)
	}
	return list
}

// edgeFilter draws a condition on the own properties of the relations of a hop.
func (p plan) edgeFilter(h graph.Hop) graph.Filter {
	props := edgeProperties(p.m, h)
	if len(props) == 0 {
		return nil
	}
	f := p.compare(props, false)
	switch p.n(5) {
	case 0:
		return graph.Not{Filter: f}
	case 1:
		return graph.Or{f, p.compare(props, false)}
	}
	return f
}

func (p plan) related(depth int, labels []string) graph.Filter {
	h := p.hop(p.m, labels)
	f := graph.Related{Hop: h, Quantifier: oneOf(p.source, graph.Some, graph.None, graph.EachOf, graph.Single, graph.Number)}
	if p.chance(30) {
		f.Edge = p.edgeFilter(h)
	}
	if p.chance(30) {
		f.Where = p.filter(depth-1, h.Labels)
	}
	if f.Quantifier != graph.Number {
		if p.chance(80) {
			f.Filter = p.filter(depth-1, h.Labels)
		}
		return f
	}
	for range p.n(3) {
		f.Count = append(f.Count, p.count())
	}
	return f
}

// count draws a comparison of a number of nodes.
func (p plan) count() graph.Compare {
	c := graph.Compare{Kind: graph.Int, Op: oneOf(p.source, graph.Eq, graph.Ne, graph.Lt, graph.Lte, graph.Gt, graph.Gte, graph.OneOf, graph.NotIn)}
	c.Value = int64(p.n(4))
	if c.Op == graph.OneOf || c.Op == graph.NotIn {
		c.Value = []any{int64(p.n(3)), int64(p.n(3))}
	}
	return c
}
