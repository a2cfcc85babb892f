package neo4j

import (
	"maps"
	"slices"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// The properties that the store keeps itself.
const (
	createdAt = "createdAt"
	updatedAt = "updatedAt"
)

// draft works out what changes amount to, each seeing those before it, without the database.
// before is what the database holds; nodes and rels are what it is to hold, nil for what is
// to be gone.
type draft struct {
	rules   rules
	before  *stored
	nodes   map[string]*node
	rels    map[relKey]*rel
	actor   string
	at      time.Time
	entries []graph.LogEntry
	// erased is what the log is to forget, nil for nothing.
	erased []forgotten
	// touching holds, by node, the keys of the relations that begin or end there, or did.
	touching map[string][]relKey
}

func newDraft(r rules, before *stored, actor string, at time.Time) *draft {
	d := &draft{
		rules: r, before: before, nodes: maps.Clone(before.nodes), rels: maps.Clone(before.rels), actor: actor, at: at,
		touching: map[string][]relKey{},
	}
	for key := range before.rels {
		d.touch(key)
	}
	return d
}

func (d *draft) touch(key relKey) {
	d.touching[key.from] = append(d.touching[key.from], key)
	if key.to != key.from {
		d.touching[key.to] = append(d.touching[key.to], key)
	}
}

func (d *draft) change(c graph.Change) error {
	props, err := d.rules.Check(c)
	if err != nil {
		return err
	}
	switch c.Op {
	case graph.Connect:
		return d.connect(c, props)
	case graph.Disconnect:
		return d.disconnect(c)
	case graph.Guard:
		return d.guard(c)
	case graph.EraseNode:
		return d.erase(c)
	}
	old := d.nodes[c.ID]
	switch {
	case c.Op == graph.CreateNode && old != nil:
		return graph.Errorf(graph.Conflict, "there is a node with id %q already; update or upsert it, or choose another id", c.ID)
	case c.Op == graph.UpsertNode && old != nil && old.label != c.Label:
		return graph.Errorf(graph.Conflict, "the node with id %q is a %s, not a %s", c.ID, old.label, c.Label)
	case (c.Op == graph.UpdateNode || c.Op == graph.DeleteNode) && (old == nil || old.label != c.Label):
		return graph.Errorf(graph.NotFound, "there is no %s with id %q", c.Label, c.ID)
	case c.Op == graph.CreateNode:
	case c.Expect != "" && old == nil:
		return graph.Errorf(graph.NotFound, "there is no %s with id %q", c.Label, c.ID)
	case c.Expect != "" && old.props[updatedAt] != c.Expect:
		at, _ := old.props[updatedAt].(string)
		return &staleError{error: graph.ConflictStale(c, at, nil), at: at}
	case c.Op == graph.DeleteNode:
		return d.delete(c, old)
	}
	if err := d.unique(c); err != nil {
		return err
	}
	if old == nil {
		d.create(c, props)
	} else {
		d.update(c, old, props)
	}
	return nil
}

// staleError is the Conflict of an Expect; who changed the node is still to be looked up.
type staleError struct {
	error
	at string
}

// unique refuses a key that another node of the type has. The nodes that have the keys of
// the changes were loaded.
func (d *draft) unique(c graph.Change) error {
	for _, p := range d.rules.keys[c.Label] {
		value, ok := c.Props[p.Name].(string)
		if !ok {
			continue
		}
		for _, n := range d.nodes {
			if n.label == c.Label && n.id != c.ID && n.props[p.Name] == value {
				return graph.ConflictKey(c, p, n.id)
			}
		}
	}
	return nil
}

// guard refuses where the relations of a node are not those that the change expects.
func (d *draft) guard(c graph.Change) error {
	id := c.From + c.To
	if d.nodes[id] == nil {
		return errNoNode(id)
	}
	var found []graph.Edge
	for key, r := range d.rels {
		if key.typ == c.Type && (c.From != "" && key.from == c.From || c.From == "" && key.to == c.To) {
			found = append(found, graph.Edge{Type: key.typ, From: key.from, To: key.to, Props: r.props})
		}
	}
	if !c.Holds(found) {
		return graph.ConflictGuard(c)
	}
	return nil
}

func (d *draft) create(c graph.Change, props map[string]any) {
	set, _ := graph.MergeProps(nil, props)
	now := d.at.Format(timeLayout)
	if set[createdAt] == nil {
		set[createdAt] = now
	}
	if !c.Restore || set[updatedAt] == nil {
		set[updatedAt] = now
	}
	d.nodes[c.ID] = &node{id: c.ID, label: c.Label, props: set}
	d.record(graph.LogEntry{Op: graph.CreateNode, Label: c.Label, ID: c.ID, After: set})
}

// update changes the properties of a node where that makes a difference. The moment of
// change is the store's to set, so a given one makes none unless it is restored.
func (d *draft) update(c graph.Change, old *node, props map[string]any) {
	restored := c.Restore && props[updatedAt] != nil
	if !restored {
		delete(props, updatedAt)
	}
	set, changed := graph.MergeProps(old.props, props)
	if !changed {
		return
	}
	if !restored {
		set[updatedAt] = graph.NextMoment(d.at, old.props[updatedAt])
	}
	d.nodes[old.id] = &node{id: old.id, label: old.label, element: old.element, props: set}
	d.record(graph.LogEntry{Op: graph.UpdateNode, Label: old.label, ID: old.id, Before: old.props, After: set})
}

func (d *draft) delete(c graph.Change, n *node) error {
	var ends []*rel
	for _, key := range d.touching[n.id] {
		if r := d.rels[key]; r != nil && !slices.Contains(ends, r) {
			ends = append(ends, r)
		}
	}
	if len(ends) > 0 && !c.Cascade {
		types := make([]string, len(ends))
		for i, r := range ends {
			types[i] = r.typ
		}
		return graph.ConflictNeeded(c, types)
	}
	slices.SortFunc(ends, func(a, b *rel) int {
		return graph.CompareEdges(graph.Edge{Type: a.typ, From: a.from, To: a.to}, graph.Edge{Type: b.typ, From: b.from, To: b.to})
	})
	for _, r := range ends {
		d.remove(r)
	}
	delete(d.nodes, n.id)
	d.record(graph.LogEntry{Op: graph.DeleteNode, Label: n.label, ID: n.id, Before: n.props})
	return nil
}

func (d *draft) connect(c graph.Change, props map[string]any) error {
	for _, id := range []string{c.From, c.To} {
		if d.nodes[id] == nil {
			return errNoNode(id)
		}
	}
	key := d.key(c)
	old := d.rels[key]
	if old == nil {
		set, _ := graph.MergeProps(nil, props)
		d.rels[key] = &rel{relKey: key, props: set}
		d.touch(key)
		d.record(graph.LogEntry{Op: graph.Connect, Type: key.typ, From: key.from, To: key.to, After: set})
		return nil
	}
	if set, changed := graph.MergeProps(old.props, props); changed {
		d.rels[key] = &rel{relKey: key, elements: old.elements, props: set}
		d.record(graph.LogEntry{Op: graph.UpdateNode, Type: key.typ, From: key.from, To: key.to, Before: old.props, After: set})
	}
	return nil
}

func (d *draft) disconnect(c graph.Change) error {
	r := d.rels[d.key(c)]
	if r == nil {
		return graph.Errorf(graph.NotFound, "there is no relation %s from %q to %q", c.Type, c.From, c.To)
	}
	d.remove(r)
	return nil
}

func (d *draft) remove(r *rel) {
	delete(d.rels, r.relKey)
	d.record(graph.LogEntry{Op: graph.Disconnect, Type: r.typ, From: r.from, To: r.to, Before: r.props})
}

// key returns the relation that a change names. One without direction is the same relation
// whichever way it is named.
func (d *draft) key(c graph.Change) relKey {
	key, back := relKey{c.Type, c.From, c.To}, relKey{c.Type, c.To, c.From}
	if d.rules.Symmetric[c.Type] && d.rels[key] == nil && d.rels[back] != nil {
		return back
	}
	return key
}

func (d *draft) record(e graph.LogEntry) {
	e.At, e.Actor = d.at, d.actor
	e.Before, e.After = maps.Clone(e.Before), maps.Clone(e.After)
	d.entries = append(d.entries, e)
}
