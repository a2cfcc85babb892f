package graph

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"unicode/utf8"
)

// Cursor marks a place in an ordered list: one value per Order, then the node's id.
// nil values stand for absent ones.
type Cursor []any

// Encode makes the cursor opaque. It remembers the order it belongs to.
func (c Cursor) Encode(order []Order) string {
	body, err := json.Marshal(append([]any{fingerprint(order)}, c...))
	if err != nil {
		// Values come from a store and are scalars: they always marshal.
		panic(fmt.Sprintf("graph: cursor %v: %v", c, err))
	}
	return base64.RawURLEncoding.EncodeToString(body)
}

// DecodeCursor reads what Encode wrote. A cursor that is malformed, or that belongs
// to another order, is a BadUserInput error.
func DecodeCursor(s string, order []Order) (Cursor, error) {
	body, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || !utf8.Valid(body) {
		return nil, errBadCursor()
	}
	var values []any
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if err := d.Decode(&values); err != nil || d.More() || len(values) == 0 {
		return nil, errBadCursor()
	}
	if values[0] != fingerprint(order) {
		return nil, Errorf(BadUserInput, "the cursor belongs to a list with another sort order; use a cursor of this list, with the same sort")
	}
	values = values[1:]
	if len(values) != len(order)+1 {
		return nil, errBadCursor()
	}
	for i, v := range values {
		if values[i], err = cursorValue(v, i, order); err != nil {
			return nil, err
		}
	}
	return values, nil
}

func errBadCursor() error {
	return Errorf(BadUserInput, "the cursor is malformed; pass endCursor, startCursor or an edge's cursor unchanged")
}

// cursorValue checks that a value is of the kind that its order compares.
func cursorValue(v any, i int, order []Order) (any, error) {
	kind := String
	if i < len(order) {
		kind = order[i].Kind
		if order[i].Count != nil || order[i].Relevance != nil {
			kind = Float
		}
		if v == nil {
			return nil, nil //nolint:nilnil // nil is the value of an absent property
		}
	}
	switch x := v.(type) {
	case json.Number:
		if kind.Numeric() {
			if n, err := x.Int64(); err == nil {
				return n, nil
			}
			f, err := x.Float64()
			if err == nil {
				return f, nil
			}
		}
	case bool:
		if kind == Bool {
			return x, nil
		}
	case string:
		if !kind.Numeric() && kind != Bool {
			return x, nil
		}
	}
	return nil, errBadCursor()
}

// fingerprint tells orders apart, as eight hexadecimal digits.
func fingerprint(order []Order) string {
	h := fnv.New32a()
	for _, o := range order {
		fmt.Fprintf(h, "%v|%s|%t|%t|%t|", o.Via, o.Prop, o.Edge, o.Desc, o.NullsFirst)
		if o.Count != nil {
			fmt.Fprintf(h, "#%v", *o.Count)
		}
		if o.Relevance != nil {
			fmt.Fprintf(h, "~%v", *o.Relevance)
		}
	}
	return fmt.Sprintf("%08x", h.Sum32())
}
