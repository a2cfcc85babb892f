package cypher

import (
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// aggregate writes the groups of one aggregate as a list of lists: the keys, the count,
// and for each measure how many nodes have it, its sum, its lowest and its highest. It
// returns as well which candidates for empty groups belong to each dimension.
func (c *compilation) aggregate(sel *graph.Selection, a *graph.Aggregate, link *graph.Link, near string) (string, []int, error) {
	s, err := c.source(sel, link, near, false)
	if err != nil {
		return "", nil, err
	}
	text := s.match()
	var keys, results []string
	empty := make([]int, len(a.Dimensions))
	unwound, carried := "", ""
	for i, d := range a.Dimensions {
		key := c.name("d")
		expr, many := c.keys(d, s.node, labelsOf(sel, link))
		if many {
			list := c.name("l")
			carried += ", " + expr + " AS " + list
			unwound += " UNWIND CASE WHEN size(" + list + ") = 0 THEN [null] ELSE " + list + " END AS " + key
		} else {
			carried += ", " + expr + " AS " + key
		}
		keys, results = append(keys, key), append(results, keyResult(d, key))
		empty[i] = c.candidate(d)
	}
	if carried != "" {
		text += " WITH " + s.node + carried + unwound
	}
	stats := []string{"count(*)"}
	for _, m := range a.Measures {
		stats = append(stats, measure(property(s.node, m.Prop), m)...)
	}
	for _, stat := range stats {
		name := c.name("s")
		keys, results = append(keys, stat+" AS "+name), append(results, name)
	}
	text += " WITH " + strings.Join(keys, ", ") + " RETURN "
	row := "[" + strings.Join(results, ", ") + "]"
	if link == nil {
		return "COLLECT { " + text + row + " }", empty, nil
	}
	return c.before(near, text+"collect("+row+")"), empty, nil
}

// labelsOf returns the labels that the nodes of a selection can have.
func labelsOf(sel *graph.Selection, link *graph.Link) []string {
	if link != nil {
		return link.Hop.Labels
	}
	return sel.Labels
}

// keyResult writes what is returned for a key: the id of a node, or the value.
func keyResult(d graph.Dimension, key string) string {
	if d.Prop == "" {
		return key + ".id"
	}
	return key
}

// measure writes the statistics of a property. Sums are added up as floats: nothing is cut
// off, and nothing overflows.
func measure(expr string, m graph.Measure) []string {
	expr = sortable(expr, m.Kind)
	sum := expr
	if m.Kind.Temporal() {
		sum = "null"
	}
	return []string{"count(" + expr + ")", "sum(toFloatOrNull(" + sum + "))", "min(" + expr + ")", "max(" + expr + ")"}
}
