package cypher

import (
	"slices"
	"strconv"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// walk is what relations a search may take and which nodes it may visit.
type walk struct {
	*compilation
	types string
	// labels are the labels of the nodes to visit; "" where they are all that the model
	// knows, of which known is the list.
	labels, known string
}

func (c *compilation) walk(types, labels []string) walk {
	if len(types) == 0 {
		types = c.types()
	}
	if len(labels) == 0 {
		return walk{compilation: c, types: alternatives(types), known: c.sharedArg(knownLabels{}, c.labels)}
	}
	return walk{compilation: c, types: alternatives(types), labels: alternatives(labels)}
}

// knownLabels tells the list of all labels apart as a shared parameter.
type knownLabels struct{}

// visits writes a node that a search may visit: its pattern, and what else must hold. All
// labels of a model in a pattern, with all its types of relations beside, would take the
// planner seconds: it weighs every type from every label to every label.
func (w walk) visits(node string) (pattern string, conditions []string) {
	if w.labels != "" {
		return "(" + node + ":" + w.labels + ")", nil
	}
	label := w.name("l")
	return "(" + node + ")", []string{"any(" + label + " IN labels(" + node + ") WHERE " + label + " IN " + w.known + ")"}
}

// types returns the relation types of the model.
func (c *compilation) types() []string {
	var all []string
	for _, label := range c.labels {
		for _, r := range c.model.Types[label].Relations {
			all = union(all, []string{r.Hop.Type})
		}
	}
	return all
}

// Paths compiles a search for paths. The only record holds the ids of both ends, null where
// there is no such node, and for each length a list of paths: the ids of the nodes, and the
// relations as their type, ends and properties. A length is looked at only when those below
// it did not yield enough.
func (k *Compiler) Paths(q graph.PathQuery) *Statement {
	c := k.compilation(q.AsOf, nil)
	w := c.walk(q.Relations, q.Labels)
	text := "OPTIONAL MATCH (a:" + alternatives(c.labels) + ") WHERE a.id = " + c.arg(q.From) +
		" OPTIONAL MATCH (b:" + alternatives(c.labels) + ") WHERE b.id = " + c.arg(q.To) + " WITH a, b"
	limit := ""
	if q.Limit >= 0 {
		limit = c.arg(int64(q.Limit))
	}
	carried, found := "a, b", "0"
	lists := []string{"a.id", "b.id"}
	for length := 1; length <= q.MaxHops && q.Limit != 0; length++ {
		list := "p" + strconv.Itoa(length)
		text += " WITH " + carried + ", COLLECT { " + w.paths(length, carried, found, limit) + " } AS " + list
		carried += ", " + list
		found += " + size(" + list + ")"
		lists = append(lists, list)
	}
	return &Statement{Text: text + " RETURN " + strings.Join(lists, ", "), Params: c.params}
}

// paths writes the clauses for the paths of one length. They are put together in the middle
// from halves that begin at either end, which keeps off most of what leads elsewhere.
func (w walk) paths(length int, carried, found, limit string) string {
	text := "WITH " + carried
	if limit != "" {
		text += " WHERE " + found + " < " + limit
	}
	if length == 1 {
		rel := w.name("r")
		text += " MATCH (a)-[" + rel + ":" + w.types + "]-(b)" + where(w.held(rel)) + " WITH [a, b] AS ns, [" + rel + "] AS rs"
	} else {
		left, leftNodes, leftRels := w.half("a", (length+1)/2, false)
		right, rightNodes, rightRels := w.half("b", length/2, true)
		text += " MATCH " + left + " (m) " + right + " USING JOIN ON m WITH [a] + " + leftNodes + " + " + rightNodes + "[1..] + [b] AS ns, " +
			leftRels + " + " + rightRels + " AS rs"
		text += " WHERE all(i IN range(0, size(ns) - 2) WHERE NOT ns[i] IN ns[i + 1..])"
	}
	steps := "[i IN range(0, size(rs) - 1) | [type(rs[i]), CASE WHEN startNode(rs[i]) = ns[i] THEN 0 ELSE 1 END]]"
	text += " WITH ns, rs, [n IN ns | n.id] AS ids ORDER BY ids, " + steps
	if limit != "" {
		text += " LIMIT " + limit
	}
	return text + " RETURN [ids, [r IN rs | [type(r), startNode(r).id, endNode(r).id, properties(r)]]]"
}

// half writes the pattern of one half of a path, from an end to the middle or, where
// reversed, from the middle to an end, and returns the names of its nodes and relations.
// All its nodes but the end are in between.
func (w walk) half(end string, length int, reversed bool) (pattern, nodes, rels string) {
	nodes, rels = w.name("n"), w.name("r")
	visited, conditions := w.visits(nodes)
	near, far := "()", visited
	if reversed {
		near, far = far, near
	}
	count := strconv.Itoa(length)
	pattern = "(" + near + "-[" + rels + ":" + w.types + "]-" + far + where(append(conditions, w.held(rels)...)) + "){" + count + "," + count + "}"
	if reversed {
		return pattern + " (" + end + ")", nodes, rels
	}
	return "(" + end + ") " + pattern, nodes, rels
}

// Neighbourhood compiles a search around a node. The only record holds the ids of the nodes
// that are kept, in order, the number found at each distance, and the relations among the
// kept ones. There is none where there is no such node. What is at a distance is looked at
// only when what is nearer does not fill the limit.
func (k *Compiler) Neighbourhood(q graph.NeighbourhoodQuery) *Statement {
	c := k.compilation(q.AsOf, nil)
	w := c.walk(q.Relations, q.Labels)
	text := "MATCH (c:" + alternatives(c.labels) + ") WHERE c.id = " + c.arg(q.ID)
	limit := c.arg(int64(max(q.Limit, 0)))
	carried, total := "c", "1"
	all, sizes := "[c]", []string{}
	for distance := 1; distance <= q.Hops; distance++ {
		ring := "x" + strconv.Itoa(distance)
		text += " WITH " + carried + ", COLLECT { " + w.ring(distance, carried, total, limit) + " } AS " + ring
		carried += ", " + ring
		total += " + size(" + ring + ")"
		all += " + " + ring
		sizes = append(sizes, "size("+ring+")")
	}
	rel := c.name("r")
	text += " WITH (" + all + ")[0.." + limit + "] AS kept, [" + strings.Join(sizes, ", ") + "] AS sizes" +
		" RETURN [n IN kept | n.id], sizes, COLLECT { UNWIND kept AS u MATCH (u)-[" + rel + ":" + w.types + "]->(v)" +
		where(append([]string{"v IN kept"}, w.held(rel)...)) + " RETURN [type(" + rel + "), u.id, v.id, properties(" + rel + ")] }"
	return &Statement{Text: text, Params: c.params}
}

// ring writes the clauses for the nodes at one distance, those first that have the most
// relations with nodes one step nearer. A node next to one of a ring is in that ring, in the
// one before it or in the one after it.
func (w walk) ring(distance int, carried, total, limit string) string {
	text := "WITH " + carried + " WHERE " + total + " <= " + limit
	rel, from := w.name("r"), "c"
	conditions := []string{"x <> c"}
	if distance > 1 {
		from = "u"
		text += " UNWIND x" + strconv.Itoa(distance-1) + " AS u"
	}
	for nearer := max(distance-2, 1); nearer < distance; nearer++ {
		conditions = append(conditions, "NOT x IN x"+strconv.Itoa(nearer))
	}
	visited, labelled := w.visits("x")
	text += " MATCH (" + from + ")-[" + rel + ":" + w.types + "]-" + visited + where(slices.Concat(conditions, labelled, w.held(rel)))
	return text + " WITH x, count(" + rel + ") AS ties ORDER BY ties DESC, x.id LIMIT " + limit + " RETURN x"
}
