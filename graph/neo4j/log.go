package neo4j

import (
	"bytes"
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// logColumns are the properties of a log entry, in the order in which Log reads them.
var logColumns = []string{"seq", "at", "actor", "op", "label", "id", "type", "from", "to", "before", "after"}

// Log implements graph.Store.
func (s *Store) Log(ctx context.Context, after int64, limit int) ([]graph.LogEntry, error) {
	done, err := s.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	if limit <= 0 {
		return nil, nil
	}
	var entries []graph.LogEntry
	st := statement{
		text:   "MATCH (c:" + changeLabel + ") WHERE c.seq > $after WITH c ORDER BY c.seq LIMIT $limit RETURN " + quoted("c.", logColumns, ", "),
		params: map[string]any{"after": after, "limit": int64(limit)},
	}
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
	return entries, nil
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
	return map[string]any{
		"seq": e.Seq, "at": e.At.Format(timeLayout), "actor": e.Actor, "op": string(e.Op), "label": e.Label, "id": e.ID,
		"type": e.Type, "from": e.From, "to": e.To, "before": before, "after": after,
	}, nil
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
