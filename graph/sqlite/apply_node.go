package sqlite

import (
	"context"
	"database/sql/driver"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// storedNode is a node as it is in the file.
type storedNode struct {
	nid   int64
	label string
	props map[string]any
}

// node reads a node; nil where there is none.
func (w *writer) node(ctx context.Context, id string) (*storedNode, error) {
	row, err := w.conn.one(ctx, "SELECT nid,label,props FROM node WHERE id=?", id)
	if err != nil || row == nil {
		return nil, err
	}
	n := &storedNode{nid: integer(row[0])}
	w.ends[id] = n.nid
	n.label, _ = row[1].(string)
	n.props, err = decodeColumn(row[2], nil)
	return n, err
}

// existing reads the node that a change names.
func (w *writer) existing(ctx context.Context, c graph.Change) (*storedNode, error) {
	n, err := w.node(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	if n == nil || n.label != c.Label {
		return nil, graph.Errorf(graph.NotFound, "there is no %s with id %q", c.Label, c.ID)
	}
	return n, nil
}

func (w *writer) create(ctx context.Context, c graph.Change, props map[string]any) error {
	set, _ := graph.MergeProps(nil, props)
	if set[createdAt] == nil {
		set[createdAt] = w.now
	}
	if !c.Restore || set[updatedAt] == nil {
		set[updatedAt] = w.now
	}
	blob, err := encodeProps(set)
	if err != nil {
		return err
	}
	result, err := w.conn.exec(ctx, "INSERT INTO node(id,label,props) VALUES(?,?,?) ON CONFLICT(id) DO NOTHING", c.ID, c.Label, blob)
	if err != nil {
		return w.keyError(ctx, c, err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		if err != nil {
			return err
		}
		return graph.Errorf(graph.Conflict, "there is a node with id %q already; update or upsert it, or choose another id", c.ID)
	}
	nid, err := result.LastInsertId()
	if err != nil {
		return err
	}
	w.ends[c.ID] = nid
	if err := w.text.add(ctx, nid, c.Label, set); err != nil {
		return err
	}
	return w.record(ctx, graph.LogEntry{Op: graph.CreateNode, Label: c.Label, ID: c.ID, After: set}, nil, blob)
}

func (w *writer) update(ctx context.Context, c graph.Change, props map[string]any) error {
	n, err := w.existing(ctx, c)
	if err != nil {
		return err
	}
	return w.set(ctx, c, n, props)
}

func (w *writer) upsert(ctx context.Context, c graph.Change, props map[string]any) error {
	n, err := w.node(ctx, c.ID)
	switch {
	case err != nil:
		return err
	case n == nil && c.Expect != "":
		return graph.Errorf(graph.NotFound, "there is no %s with id %q", c.Label, c.ID)
	case n == nil:
		return w.create(ctx, c, props)
	case n.label != c.Label:
		return graph.Errorf(graph.Conflict, "the node with id %q is a %s, not a %s", c.ID, n.label, c.Label)
	}
	return w.set(ctx, c, n, props)
}

// set changes the properties of a node that exists, where that makes a difference. The
// moment of change is the store's to set, so a given one makes none unless it is restored.
func (w *writer) set(ctx context.Context, c graph.Change, n *storedNode, props map[string]any) error {
	if err := w.expect(ctx, c, n); err != nil {
		return err
	}
	restored := c.Restore && props[updatedAt] != nil
	if !restored {
		delete(props, updatedAt)
	}
	set, changed := graph.MergeProps(n.props, props)
	if !changed {
		return nil
	}
	if !restored {
		set[updatedAt] = graph.NextMoment(w.at, n.props[updatedAt])
	}
	before, err := encodeProps(n.props)
	if err != nil {
		return err
	}
	after, err := encodeProps(set)
	if err != nil {
		return err
	}
	if _, err := w.conn.exec(ctx, "UPDATE node SET props=? WHERE nid=?", after, n.nid); err != nil {
		return w.keyError(ctx, c, err)
	}
	if err := w.text.change(ctx, n.nid, n.label, n.props, set); err != nil {
		return err
	}
	return w.record(ctx, graph.LogEntry{Op: graph.UpdateNode, Label: n.label, ID: c.ID, Before: n.props, After: set}, before, after)
}

func (w *writer) delete(ctx context.Context, c graph.Change) error {
	n, err := w.existing(ctx, c)
	if err != nil {
		return err
	}
	if err := w.expect(ctx, c, n); err != nil {
		return err
	}
	edges, err := w.around(ctx, n.nid)
	if err != nil {
		return err
	}
	if len(edges) > 0 && !c.Cascade {
		types := make([]string, len(edges))
		for i, e := range edges {
			types[i] = e.Type
		}
		return graph.ConflictNeeded(c, types)
	}
	for _, e := range edges {
		if err := w.remove(ctx, e); err != nil {
			return err
		}
	}
	if _, err := w.conn.exec(ctx, "DELETE FROM node WHERE nid=?", n.nid); err != nil {
		return err
	}
	delete(w.ends, c.ID)
	if err := w.text.drop(ctx, n.nid, n.label, n.props); err != nil {
		return err
	}
	before, err := encodeProps(n.props)
	if err != nil {
		return err
	}
	return w.record(ctx, graph.LogEntry{Op: graph.DeleteNode, Label: n.label, ID: c.ID, Before: n.props}, before, nil)
}

// expect refuses a node that was changed since the caller read it.
func (w *writer) expect(ctx context.Context, c graph.Change, n *storedNode) error {
	at, _ := n.props[updatedAt].(string)
	if c.Expect == "" || c.Expect == at {
		return nil
	}
	var last *graph.LogEntry
	args := named([]driver.Value{c.ID})
	err := w.conn.query(ctx, "SELECT "+logColumns+" FROM change WHERE id=? AND type='' ORDER BY seq DESC LIMIT 1", args, func(row []driver.Value) error {
		e, err := logEntry(row)
		last = &e
		return err
	})
	if err != nil {
		return err
	}
	return graph.ConflictStale(c, at, last)
}

// keyError tells which key another node has, where that is why a node could not be written.
func (w *writer) keyError(ctx context.Context, c graph.Change, err error) error {
	if codeOf(err) != codeConstraint {
		return err
	}
	for _, p := range w.store.model.Types[c.Label].Keys() {
		value, _ := c.Props[p.Name].(string)
		row, lookup := w.conn.one(ctx, "SELECT id FROM node WHERE label=? AND "+generated(p.Name)+"=? AND id<>?", c.Label, value, c.ID)
		if lookup != nil {
			return lookup
		}
		if row != nil {
			other, _ := row[0].(string)
			return graph.ConflictKey(c, p, other)
		}
	}
	return err
}
