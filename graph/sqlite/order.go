package sqlite

import (
	"strconv"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// sortKey is one key of an order in the direction of travel.
type sortKey struct {
	graph.Order
	// alias is the name of the column that holds the value.
	alias string
	// nullable tells whether the value can be absent.
	nullable         bool
	desc, nullsFirst bool
}

// sortKeys returns the keys of an order. Travelling backward reverses each of them.
func sortKeys(order []graph.Order, backward bool) []sortKey {
	keys := make([]sortKey, len(order))
	for i, o := range order {
		direct := len(o.Via) == 0
		keys[i] = sortKey{
			Order: o, alias: "o" + strconv.Itoa(i),
			nullable:   !(direct && (o.Count != nil || o.Required || o.Prop == "id" && !o.Edge)) && o.Relevance == nil,
			desc:       o.Desc != backward,
			nullsFirst: o.NullsFirst != backward,
		}
	}
	return keys
}

// relevances writes the common tables with the scores that the order needs, each
// computed once for the statement.
func (c *compiler) relevances(keys []sortKey) {
	separator := "WITH "
	for _, k := range keys {
		if k.Relevance == nil {
			continue
		}
		c.add(separator)
		c.relevance("score"+k.alias, *k.Relevance)
		separator = ","
	}
	if separator == "," {
		c.add(" ")
	}
}

// exactBonus is how much more a word itself counts than a compound it is part of. A
// compound is rarer than its parts, and bm25 prefers what is rare; without the bonus a
// long compound would come before the very word that was asked for.
const exactBonus = "4.0"

// relevance writes the common table name(nid,score) with the nodes that a text query
// finds.
func (c *compiler) relevance(name string, m graph.Matches) {
	f := c.store.fulltext
	found := f.expression(m, c.terms)
	if found == "" {
		c.add(name, "(nid,score) AS MATERIALIZED (SELECT 0,0.0 WHERE 0)")
		return
	}
	exact := f.exact(m)
	if exact == "" {
		c.add(name, "(nid,score) AS MATERIALIZED (SELECT rowid,", f.score(), " FROM fts WHERE fts MATCH ")
		c.arg(found)
		c.add(")")
		return
	}
	c.add(name, "exact(nid,score) AS MATERIALIZED (SELECT rowid,", f.score(), " FROM fts WHERE fts MATCH ")
	c.arg(exact)
	c.add("),", name, "(nid,score) AS MATERIALIZED (SELECT f.nid,f.score+COALESCE(x.score*"+exactBonus+",0.0)",
		" FROM (SELECT rowid AS nid,", f.score(), " AS score FROM fts WHERE fts MATCH ")
	c.arg(found)
	c.add(") f LEFT JOIN ", name, "exact x ON x.nid=f.nid)")
}

// scores joins those tables to the node.
func (c *compiler) scores(keys []sortKey, node string) {
	for _, k := range keys {
		if k.Relevance != nil {
			c.add(" LEFT JOIN score", k.alias, " ON score", k.alias, ".nid=", node, ".nid")
		}
	}
}

// sortColumns writes the values that rows are sorted by as columns.
func (c *compiler) sortColumns(keys []sortKey, edge, node string) {
	for _, k := range keys {
		c.add(",")
		c.sortValue(k, edge, node)
		c.add(" AS ", k.alias)
	}
}

func (c *compiler) sortValue(k sortKey, edge, node string) {
	switch {
	case k.Relevance != nil:
		c.add("COALESCE(score", k.alias, ".score,0.0)")
	case k.Edge && edge == "":
		c.add("NULL")
	case k.Edge:
		c.add(edgeProp(edge, k.Prop))
	default:
		c.valueVia(k.Order, k.Via, node)
	}
}

// valueVia writes the value at the end of relations to one node, one subquery a relation.
func (c *compiler) valueVia(o graph.Order, via []graph.Hop, node string) {
	switch {
	case len(via) > 0:
		c.theOne(node+".nid", via[0], func(_, next string) { c.valueVia(o, via[1:], next) })
	case o.Count != nil:
		edge, other := c.alias("e"), c.alias("n")
		c.add("(SELECT COUNT(*)")
		c.follow(edge, other, node+".nid", *o.Count)
		c.add(")")
	default:
		c.add(c.nodeProp(node, o.Prop))
	}
}

// orderBy writes ORDER BY in the direction of travel, with the id as the last key.
func (c *compiler) orderBy(keys []sortKey, prefix, id string, backward bool) {
	c.add(" ORDER BY ")
	for _, k := range keys {
		c.add(prefix, k.alias)
		if k.desc {
			c.add(" DESC")
		}
		// NULL is the lowest value to SQLite; only what differs from that is said.
		if k.nullable && k.nullsFirst == k.desc {
			if k.nullsFirst {
				c.add(" NULLS FIRST")
			} else {
				c.add(" NULLS LAST")
			}
		}
		c.add(",")
	}
	c.add(id)
	if backward {
		c.add(" DESC")
	}
}
