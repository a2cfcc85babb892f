package cypher

import (
	"slices"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Query is the statement for a query, with the layout of its answer. Where Single is not
// set, each record holds one row in its only column; otherwise the one record holds the
// answer, and then the candidates for empty groups.
type Query struct {
	Statement
	Layout *Layout
	Single bool
}

// Read compiles a query. The answers to its text queries have to be found before.
func (k *Compiler) Read(q graph.Query, found Found) (*Query, error) {
	c := k.compilation(q.AsOf, found)
	sel := q.Root
	if !sel.Count && len(sel.Aggregates) == 0 && sel.Page.Limit != 0 && !wantsEmpty(sel) {
		layout := &Layout{Selection: sel}
		text, row, err := c.rows(sel, nil, "", layout)
		return &Query{Statement: Statement{Text: text + " RETURN " + row + " AS row", Params: c.params}, Layout: layout}, err
	}
	answer, layout, err := c.answer(sel, nil, "")
	if err != nil {
		return nil, err
	}
	text := "RETURN " + answer + " AS answer"
	for _, candidates := range c.candidates {
		text += ", " + candidates + " AS " + c.name("e")
	}
	return &Query{Statement: Statement{Text: text, Params: c.params}, Layout: layout, Single: true}, nil
}

// ReadAll compiles several queries to one statement, whose one record holds the answer to
// each, and then the candidates for empty groups. found holds the answers to the text
// queries of each.
func (k *Compiler) ReadAll(queries []graph.Query, found []Found) (Statement, []*Layout, error) {
	c := k.compilation("", nil)
	layouts := make([]*Layout, len(queries))
	returned := make([]string, len(queries))
	for i, q := range queries {
		c.asOf, c.found, c.shared = q.AsOf, found[i], map[any]string{}
		answer, layout, err := c.answer(q.Root, nil, "")
		if err != nil {
			return Statement{}, nil, err
		}
		layouts[i], returned[i] = layout, answer+" AS "+c.name("q")
	}
	for _, candidates := range c.candidates {
		returned = append(returned, candidates+" AS "+c.name("e"))
	}
	return Statement{Text: "RETURN " + strings.Join(returned, ", "), Params: c.params}, layouts, nil
}

// wantsEmpty tells whether a selection asks anywhere for groups that no node is in.
func wantsEmpty(sel *graph.Selection) bool {
	for _, a := range sel.Aggregates {
		if slices.ContainsFunc(a.Dimensions, func(d graph.Dimension) bool { return d.Empty }) {
			return true
		}
	}
	return slices.ContainsFunc(sel.Links, func(l graph.Link) bool { return wantsEmpty(l.Selection) })
}

// answer writes the expression for everything that a selection asks for.
func (c *compilation) answer(sel *graph.Selection, link *graph.Link, near string) (string, *Layout, error) {
	layout := &Layout{Selection: sel, One: link != nil && link.One}
	var parts []string
	switch {
	case sel.Page.Limit != 0 || layout.One:
		rows, err := c.list(sel, link, near, layout)
		if err != nil {
			return "", nil, err
		}
		parts = append(parts, rows)
	case layout.Counted():
	default:
		more, err := c.any(sel, link, near)
		if err != nil {
			return "", nil, err
		}
		parts = append(parts, more)
	}
	if layout.One {
		return parts[0], layout, nil
	}
	if sel.Count {
		count, err := c.total(sel, link, near)
		if err != nil {
			return "", nil, err
		}
		parts = append(parts, count)
	}
	for i := range sel.Aggregates {
		groups, empty, err := c.aggregate(sel, &sel.Aggregates[i], link, near)
		if err != nil {
			return "", nil, err
		}
		parts, layout.Empty = append(parts, groups), append(layout.Empty, empty)
	}
	if len(parts) == 1 && !layout.Counted() {
		return parts[0], layout, nil
	}
	layout.Parts = true
	return "[" + strings.Join(parts, ", ") + "]", layout, nil
}

// source makes the source of a selection: nodes by their labels at the root, or what a
// link leads to. named tells whether the relation needs a name.
func (c *compilation) source(sel *graph.Selection, link *graph.Link, near string, named bool) (source, error) {
	if link == nil {
		return c.scan(sel.Labels, sel.Where)
	}
	h := c.hop(near, link.Hop, named || sel.Edge != nil)
	conditions, err := c.narrowed(h, sel.Edge, flatten(sel.Where)...)
	if err != nil {
		return source{}, err
	}
	if len(link.On) > 0 {
		conditions = append(conditions, near+":"+alternatives(link.On))
	}
	return source{node: h.far, rel: h.rel, pattern: h.pattern(), conditions: conditions}, nil
}

// any writes whether there are rows between the cursors of a page that asks for none.
func (c *compilation) any(sel *graph.Selection, link *graph.Link, near string) (string, error) {
	s, err := c.source(sel, link, near, usesEdge(sel))
	if err != nil {
		return "", err
	}
	keys := c.sortKeys(sel.Order, s, sel.Page.Backward)
	text, _, err := c.bounded(sel, s, keys)
	return "EXISTS { " + text + " RETURN 1 }", err
}

// total writes the number of rows before the page is cut: the degree of the node where
// that is the same.
func (c *compilation) total(sel *graph.Selection, link *graph.Link, near string) (string, error) {
	if link != nil && sel.Where == nil && len(link.On) == 0 {
		return c.count(near, link.Hop, sel.Edge, nil)
	}
	s, err := c.source(sel, link, near, false)
	if s.repeats {
		return "COUNT { " + s.match() + " RETURN " + s.node + " }", err
	}
	return "COUNT { " + s.match() + " }", err
}

// usesEdge tells whether the rows of a selection need their relation.
func usesEdge(sel *graph.Selection) bool {
	return len(sel.EdgeProps) > 0 || slices.ContainsFunc(sel.Order, func(o graph.Order) bool { return o.Edge })
}
