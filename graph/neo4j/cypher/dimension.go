package cypher

import "github.com/i-partnerschap/kennisgraaf/graph"

// labelProp is the property name that stands for a node's label as the key.
const labelProp = "__label"

// rollsUp tells whether the keys of a dimension are ancestors at a level.
func rollsUp(d graph.Dimension) bool { return d.Tree != nil && d.Level > 0 }

// keys writes the keys of a node in a dimension: one value, null being none, or where
// many a list of different ones. Each hop is a MATCH of its own, since within one MATCH
// no relation may be taken twice, which would keep a path from going back.
func (c *compilation) keys(d graph.Dimension, node string, labels []string) (expr string, many bool) {
	if len(d.Path) == 0 && !rollsUp(d) && !c.lists[d.Prop] {
		return c.keyAt(d, node, labels), false
	}
	text, end := "", node
	for i, via := range d.Path {
		h := c.hop(end, via, false)
		if i > 0 {
			text += " WITH DISTINCT " + end + " "
		}
		text += "MATCH " + h.pattern() + where(c.conditions(h))
		end, labels = h.far, via.Labels
	}
	if len(d.Path) == 0 {
		text = "WITH " + node
	}
	if rollsUp(d) {
		tops, top := c.name("l"), c.name("n")
		text += " WITH " + end + ", " + c.tops(d, end) + " AS " + tops +
			" UNWIND CASE WHEN size(" + tops + ") = 0 THEN [" + end + "] ELSE " + tops + " END AS " + top
		end = top
	}
	if d.Prop == "" || d.Prop == labelProp {
		return "COLLECT { " + text + " RETURN DISTINCT " + c.keyAt(d, end, labels) + " }", true
	}
	value := c.name("v")
	if c.lists[d.Prop] {
		text += " UNWIND " + property(end, d.Prop) + " AS " + value
	} else {
		text += " WITH " + c.keyAt(d, end, labels) + " AS " + value + " WHERE " + value + " IS NOT NULL"
	}
	return "COLLECT { " + text + " RETURN DISTINCT " + value + " }", true
}

// keyAt writes the key that lies at one end of a path.
func (c *compilation) keyAt(d graph.Dimension, node string, labels []string) string {
	switch d.Prop {
	case "":
		return node
	case labelProp:
		known := c.name("x")
		return "head([" + known + " IN labels(" + node + ") WHERE " + known + " IN " + c.arg(labels) + "])"
	}
	expr := sortable(property(node, d.Prop), d.Kind)
	switch d.Unit {
	case graph.Year:
		return "left(" + expr + ", 4)"
	case graph.Month:
		return "left(" + expr + ", 7)"
	case graph.Quarter:
		return "left(" + expr + ", 4) + '-Q' + toString((toInteger(substring(" + expr + ", 5, 2)) + 2) / 3)"
	}
	return expr
}

// tops writes the list of the nodes that a node counts for: its ancestor at the level by
// each way up, or itself where a way begins above that level. A way visits no node twice
// and ends at a node without a broader one; without such a way the list is empty.
func (c *compilation) tops(d graph.Dimension, node string) string {
	ways, nodes := c.ways(d, node)
	level := c.arg(int64(d.Level))
	return "COLLECT { " + ways + " RETURN DISTINCT CASE WHEN size(" + nodes + ") < " + level + " THEN " + node +
		" ELSE " + nodes + "[size(" + nodes + ") - " + level + "] END }"
}

// ways writes the clauses that find the ways up from a node, and returns the name of the
// list of nodes of a way.
func (c *compilation) ways(d graph.Dimension, node string) (clauses, nodes string) {
	path, root, i := c.name("w"), c.name("n"), c.name("i")
	nodes = c.name("l")
	step := c.hop(root, *d.Tree, false)
	broader := "EXISTS { MATCH " + step.pattern() + where(c.held(step.rel)) + " }"
	simple := "all(" + i + " IN range(0, size(" + nodes + ") - 2) WHERE NOT " + nodes + "[" + i + "] IN " + nodes + "[" + i + " + 1..])"
	return "MATCH " + path + " = (" + node + ") " + c.repeated(*d.Tree) + " (" + root + ") WHERE NOT " + broader +
		" WITH " + node + ", nodes(" + path + ") AS " + nodes + " WHERE " + simple, nodes
}

// candidate notes the subquery for the nodes that could be a key, and returns its number;
// -1 where the dimension wants no empty groups of nodes.
func (c *compilation) candidate(d graph.Dimension) int {
	if !d.Empty || d.Prop != "" || len(d.Path) == 0 {
		return -1
	}
	node := c.name("n")
	text := "MATCH (" + node + ":" + alternatives(d.Path[len(d.Path)-1].Labels) + ")"
	if rollsUp(d) {
		ways, nodes := c.ways(d, node)
		text += " WHERE EXISTS { " + ways + " AND size(" + nodes + ") = " + c.arg(int64(d.Level)) + " RETURN 1 }"
	}
	c.candidates = append(c.candidates, "COLLECT { "+text+" RETURN "+node+".id }")
	return len(c.candidates) - 1
}
