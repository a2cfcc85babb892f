package sqlite

import (
	"context"
	"database/sql/driver"
	"strings"
)

// textWriter keeps the full-text index and the table of terms in line with the nodes
// that a transaction writes.
type textWriter struct {
	fulltext fulltext
	conn     *conn
	insert   string
	// known holds the terms that are certainly in the table, gone those that may no
	// longer be in any text.
	known, gone map[string]bool
}

func newTextWriter(f fulltext, c *conn) *textWriter {
	columns := f.columns()
	return &textWriter{
		fulltext: f, conn: c, known: map[string]bool{}, gone: map[string]bool{},
		insert: "INSERT INTO fts(rowid," + strings.Join(columns, ",") + ") VALUES(?" + strings.Repeat(",?", len(columns)) + ")",
	}
}

// add indexes a node that is not in the index.
func (w *textWriter) add(ctx context.Context, nid int64, label string, props map[string]any) error {
	return w.write(ctx, nid, w.fulltext.document(label, props))
}

func (w *textWriter) write(ctx context.Context, nid int64, d document) error {
	if d.empty() {
		return nil
	}
	for term := range d.terms {
		delete(w.gone, term)
		if w.known[term] {
			continue
		}
		if _, err := w.conn.exec(ctx, "INSERT OR IGNORE INTO term(term) VALUES(?)", term); err != nil {
			return err
		}
		w.known[term] = true
	}
	_, err := w.conn.exec(ctx, w.insert, append([]driver.Value{nid}, d.cells...)...)
	return err
}

// change replaces the text of a node, where it differs.
func (w *textWriter) change(ctx context.Context, nid int64, label string, before, after map[string]any) error {
	if !w.fulltext.differ(label, before, after) {
		return nil
	}
	if err := w.remove(ctx, nid, w.fulltext.document(label, before)); err != nil {
		return err
	}
	return w.add(ctx, nid, label, after)
}

// drop takes a node out of the index.
func (w *textWriter) drop(ctx context.Context, nid int64, label string, before map[string]any) error {
	return w.remove(ctx, nid, w.fulltext.document(label, before))
}

func (w *textWriter) remove(ctx context.Context, nid int64, old document) error {
	if old.empty() {
		return nil
	}
	for term := range old.terms {
		w.gone[term] = true
	}
	_, err := w.conn.exec(ctx, "DELETE FROM fts WHERE rowid=?", nid)
	return err
}

// finish takes the terms that are in no text any more out of the table, so that what
// was erased does not live on there.
func (w *textWriter) finish(ctx context.Context) error {
	for term := range w.gone {
		row, err := w.conn.one(ctx, "SELECT 1 FROM fts WHERE fts MATCH ? LIMIT 1", phrase(term))
		if err != nil {
			return err
		}
		if row != nil {
			continue
		}
		if _, err := w.conn.exec(ctx, "DELETE FROM term WHERE term=?", term); err != nil {
			return err
		}
	}
	return nil
}
