package cypher

import "github.com/i-partnerschap/kennisgraaf/graph"

// related writes a condition on the nodes on the far side of a relation.
func (c *compilation) related(f graph.Related, node string) (string, error) {
	switch f.Quantifier {
	case graph.Some:
		return c.exists("EXISTS { ", f, node, f.Filter)
	case graph.None:
		return c.exists("NOT EXISTS { ", f, node, f.Filter)
	case graph.EachOf:
		if f.Filter == nil {
			return "true", nil
		}
		return c.exists("NOT EXISTS { ", f, node, graph.Not{Filter: f.Filter})
	case graph.Single:
		match, err := c.relatedTo(f, node, f.Filter)
		return "COUNT { " + match + " RETURN 1 LIMIT 2 } = 1", err
	case graph.Number:
		return c.number(f, node)
	}
	return "", graph.Errorf(graph.Internal, "there is no quantifier %q", f.Quantifier)
}

func (c *compilation) exists(word string, f graph.Related, node string, filter graph.Filter) (string, error) {
	match, err := c.relatedTo(f, node, filter)
	return word + match + " }", err
}

// relatedTo writes MATCH for the related nodes that a filter holds for.
func (c *compilation) relatedTo(f graph.Related, node string, filter graph.Filter) (string, error) {
	h := c.hop(node, f.Hop, f.Edge != nil)
	conditions, err := c.narrowed(h, f.Edge, f.Where, filter)
	return "MATCH " + h.pattern() + where(conditions), err
}

// narrowed returns the conditions of a hop together with those on its relation and on its
// far node.
func (c *compilation) narrowed(h hop, edge graph.Filter, far ...graph.Filter) ([]string, error) {
	conditions := c.conditions(h)
	if edge != nil {
		condition, err := c.edgeFilter(edge, h.rel)
		if err != nil {
			return nil, err
		}
		conditions = append(conditions, condition)
	}
	for _, f := range far {
		if f == nil {
			continue
		}
		condition, err := c.filter(f, h.far)
		if err != nil {
			return nil, err
		}
		conditions = append(conditions, condition)
	}
	return conditions, nil
}

// number writes the comparisons of the number of related nodes, which is counted once.
func (c *compilation) number(f graph.Related, node string) (string, error) {
	if len(f.Count) == 0 {
		return "true", nil
	}
	count, err := c.count(node, f.Hop, f.Edge, f.Where)
	if err != nil {
		return "", err
	}
	if len(f.Count) == 1 && operators[f.Count[0].Op] != "" {
		return c.compare(f.Count[0], count)
	}
	number := c.name("c")
	all := make([]string, len(f.Count))
	for i, compare := range f.Count {
		if all[i], err = c.compare(compare, number); err != nil {
			return "", err
		}
	}
	return "any(" + number + " IN [" + count + "] WHERE " + conjunction(all) + ")", nil
}

// count writes the number of nodes that a hop leads to, as the node's degree where that
// is the same.
func (c *compilation) count(node string, via graph.Hop, edge, far graph.Filter) (string, error) {
	h := c.hop(node, via, edge != nil)
	conditions, err := c.narrowed(h, edge, far)
	if err != nil {
		return "", err
	}
	if len(conditions) == 0 && c.everyLabel(via) {
		h.anyLabel, h.far, h.rel = true, "", ""
	}
	return "COUNT { " + h.pattern() + where(conditions) + " }", nil
}
