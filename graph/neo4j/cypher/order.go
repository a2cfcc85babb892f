package cypher

import (
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// sortKey is one key of an order in the direction of travel.
type sortKey struct {
	// expr is what is sorted by: a property, or the name that a computed value was given.
	expr string
	// compute is the expression of a computed value, "" for a property.
	compute string
	// nullable tells whether the value can be absent.
	nullable, desc, nullsFirst bool
	// indexed tells that an index on the property can give the order.
	indexed bool
}

// sortKeys returns the keys of an order. Travelling backward reverses each of them.
func (c *compilation) sortKeys(order []graph.Order, s source, backward bool) []sortKey {
	keys := make([]sortKey, len(order))
	for i, o := range order {
		straight := len(o.Via) == 0
		k := sortKey{
			nullable: !(straight && (o.Count != nil || o.Required || o.Prop == "id" && !o.Edge)) && o.Relevance == nil,
			desc:     o.Desc != backward, nullsFirst: o.NullsFirst != backward,
		}
		switch {
		case o.Edge && s.rel == "":
			k.expr = "null"
		case o.Edge:
			k.expr = sortable(property(s.rel, o.Prop), o.Kind)
		case straight && o.Count == nil && o.Relevance == nil:
			k.expr = sortable(property(s.node, o.Prop), o.Kind)
			k.indexed = o.Required && !o.Kind.Temporal()
		default:
			k.expr, k.compute = c.name("k"), c.valueVia(o, o.Via, s.node)
		}
		keys[i] = k
	}
	return keys
}

// sortable writes a property such that its values compare: a date or time that another
// tool stored as Neo4j's own type is compared as text.
func sortable(expr string, kind graph.Kind) string {
	if kind.Temporal() {
		return "toStringOrNull(" + expr + ")"
	}
	return expr
}

// valueVia writes the value at the end of relations to one node.
func (c *compilation) valueVia(o graph.Order, via []graph.Hop, node string) string {
	if len(via) == 0 {
		return c.orderValue(o, node)
	}
	text := "head(COLLECT { "
	for _, h := range via {
		var clauses string
		clauses, node = c.one(node, h)
		text += clauses
	}
	return text + "RETURN " + c.orderValue(o, node) + " })"
}

func (c *compilation) orderValue(o graph.Order, node string) string {
	switch {
	case o.Count != nil:
		// Without conditions on relation and node nothing can be wrong with it.
		count, _ := c.count(node, *o.Count, nil, nil)
		return count
	case o.Relevance != nil:
		scores := c.sharedArg(relevance(*o.Relevance), c.found[*o.Relevance].Scores)
		return "coalesce(" + scores + "[" + node + ".id], 0.0)"
	}
	return sortable(property(node, o.Prop), o.Kind)
}

// relevance tells the scores of a text query apart from its ids as shared parameters.
type relevance graph.Matches

// orderBy writes ORDER BY in the direction of travel, with the id as the last key.
func orderBy(keys []sortKey, node string, backward bool) string {
	var b strings.Builder
	b.WriteString(" ORDER BY ")
	for _, k := range keys {
		// null is the highest value to Neo4j; only what differs from that is said.
		if k.nullable && k.nullsFirst != k.desc {
			b.WriteString(k.expr + " IS ")
			if k.nullsFirst {
				b.WriteString("NOT ")
			}
			b.WriteString("NULL, ")
		}
		b.WriteString(k.expr)
		if k.desc {
			b.WriteString(" DESC")
		}
		b.WriteString(", ")
	}
	b.WriteString(node + ".id")
	if backward {
		b.WriteString(" DESC")
	}
	return b.String()
}
