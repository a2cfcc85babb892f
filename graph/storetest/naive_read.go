package storetest

import (
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// step is a node that was reached, and the relation that led to it (nil at the root).
type step struct {
	rel *rel
	far *node
}

// row is a step with its place in the order.
type row struct {
	step
	cursor graph.Cursor
}

func (v *view) root(sel *graph.Selection) *graph.Result {
	var all []step
	for _, n := range v.nodes {
		if slices.Contains(sel.Labels, n.label) {
			all = append(all, step{far: n})
		}
	}
	return v.finish(sel, v.filter(sel, all))
}

func (v *view) link(l graph.Link, n *node) *graph.Result {
	steps := v.filter(l.Selection, v.follow(n, l.Hop))
	if !l.One {
		return v.finish(l.Selection, steps)
	}
	// Reading: Where and Edge narrow the relations before the one is chosen, as in
	// Related: what they leave out does not exist.
	plain := &graph.Selection{Props: l.Props, EdgeProps: l.EdgeProps, Links: l.Links, Page: graph.Page{Limit: graph.All}}
	return v.finish(plain, one(steps))
}

// filter keeps the steps for which Where and Edge hold.
func (v *view) filter(sel *graph.Selection, steps []step) []step {
	var kept []step
	for _, s := range steps {
		if v.ctx.Err() != nil {
			return nil
		}
		if v.holds(sel.Where, s.far) && v.holdsForEdge(sel.Edge, s.rel) {
			kept = append(kept, s)
		}
	}
	return kept
}

// finish sorts, counts, groups, cuts and projects.
func (v *view) finish(sel *graph.Selection, steps []step) *graph.Result {
	rows := v.sort(sel.Order, steps)
	result := &graph.Result{}
	if sel.Count {
		result.Count = int64(len(rows))
	}
	for _, a := range sel.Aggregates {
		if result.Groups == nil {
			result.Groups = map[string][]graph.Group{}
		}
		result.Groups[a.Key] = v.aggregate(a, rows)
	}
	rows, result.More = cut(sel.Order, sel.Page, rows)
	for _, r := range rows {
		if v.ctx.Err() != nil {
			return result
		}
		result.Rows = append(result.Rows, v.project(sel, r))
	}
	return result
}

func (v *view) project(sel *graph.Selection, r row) graph.Row {
	n := &graph.Node{ID: r.far.id, Label: r.far.label, Props: pick(r.far.props, sel.Props)}
	for _, l := range sel.Links {
		// Reading: a link that does not apply to the node's label leaves no result.
		if len(l.On) > 0 && !slices.Contains(l.On, n.Label) {
			continue
		}
		if n.Links == nil {
			n.Links = map[string]*graph.Result{}
		}
		n.Links[l.Key] = v.link(l, r.far)
	}
	out := graph.Row{Node: n, Cursor: r.cursor}
	if r.rel != nil {
		out.Edge = pick(r.rel.props, sel.EdgeProps)
	}
	return out
}

// pick copies the named properties that are there.
func pick(props map[string]any, names []string) map[string]any {
	picked := map[string]any{}
	for _, name := range names {
		if value, ok := props[name]; ok {
			picked[name] = copyValue(value)
		}
	}
	return picked
}

// copyValue keeps a caller from reaching a list inside the store.
func copyValue(v any) any {
	if list, ok := v.([]string); ok {
		return append([]string{}, list...)
	}
	return v
}
