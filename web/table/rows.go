package table

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/sheet"
)

// Page is what one answer holds.
type Page struct {
	Rows [][]any
	// After is the cursor of the next page, "" where there is none.
	After string
	// Total is how many rows the connection has, on the first page of one that counts them.
	Total int64
}

// Read takes the rows out of an answer's data.
func (p *Plan) Read(data []byte) (*Page, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	var at any
	if err := dec.Decode(&at); err != nil {
		return nil, err
	}
	for _, key := range p.path {
		at = get(at, key)
	}
	page := &Page{}
	items, _ := get(at, p.Columns[0].list).([]any)
	for _, item := range items {
		row := make([]any, len(p.Columns))
		for i, c := range p.Columns {
			value := item
			for _, key := range c.path {
				value = get(value, key)
			}
			row[i] = cell(value)
		}
		page.Rows = append(page.Rows, row)
	}
	info := get(at, pageKey)
	if more, _ := get(info, "hasNextPage").(bool); more {
		page.After, _ = get(info, "endCursor").(string)
	}
	page.Total, _ = number(get(at, countKey))
	return page, nil
}

// get returns a member of an object, nil where there is none.
func get(v any, key string) any {
	object, _ := v.(map[string]any)
	return object[key]
}

// cell returns a scalar as a table holds it; a list becomes text with bars.
func cell(v any) any {
	switch x := v.(type) {
	case json.Number:
		if n, err := x.Int64(); err == nil {
			return n
		}
		f, err := x.Float64()
		if err != nil {
			return x.String()
		}
		return f
	case []any:
		items := make([]string, 0, len(x))
		for _, item := range x {
			if s, ok := item.(string); ok {
				items = append(items, s)
				continue
			}
			text, err := json.Marshal(item)
			if err == nil {
				items = append(items, string(text))
			}
		}
		return sheet.JoinList(items)
	case map[string]any: // a scalar that is an object
		text, err := json.Marshal(x)
		if err != nil {
			return nil
		}
		return strings.TrimSpace(string(text))
	}
	return v
}
