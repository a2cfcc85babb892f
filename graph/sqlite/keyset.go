package sqlite

import "github.com/i-partnerschap/kennisgraaf/graph"

// page writes the conditions that rows lie between the cursors of a page.
func (c *compiler) page(p graph.Page, order []graph.Order, id string) error {
	bounds := []struct {
		cursor graph.Cursor
		// mirrored asks for the rows before the cursor instead of after it.
		mirrored bool
	}{{p.After, false}, {p.Before, true}}
	for _, b := range bounds {
		if b.cursor == nil {
			continue
		}
		if len(b.cursor) != len(order)+1 {
			return graph.Errorf(graph.BadUserInput, "a cursor of this list holds %d values, not %d", len(order)+1, len(b.cursor))
		}
		c.add(" AND ")
		c.beyond(sortKeys(order, b.mirrored), b.cursor, id, b.mirrored)
	}
	return nil
}

// beyond writes the condition that a row comes after the cursor in the order of the keys,
// with the id in ascending order, or descending where mirrored.
func (c *compiler) beyond(keys []sortKey, cursor graph.Cursor, id string, mirrored bool) {
	compare := ">"
	if mirrored {
		compare = "<"
	}
	if len(keys) == 0 {
		c.add(id, compare)
		c.arg(cursor[0])
		return
	}
	k := keys[0]
	if len(keys) == 1 && !k.nullable && k.desc == mirrored {
		// Both columns run the same way: an index seeks to the very row.
		c.add("(", k.alias, ",", id, ")", compare, "(")
		c.arg(cursor[0])
		c.add(",")
		c.arg(cursor[1])
		c.add(")")
		return
	}
	c.beyondKey(k, cursor[0], func() { c.beyond(keys[1:], cursor[1:], id, mirrored) })
}

// beyondKey writes that a row lies beyond the cursor by the first key, or level with it
// by that key and beyond it by the rest.
func (c *compiler) beyondKey(k sortKey, value any, rest func()) {
	compare := ">"
	if k.desc {
		compare = "<"
	}
	switch {
	case value == nil && k.nullsFirst:
		c.add("(", k.alias, " IS NOT NULL OR ")
		rest()
		c.add(")")
		return
	case value == nil:
		c.add("(", k.alias, " IS NULL AND ")
		rest()
		c.add(")")
		return
	case !k.nullable:
		// Implied by the rest, but in a form that an index can seek with.
		c.add(k.alias, compare, "=")
		c.arg(value)
		c.add(" AND ")
	}
	c.add("(", k.alias, compare)
	c.arg(value)
	if k.nullable && !k.nullsFirst {
		c.add(" OR ", k.alias, " IS NULL")
	}
	c.add(" OR ", k.alias, "=")
	c.arg(value)
	c.add(" AND ")
	rest()
	c.add(")")
}
