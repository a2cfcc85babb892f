package sqlite

import (
	"database/sql/driver"
	"fmt"
	"slices"
	"strconv"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// labelProp is the property name that stands for a node's label as the key.
const labelProp = "__label"

func dimensionTable(i int) string { return "d" + strconv.Itoa(i) }

// rollsUp tells whether the keys of a dimension are ancestors at a level.
func rollsUp(d graph.Dimension) bool { return d.Tree != nil && d.Level > 0 }

// inline tells whether the key of a dimension is one value of the node itself.
func (c *compiler) inline(l *level, d graph.Dimension) bool {
	if len(d.Path) > 0 || rollsUp(d) {
		return false
	}
	return !slices.ContainsFunc(l.sel.Labels, func(label string) bool {
		p := c.store.rules.Nodes[label][d.Prop]
		return p != nil && p.List
	})
}

// dimension writes the common table d<i>(nid,key): the different keys of each node.
func (c *compiler) dimension(i int, d graph.Dimension, repeated bool) {
	table := dimensionTable(i)
	if rollsUp(d) {
		c.levels(table, d)
	}
	end := "b.nid"
	if len(d.Path) > 0 {
		end = table + "n" + strconv.Itoa(len(d.Path)-1) + ".nid"
	}
	top := end
	if rollsUp(d) {
		top = "COALESCE(" + table + "l.key," + end + ")"
	}
	c.add(",", table, "(nid,key) AS MATERIALIZED (SELECT ")
	if len(d.Path) != 1 || d.Prop != "" || rollsUp(d) {
		c.add("DISTINCT ") // else a key comes once: a relation to a node is one relation
	}
	c.add("b.nid,", keyExpression(table, top, d), " FROM ")
	if repeated {
		c.add("(SELECT DISTINCT nid FROM base) b") // several parents may lead to a node
	} else {
		c.add("base b")
	}
	c.path(table, d.Path)
	if rollsUp(d) {
		c.add(" LEFT JOIN ", table, "level ", table, "l ON ", table, "l.nid=", end)
	}
	c.keyJoin(table, top, d)
	c.add(")")
}

// path joins the relations of a dimension, from b to the node at the end.
func (c *compiler) path(table string, path []graph.Hop) {
	near := "b.nid"
	for i, h := range path {
		edge, node := table+"e"+strconv.Itoa(i), table+"n"+strconv.Itoa(i)
		c.add(" CROSS JOIN edge ", edge, " ON ")
		c.hop(edge, near, h)
		c.add(" CROSS JOIN node ", node, " ON ", node, ".nid=", far(edge, near, h.Direction), " AND ", c.hasLabel(node, h.Labels))
		near = node + ".nid"
	}
}

// keyExpression returns the expression for the key, given that for the node it is
// taken from.
func keyExpression(table, top string, d graph.Dimension) string {
	switch d.Prop {
	case "":
		return top
	case labelProp:
		return table + "k.label"
	case "id":
		return table + "k.id"
	}
	return inPeriods(table+"j.value", d.Unit)
}

// keyJoin joins what keyExpression reads. json_each yields the items of a list, the one
// value of anything else, and nothing where the property is absent.
func (c *compiler) keyJoin(table, top string, d graph.Dimension) {
	if d.Prop == "" {
		return
	}
	c.add(" CROSS JOIN node ", table, "k ON ", table, "k.nid=", top)
	if d.Prop != labelProp && d.Prop != "id" {
		c.add(" CROSS JOIN json_each(", table, "k.props,", jsonPath(d.Prop), ") ", table, "j")
	}
}

// inPeriods returns the expression for the period that a date lies in. What is not text
// stays as it is.
func inPeriods(value string, unit graph.Unit) string {
	var period string
	switch unit {
	case graph.Year:
		period = "substr(" + value + ",1,4)"
	case graph.Month:
		period = "substr(" + value + ",1,7)"
	case graph.Quarter:
		period = "substr(" + value + ",1,4)||'-Q'||((CAST(substr(" + value + ",6,2) AS INTEGER)+2)/3)"
	default:
		return value
	}
	return "iif(typeof(" + value + ")='text'," + period + "," + value + ")"
}

// levels writes the common table d<i>level(nid,level,key,way): for every way down the
// tree from a root to a node, the level of the node by that way and its key: the node
// itself down to the level of the dimension, and its ancestor there below that. A way
// visits no node twice, so cycles end; a node that no root leads to is not in the table.
func (c *compiler) levels(table string, d graph.Dimension) {
	name, edge, upper, root := table+"level", c.alias("e"), c.alias("n"), c.alias("n")
	labels := append([]string(nil), d.Tree.Labels...)
	if len(d.Path) > 0 {
		labels = append(labels, d.Path[len(d.Path)-1].Labels...)
	}
	lower := far(edge, upper+".nid", reversed(*d.Tree).Direction)
	c.add(",", name, "(nid,level,key,way) AS (SELECT ", root, ".nid,1,", root, ".nid,','||", root, ".nid||',' FROM node ", root,
		" WHERE ", c.hasLabel(root, labels), " AND NOT EXISTS (SELECT 1")
	c.follow(c.alias("e"), c.alias("n"), root+".nid", *d.Tree)
	c.add(") UNION SELECT ", lower, ",l.level+1,iif(l.level<")
	c.arg(int64(d.Level))
	c.add(",", lower, ",l.key),l.way||", lower, "||','",
		" FROM ", name, " l CROSS JOIN node ", upper, " ON ", upper, ".nid=l.nid AND ", c.hasLabel(upper, d.Tree.Labels),
		" CROSS JOIN edge ", edge, " ON ")
	c.back(edge, lower, upper+".nid", *d.Tree)
	c.add(" WHERE instr(l.way,','||", lower, "||',')=0)")
}

// readKey reads a key from its column.
func readKey(d graph.Dimension, v driver.Value) graph.Key {
	if v == nil {
		return graph.Key{}
	}
	if d.Prop == "" {
		id, _ := v.(string)
		return graph.Key{ID: id}
	}
	if n, ok := v.(int64); ok && d.Kind == graph.Bool {
		return graph.Key{Value: n != 0}
	}
	return graph.Key{Value: v}
}

// candidates returns, for the dimensions that want empty groups, every key that they
// could have.
func (r *reader) candidates(a *graph.Aggregate) ([][]graph.Key, error) {
	keys := make([][]graph.Key, len(a.Dimensions))
	for i, d := range a.Dimensions {
		switch {
		case !d.Empty:
		case d.Prop != "":
			for _, value := range d.Values {
				keys[i] = append(keys[i], graph.Key{Value: value})
			}
		case len(d.Path) > 0:
			var err error
			if keys[i], err = r.candidateNodes(d); err != nil {
				return nil, err
			}
		}
	}
	return keys, nil
}

// candidateNodes returns the nodes that the last hop could lead to, at the level of the
// dimension where it has one.
func (r *reader) candidateNodes(d graph.Dimension) ([]graph.Key, error) {
	c := r.compiler()
	labels := d.Path[len(d.Path)-1].Labels
	if rollsUp(d) {
		c.add("WITH RECURSIVE base(nid) AS (SELECT 0)")
		c.levels("d0", d)
		c.add(" SELECT DISTINCT n.id FROM d0level l CROSS JOIN node n ON n.nid=l.nid WHERE l.level=")
		c.arg(int64(d.Level))
		c.add(" AND ")
	} else {
		c.add("SELECT n.id FROM node n WHERE ")
	}
	c.add(c.hasLabel("n", labels))
	var keys []graph.Key
	err := r.conn.query(r.ctx, c.String(), c.args, func(row []driver.Value) error {
		id, _ := row[0].(string)
		keys = append(keys, graph.Key{ID: id})
		return nil
	})
	return keys, err
}

// keysText tells combinations of keys apart.
func keysText(keys []graph.Key) string { return fmt.Sprintf("%#v", keys) }
