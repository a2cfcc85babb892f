package cypher

import "github.com/i-partnerschap/kennisgraaf/graph"

// Layout says how the answer to a selection is laid out: as the list of its rows alone,
// or as a list of several parts of which the rows are the first.
type Layout struct {
	Selection *graph.Selection
	// Row is the layout of a row; nil where no rows were asked for, and a boolean tells
	// instead whether there are any, unless Counted.
	Row *Row
	// Parts tells that the answer is a list of parts: the rows, unless Counted, the count
	// where asked for, and the groups of each aggregate.
	Parts bool
	// One tells that there is one row at most, and no page.
	One bool
	// Empty holds, for each dimension of each aggregate, the index of the list of keys that
	// it could have among the candidates of the statement; -1 where there is none.
	Empty [][]int
}

// Counted tells that no rows were asked for and that the count or the groups tell whether
// there are any: each row is in one group at least.
func (l *Layout) Counted() bool {
	sel := l.Selection
	return !l.One && sel.Page.Limit == 0 && sel.Page.After == nil && sel.Page.Before == nil && (sel.Count || len(sel.Aggregates) > 0)
}

// Row says at which place of a row's list each value stands.
type Row struct {
	// Labels are the labels that the node can have. With one label no column is needed.
	Labels []string
	Label  int
	Props  []Column
	Edge   []Column
	// Cursor holds the places of the sort keys; the id stands at place 0.
	Cursor []int
	Links  []Link
}

// Column is a property at a place.
type Column struct {
	Name  string
	Place int
	Kind  graph.Kind
	List  bool
}

// Link is the answer to a link at a place.
type Link struct {
	*graph.Link
	Place  int
	Layout *Layout
}

// columns collects the expressions of a row's list, each once.
type columns struct {
	list  []string
	place map[string]int
}

func (c *columns) add(expr string) int {
	if at, ok := c.place[expr]; ok {
		return at
	}
	if c.place == nil {
		c.place = map[string]int{}
	}
	c.place[expr] = len(c.list)
	c.list = append(c.list, expr)
	return len(c.list) - 1
}

// nodeColumn makes the column of a node's property, whose kind the model knows by one of
// the labels.
func (k *Compiler) nodeColumn(labels []string, name string, place int) Column {
	column := Column{Name: name, Place: place}
	for _, label := range labels {
		if t := k.model.Types[label]; t != nil {
			if p := t.Property(name); p != nil {
				column.Kind, column.List = p.Kind, p.List
				return column
			}
		}
	}
	return column
}

// edgeColumn is nodeColumn for a property of a relation.
func (k *Compiler) edgeColumn(typ, name string, place int) Column {
	column := Column{Name: name, Place: place}
	for _, label := range k.labels {
		for _, r := range k.model.Types[label].Relations {
			if r.Hop.Type != typ {
				continue
			}
			for _, p := range r.Properties {
				if p.Name == name {
					column.Kind, column.List = p.Kind, p.List
					return column
				}
			}
		}
	}
	return column
}
