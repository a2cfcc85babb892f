package storetest

import (
	"fmt"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// erase removes a node, and then reads the whole log with other eyes.
func (w *write) erase(c graph.Change) error {
	n := w.state.nodes[c.ID]
	switch {
	case n != nil && n.label != c.Label:
		return graph.Errorf(graph.NotFound, "there is no %s %q", c.Label, c.ID)
	case n != nil && c.Expect != "" && n.props["updatedAt"] != c.Expect:
		return graph.Errorf(graph.Conflict, "the %s %q is not of %s", c.Label, c.ID, c.Expect)
	case n != nil:
		if err := w.delete(n, true); err != nil {
			return err
		}
	case c.Expect != "" || !slices.ContainsFunc(w.state.log, func(e graph.LogEntry) bool { return e.ID == c.ID && e.Label == c.Label }):
		return graph.Errorf(graph.NotFound, "there is no %s %q", c.Label, c.ID)
	default:
		w.record(graph.LogEntry{Op: graph.DeleteNode, Label: c.Label, ID: c.ID, Before: props{}})
	}
	w.state.log = slices.Clone(w.state.log) // the old state keeps its own
	known := []string{c.ID}
	w.forget(c.ID, c.As)
	for _, alias := range c.Aliases {
		if alias != "" && !slices.Contains(known, alias) {
			known = append(known, alias)
			w.forget(alias, fmt.Sprintf("%s-%d", c.As, len(known)))
		}
	}
	return nil
}

// forget takes a name out of the log, up to the last deletion of a node that had it where
// there is one that has.
func (w *write) forget(name, as string) {
	end := len(w.state.log)
	if w.state.nodes[name] != nil {
		for end > 0 && (w.state.log[end-1].Op != graph.DeleteNode || w.state.log[end-1].ID != name) {
			end--
		}
	}
	renamed := func(id string) string {
		if id == name {
			return as
		}
		return id
	}
	for i := range end {
		e := &w.state.log[i]
		if e.ID == name || e.From == name || e.To == name {
			e.Before, e.After = emptied(e.Before), emptied(e.After)
		}
		e.ID, e.From, e.To, e.Actor = renamed(e.ID), renamed(e.From), renamed(e.To), renamed(e.Actor)
	}
}

func emptied(p props) props {
	if p == nil {
		return nil
	}
	return props{}
}
