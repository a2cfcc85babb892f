package storetest

import (
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// rollUp returns the nodes that a node counts for: its ancestors at the level, by
// each way up.
func (v *view) rollUp(d graph.Dimension, n *node) []*node {
	if d.Tree == nil || d.Level == 0 {
		return []*node{n}
	}
	var tops []*node
	for _, way := range v.waysUp(*d.Tree, []*node{n}) {
		if level := len(way); level < d.Level {
			tops = append(tops, n) // above the level: its own key
		} else {
			tops = append(tops, way[level-d.Level])
		}
	}
	if tops == nil {
		// Reading: a node from which no way leads to a root, because of a cycle, is
		// its own key: it is not lost.
		return []*node{n}
	}
	return distinct(tops)
}

// atLevel tells whether a node stands at the level of a dimension by one of the
// ways that lead up from it.
func (v *view) atLevel(d graph.Dimension, n *node) bool {
	if d.Tree == nil || d.Level == 0 {
		return true
	}
	return slices.ContainsFunc(v.waysUp(*d.Tree, []*node{n}), func(way []*node) bool { return len(way) == d.Level })
}

// waysUp returns every way that begins as given and goes on to a root, visiting no
// node twice. A root is a node without a broader one.
func (v *view) waysUp(tree graph.Hop, way []*node) [][]*node {
	broader := v.follow(way[len(way)-1], tree)
	if len(broader) == 0 {
		return [][]*node{way}
	}
	var ways [][]*node
	for _, s := range broader {
		if !slices.Contains(way, s.far) {
			ways = append(ways, v.waysUp(tree, append(slices.Clone(way), s.far))...)
		}
	}
	return ways
}

// measure counts the nodes of a group and measures their properties.
func (b *bucket) measure(measures []graph.Measure) graph.Group {
	g := graph.Group{Keys: b.keys, Count: int64(len(b.nodes)), Stats: map[string]graph.Stats{}}
	for _, m := range measures {
		var s graph.Stats
		for _, n := range b.nodes {
			value := n.props[m.Prop]
			if value == nil {
				continue
			}
			s.Count++
			if x, ok := graph.Number64(value); ok {
				s.Sum += x
				value = x
			}
			if s.Min == nil || graph.CompareValues(value, s.Min) < 0 {
				s.Min = value
			}
			if s.Max == nil || graph.CompareValues(value, s.Max) > 0 {
				s.Max = value
			}
		}
		if s.Count > 0 {
			s.Avg = s.Sum / float64(s.Count)
		}
		g.Stats[m.Prop] = s
	}
	return g
}
