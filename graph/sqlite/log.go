package sqlite

import (
	"context"
	"database/sql/driver"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

const logColumns = "seq,at,actor,op,label,id,type,src,dst,before,after"

// Log implements graph.Store.
func (s *Store) Log(ctx context.Context, after int64, limit int) ([]graph.LogEntry, error) {
	if limit <= 0 {
		return nil, nil
	}
	var entries []graph.LogEntry
	err := s.reading(ctx, func(c *conn) error {
		args := named([]driver.Value{after, int64(limit)})
		return c.query(ctx, "SELECT "+logColumns+" FROM change WHERE seq>? ORDER BY seq LIMIT ?", args, func(row []driver.Value) error {
			e, err := logEntry(row)
			entries = append(entries, e)
			return err
		})
	})
	if err != nil {
		return nil, mapError(err)
	}
	return entries, nil
}

func logEntry(row []driver.Value) (graph.LogEntry, error) {
	e := graph.LogEntry{Seq: integer(row[0])}
	text := make([]string, len(row))
	for i, v := range row {
		text[i], _ = v.(string)
	}
	var err error
	if e.At, err = time.Parse(timeLayout, text[1]); err != nil {
		return e, err
	}
	e.Actor, e.Op, e.Label, e.ID = text[2], graph.ChangeOp(text[3]), text[4], text[5]
	e.Type, e.From, e.To = text[6], text[7], text[8]
	if row[9] != nil {
		if e.Before, err = decodeColumn(row[9], nil); err != nil {
			return e, err
		}
	}
	if row[10] != nil {
		e.After, err = decodeColumn(row[10], nil)
	}
	return e, err
}

// record writes a log entry, whose properties before and after are given encoded as well.
func (w *writer) record(ctx context.Context, e graph.LogEntry, before, after []byte) error {
	e.At, e.Actor = w.at, w.actor
	result, err := w.conn.exec(ctx, "INSERT INTO change(at,actor,op,label,id,type,src,dst,before,after) VALUES(?,?,?,?,?,?,?,?,?,?)",
		w.now, e.Actor, string(e.Op), e.Label, e.ID, e.Type, e.From, e.To, orNull(before), orNull(after))
	if err != nil {
		return err
	}
	if e.Seq, err = result.LastInsertId(); err != nil {
		return err
	}
	w.entries = append(w.entries, e)
	return nil
}

// recordEdge writes a log entry about a relation.
func (w *writer) recordEdge(ctx context.Context, op graph.ChangeOp, e graph.Edge, before, after map[string]any) error {
	var encoded [2][]byte
	for i, props := range []map[string]any{before, after} {
		if props == nil {
			continue
		}
		var err error
		if encoded[i], err = encodeProps(props); err != nil {
			return err
		}
	}
	return w.record(ctx, graph.LogEntry{Op: op, Type: e.Type, From: e.From, To: e.To, Before: before, After: after}, encoded[0], encoded[1])
}

func orNull(b []byte) driver.Value {
	if b == nil {
		return nil
	}
	return b
}
