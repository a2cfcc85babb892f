package sqlite

import (
	"context"
	"database/sql/driver"
	"slices"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

const logColumns = "seq,at,actor,op,label,id,type,src,dst,before,after"

// logIndexes find the entries about a node, of a type of node, and by an actor. Their
// rows come in order of seq. An entry about a relation has no id, and one about a node no
// ends, so each index leaves those out.
var logIndexes = []string{
	"CREATE INDEX IF NOT EXISTS change_id ON change (id) WHERE id<>''",
	"CREATE INDEX IF NOT EXISTS change_src ON change (src) WHERE src<>''",
	"CREATE INDEX IF NOT EXISTS change_dst ON change (dst) WHERE dst<>''",
	"CREATE INDEX IF NOT EXISTS change_label ON change (label) WHERE label<>''",
	"CREATE INDEX IF NOT EXISTS change_actor ON change (actor)",
}

// Log implements graph.Store.
func (s *Store) Log(ctx context.Context, q graph.LogQuery) ([]graph.LogEntry, error) {
	st, err := logStatement(q)
	if err != nil {
		return nil, mapError(err)
	}
	var entries []graph.LogEntry
	err = s.reading(ctx, func(c *conn) error {
		return c.query(ctx, st.String(), st.args, func(row []driver.Value) error {
			e, err := logEntry(row)
			entries = append(entries, e)
			return err
		})
	})
	if err != nil {
		return nil, mapError(err)
	}
	if q.Backward {
		slices.Reverse(entries)
	}
	return entries, nil
}

// logStatement writes a log query. Where it names nodes, the entries about each are found
// in three ways, which SQLite merges in order.
func logStatement(q graph.LogQuery) (*statement, error) {
	direction := ""
	if q.Backward {
		direction = " DESC"
	}
	limit := int64(max(q.Limit, 0))
	if q.Limit == graph.All {
		limit = -1
	}
	st := &statement{}
	st.add("SELECT ", logColumns, " FROM change WHERE ")
	if len(q.IDs) == 0 {
		if err := logConditions(st, q); err != nil {
			return nil, err
		}
	} else {
		st.add("seq IN (")
		for i, column := range []string{"id", "src", "dst"} {
			if i > 0 {
				st.add(" UNION ")
			}
			st.add("SELECT seq FROM change WHERE ", column, "<>'' AND ", column, " IN ")
			if err := st.list(anys(q.IDs)); err != nil {
				return nil, err
			}
			st.add(" AND ")
			if err := logConditions(st, q); err != nil {
				return nil, err
			}
		}
		st.add(" ORDER BY seq", direction, " LIMIT ")
		st.arg(limit)
		st.add(")")
	}
	st.add(" ORDER BY seq", direction, " LIMIT ")
	st.arg(limit)
	return st, nil
}

// logConditions writes the conditions of a log query but for the nodes that it names.
func logConditions(st *statement, q graph.LogQuery) error {
	st.add("seq>")
	st.arg(q.After)
	if q.Before != 0 {
		st.add(" AND seq<")
		st.arg(q.Before)
	}
	if q.Actor != "" {
		st.add(" AND actor=")
		st.arg(q.Actor)
	}
	if len(q.Labels) == 0 {
		return nil
	}
	st.add(" AND label<>'' AND label IN ")
	return st.list(anys(q.Labels))
}

func anys(texts []string) []any {
	values := make([]any, len(texts))
	for i, text := range texts {
		values[i] = text
	}
	return values
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
