package sqlite

import (
	"context"
	"database/sql/driver"
	"maps"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// storedEdge is a relation as it is in the file.
type storedEdge struct {
	src, dst int64
	graph.Edge
}

// end returns the row id of a node at the end of a relation.
func (w *writer) end(ctx context.Context, id string) (int64, error) {
	if nid, ok := w.ends[id]; ok {
		return nid, nil
	}
	row, err := w.conn.one(ctx, "SELECT nid FROM node WHERE id=?", id)
	if err != nil {
		return 0, err
	}
	if row == nil {
		return 0, errNoNode(id)
	}
	w.ends[id] = integer(row[0])
	return w.ends[id], nil
}

// edge reads a relation; nil where there is none.
func (w *writer) edge(ctx context.Context, src, dst int64, e graph.Edge) (*storedEdge, error) {
	row, err := w.conn.one(ctx, "SELECT since,until,props FROM edge WHERE src=? AND type=? AND dst=?", src, e.Type, dst)
	if err != nil || row == nil {
		return nil, err
	}
	e.Props, err = decodeEdge(row[0], row[1], row[2], nil)
	return &storedEdge{src: src, dst: dst, Edge: e}, err
}

// find reads the relation that a change names. One without direction is the same
// whichever way it is named.
func (w *writer) find(ctx context.Context, c graph.Change, src, dst int64) (*storedEdge, error) {
	old, err := w.edge(ctx, src, dst, graph.Edge{Type: c.Type, From: c.From, To: c.To})
	if err != nil || old != nil || !w.store.rules.Symmetric[c.Type] {
		return old, err
	}
	return w.edge(ctx, dst, src, graph.Edge{Type: c.Type, From: c.To, To: c.From})
}

func (w *writer) connect(ctx context.Context, c graph.Change, props map[string]any) error {
	src, err := w.end(ctx, c.From)
	if err != nil {
		return err
	}
	dst, err := w.end(ctx, c.To)
	if err != nil {
		return err
	}
	if w.store.rules.Symmetric[c.Type] && src != dst {
		back, err := w.edge(ctx, dst, src, graph.Edge{Type: c.Type, From: c.To, To: c.From})
		if err != nil {
			return err
		}
		if back != nil {
			return w.setEdge(ctx, back, props)
		}
	}
	set, _ := graph.MergeProps(nil, props)
	columns, err := encodeEdge(set)
	if err != nil {
		return err
	}
	result, err := w.conn.exec(ctx, "INSERT INTO edge(src,type,dst,since,until,props) VALUES(?,?,?,?,?,?) ON CONFLICT DO NOTHING",
		src, c.Type, dst, columns[0], columns[1], columns[2])
	if err != nil {
		return err
	}
	n, err := result.RowsAffected()
	if err != nil {
		return err
	}
	if n > 0 {
		return w.recordEdge(ctx, graph.Connect, graph.Edge{Type: c.Type, From: c.From, To: c.To}, nil, set)
	}
	old, err := w.edge(ctx, src, dst, graph.Edge{Type: c.Type, From: c.From, To: c.To})
	if err != nil || old == nil {
		return err
	}
	return w.setEdge(ctx, old, props)
}

// setEdge changes the properties of a relation that exists, where that makes a difference.
func (w *writer) setEdge(ctx context.Context, old *storedEdge, props map[string]any) error {
	set, changed := graph.MergeProps(old.Props, props)
	if !changed {
		return nil
	}
	columns, err := encodeEdge(set)
	if err != nil {
		return err
	}
	_, err = w.conn.exec(ctx, "UPDATE edge SET since=?,until=?,props=? WHERE src=? AND type=? AND dst=?",
		columns[0], columns[1], columns[2], old.src, old.Type, old.dst)
	if err != nil {
		return err
	}
	return w.recordEdge(ctx, graph.UpdateNode, old.Edge, old.Props, set)
}

func (w *writer) disconnect(ctx context.Context, c graph.Change) error {
	src, err := w.end(ctx, c.From)
	if graph.CodeOf(err) == graph.NotFound && err != nil {
		return errNoRelation(c)
	}
	if err != nil {
		return err
	}
	dst, err := w.end(ctx, c.To)
	if graph.CodeOf(err) == graph.NotFound && err != nil {
		return errNoRelation(c)
	}
	if err != nil {
		return err
	}
	old, err := w.find(ctx, c, src, dst)
	if err != nil {
		return err
	}
	if old == nil {
		return errNoRelation(c)
	}
	return w.remove(ctx, old)
}

func errNoRelation(c graph.Change) error {
	return graph.Errorf(graph.NotFound, "there is no relation %s from %q to %q", c.Type, c.From, c.To)
}

func (w *writer) remove(ctx context.Context, e *storedEdge) error {
	if _, err := w.conn.exec(ctx, "DELETE FROM edge WHERE src=? AND type=? AND dst=?", e.src, e.Type, e.dst); err != nil {
		return err
	}
	return w.recordEdge(ctx, graph.Disconnect, e.Edge, e.Props, nil)
}

// around reads all relations of a node, in the order of graph.CompareEdges.
func (w *writer) around(ctx context.Context, nid int64) ([]*storedEdge, error) {
	const columns = `SELECT e.src,e.dst,e.type,s.id,d.id,e.since,e.until,e.props FROM edge e
		CROSS JOIN node s ON s.nid=e.src CROSS JOIN node d ON d.nid=e.dst WHERE `
	var edges []*storedEdge
	err := w.conn.query(ctx, columns+"e.src=? UNION ALL "+columns+"e.dst=? AND e.src<>e.dst", named([]driver.Value{nid, nid}), func(row []driver.Value) error {
		e := &storedEdge{src: integer(row[0]), dst: integer(row[1])}
		e.Type, _ = row[2].(string)
		e.From, _ = row[3].(string)
		e.To, _ = row[4].(string)
		var err error
		e.Props, err = decodeEdge(row[5], row[6], row[7], nil)
		edges = append(edges, e)
		return err
	})
	slices.SortFunc(edges, func(a, b *storedEdge) int { return graph.CompareEdges(a.Edge, b.Edge) })
	return edges, err
}

// guard refuses where the relations of a node are not those that the change expects.
func (w *writer) guard(ctx context.Context, c graph.Change) error {
	id, column := c.From, "src"
	if id == "" {
		id, column = c.To, "dst"
	}
	nid, err := w.end(ctx, id)
	if err != nil {
		return err
	}
	var found []graph.Edge
	const columns = `SELECT s.id,d.id,e.since,e.until,e.props FROM edge e
		CROSS JOIN node s ON s.nid=e.src CROSS JOIN node d ON d.nid=e.dst WHERE e.type=? AND e.`
	err = w.conn.query(ctx, columns+column+"=?", named([]driver.Value{c.Type, nid}), func(row []driver.Value) error {
		e := graph.Edge{Type: c.Type}
		e.From, _ = row[0].(string)
		e.To, _ = row[1].(string)
		var err error
		e.Props, err = decodeEdge(row[2], row[3], row[4], nil)
		found = append(found, e)
		return err
	})
	if err == nil && !c.Holds(found) {
		err = graph.ConflictGuard(c)
	}
	return err
}

// encodeEdge returns the columns of a relation: since, until and the other properties.
func encodeEdge(props map[string]any) ([3]driver.Value, error) {
	rest := maps.Clone(props)
	delete(rest, since)
	delete(rest, until)
	blob, err := encodeProps(rest)
	return [3]driver.Value{props[since], props[until], blob}, err
}
