package cypher

import (
	"github.com/i-partnerschap/kennisgraaf/graph"
)

// filter writes a condition on a node. It is true where the filter holds, and false or
// null where it does not.
func (c *compilation) filter(f graph.Filter, node string) (string, error) {
	switch f := f.(type) {
	case nil:
		return "true", nil
	case graph.And:
		return c.joined(f, " AND ", "true", func(g graph.Filter) (string, error) { return c.filter(g, node) })
	case graph.Or:
		return c.joined(f, " OR ", "false", func(g graph.Filter) (string, error) { return c.filter(g, node) })
	case graph.Not:
		return negated(c.filter(f.Filter, node))
	case graph.Compare:
		return c.compare(f, property(node, f.Prop))
	case graph.Related:
		return c.related(f, node)
	case graph.Matches:
		return c.matches(f, node), nil
	case graph.Within:
		return c.within(f, node), nil
	case graph.Near:
		return c.near(f, node), nil
	case graph.HasLabel:
		return node + ":" + alternatives(f.Labels), nil
	}
	return "", graph.Errorf(graph.Internal, "there is no filter %T", f)
}

// edgeFilter is filter for a relation's own properties.
func (c *compilation) edgeFilter(f graph.Filter, rel string) (string, error) {
	switch f := f.(type) {
	case nil:
		return "true", nil
	case graph.And:
		return c.joined(f, " AND ", "true", func(g graph.Filter) (string, error) { return c.edgeFilter(g, rel) })
	case graph.Or:
		return c.joined(f, " OR ", "false", func(g graph.Filter) (string, error) { return c.edgeFilter(g, rel) })
	case graph.Not:
		return negated(c.edgeFilter(f.Filter, rel))
	case graph.Compare:
		return c.compare(f, property(rel, f.Prop))
	}
	return "", graph.Errorf(graph.Internal, "a relation cannot be filtered with %T", f)
}

// negated settles null as false before it negates.
func negated(condition string, err error) (string, error) {
	return "NOT coalesce(" + condition + ", false)", err
}

func (c *compilation) joined(filters []graph.Filter, operator, empty string, write func(graph.Filter) (string, error)) (string, error) {
	if len(filters) == 0 {
		return empty, nil
	}
	text := "("
	for i, f := range filters {
		condition, err := write(f)
		if err != nil {
			return "", err
		}
		if i > 0 {
			text += operator
		}
		text += condition
	}
	return text + ")", nil
}

// matches writes that a text query found the node. What it found was looked up before,
// and is a parameter.
func (c *compilation) matches(f graph.Matches, node string) string {
	return node + ".id IN " + c.sharedArg(f, c.found[f].IDs)
}

// within writes that the tree leads from the node to the one with the id.
func (c *compilation) within(f graph.Within, node string) string {
	top := c.name("n")
	return "EXISTS { MATCH (" + node + ") " + c.repeated(f.Tree) + " (" + top + ") WHERE " + top + ".id = " + c.arg(f.ID) + " }"
}
