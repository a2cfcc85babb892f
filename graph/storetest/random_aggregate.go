package storetest

import (
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

func (p plan) aggregate(key string, labels []string) graph.Aggregate {
	a := graph.Aggregate{Key: key, Limit: oneOf(p.source, graph.All, 0, 1, 3, graph.All)}
	for range p.n(3) {
		a.Dimensions = append(a.Dimensions, p.dimension(labels))
	}
	for _, prop := range sortable(testProperties(p.m, labels)) {
		if (prop.Kind.Numeric() || prop.Kind.Temporal()) && p.chance(30) {
			a.Measures = append(a.Measures, graph.Measure{Prop: prop.Name, Kind: prop.Kind})
		}
	}
	if p.chance(25) {
		h := graph.Having{Compare: p.count()}
		a.Having = append(a.Having, h)
	}
	for _, m := range a.Measures {
		if m.Kind.Numeric() && p.chance(20) {
			a.Having = append(a.Having, graph.Having{
				Prop: m.Prop, Stat: oneOf(p.source, "sum", "avg", "min", "max", "count"), Compare: p.count(),
			})
		}
	}
	return a
}

// dimension draws an axis: nodes, labels or values at the end of 0 to 2 hops.
func (p plan) dimension(labels []string) graph.Dimension {
	var d graph.Dimension
	for range p.n(3) {
		h := p.hop(p.m, labels)
		d.Path, labels = append(d.Path, h), h.Labels
	}
	switch p.n(4) {
	case 0:
		d.Prop = "__label"
	case 1, 2:
		prop := oneOf(p.source, testProperties(p.m, labels)...)
		d.Prop, d.Kind = prop.Name, prop.Kind
		if prop.Kind.Temporal() && p.chance(70) {
			d.Unit = oneOf(p.source, graph.Year, graph.Quarter, graph.Month)
		}
		if prop.Kind == graph.Enum && p.chance(50) {
			d.Empty, d.Values = true, prop.Values
		}
	default:
		if slices.Equal(labels, []string{"Topic"}) && p.chance(60) {
			tree := graph.Hop{Type: "BROADER", Direction: graph.Out, Labels: labels}
			d.Tree, d.Level = &tree, p.n(4)
		}
		d.Empty = len(d.Path) > 0 && p.chance(40)
	}
	return d
}
