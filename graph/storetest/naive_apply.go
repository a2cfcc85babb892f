package storetest

import (
	"context"
	"maps"
	"reflect"
	"slices"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Apply implements graph.Store: it works on a copy of the state, which takes the
// place of the state when every change was made.
func (n *Naive) Apply(ctx context.Context, actor string, changes []graph.Change) (*graph.Receipt, error) {
	return n.write(ctx, actor, changes, true)
}

// Try implements graph.Store: the copy is forgotten.
func (n *Naive) Try(ctx context.Context, actor string, changes []graph.Change) (*graph.Receipt, error) {
	return n.write(ctx, actor, changes, false)
}

func (n *Naive) write(ctx context.Context, actor string, changes []graph.Change, keep bool) (*graph.Receipt, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if err := ended(ctx); err != nil {
		return nil, err
	}
	if n.closed {
		return nil, graph.Errorf(graph.StoreUnavailable, "the store is closed")
	}
	if err := graph.CheckErasure(changes); err != nil {
		return nil, err
	}
	w := &write{
		model: n.model, actor: actor, at: time.Now().UTC(),
		state: &state{nodes: maps.Clone(n.state.nodes), rels: maps.Clone(n.state.rels), log: slices.Clip(n.state.log)},
	}
	for i, c := range changes {
		if err := w.change(c); err != nil {
			return nil, graph.AtChange(i, err)
		}
	}
	receipt := &graph.Receipt{Entries: slices.Clone(w.state.log[len(n.state.log):])}
	if keep {
		w.state.touching = touching(w.state.rels)
		n.state = w.state
	}
	return receipt, nil
}

func touching(rels map[relKey]*rel) map[string][]*rel {
	by := map[string][]*rel{}
	for _, r := range rels {
		by[r.from] = append(by[r.from], r)
		if r.to != r.from {
			by[r.to] = append(by[r.to], r)
		}
	}
	return by
}

// write is one transaction under way.
type write struct {
	model *graph.Model
	state *state
	actor string
	at    time.Time
}

func (w *write) change(c graph.Change) error {
	props, err := w.check(c)
	if err != nil {
		return err
	}
	switch c.Op {
	case graph.Connect:
		return w.connect(c, props)
	case graph.Disconnect:
		return w.disconnect(c)
	case graph.Guard:
		return w.guard(c)
	case graph.EraseNode:
		return w.erase(c)
	}
	old := w.state.nodes[c.ID]
	switch {
	case c.Op == graph.CreateNode && old != nil:
		return graph.Errorf(graph.Conflict, "there is a node %q already", c.ID)
	case c.Op == graph.UpsertNode && old != nil && old.label != c.Label:
		return graph.Errorf(graph.Conflict, "the node %q is a %s", c.ID, old.label)
	// Reading: a node of another type is not the node that was named.
	case (c.Op == graph.UpdateNode || c.Op == graph.DeleteNode) && (old == nil || old.label != c.Label):
		return graph.Errorf(graph.NotFound, "there is no %s %q", c.Label, c.ID)
	case old == nil && c.Expect != "" && c.Op != graph.CreateNode:
		return graph.Errorf(graph.NotFound, "there is no %s %q to have been changed at %s", c.Label, c.ID, c.Expect)
	case old != nil && c.Expect != "" && old.props["updatedAt"] != c.Expect:
		return graph.Errorf(graph.Conflict, "the %s %q is not of %s", c.Label, c.ID, c.Expect)
	case c.Op == graph.DeleteNode:
		return w.delete(old, c.Cascade)
	}
	if err := w.unique(c); err != nil {
		return err
	}
	if old == nil {
		w.create(c, props)
	} else {
		w.update(c, old, props)
	}
	return nil
}

// unique refuses a key that another node of the type has.
func (w *write) unique(c graph.Change) error {
	for _, p := range w.model.Types[c.Label].Properties {
		value := c.Props[p.Name]
		if !p.Key || value == nil {
			continue
		}
		for _, n := range w.state.nodes {
			if n.label == c.Label && n.id != c.ID && n.props[p.Name] == value {
				return graph.Errorf(graph.Conflict, "the %s %q has the same %s", c.Label, n.id, p.Name)
			}
		}
	}
	return nil
}

// guard refuses where the relations are not those that are expected.
func (w *write) guard(c graph.Change) error {
	id := c.From + c.To
	if w.state.nodes[id] == nil {
		return graph.Errorf(graph.NotFound, "there is no node %q", id)
	}
	var found []graph.Edge
	for _, r := range w.state.rels {
		if r.typ == c.Type && (c.From != "" && r.from == c.From || c.From == "" && r.to == c.To) {
			found = append(found, r.edge())
		}
	}
	if !c.Holds(found) {
		return graph.Errorf(graph.Conflict, "the relations %s of %q are others", c.Type, id)
	}
	return nil
}

func (w *write) create(c graph.Change, props map[string]any) {
	set, _ := merge(nil, props)
	if set["createdAt"] == nil {
		set["createdAt"] = w.now()
	}
	if !c.Restore || set["updatedAt"] == nil {
		set["updatedAt"] = w.now()
	}
	w.state.nodes[c.ID] = &node{id: c.ID, label: c.Label, props: set}
	w.record(graph.LogEntry{Op: graph.CreateNode, Label: c.Label, ID: c.ID, After: set})
}

func (w *write) update(c graph.Change, old *node, props map[string]any) {
	set, changed := merge(old.props, props)
	if !changed {
		return
	}
	if !c.Restore || props["updatedAt"] == nil {
		set["updatedAt"] = graph.NextMoment(w.at, old.props["updatedAt"])
	}
	w.state.nodes[old.id] = &node{id: old.id, label: old.label, props: set}
	w.record(graph.LogEntry{Op: graph.UpdateNode, Label: old.label, ID: old.id, Before: old.props, After: set})
}

func (w *write) delete(n *node, cascade bool) error {
	var ends []*rel
	for _, r := range w.state.rels {
		if r.from == n.id || r.to == n.id {
			ends = append(ends, r)
		}
	}
	if len(ends) > 0 && !cascade {
		return graph.Errorf(graph.Conflict, "the %s %q has %d relations", n.label, n.id, len(ends))
	}
	slices.SortFunc(ends, func(a, b *rel) int { return graph.CompareEdges(a.edge(), b.edge()) })
	for _, r := range ends {
		w.remove(r)
	}
	delete(w.state.nodes, n.id)
	w.record(graph.LogEntry{Op: graph.DeleteNode, Label: n.label, ID: n.id, Before: n.props})
	return nil
}

func (w *write) connect(c graph.Change, props map[string]any) error {
	for _, id := range []string{c.From, c.To} {
		if w.state.nodes[id] == nil {
			return graph.Errorf(graph.NotFound, "there is no node %q", id)
		}
	}
	key := w.key(c)
	old := w.state.rels[key]
	if old == nil {
		set, _ := merge(nil, props)
		w.state.rels[key] = &rel{relKey: key, props: set}
		w.record(graph.LogEntry{Op: graph.Connect, Type: key.typ, From: key.from, To: key.to, After: set})
		return nil
	}
	set, changed := merge(old.props, props)
	if changed {
		w.state.rels[key] = &rel{relKey: key, props: set}
		w.record(graph.LogEntry{Op: graph.UpdateNode, Type: key.typ, From: key.from, To: key.to, Before: old.props, After: set})
	}
	return nil
}

func (w *write) disconnect(c graph.Change) error {
	r := w.state.rels[w.key(c)]
	if r == nil {
		return graph.Errorf(graph.NotFound, "there is no relation %s from %q to %q", c.Type, c.From, c.To)
	}
	w.remove(r)
	return nil
}

func (w *write) remove(r *rel) {
	delete(w.state.rels, r.relKey)
	w.record(graph.LogEntry{Op: graph.Disconnect, Type: r.typ, From: r.from, To: r.to, Before: r.props})
}

// key returns the relation that a change names. One without direction is the same
// relation whichever way it is named.
func (w *write) key(c graph.Change) relKey {
	key, back := relKey{c.Type, c.From, c.To}, relKey{c.Type, c.To, c.From}
	if w.model.Symmetric(c.Type) && w.state.rels[key] == nil && w.state.rels[back] != nil {
		return back
	}
	return key
}

func (w *write) record(e graph.LogEntry) {
	e.Seq, e.At, e.Actor = int64(len(w.state.log)+1), w.at, w.actor
	e.Before, e.After = maps.Clone(e.Before), maps.Clone(e.After)
	w.state.log = append(w.state.log, e)
}

func (w *write) now() string { return w.at.Format("2006-01-02T15:04:05.000Z") }

// merge returns old with props set, nil values removing, and whether that changed anything.
func merge(old, props map[string]any) (map[string]any, bool) {
	set := map[string]any{}
	maps.Copy(set, old)
	for name, value := range props {
		if value == nil {
			delete(set, name)
		} else {
			set[name] = copyValue(value)
		}
	}
	return set, !(len(set) == len(old) && (len(set) == 0 || reflect.DeepEqual(set, old)))
}
