package sqlite

import (
	"database/sql/driver"
	"slices"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// aggregate fills in the groups of one Aggregate for each parent, with one statement,
// and one more where a dimension wants groups that no node is in.
func (r *reader) aggregate(l *level, a *graph.Aggregate) error {
	groups := map[int64][]graph.Group{}
	c := r.compiler()
	if err := c.groups(l, a); err != nil {
		return err
	}
	err := r.conn.query(r.ctx, c.String(), c.args, func(row []driver.Value) error {
		parent := integer(row[0])
		groups[parent] = append(groups[parent], group(a, row[1:]))
		return nil
	})
	if err != nil {
		return err
	}
	candidates, err := r.candidates(a)
	if err != nil {
		return err
	}
	for parent, result := range l.results {
		if result.Groups == nil {
			result.Groups = make(map[string][]graph.Group, len(l.sel.Aggregates))
		}
		result.Groups[a.Key] = a.FinishGroups(withEmpty(a, groups[parent], candidates))
	}
	return nil
}

// groups writes the statement that groups and measures. Its columns are the parent, the
// keys, the count, then the measures. Where every key is a property of the node itself
// the rows are grouped as they come. Else base holds the rows, and d0, d1 and so on the
// different keys of each node in a dimension; a node without a key stays, with NULL for
// unknown.
func (c *compiler) groups(l *level, a *graph.Aggregate) error {
	var tables []int
	for i, d := range a.Dimensions {
		if !c.inline(l, d) {
			tables = append(tables, i)
		}
	}
	if len(tables) == 0 {
		c.groupColumns(l.parent(), a, nil)
		if err := c.source(l, nil); err != nil {
			return err
		}
		c.groupBy(l, l.parent(), a, nil)
		return nil
	}
	c.add("WITH RECURSIVE base(parent,nid) AS MATERIALIZED (SELECT ", l.parent(), ",n.nid")
	if err := c.source(l, nil); err != nil {
		return err
	}
	c.add(")")
	for _, i := range tables {
		c.dimension(i, a.Dimensions[i], l.link != nil)
	}
	c.add(" ")
	c.groupColumns("b.parent", a, tables)
	c.add(" FROM base b")
	for _, i := range tables {
		c.add(" LEFT JOIN ", dimensionTable(i), " ON ", dimensionTable(i), ".nid=b.nid")
	}
	if len(a.Measures) > 0 || len(tables) < len(a.Dimensions) {
		c.add(" CROSS JOIN node n ON n.nid=b.nid")
	}
	c.groupBy(l, "b.parent", a, tables)
	return nil
}

func (c *compiler) groupColumns(parent string, a *graph.Aggregate, tables []int) {
	c.add("SELECT ", parent)
	for i, d := range a.Dimensions {
		key := c.groupKey(i, d, tables)
		if d.Prop == "" {
			// Ids stand for nodes only in the answer, so that grouping works on numbers.
			key = "(SELECT id FROM node WHERE nid=" + key + ")"
		}
		c.add(",", key)
	}
	c.add(",COUNT(*)")
	for _, m := range a.Measures {
		c.measure(m)
	}
}

// groupBy writes GROUP BY. The only parent of a root is a constant, which is left out:
// SQL takes a number for the place of a column.
func (c *compiler) groupBy(l *level, parent string, a *graph.Aggregate, tables []int) {
	var keys []string
	if l.link != nil {
		keys = append(keys, parent)
	}
	for i, d := range a.Dimensions {
		keys = append(keys, c.groupKey(i, d, tables))
	}
	if len(keys) > 0 {
		c.add(" GROUP BY ", strings.Join(keys, ","))
	}
}

// groupKey returns the expression for the key of a dimension: a column of its table, or
// a property of the node n.
func (c *compiler) groupKey(i int, d graph.Dimension, tables []int) string {
	switch {
	case slices.Contains(tables, i):
		return dimensionTable(i) + ".key"
	case d.Prop == "":
		return "n.nid"
	case d.Prop == labelProp:
		return "n.label"
	}
	return inPeriods(c.nodeProp("n", d.Prop), d.Unit)
}

// measure writes the columns of a measure: how many have it, the sum, the lowest and the
// highest.
func (c *compiler) measure(m graph.Measure) {
	value := c.nodeProp("n", m.Prop)
	sum := "0.0"
	if m.Kind.Numeric() {
		sum = "TOTAL(" + value + ")"
	}
	c.add(",COUNT(", value, "),", sum, ",MIN(", value, "),MAX(", value, ")")
}

// measureColumns is the number of columns that measure writes.
const measureColumns = 4

// group reads a row of the statement, without its parent.
func group(a *graph.Aggregate, row []driver.Value) graph.Group {
	g := graph.Group{Keys: make([]graph.Key, len(a.Dimensions)), Stats: make(map[string]graph.Stats, len(a.Measures))}
	for i, d := range a.Dimensions {
		g.Keys[i] = readKey(d, row[i])
	}
	row = row[len(a.Dimensions):]
	g.Count = integer(row[0])
	row = row[1:]
	for _, m := range a.Measures {
		s := graph.Stats{Count: integer(row[0])}
		if s.Count > 0 {
			s.Sum, _ = graph.Number64(row[1])
			s.Avg = s.Sum / float64(s.Count)
			s.Min, s.Max = measured(row[2]), measured(row[3])
		}
		g.Stats[m.Prop] = s
		row = row[measureColumns:]
	}
	return g
}

// measured returns a number as a float64 and anything else as it is.
func measured(v driver.Value) any {
	if f, ok := graph.Number64(v); ok {
		return f
	}
	return v
}

// withEmpty adds the groups that no node is in: the one group of an aggregate without
// dimensions, and for dimensions with Empty every combination of their candidates with
// the keys that occur in the other dimensions.
func withEmpty(a *graph.Aggregate, groups []graph.Group, candidates [][]graph.Key) []graph.Group {
	if len(a.Dimensions) > 0 && !slices.ContainsFunc(a.Dimensions, func(d graph.Dimension) bool { return d.Empty }) {
		return groups
	}
	present := map[string]bool{}
	occurring := make([][]graph.Key, len(a.Dimensions))
	for _, g := range groups {
		present[keysText(g.Keys)] = true
		for i, k := range g.Keys {
			if !a.Dimensions[i].Empty && !slices.Contains(occurring[i], k) {
				occurring[i] = append(occurring[i], k)
			}
		}
	}
	for i, d := range a.Dimensions {
		if d.Empty {
			occurring[i] = candidates[i]
		}
	}
	for _, keys := range graph.Combinations(occurring) {
		if !present[keysText(keys)] {
			groups = append(groups, a.EmptyGroup(keys))
		}
	}
	return groups
}
