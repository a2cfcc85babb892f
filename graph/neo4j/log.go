package neo4j

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/cypher"
)

// logColumns are the properties of a log entry, in the order in which Log reads them.
var logColumns = []string{"seq", "at", "actor", "op", "label", "id", "type", "from", "to", "before", "after"}

// logIndexes are the properties of log entries that have an index; that on seq comes with
// its constraint.
var logIndexes = []string{"id", "from", "to", "label", "actor"}

// Log implements graph.Store.
func (s *Store) Log(ctx context.Context, q graph.LogQuery) ([]graph.LogEntry, error) {
	done, err := s.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	var entries []graph.LogEntry
	st := logStatement(q)
	err = s.commits.steady(func() error {
		entries = nil
		return s.read(ctx, st, func(values []any) error {
			e, err := logEntry(values)
			entries = append(entries, e)
			return err
		})
	})
	if err != nil {
		return nil, mapError(ctx, err)
	}
	if q.Backward {
		slices.Reverse(entries)
	}
	return entries, nil
}

// logStatement writes a log query. Where it names nodes, the entries about each are found
// in three ways, each by an index of its own.
func logStatement(q graph.LogQuery) statement {
	conditions := "c.seq > $after"
	params := map[string]any{"after": q.After}
	add := func(condition, name string, value any) {
		conditions += " AND " + condition
		params[name] = value
	}
	if q.Before != 0 {
		add("c.seq < $before", "before", q.Before)
	}
	if q.Actor != "" {
		add("c.actor = $actor", "actor", q.Actor)
	}
	if len(q.Labels) > 0 {
		add("c.label IN $labels", "labels", q.Labels)
	}
	text := "MATCH (c:" + changeLabel + ") WHERE " + conditions
	if len(q.IDs) > 0 {
		ways := make([]string, 0, 3) //nolint:mnd // the three names below
		for _, name := range []string{"id", "from", "to"} {
			ways = append(ways, "MATCH (c:"+changeLabel+") WHERE c."+cypher.Quote(name)+" IN $ids AND "+conditions+" RETURN c")
		}
		text = "CALL { " + strings.Join(ways, " UNION ") + " }"
		params["ids"] = q.IDs
	}
	text += " WITH c ORDER BY c.seq"
	if q.Backward {
		text += " DESC"
	}
	if q.Limit != graph.All {
		text += " LIMIT $limit"
		params["limit"] = int64(max(q.Limit, 0))
	}
	return statement{text: text + " RETURN " + quoted("c.", logColumns, ", "), params: params}
}

// stale looks up who changed a node, where that is what an error is about.
func (w *writer) stale(c graph.Change, err error) error {
	var stale *staleError
	if !errors.As(err, &stale) {
		return err
	}
	text := "MATCH (c:" + changeLabel + ") WHERE c.id = $id WITH c ORDER BY c.seq DESC LIMIT 1 RETURN " + quoted("c.", logColumns, ", ")
	var last *graph.LogEntry
	var wrong error
	lookup := w.run(text, map[string]any{"id": c.ID}, func(values []any) {
		var e graph.LogEntry
		e, wrong = logEntry(values)
		last = &e
	})
	if lookup != nil || wrong != nil {
		return errors.Join(lookup, wrong)
	}
	return graph.ConflictStale(c, stale.at, last)
}

// logRow returns an entry as the properties of its node. The properties before and after
// are JSON, since a property cannot hold a map.
func logRow(e graph.LogEntry) (map[string]any, error) {
	before, err := encodeProps(e.Before)
	if err != nil {
		return nil, err
	}
	after, err := encodeProps(e.After)
	if err != nil {
		return nil, err
	}
	row := map[string]any{
		"seq": e.Seq, "at": e.At.Format(timeLayout), "actor": e.Actor, "op": string(e.Op), "before": before, "after": after,
	}
	// What an entry does not have is left out, so that no index holds it.
	for name, value := range map[string]string{"label": e.Label, "id": e.ID, "type": e.Type, "from": e.From, "to": e.To} {
		if value != "" {
			row[name] = value
		}
	}
	return row, nil
}

func logEntry(values []any) (graph.LogEntry, error) {
	e := graph.LogEntry{}
	e.Seq, _ = values[0].(int64)
	text := make([]string, len(values))
	for i, v := range values {
		text[i], _ = v.(string)
	}
	var err error
	if e.At, err = time.Parse(timeLayout, text[1]); err != nil {
		return e, err
	}
	e.Actor, e.Op, e.Label, e.ID = text[2], graph.ChangeOp(text[3]), text[4], text[5]
	e.Type, e.From, e.To = text[6], text[7], text[8]
	if e.Before, err = decodeProps(values[9]); err != nil {
		return e, err
	}
	e.After, err = decodeProps(values[10])
	return e, err
}

// encodeProps writes properties as JSON in which a float can be told from a whole number;
// nil for none at all.
func encodeProps(props map[string]any) (any, error) {
	if props == nil {
		return nil, nil //nolint:nilnil // null is the value
	}
	marked := make(map[string]any, len(props))
	for name, v := range props {
		if f, ok := v.(float64); ok {
			number := strconv.FormatFloat(f, 'g', -1, 64)
			if !strings.ContainsAny(number, ".e") {
				number += ".0"
			}
			v = json.RawMessage(number)
		}
		marked[name] = v
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(marked)
	return strings.TrimSuffix(b.String(), "\n"), err
}

// decodeProps reads what encodeProps wrote.
func decodeProps(v any) (map[string]any, error) {
	s, ok := v.(string)
	if !ok {
		return nil, nil //nolint:nilnil // there was nothing before, or is nothing after
	}
	d := json.NewDecoder(strings.NewReader(s))
	d.UseNumber()
	props := map[string]any{}
	if err := d.Decode(&props); err != nil {
		return nil, err
	}
	for name, v := range props {
		switch v := v.(type) {
		case json.Number:
			n, err := number(v)
			if err != nil {
				return nil, err
			}
			props[name] = n
		case []any:
			props[name] = texts(v)
		}
	}
	return props, nil
}

func number(n json.Number) (any, error) {
	if strings.ContainsAny(n.String(), ".eE") {
		return n.Float64()
	}
	return n.Int64()
}
