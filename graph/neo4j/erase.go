package neo4j

import (
	"math"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/cypher"
)

// forgotten is a name that the log is to forget.
type forgotten struct {
	graph.Pseudonym
	// used tells that another node has the id now, so that the log forgets it up to the last
	// deletion only.
	used bool
}

// loadTold finds out whether the log knows the node that is to be erased.
func (w *writer) loadTold(b *stored, c graph.Change) error {
	text := "MATCH (c:" + changeLabel + ") WHERE c.id = $id AND c.label = $label RETURN c.seq LIMIT 1"
	return w.run(text, map[string]any{"id": c.ID, "label": c.Label}, func([]any) { b.told = true })
}

// erase removes a node and notes what the log is to forget.
func (d *draft) erase(c graph.Change) error {
	old := d.nodes[c.ID]
	switch {
	case old != nil && old.label != c.Label, old == nil && (c.Expect != "" || !d.before.told):
		return graph.Errorf(graph.NotFound, "there is no %s with id %q", c.Label, c.ID)
	case old == nil:
		d.record(graph.LogEntry{Op: graph.DeleteNode, Label: c.Label, ID: c.ID, Before: map[string]any{}})
	case c.Expect != "" && old.props[updatedAt] != c.Expect:
		at, _ := old.props[updatedAt].(string)
		return &staleError{error: graph.ConflictStale(c, at, nil), at: at}
	default:
		c.Cascade = true
		if err := d.delete(c, old); err != nil {
			return err
		}
	}
	for _, p := range c.Pseudonyms() {
		f := forgotten{Pseudonym: p, used: d.nodes[p.Name] != nil}
		d.erased = append(d.erased, f)
		for i := range d.entries {
			if !f.used { // what is written here comes after the deletion of the former one
				d.entries[i].Forget(p)
			}
		}
	}
	return nil
}

// forget replaces in the log what was there before this write.
func (w *writer) forget(d *draft) error {
	for _, f := range d.erased {
		last := int64(math.MaxInt64)
		if f.used {
			last = 0
			text := "MATCH (c:" + changeLabel + ") WHERE c.id = $id AND c.op = $op RETURN coalesce(max(c.seq), 0)"
			params := map[string]any{"id": f.Name, "op": string(graph.DeleteNode)}
			if err := w.run(text, params, func(values []any) { last, _ = values[0].(int64) }); err != nil {
				return err
			}
		}
		params := map[string]any{"name": f.Name, "as": f.As, "last": last, "none": "{}"}
		for _, name := range []string{"id", "from", "to", "actor"} {
			column := "c." + cypher.Quote(name)
			text := "MATCH (c:" + changeLabel + ") WHERE " + column + " = $name AND c.seq <= $last SET " + column + " = $as"
			if name != "actor" {
				text += ", c.before = CASE WHEN c.before IS NULL THEN null ELSE $none END, c.after = CASE WHEN c.after IS NULL THEN null ELSE $none END"
			}
			if err := w.run(text, params, nil); err != nil {
				return err
			}
		}
	}
	return nil
}
