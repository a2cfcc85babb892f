package graph

import (
	"cmp"
	"slices"
)

// Unit is the length of the periods that dates are grouped into.
type Unit string

// The units. A group's key is the beginning of an ISO date: 2021, 2021-Q2, 2021-06.
const (
	Year    Unit = "YEAR"
	Quarter Unit = "QUARTER"
	Month   Unit = "MONTH"
)

// Aggregate groups nodes by what lies at the end of paths, and measures each group.
// A node that has several keys for a dimension counts in each of those groups, once.
// Without dimensions there is one group, of all nodes, also where there are none.
type Aggregate struct {
	// Key is where the groups are stored in Result.Groups.
	Key        string
	Dimensions []Dimension
	// Measures are the numeric and temporal properties to measure in each group.
	Measures []Measure
	// Having keeps the groups for which all hold.
	Having []Having
	// Limit is the highest number of groups; All for every group.
	Limit int
}

// Dimension is one axis to group by: the nodes at the end of a path of relations,
// or a property at its end.
type Dimension struct {
	Path []Hop
	// Prop is the property whose values are the keys; "" takes the nodes themselves,
	// and "__label" their labels.
	Prop string
	Kind Kind
	// Unit groups a date by period; "" groups by the value itself.
	Unit Unit
	// Tree and Level roll nodes up a hierarchy: the key is the node's ancestor, or
	// the node itself, at that level, roots being level 1. A node above that level
	// is its own key. Where several ways lead up, each end is a key. Level 0 does
	// not roll up.
	Tree  *Hop
	Level int
	// Empty adds the groups that no node is in: every node of the last hop's labels
	// (at Level, where set), or every one of Values.
	Empty  bool
	Values []string
}

// Measure is a property to measure.
type Measure struct {
	Prop string
	Kind Kind
}

// Having is a condition on a group: on its count where Prop is empty, else on a
// statistic ("sum", "avg", "min", "max", "count") of the measure.
type Having struct {
	Prop, Stat string
	Compare    Compare
}

// Group is one group of nodes.
type Group struct {
	// Keys has one key per dimension.
	Keys []Key
	// Count is the number of different nodes in the group.
	Count int64
	// Stats holds the measures by property.
	Stats map[string]Stats
}

// Key is what the nodes of a group share in one dimension.
type Key struct {
	// ID is the node that is the key, Value the value; both are zero for the group
	// of nodes that have no key at all in this dimension, called unknown.
	ID    string
	Value any
}

// Unknown tells whether the key stands for the nodes without a key.
func (k Key) Unknown() bool { return k.ID == "" && k.Value == nil }

// Stats measures one property over the nodes of a group that have it. Sum and Avg
// are 0 for dates. Min and Max are float64 or string, and nil where Count is 0.
type Stats struct {
	Count    int64
	Sum, Avg float64
	Min, Max any
}

// SortGroups sorts by count, highest first, then by keys in ascending order, with
// unknown after every other key.
func SortGroups(groups []Group) {
	slices.SortStableFunc(groups, func(a, b Group) int {
		if c := cmp.Compare(b.Count, a.Count); c != 0 {
			return c
		}
		for i := range a.Keys {
			if c := compareKeys(a.Keys[i], b.Keys[i]); c != 0 {
				return c
			}
		}
		return 0
	})
}

func compareKeys(a, b Key) int {
	if a.Unknown() != b.Unknown() {
		if a.Unknown() {
			return 1
		}
		return -1
	}
	if c := cmp.Compare(a.ID, b.ID); c != 0 {
		return c
	}
	return CompareValues(a.Value, b.Value)
}

// FinishGroups does what no store needs to do itself: it keeps the groups for which
// Having holds, sorts them and cuts them at Limit.
func (a Aggregate) FinishGroups(groups []Group) []Group {
	kept := slices.DeleteFunc(groups, func(g Group) bool {
		return slices.ContainsFunc(a.Having, func(h Having) bool { return !h.holds(g) })
	})
	SortGroups(kept)
	if a.Limit >= 0 && len(kept) > a.Limit {
		kept = kept[:a.Limit]
	}
	return kept
}

func (h Having) holds(g Group) bool {
	if h.Prop == "" {
		return h.Compare.HoldsFor(g.Count)
	}
	s := g.Stats[h.Prop]
	switch h.Stat {
	case "sum":
		return h.Compare.HoldsFor(s.Sum)
	case "count":
		return h.Compare.HoldsFor(s.Count)
	case "avg":
		if s.Count == 0 {
			return h.Compare.HoldsFor(nil)
		}
		return h.Compare.HoldsFor(s.Avg)
	case "min":
		return h.Compare.HoldsFor(s.Min)
	default:
		return h.Compare.HoldsFor(s.Max)
	}
}

// EmptyGroup returns the group with those keys that no node is in.
func (a Aggregate) EmptyGroup(keys []Key) Group {
	g := Group{Keys: keys, Stats: make(map[string]Stats, len(a.Measures))}
	for _, m := range a.Measures {
		g.Stats[m.Prop] = Stats{}
	}
	return g
}

// Combinations returns every choice of one key per dimension.
func Combinations(keys [][]Key) [][]Key {
	tuples := [][]Key{{}}
	for _, dimension := range keys {
		longer := make([][]Key, 0, len(tuples)*len(dimension))
		for _, tuple := range tuples {
			for _, k := range dimension {
				longer = append(longer, append(slices.Clip(tuple), k))
			}
		}
		tuples = longer
	}
	return tuples
}
