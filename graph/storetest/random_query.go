package storetest

import (
	"fmt"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"pgregory.net/rapid"
)

// Queries generates queries over a graph. The store must hold the graph: cursors are
// taken from its answers.
func Queries(g *Graph, naive *Naive) *rapid.Generator[graph.Query] {
	return rapid.Custom(func(t *rapid.T) graph.Query {
		p := plan{source: source{t}, m: Model(), g: g}
		var labels []string
		if p.chance(60) {
			labels = []string{oneOf(p.source, p.m.Names()...)}
		} else {
			labels = slices.Clone(p.m.Labels(oneOf(p.source, "Node", "Party", "Subject")))
		}
		q := graph.Query{Root: p.selection(3, labels, nil), AsOf: p.asOf()}
		p.cursors(q, naive)
		return q
	})
}

// PathQueries generates questions for paths through a graph.
func PathQueries(g *Graph) *rapid.Generator[graph.PathQuery] {
	return rapid.Custom(func(t *rapid.T) graph.PathQuery {
		p := plan{source: source{t}, m: Model(), g: g}
		return graph.PathQuery{
			From: p.id(), To: p.id(), MaxHops: p.n(5), Limit: oneOf(p.source, 0, 1, 2, 3, 5, 20, 1000),
			Labels: p.names(p.m.Names()), Relations: p.names(relationTypes), AsOf: p.asOf(),
		}
	})
}

// NeighbourhoodQueries generates questions for what lies around a node.
func NeighbourhoodQueries(g *Graph) *rapid.Generator[graph.NeighbourhoodQuery] {
	return rapid.Custom(func(t *rapid.T) graph.NeighbourhoodQuery {
		p := plan{source: source{t}, m: Model(), g: g}
		return graph.NeighbourhoodQuery{
			ID: p.id(), Hops: p.n(4), Limit: oneOf(p.source, 1, 2, 3, 5, 8, 1000),
			Labels: p.names(p.m.Names()), Relations: p.names(relationTypes), AsOf: p.asOf(),
		}
	})
}

var relationTypes = []string{"ABOUT", "BROADER", "HOME", "KNOWS", "MENTORS", "PART_OF", "PARTNER", "RELATED", "WORKS_AT"}

// names draws a list of names, often the empty one.
func (p plan) names(all []string) []string {
	if p.chance(60) {
		return nil
	}
	return some(p.source, 60, all...)
}

func (p plan) asOf() string {
	if p.chance(60) {
		return ""
	}
	return oneOf(p.source, randomDates...)
}

// selection draws a selection of nodes with one of the labels; at is the hop that
// leads there, nil at the root.
func (p plan) selection(depth int, labels []string, at *graph.Hop) *graph.Selection {
	sel := &graph.Selection{Labels: labels, Count: p.chance(30)}
	for _, prop := range some(p.source, 30, testProperties(p.m, labels)...) {
		sel.Props = append(sel.Props, prop.Name)
	}
	if p.chance(45) {
		sel.Where = p.filter(depth, labels)
	}
	if at != nil {
		for _, prop := range some(p.source, 40, edgeProperties(p.m, *at)...) {
			sel.EdgeProps = append(sel.EdgeProps, prop.Name)
		}
		if p.chance(25) {
			sel.Edge = p.edgeFilter(*at)
		}
	}
	for range p.n(4) {
		sel.Order = append(sel.Order, p.order(labels, at))
	}
	sel.Page = graph.Page{Limit: oneOf(p.source, graph.All, graph.All, graph.All, 0, 1, 2, 3, 5), Backward: p.chance(35)}
	if p.chance(30) {
		for i := range p.n(3) {
			sel.Aggregates = append(sel.Aggregates, p.aggregate(fmt.Sprintf("a%d", i), labels))
		}
	}
	if depth > 0 {
		for i := range p.n(3) {
			sel.Links = append(sel.Links, p.link(fmt.Sprintf("l%d", i), depth-1, labels))
		}
	}
	return sel
}

func (p plan) link(key string, depth int, labels []string) graph.Link {
	l := graph.Link{Key: key, Hop: p.hop(p.m, labels), One: p.chance(20)}
	if p.chance(20) {
		l.On = some(p.source, 60, labels...)
	}
	l.Selection = p.selection(depth, l.Hop.Labels, &l.Hop)
	if l.One {
		l.Order, l.Count, l.Aggregates, l.Page = nil, false, nil, graph.Page{Limit: 1}
	}
	return l
}

// order draws a sort key. Relevance is checked apart: see relevanceProblem.
func (p plan) order(labels []string, at *graph.Hop) graph.Order {
	o := graph.Order{Desc: p.chance(50), NullsFirst: p.chance(40)}
	switch p.n(8) {
	case 0:
		h := p.hop(p.m, labels)
		o.Count = &h
		return o
	case 1, 2:
		for range 1 + p.n(2) {
			h := p.hop(p.m, labels)
			o.Via, labels = append(o.Via, h), h.Labels
		}
	case 3:
		if at == nil {
			break
		}
		if props := sortable(edgeProperties(p.m, *at)); len(props) > 0 {
			prop := oneOf(p.source, props...)
			o.Edge, o.Prop, o.Kind = true, prop.Name, prop.Kind
			return o
		}
	case 4:
		if p.chance(30) {
			o.Prop, o.Kind, o.Required = "id", graph.String, true
			return o
		}
	}
	prop := oneOf(p.source, sortable(testProperties(p.m, labels))...)
	o.Prop, o.Kind = prop.Name, prop.Kind
	o.Required = len(o.Via) == 0 && requiredInAll(p.m, labels, prop.Name) && p.chance(70)
	return o
}

func requiredInAll(m *graph.Model, labels []string, name string) bool {
	return !slices.ContainsFunc(labels, func(label string) bool {
		p := m.Types[label].Property(name)
		return p == nil || !p.Required
	})
}

func sortable(props []*graph.Property) []*graph.Property {
	return slices.DeleteFunc(slices.Clone(props), func(p *graph.Property) bool { return p.List })
}

// cursors sets cursors that an earlier, unpaged answer to the same query held.
func (p plan) cursors(q graph.Query, naive *Naive) {
	unpaged := graph.Query{Root: withoutPages(q.Root), AsOf: q.AsOf}
	result, err := naive.Read(p.t.Context(), unpaged)
	if err != nil {
		panic(fmt.Sprintf("storetest: %v", err))
	}
	p.place(q.Root, []*graph.Result{result})
}

func withoutPages(sel *graph.Selection) *graph.Selection {
	c := *sel
	c.Page = graph.Page{Limit: graph.All}
	c.Aggregates = nil
	c.Links = slices.Clone(sel.Links)
	for i := range c.Links {
		c.Links[i].Selection = withoutPages(c.Links[i].Selection)
	}
	return &c
}

func (p plan) place(sel *graph.Selection, results []*graph.Result) {
	var found []graph.Cursor
	links := map[string][]*graph.Result{}
	for _, r := range results {
		for _, row := range r.Rows {
			found = append(found, row.Cursor)
			for key, r := range row.Node.Links {
				links[key] = append(links[key], r)
			}
		}
	}
	if len(found) > 0 {
		a, b := p.cursor(sel, found), p.cursor(sel, found)
		if a != nil && b != nil && compareCursors(sel.Order, a, b) > 0 && p.chance(80) {
			a, b = b, a
		}
		sel.Page.After, sel.Page.Before = a, b
	}
	for _, l := range sel.Links {
		p.place(l.Selection, links[l.Key])
		if l.One { // which has no page itself, only its links may
			l.Page = graph.Page{Limit: 1}
		}
	}
}

// cursor draws a cursor, or nil, that went the way through a client. Sometimes it is
// moved to a row that does not exist.
func (p plan) cursor(sel *graph.Selection, found []graph.Cursor) graph.Cursor {
	if !p.chance(30) {
		return nil
	}
	c := slices.Clone(oneOf(p.source, found...))
	if p.chance(20) {
		c[len(c)-1] = p.id()
	}
	c, err := graph.DecodeCursor(c.Encode(sel.Order), sel.Order)
	if err != nil {
		panic(fmt.Sprintf("storetest: %v", err))
	}
	return c
}
