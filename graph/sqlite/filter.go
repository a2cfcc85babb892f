package sqlite

import (
	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/text"
)

// maxDepth is how deep conditions may be nested. SQLite itself stops at a depth of 1000,
// of which a condition on a relation takes up to thirty.
const maxDepth = 30

// filter writes a condition that is true where the filter holds, and false or NULL
// where it does not. Only under NOT does that difference matter, and there it is
// settled with COALESCE; everywhere else the plain form keeps indexes usable.
func (c *compiler) filter(f graph.Filter, node string) error {
	defer c.leave()
	if err := c.enter(); err != nil {
		return err
	}
	switch f := f.(type) {
	case nil:
		c.add("1")
	case graph.And:
		return c.joined(f, " AND ", "1", func(g graph.Filter) error { return c.filter(g, node) })
	case graph.Or:
		return c.joined(f, " OR ", "0", func(g graph.Filter) error { return c.filter(g, node) })
	case graph.Not:
		return c.not(func() error { return c.filter(f.Filter, node) })
	case graph.Compare:
		return c.compare(f, c.nodeProp(node, f.Prop), propSource{node, f.Prop})
	case graph.Related:
		return c.related(f, node)
	case graph.Matches:
		return c.matches(f, node)
	case graph.Within:
		c.within(f, node)
	case graph.Near:
		c.near(f, node)
	case graph.HasLabel:
		c.add(c.hasLabel(node, f.Labels))
	default:
		return graph.Errorf(graph.Internal, "there is no filter %T", f)
	}
	return nil
}

// edgeFilter is filter for a relation's own properties.
func (c *compiler) edgeFilter(f graph.Filter, edge string) error {
	defer c.leave()
	if err := c.enter(); err != nil {
		return err
	}
	switch f := f.(type) {
	case nil:
		c.add("1")
	case graph.And:
		return c.joined(f, " AND ", "1", func(g graph.Filter) error { return c.edgeFilter(g, edge) })
	case graph.Or:
		return c.joined(f, " OR ", "0", func(g graph.Filter) error { return c.edgeFilter(g, edge) })
	case graph.Not:
		return c.not(func() error { return c.edgeFilter(f.Filter, edge) })
	case graph.Compare:
		return c.compare(f, edgeProp(edge, f.Prop), propSource{edge, f.Prop})
	default:
		return graph.Errorf(graph.Internal, "a relation cannot be filtered with %T", f)
	}
	return nil
}

// enter goes one condition deeper, leave comes back up.
func (c *compiler) enter() error {
	if c.depth++; c.depth > maxDepth {
		return graph.Errorf(graph.TooComplex, "the conditions are nested more than %d deep; nest them less", maxDepth)
	}
	return nil
}

func (c *compiler) leave() { c.depth-- }

// joined writes conditions with an operator between them. They are nested as a balanced
// tree: SQLite limits how deep an expression may be, and a plain row of conditions is as
// deep as it is long.
func (c *compiler) joined(filters []graph.Filter, operator, empty string, write func(graph.Filter) error) error {
	switch len(filters) {
	case 0:
		c.add(empty)
		return nil
	case 1:
		return write(filters[0])
	}
	half := len(filters) / 2
	c.add("(")
	defer c.add(")")
	if err := c.joined(filters[:half], operator, empty, write); err != nil {
		return err
	}
	c.add(operator)
	return c.joined(filters[half:], operator, empty, write)
}

func (c *compiler) not(write func() error) error {
	c.add("NOT COALESCE(")
	if err := write(); err != nil {
		return err
	}
	c.add(",0)")
	return nil
}

// propSource is where a list property is found: the row and the name.
type propSource struct{ alias, prop string }

// operators are the comparisons that SQL has by itself. IS NOT holds for NULL, as Ne must.
var operators = map[graph.Op]string{
	graph.Eq: "=", graph.Ne: " IS NOT ", graph.Lt: "<", graph.Lte: "<=", graph.Gt: ">", graph.Gte: ">=",
}

var textFunctions = map[graph.Op]string{
	graph.Contains: fnContains, graph.StartsWith: fnStartsWith, graph.EndsWith: fnEndsWith,
}

func (c *compiler) compare(f graph.Compare, expr string, at propSource) error {
	if op, ok := operators[f.Op]; ok {
		c.add(expr, op)
		c.arg(f.Value)
		return nil
	}
	if fn, ok := textFunctions[f.Op]; ok {
		s, ok := f.Value.(string)
		if !ok {
			return errValue(f)
		}
		c.add(fn, "(", expr, ",")
		c.arg(text.Fold(s))
		c.add(")")
		return nil
	}
	switch f.Op {
	case graph.OneOf, graph.NotIn:
		return c.oneOf(f, expr)
	case graph.Has, graph.HasAny:
		return c.has(f, at)
	case graph.IsNull, graph.IsEmpty:
		want, ok := f.Value.(bool)
		if !ok {
			return errValue(f)
		}
		c.absent(f.Op, expr, at, want)
		return nil
	}
	return graph.Errorf(graph.Internal, "there is no comparison %q", f.Op)
}

func errValue(f graph.Compare) error {
	return graph.Errorf(graph.BadUserInput, "%s of %s cannot be compared with a %T", f.Op, f.Prop, f.Value)
}

func (c *compiler) oneOf(f graph.Compare, expr string) error {
	values, ok := f.Value.([]any)
	if !ok {
		return errValue(f)
	}
	if f.Op == graph.OneOf {
		c.add(expr, " IN ")
		return c.list(values)
	}
	c.add("(", expr, " IS NULL OR ", expr, " NOT IN ")
	defer c.add(")")
	return c.list(values)
}

func (c *compiler) has(f graph.Compare, at propSource) error {
	item := c.alias("j")
	c.add("EXISTS (SELECT 1 FROM json_each(", at.alias, ".props,", jsonPath(at.prop), ") ", item, " WHERE ", item, ".value")
	defer c.add(")")
	if f.Op == graph.Has {
		c.add("=")
		c.arg(f.Value)
		return nil
	}
	values, ok := f.Value.([]any)
	if !ok {
		return errValue(f)
	}
	c.add(" IN ")
	return c.list(values)
}

func (c *compiler) absent(op graph.Op, expr string, at propSource, want bool) {
	if op == graph.IsEmpty {
		compared := "=0"
		if !want {
			compared = ">0"
		}
		c.add("COALESCE(json_array_length(", at.alias, ".props,", jsonPath(at.prop), "),0)", compared)
		return
	}
	if want {
		c.add(expr, " IS NULL")
	} else {
		c.add(expr, " IS NOT NULL")
	}
}

func (c *compiler) near(f graph.Near, node string) {
	c.add(fnDistance, "(")
	c.arg(f.Lat)
	c.add(",")
	c.arg(f.Lon)
	c.add(",", c.nodeProp(node, f.LatProp), ",", c.nodeProp(node, f.LonProp), ")<=")
	c.arg(f.Km)
}
