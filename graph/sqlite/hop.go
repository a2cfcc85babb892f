package sqlite

import "github.com/i-partnerschap/kennisgraaf/graph"

// far returns the expression for the node that a relation leads to when it is followed
// from near.
func far(edge, near string, d graph.Direction) string {
	switch d {
	case graph.Out:
		return edge + ".dst"
	case graph.In:
		return edge + ".src"
	}
	return "iif(" + edge + ".src=" + near + "," + edge + ".dst," + edge + ".src)"
}

// hop writes the condition that a relation is one of those that the hop follows from
// near, on the day that the query asks for.
func (c *compiler) hop(edge, near string, h graph.Hop) {
	switch h.Direction {
	case graph.Out:
		c.add(edge, ".src=", near)
	case graph.In:
		c.add(edge, ".dst=", near)
	default:
		c.add("(", edge, ".src=", near, " OR ", edge, ".dst=", near, ")")
	}
	c.add(" AND ", edge, ".type=", literal(h.Type))
	c.held(edge)
	if h.Direction == graph.Both && !c.store.rules.Symmetric[h.Type] {
		c.onlyOutgoing(edge, near, h)
	}
}

// onlyOutgoing leaves out the incoming relation of a pair that is connected in both
// directions.
func (c *compiler) onlyOutgoing(edge, near string, h graph.Hop) {
	back := c.alias("b")
	c.add(" AND (", edge, ".src=", near, " OR NOT EXISTS (SELECT 1 FROM edge ", back, " WHERE ", back, ".src=", near,
		" AND ", back, ".type=", literal(h.Type), " AND ", back, ".dst=", edge, ".src")
	c.held(back)
	c.add("))")
}

// held writes the condition that the relation exists on the day of the query.
func (c *compiler) held(edge string) {
	if c.asOf == "" {
		return
	}
	c.add(" AND (", edge, ".since IS NULL OR ", edge, ".since<=")
	c.arg(c.asOf)
	c.add(") AND (", edge, ".until IS NULL OR ", edge, ".until>=")
	c.arg(c.asOf)
	c.add(")")
}

// follow writes FROM and WHERE for the relations of near and the nodes that they lead
// to. The relations come first: a node has few, and the planner cannot know.
func (c *compiler) follow(edge, node, near string, h graph.Hop) {
	c.add(" FROM edge ", edge, " CROSS JOIN node ", node, " ON ", node, ".nid=", far(edge, near, h.Direction), " WHERE ")
	c.hop(edge, near, h)
	c.add(" AND ", c.hasLabel(node, h.Labels))
}

// theOne writes a subquery for the row id of the node that a relation to one node leads
// to: the one with the latest since, then with the lowest id.
func (c *compiler) theOne(near string, h graph.Hop, value func(edge, node string)) {
	edge, node := c.alias("e"), c.alias("n")
	c.add("(SELECT ")
	value(edge, node)
	c.follow(edge, node, near, h)
	c.add(" ORDER BY ", edge, ".since DESC,", node, ".id LIMIT 1)")
}

// reversed returns the hop as seen from the far side.
func reversed(h graph.Hop) graph.Hop {
	switch h.Direction {
	case graph.Out:
		h.Direction = graph.In
	case graph.In:
		h.Direction = graph.Out
	}
	return h
}

// back writes the condition that the hop, followed from near, leads over the relation
// to the node other: what hop does from the other end.
func (c *compiler) back(edge, near, other string, h graph.Hop) {
	switch h.Direction {
	case graph.Out:
		c.add(edge, ".dst=", other)
	case graph.In:
		c.add(edge, ".src=", other)
	default:
		c.add("(", edge, ".src=", other, " OR ", edge, ".dst=", other, ")")
	}
	c.add(" AND ", edge, ".type=", literal(h.Type))
	c.held(edge)
	if h.Direction == graph.Both && !c.store.rules.Symmetric[h.Type] {
		c.onlyOutgoing(edge, near, h)
	}
}
