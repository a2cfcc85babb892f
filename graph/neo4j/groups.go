package neo4j

import (
	"fmt"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// groups decodes the groups of one aggregate, and adds those that no node is in.
func (d decoder) groups(a *graph.Aggregate, empty []int, answer any) []graph.Group {
	list, _ := answer.([]any)
	groups := make([]graph.Group, len(list))
	for i, row := range list {
		values, _ := row.([]any)
		groups[i] = group(a, values)
	}
	return withEmpty(a, groups, d.keys(a, empty))
}

// keys returns, for the dimensions that want empty groups, every key that they could have.
func (d decoder) keys(a *graph.Aggregate, empty []int) [][]graph.Key {
	all := make([][]graph.Key, len(a.Dimensions))
	for i, dim := range a.Dimensions {
		if !dim.Empty {
			continue
		}
		if dim.Prop != "" {
			for _, v := range dim.Values {
				all[i] = append(all[i], graph.Key{Value: v})
			}
		} else if empty[i] >= 0 {
			ids, _ := d.candidates[empty[i]].([]any)
			for _, v := range ids {
				id, _ := v.(string)
				all[i] = append(all[i], graph.Key{ID: id})
			}
		}
	}
	return all
}

// measureColumns is the number of values that a measure has.
const measureColumns = 4

// group decodes one group: its keys, its count and its measures.
func group(a *graph.Aggregate, values []any) graph.Group {
	g := graph.Group{Keys: make([]graph.Key, len(a.Dimensions)), Stats: make(map[string]graph.Stats, len(a.Measures))}
	for i, d := range a.Dimensions {
		if d.Prop == "" {
			g.Keys[i].ID, _ = values[i].(string)
		} else {
			g.Keys[i].Value = value(values[i], d.Kind, false)
		}
	}
	values = values[len(a.Dimensions):]
	g.Count, _ = values[0].(int64)
	values = values[1:]
	for _, m := range a.Measures {
		var s graph.Stats
		s.Count, _ = values[0].(int64)
		if s.Count > 0 {
			s.Sum, _ = graph.Number64(values[1])
			s.Avg = s.Sum / float64(s.Count)
			s.Min, s.Max = measured(values[2]), measured(values[3])
		}
		g.Stats[m.Prop] = s
		values = values[measureColumns:]
	}
	return g
}

// measured returns a number as a float64 and anything else as text.
func measured(v any) any {
	if f, ok := graph.Number64(v); ok {
		return f
	}
	return value(v, "", false)
}

// withEmpty adds the groups that no node is in: the one group of an aggregate without
// dimensions, and for dimensions with Empty every combination of their candidates with
// the keys that occur in the other dimensions.
func withEmpty(a *graph.Aggregate, groups []graph.Group, candidates [][]graph.Key) []graph.Group {
	if !slices.ContainsFunc(a.Dimensions, func(d graph.Dimension) bool { return d.Empty }) {
		return groups
	}
	present := map[string]bool{}
	occurring := make([][]graph.Key, len(a.Dimensions))
	seen := make([]map[graph.Key]bool, len(a.Dimensions))
	for _, g := range groups {
		present[fmt.Sprintf("%#v", g.Keys)] = true
		for i, k := range g.Keys {
			if seen[i] == nil {
				seen[i] = map[graph.Key]bool{}
			}
			if !seen[i][k] {
				seen[i][k] = true
				occurring[i] = append(occurring[i], k)
			}
		}
	}
	for i, d := range a.Dimensions {
		if d.Empty {
			occurring[i] = candidates[i]
		}
	}
	for _, keys := range graph.Combinations(occurring) {
		if !present[fmt.Sprintf("%#v", keys)] {
			groups = append(groups, a.EmptyGroup(keys))
		}
	}
	return groups
}
