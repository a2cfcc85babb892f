package neo4j

import (
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/cypher"
)

// decoder turns the answer of the database into a result, by its layout.
type decoder struct {
	// candidates holds lists of node ids that groups can have as keys.
	candidates []any
}

func (d decoder) result(layout *cypher.Layout, answer any) *graph.Result {
	result := &graph.Result{}
	sel := layout.Selection
	rows := answer
	if layout.Parts {
		parts, _ := answer.([]any)
		if !layout.Counted() {
			rows, parts = parts[0], parts[1:]
		}
		if sel.Count {
			result.Count, _ = parts[0].(int64)
			parts = parts[1:]
		}
		if len(sel.Aggregates) > 0 {
			result.Groups = make(map[string][]graph.Group, len(sel.Aggregates))
		}
		any := result.Count > 0
		for i := range sel.Aggregates {
			a := &sel.Aggregates[i]
			groups := d.groups(a, layout.Empty[i], parts[i])
			any = any || slices.ContainsFunc(groups, func(g graph.Group) bool { return g.Count > 0 })
			result.Groups[a.Key] = a.FinishGroups(groups)
		}
		if layout.Counted() {
			result.More = any
			return result
		}
	}
	if layout.Row == nil {
		result.More, _ = rows.(bool)
		return result
	}
	list, _ := rows.([]any)
	if limit := sel.Page.Limit; !layout.One && limit > 0 && len(list) > limit {
		list, result.More = list[:limit], true
	}
	if len(list) > 0 {
		result.Rows = make([]graph.Row, len(list))
	}
	for i, row := range list {
		result.Rows[i] = d.row(layout.Row, row)
	}
	if sel.Page.Backward && !layout.One {
		slices.Reverse(result.Rows)
	}
	return result
}

func (d decoder) row(layout *cypher.Row, answer any) graph.Row {
	values, _ := answer.([]any)
	n := &graph.Node{Label: label(layout, values), Props: pick(layout.Props, values)}
	n.ID, _ = values[0].(string)
	row := graph.Row{Node: n, Edge: pick(layout.Edge, values), Cursor: make(graph.Cursor, len(layout.Cursor)+1)}
	for i, at := range layout.Cursor {
		row.Cursor[i] = value(values[at], "", false)
	}
	row.Cursor[len(layout.Cursor)] = n.ID
	if len(layout.Links) > 0 {
		n.Links = make(map[string]*graph.Result, len(layout.Links))
	}
	for _, l := range layout.Links {
		if len(l.On) == 0 || slices.Contains(l.On, n.Label) {
			n.Links[l.Key] = d.result(l.Layout, values[l.Place])
		}
	}
	return row
}

// label returns the label of a row's node. Of several it is the first that was asked for.
func label(layout *cypher.Row, values []any) string {
	if len(layout.Labels) == 1 {
		return layout.Labels[0]
	}
	labels, _ := values[layout.Label].([]any)
	return labelOf(labels, layout.Labels)
}

// labelOf returns the first of the known labels that a node has.
func labelOf(labels []any, known []string) string {
	for _, name := range known {
		if slices.Contains(labels, any(name)) {
			return name
		}
	}
	return ""
}

// pick returns the properties that are there.
func pick(columns []cypher.Column, values []any) map[string]any {
	props := make(map[string]any, len(columns))
	for _, c := range columns {
		if v := value(values[c.Place], c.Kind, c.List); v != nil {
			props[c.Name] = v
		}
	}
	return props
}
