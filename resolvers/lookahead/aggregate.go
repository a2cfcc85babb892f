package lookahead

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Aggregate is a group of nodes, or all of them with the groups they fall into.
type Aggregate struct {
	rt     *Runtime
	group  graph.Group
	plan   *groupPlan
	groups []graph.Group
}

// GroupKey is what the nodes of a group share.
type GroupKey struct {
	rt   *Runtime
	key  graph.Key
	plan *groupPlan
	at   string
}

// Stats measures one property.
type Stats struct {
	Count    int
	Sum, Avg *float64
	Min, Max any
}

// Facet counts a list along one axis.
type Facet struct {
	rt     *Runtime
	plan   *groupPlan
	Path   []string
	groups []graph.Group
}

// FacetValue is one count of a Facet.
type FacetValue struct {
	rt    *Runtime
	plan  *groupPlan
	group graph.Group
	at    string
}

// Keys returns a key for each axis, none for the aggregate of all.
func (a *Aggregate) Keys(ctx context.Context) []*GroupKey {
	fc := graphql.GetFieldContext(ctx)
	at := ""
	if parent := enclosing(fc); parent != nil && parent.Field.Name == "groups" {
		at = parent.Field.Alias + "."
	}
	keys := make([]*GroupKey, len(a.group.Keys))
	for i, k := range a.group.Keys {
		keys[i] = &GroupKey{rt: a.rt, key: k, plan: a.plan, at: at + fc.Field.Alias + "."}
	}
	return keys
}

// enclosing returns the nearest field above, passing over list positions.
func enclosing(fc *graphql.FieldContext) *graphql.FieldContext {
	for p := fc.Parent; p != nil; p = p.Parent {
		if p.Field.Field != nil {
			return p
		}
	}
	return nil
}

// Count returns the number of different nodes.
func (a *Aggregate) Count() int { return int(a.group.Count) }

// Stats measures a property; which ones can be measured was checked when the
// request was planned.
func (a *Aggregate) Stats(of string) *Stats {
	s := a.group.Stats[of]
	stats := &Stats{Count: int(s.Count), Min: s.Min, Max: s.Max}
	if _, isNumber := s.Max.(float64); isNumber {
		stats.Sum, stats.Avg = &s.Sum, &s.Avg
	}
	return stats
}

// Groups returns the groups, none within a group.
func (a *Aggregate) Groups() []*Aggregate {
	groups := make([]*Aggregate, len(a.groups))
	for i, g := range a.groups {
		groups[i] = &Aggregate{rt: a.rt, group: g, plan: a.plan}
	}
	return groups
}

// Node returns the node that is the key, nil where a value is or where there is none.
func (k *GroupKey) Node(ctx context.Context) Node {
	n, ok := k.plan.nodes[k.key.ID]
	if !ok {
		return nil
	}
	at := k.at + graphql.GetFieldContext(ctx).Field.Alias + "."
	return k.rt.Wrap(Record{rt: k.rt, node: n, plan: k.plan.details, at: at})
}

// Value returns the value that is the key, nil where a node is or where there is none.
func (k *GroupKey) Value() any { return k.key.Value }

// Unknown tells whether this is the group of what has no key.
func (k *GroupKey) Unknown() bool { return k.key.Unknown() }

// Facets returns the counts of the list, one facet for each axis.
func (p Page) Facets(ctx context.Context) []*Facet {
	g := p.plan.facets[graphql.GetFieldContext(ctx).Field.Alias]
	facets := make([]*Facet, len(g.keys))
	for i, key := range g.keys {
		facets[i] = &Facet{rt: p.rt, plan: g, Path: g.paths[i], groups: p.result.Groups[key]}
	}
	return facets
}

// Values returns the counts, the largest first.
func (f *Facet) Values(ctx context.Context) []*FacetValue {
	at := graphql.GetFieldContext(ctx).Field.Alias + "."
	values := make([]*FacetValue, len(f.groups))
	for i, g := range f.groups {
		values[i] = &FacetValue{rt: f.rt, plan: f.plan, group: g, at: at}
	}
	return values
}

// Count returns the number of nodes.
func (v *FacetValue) Count() int { return int(v.group.Count) }

// Key returns what the nodes share.
func (v *FacetValue) Key(ctx context.Context) *GroupKey {
	at := v.at + graphql.GetFieldContext(ctx).Field.Alias + "."
	return &GroupKey{rt: v.rt, key: v.group.Keys[0], plan: v.plan, at: at}
}
