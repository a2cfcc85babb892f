package storetest

import (
	"fmt"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// bucket is a group with the nodes in it.
type bucket struct {
	keys  []graph.Key
	nodes []*node
}

// aggregate groups the rows: each node goes to every combination of its keys.
func (v *view) aggregate(a graph.Aggregate, rows []row) []graph.Group {
	buckets := map[string]*bucket{}
	occurring := make([][]graph.Key, len(a.Dimensions))
	for _, r := range rows {
		keys := make([][]graph.Key, len(a.Dimensions))
		for i, d := range a.Dimensions {
			keys[i] = v.keys(d, r.far)
			occurring[i] = distinct(append(occurring[i], keys[i]...))
		}
		for _, tuple := range product(keys) {
			b := bucketFor(buckets, tuple)
			b.nodes = append(b.nodes, r.far)
		}
	}
	for _, tuple := range v.emptyTuples(a, occurring) {
		bucketFor(buckets, tuple)
	}
	var groups []graph.Group
	for _, b := range buckets {
		groups = append(groups, b.measure(a.Measures))
	}
	return a.FinishGroups(groups)
}

// bucketFor returns the bucket with the keys, made where there is none.
func bucketFor(buckets map[string]*bucket, keys []graph.Key) *bucket {
	name := fmt.Sprintf("%#v", keys)
	if buckets[name] == nil {
		buckets[name] = &bucket{keys: keys}
	}
	return buckets[name]
}

// emptyTuples returns the groups that must be there even when no node is in them.
//
// Reading: where one of several dimensions asks for empty groups, its keys combine
// with the keys that occur in the others, so that the result is a full table.
func (v *view) emptyTuples(a graph.Aggregate, occurring [][]graph.Key) [][]graph.Key {
	if len(a.Dimensions) == 0 {
		return [][]graph.Key{nil} // one group of all nodes, also where there are none
	}
	asked := false
	for i, d := range a.Dimensions {
		if d.Empty {
			asked = true
			occurring[i] = v.candidates(d)
		}
	}
	if !asked {
		return nil
	}
	return product(occurring)
}

// candidates returns every key that a dimension could have.
func (v *view) candidates(d graph.Dimension) []graph.Key {
	var keys []graph.Key
	if d.Prop != "" {
		for _, value := range d.Values {
			keys = append(keys, graph.Key{Value: value})
		}
		return keys
	}
	for _, n := range v.nodes {
		if len(d.Path) > 0 && slices.Contains(d.Path[len(d.Path)-1].Labels, n.label) && v.atLevel(d, n) {
			keys = append(keys, graph.Key{ID: n.id})
		}
	}
	return keys
}

// keys returns the different keys of one node, unknown where it has none.
func (v *view) keys(d graph.Dimension, n *node) []graph.Key {
	ends := []*node{n}
	for _, h := range d.Path {
		var next []*node
		for _, e := range ends {
			for _, s := range v.follow(e, h) {
				next = append(next, s.far)
			}
		}
		ends = distinct(next)
	}
	var keys []graph.Key
	for _, e := range ends {
		for _, top := range v.rollUp(d, e) {
			keys = append(keys, keysAt(d, top)...)
		}
	}
	if len(keys) == 0 {
		return []graph.Key{{}}
	}
	return distinct(keys)
}

// keysAt returns the keys that lie at one end of a path.
func keysAt(d graph.Dimension, n *node) []graph.Key {
	switch d.Prop {
	case "":
		return []graph.Key{{ID: n.id}}
	case "__label":
		return []graph.Key{{Value: n.label}}
	}
	switch value := n.value(d.Prop).(type) {
	case nil:
		return nil
	case []string:
		var keys []graph.Key
		for _, x := range value {
			keys = append(keys, graph.Key{Value: periodOf(x, d.Unit)})
		}
		return keys
	case string:
		return []graph.Key{{Value: periodOf(value, d.Unit)}}
	default:
		return []graph.Key{{Value: value}}
	}
}

// periodOf returns the year, quarter or month of an ISO date: 2021, 2021-Q2, 2021-06.
func periodOf(date string, unit graph.Unit) string {
	switch unit {
	case graph.Year:
		return date[:4]
	case graph.Month:
		return date[:7]
	case graph.Quarter:
		month := int(date[5]-'0')*10 + int(date[6]-'0')
		return fmt.Sprintf("%s-Q%d", date[:4], (month+2)/3)
	}
	return date
}

// product returns every combination of one key a dimension.
func product(keys [][]graph.Key) [][]graph.Key {
	tuples := [][]graph.Key{nil}
	for _, dimension := range keys {
		var longer [][]graph.Key
		for _, t := range tuples {
			for _, k := range dimension {
				longer = append(longer, append(slices.Clone(t), k))
			}
		}
		tuples = longer
	}
	return tuples
}

// distinct drops repetitions.
func distinct[T comparable](list []T) []T {
	var kept []T
	seen := map[T]bool{}
	for _, x := range list {
		if !seen[x] {
			seen[x] = true
			kept = append(kept, x)
		}
	}
	return kept
}
