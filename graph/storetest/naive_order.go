package storetest

import (
	"cmp"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// sort gives each step its place and sorts by it.
func (v *view) sort(order []graph.Order, steps []step) []row {
	rows := make([]row, len(steps))
	for i, s := range steps {
		rows[i] = row{step: s}
		for _, o := range order {
			rows[i].cursor = append(rows[i].cursor, v.sortValue(o, s))
		}
		rows[i].cursor = append(rows[i].cursor, s.far.id)
	}
	slices.SortFunc(rows, func(a, b row) int { return compareCursors(order, a.cursor, b.cursor) })
	return rows
}

// sortValue returns what a node is sorted by, nil where that is absent.
func (v *view) sortValue(o graph.Order, s step) any {
	n := s.far
	for _, h := range o.Via {
		next := one(v.follow(n, h))
		if next == nil {
			return nil
		}
		n = next[0].far
	}
	switch {
	case o.Count != nil:
		return int64(len(v.follow(n, *o.Count)))
	case o.Relevance != nil:
		if v.matches(*o.Relevance, n) {
			return 1.0
		}
		return 0.0
	case o.Edge:
		if s.rel == nil {
			return nil
		}
		return s.rel.props[o.Prop]
	}
	return n.value(o.Prop)
}

// compareCursors orders two places: by each Order, then by id.
func compareCursors(order []graph.Order, a, b graph.Cursor) int {
	for i, o := range order {
		if c := compareSortValues(o, a[i], b[i]); c != 0 {
			return c
		}
	}
	return cmp.Compare(a[len(order)].(string), b[len(order)].(string))
}

func compareSortValues(o graph.Order, a, b any) int {
	c := graph.CompareValues(a, b)
	switch {
	case (a == nil) != (b == nil):
		if !o.NullsFirst {
			c = -c
		}
	case o.Desc:
		c = -c
	}
	return c
}

// cut returns the page of sorted rows, and whether there are more in the direction
// of travel.
//
// Reading: More speaks of the rows between After and Before. Those behind the far
// bound are not part of what was asked for.
func cut(order []graph.Order, p graph.Page, rows []row) ([]row, bool) {
	var within []row
	for _, r := range rows {
		afterStart := p.After == nil || compareCursors(order, r.cursor, p.After) > 0
		beforeEnd := p.Before == nil || compareCursors(order, r.cursor, p.Before) < 0
		if afterStart && beforeEnd {
			within = append(within, r)
		}
	}
	if p.Limit < 0 || len(within) <= p.Limit {
		return within, false
	}
	if p.Backward {
		return within[len(within)-p.Limit:], true
	}
	return within[:p.Limit], true
}
