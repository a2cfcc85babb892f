package cypher

import "github.com/i-partnerschap/kennisgraaf/graph"

// bounds writes the conditions that rows lie between the cursors of a page.
func (c *compilation) bounds(p graph.Page, keys []sortKey, node string) ([]string, error) {
	var all []string
	for _, b := range []struct {
		cursor graph.Cursor
		// backward asks for the rows before the cursor instead of after it.
		backward bool
	}{{p.After, false}, {p.Before, true}} {
		if b.cursor == nil {
			continue
		}
		if len(b.cursor) != len(keys)+1 {
			return nil, graph.Errorf(graph.BadUserInput, "a cursor of this list holds %d values, not %d", len(keys)+1, len(b.cursor))
		}
		all = append(all, c.beyond(mirrored(keys, b.backward != p.Backward), b.cursor, node+".id", b.backward))
	}
	return all, nil
}

// mirrored returns the keys for the opposite direction of travel.
func mirrored(keys []sortKey, turn bool) []sortKey {
	if !turn {
		return keys
	}
	turned := make([]sortKey, len(keys))
	for i, k := range keys {
		k.desc, k.nullsFirst = !k.desc, !k.nullsFirst
		turned[i] = k
	}
	return turned
}

// beyond writes the condition that a row comes after the cursor in the order of the keys,
// with the id in ascending order, or descending where backward.
func (c *compilation) beyond(keys []sortKey, cursor graph.Cursor, id string, backward bool) string {
	if len(keys) == 0 {
		return id + than(backward) + c.bound(cursor[0])
	}
	k, value := keys[0], cursor[0]
	rest := func() string { return c.beyond(keys[1:], cursor[1:], id, backward) }
	switch {
	case value == nil && k.nullsFirst:
		return "(" + k.expr + " IS NOT NULL OR " + rest() + ")"
	case value == nil:
		return "(" + k.expr + " IS NULL AND " + rest() + ")"
	}
	param := c.bound(value)
	if !k.nullable {
		// In this form an index seeks to the cursor and gives the order as well. An OR would
		// become a union of seeks, which reads all that is beyond the cursor and sorts it; a
		// CASE the planner leaves alone.
		return k.expr + than(k.desc)[:2] + "= " + param + " AND CASE " + k.expr + " WHEN " + param + " THEN " + rest() + " ELSE true END"
	}
	text := "(" + k.expr + than(k.desc) + param
	if !k.nullsFirst {
		text += " OR " + k.expr + " IS NULL"
	}
	return text + " OR " + k.expr + " = " + param + " AND " + rest() + ")"
}

func than(less bool) string {
	if less {
		return " < "
	}
	return " > "
}
