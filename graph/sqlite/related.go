package sqlite

import "github.com/i-partnerschap/kennisgraaf/graph"

// related writes a condition on the nodes on the far side of a relation.
func (c *compiler) related(f graph.Related, node string) error {
	switch f.Quantifier {
	case graph.Some, graph.None:
		if f.Quantifier == graph.None {
			c.add("NOT ")
		}
		if selective(f.Filter) || selective(f.Where) {
			return c.someFromFar(f, node)
		}
		return c.exists(f, node, f.Filter)
	case graph.EachOf:
		if f.Filter == nil {
			c.add("1")
			return nil
		}
		c.add("NOT ")
		return c.exists(f, node, graph.Not{Filter: f.Filter})
	case graph.Single:
		c.add("(SELECT COUNT(*) FROM (SELECT 1")
		if err := c.relatedTo(f, node, f.Filter); err != nil {
			return err
		}
		c.add(" LIMIT 2))=1")
		return nil
	case graph.Number:
		return c.number(f, node)
	}
	return graph.Errorf(graph.Internal, "there is no quantifier %q", f.Quantifier)
}

func (c *compiler) exists(f graph.Related, node string, filter graph.Filter) error {
	c.add("EXISTS (SELECT 1")
	defer c.add(")")
	return c.relatedTo(f, node, filter)
}

// relatedTo writes FROM and WHERE for the related nodes that a filter holds for.
func (c *compiler) relatedTo(f graph.Related, node string, filter graph.Filter) error {
	edge, other := c.alias("e"), c.alias("n")
	c.follow(edge, other, node+".nid", f.Hop)
	return c.narrowed(f, edge, other, filter)
}

func (c *compiler) narrowed(f graph.Related, edge, other string, filter graph.Filter) error {
	if f.Edge != nil {
		c.add(" AND ")
		if err := c.edgeFilter(f.Edge, edge); err != nil {
			return err
		}
	}
	for _, g := range []graph.Filter{f.Where, filter} {
		if g == nil {
			continue
		}
		c.add(" AND ")
		if err := c.filter(g, other); err != nil {
			return err
		}
	}
	return nil
}

// someFromFar is exists from the other end: it finds the few far nodes first and asks
// which nodes lead to them. The subquery does not depend on the row, so it runs once.
func (c *compiler) someFromFar(f graph.Related, node string) error {
	edge, other := c.alias("e"), c.alias("n")
	near := far(edge, other+".nid", reversed(f.Hop).Direction)
	c.add(node, ".nid IN (SELECT ", near, " FROM node ", other, " CROSS JOIN edge ", edge, " ON ")
	c.back(edge, near, other+".nid", f.Hop)
	c.add(" WHERE ", c.hasLabel(other, f.Hop.Labels))
	defer c.add(")")
	return c.narrowed(f, edge, other, f.Filter)
}

// number writes the comparisons of the number of related nodes, which is counted once.
func (c *compiler) number(f graph.Related, node string) error {
	if len(f.Count) == 0 {
		c.add("1")
		return nil
	}
	c.add("(SELECT ")
	for i, count := range f.Count {
		if i > 0 {
			c.add(" AND ")
		}
		if err := c.compare(count, "COUNT(*)", propSource{}); err != nil {
			return err
		}
	}
	if err := c.relatedTo(f, node, nil); err != nil {
		return err
	}
	c.add(")")
	return nil
}

// selective tells whether a filter is likely to hold for few nodes, which an index or a
// subquery finds, so that it pays to start from them.
func selective(f graph.Filter) bool {
	switch f := f.(type) {
	case graph.And:
		for _, g := range f {
			if selective(g) {
				return true
			}
		}
	case graph.Compare:
		return f.Prop == "id" && (f.Op == graph.Eq || f.Op == graph.OneOf)
	case graph.Within, graph.Matches:
		return true
	case graph.Related:
		return f.Quantifier == graph.Some && (selective(f.Filter) || selective(f.Where))
	}
	return false
}

// within writes the condition that the tree leads from the node to the one with the id.
// The narrower nodes are found from the top, once for the statement.
func (c *compiler) within(f graph.Within, node string) {
	table, edge, broader := c.alias("t"), c.alias("e"), c.alias("n")
	near := far(edge, broader+".nid", reversed(f.Tree).Direction)
	c.add(node, ".nid IN (WITH RECURSIVE ", table, "(nid) AS (SELECT nid FROM node WHERE id=")
	c.arg(f.ID)
	c.add(" UNION SELECT ", near, " FROM ", table, " CROSS JOIN node ", broader, " ON ", broader, ".nid=", table, ".nid AND ",
		c.hasLabel(broader, f.Tree.Labels), " CROSS JOIN edge ", edge, " ON ")
	c.back(edge, near, broader+".nid", f.Tree)
	c.add(") SELECT nid FROM ", table, ")")
}
