package cypher

import "github.com/i-partnerschap/kennisgraaf/graph"

// hop is one step over a relation, ready to be written.
type hop struct {
	near, rel, far string
	graph.Hop
	// nearLabels are the labels that the near node has to have; nil where they are known.
	nearLabels []string
	// anyLabel leaves the label of the far node out.
	anyLabel bool
}

// arrow writes a relation with what stands in its brackets.
func arrow(inside string, d graph.Direction) string {
	switch d {
	case graph.Out:
		return "-[" + inside + "]->"
	case graph.In:
		return "<-[" + inside + "]-"
	}
	return "-[" + inside + "]-"
}

// pattern writes the hop as a pattern: (near)-[rel:TYPE]->(far:LABELS).
func (h hop) pattern() string {
	near, far := h.near, h.far
	if h.nearLabels != nil {
		near += ":" + alternatives(h.nearLabels)
	}
	if !h.anyLabel {
		far += ":" + alternatives(h.Labels)
	}
	return "(" + near + ")" + arrow(h.rel+":"+Quote(h.Type), h.Direction) + "(" + far + ")"
}

// hop makes a step from near; named tells whether the relation needs a name of its own
// accord.
func (c *compilation) hop(near string, h graph.Hop, named bool) hop {
	made := hop{near: near, Hop: h}
	if named || c.asOf != "" || h.Direction == graph.Both {
		made.rel = c.name("r")
	}
	made.far = c.name("n")
	return made
}

// conditions returns what must hold for the relation beside its pattern: that it existed
// on the day, and that it is the outgoing one of a pair connected in both directions.
func (c *compilation) conditions(h hop) []string {
	all := c.held(h.rel)
	if h.Direction != graph.Both {
		return all
	}
	back := c.name("b")
	other := "EXISTS { MATCH (" + h.near + ")" + arrow(back+":"+Quote(h.Type), graph.Out) + "(" + h.far + ")" + where(c.held(back)) + " }"
	return append(all, "(startNode("+h.rel+") = "+h.near+" OR NOT "+other+")")
}

// held returns the condition that a relation exists on the day of the query. A bound that
// another tool wrote as a DATE is compared as text too.
func (c *compilation) held(rel string) []string {
	if c.asOf == "" {
		return nil
	}
	day := c.sharedArg("asOf", c.asOf)
	return []string{
		"coalesce(toStringOrNull(" + rel + ".since), " + day + ") <= " + day,
		"coalesce(toStringOrNull(" + rel + ".until), " + day + ") >= " + day,
	}
}

// repeated writes a hop that is taken any number of times as a quantified pattern. The
// planner turns it into a breadth-first search that looks at each node once, as long as
// nothing asks for the paths. Of a pair connected in both directions either relation
// will do: they lead to the same node.
func (c *compilation) repeated(h graph.Hop) string {
	inside := ":" + Quote(h.Type)
	var held []string
	if c.asOf != "" {
		rel := c.name("r")
		inside, held = rel+inside, c.held(rel)
	}
	return "(()" + arrow(inside, h.Direction) + "(:" + alternatives(h.Labels) + ")" + where(held) + "){0,}"
}

// latest orders the relations to one node: the latest since first, then the lowest id.
func latest(rel, node string) string {
	return "coalesce(toStringOrNull(" + rel + ".since), '') DESC, " + node + ".id"
}

// one writes the clauses that lead over a relation to one node, of which the condition
// may narrow the relations looked at.
func (c *compilation) one(near string, via graph.Hop) (clauses, node string) {
	h := c.hop(near, via, true)
	return "MATCH " + h.pattern() + where(c.conditions(h)) + " WITH " + h.far + ", " + h.rel +
		" ORDER BY " + latest(h.rel, h.far) + " LIMIT 1 ", h.far
}
