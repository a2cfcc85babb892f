package cypher

import (
	"slices"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// list writes the expression for the list of the rows that a selection finds.
func (c *compilation) list(sel *graph.Selection, link *graph.Link, near string, layout *Layout) (string, error) {
	text, row, err := c.rows(sel, link, near, layout)
	if err != nil {
		return "", err
	}
	if link == nil || !aggregates(sel) {
		return "COLLECT { " + text + " RETURN " + row + " }", nil
	}
	name := c.name("x")
	return c.before(near, text+" WITH "+row+" AS "+name+" RETURN collect("+name+")"), nil
}

// before makes the value that clauses return one that is there before the row around them
// is returned, and gives it a name. Within a row Neo4j takes an aggregating function inside
// a COLLECT, at whatever depth, for one of the row.
func (c *compilation) before(near, clauses string) string {
	name := c.name("g")
	c.prelude += " CALL (" + near + ") { " + clauses + " AS " + name + " }"
	return name
}

// aggregates tells whether there are aggregates in a selection or below it.
func aggregates(sel *graph.Selection) bool {
	return len(sel.Aggregates) > 0 || slices.ContainsFunc(sel.Links, func(l graph.Link) bool { return aggregates(l.Selection) })
}

// rows writes the clauses that find, order and cut the rows of a selection, and what is to
// be returned of each.
func (c *compilation) rows(sel *graph.Selection, link *graph.Link, near string, layout *Layout) (clauses, list string, err error) {
	one := link != nil && link.One
	s, err := c.source(sel, link, near, one || usesEdge(sel))
	if err != nil {
		return "", "", err
	}
	var keys []sortKey
	var text, carried string
	if one {
		text, carried = s.match(), variables(s)
		text += " WITH " + carried + " ORDER BY " + latest(s.rel, s.node) + " LIMIT 1"
	} else {
		keys = c.sortKeys(sel.Order, s, sel.Page.Backward)
		if text, carried, err = c.bounded(sel, s, keys); err != nil {
			return "", "", err
		}
		text += " WITH " + carried + orderBy(keys, s.node, sel.Page.Backward)
		if sel.Page.Limit > 0 {
			text += " LIMIT " + c.arg(int64(sel.Page.Limit)+1)
		}
	}
	around := c.prelude
	c.prelude = ""
	list, err = c.row(sel, link, s, keys, layout)
	text += c.prelude
	c.prelude = around
	return text, list, err
}

// bounded writes the clauses for the rows between the cursors of a page, and returns the
// variables that they leave. Computed sort keys are computed once and given a name.
func (c *compilation) bounded(sel *graph.Selection, s source, keys []sortKey) (text, carried string, err error) {
	bounds, err := c.bounds(sel.Page, keys, s.node)
	if err != nil {
		return "", "", err
	}
	computed := ""
	carried = variables(s)
	for _, k := range keys {
		if k.compute != "" {
			computed += ", " + k.compute + " AS " + k.expr
			carried += ", " + k.expr
		}
	}
	if computed != "" {
		return s.match() + " WITH " + variables(s) + computed + where(bounds), carried, nil
	}
	s.conditions = append(s.conditions, bounds...)
	if len(bounds) == 0 && s.scans {
		s.conditions = append(s.conditions, inOrder(s, keys)...)
	}
	return s.match(), carried, nil
}

// inOrder returns conditions that always hold and tell the planner that an index has all
// rows, so that it can give their order.
func inOrder(s source, keys []sortKey) []string {
	switch {
	case len(keys) == 0:
		return []string{s.node + ".id IS NOT NULL"}
	case keys[0].indexed:
		return []string{keys[0].expr + " IS NOT NULL"}
	}
	return nil
}

// variables returns the variables of a row.
func variables(s source) string {
	if s.rel == "" {
		return s.node
	}
	return s.node + ", " + s.rel
}

// row writes the list that a row is returned as, and lays it out.
func (c *compilation) row(sel *graph.Selection, link *graph.Link, s source, keys []sortKey, layout *Layout) (string, error) {
	row := &Row{Labels: sel.Labels}
	if link != nil {
		row.Labels = link.Hop.Labels
	}
	layout.Row = row
	var list columns
	list.add(property(s.node, "id"))
	if len(row.Labels) != 1 {
		row.Label = list.add("labels(" + s.node + ")")
	}
	for _, name := range sel.Props {
		row.Props = append(row.Props, c.nodeColumn(row.Labels, name, list.add(property(s.node, name))))
	}
	if link != nil {
		for _, name := range sel.EdgeProps {
			row.Edge = append(row.Edge, c.edgeColumn(link.Hop.Type, name, list.add(property(s.rel, name))))
		}
	}
	for _, k := range keys {
		row.Cursor = append(row.Cursor, list.add(k.expr))
	}
	for i := range sel.Links {
		next := &sel.Links[i]
		answer, inner, err := c.answer(next.Selection, next, s.node)
		if err != nil {
			return "", err
		}
		row.Links = append(row.Links, Link{Link: next, Place: list.add(answer), Layout: inner})
	}
	return "[" + strings.Join(list.list, ", ") + "]", nil
}
