package sqlite

import (
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
)

// Properties are stored in SQLite's JSONB format (https://sqlite.org/jsonb.html), and
// written and read here rather than through jsonb() and json_extract(): reading a row
// then costs one column instead of a function call for each property, and the kinds
// survive, since the format tells integers, floats and booleans apart.

// The element types of JSONB that are used here.
const (
	jsonbTrue    = 1
	jsonbFalse   = 2
	jsonbInt     = 3
	jsonbFloat   = 5
	jsonbText    = 7
	jsonbTextRaw = 10
	jsonbArray   = 11
	jsonbObject  = 12
)

// encodeProps returns properties as a JSONB object, with its members in the order of
// their names.
func encodeProps(props map[string]any) ([]byte, error) {
	var body []byte
	for _, name := range slices.Sorted(maps.Keys(props)) {
		body = appendElement(body, jsonbTextRaw, name)
		var err error
		if body, err = appendValue(body, props[name]); err != nil {
			return nil, fmt.Errorf("property %s: %w", name, err)
		}
	}
	return appendElement(nil, jsonbObject, string(body)), nil
}

func appendValue(b []byte, v any) ([]byte, error) {
	switch x := v.(type) {
	case string:
		return appendElement(b, jsonbTextRaw, x), nil
	case bool:
		if x {
			return append(b, jsonbTrue), nil
		}
		return append(b, jsonbFalse), nil
	case int64:
		return appendElement(b, jsonbInt, strconv.FormatInt(x, 10)), nil
	case float64:
		return appendElement(b, jsonbFloat, formatFloat(x)), nil
	case []string:
		var items []byte
		for _, item := range x {
			items = appendElement(items, jsonbTextRaw, item)
		}
		return appendElement(b, jsonbArray, string(items)), nil
	}
	return nil, fmt.Errorf("unexpected value of type %T", v)
}

// formatFloat writes a float so that it reads back as a float: with a point or an exponent.
func formatFloat(f float64) string {
	if f == math.Trunc(f) && math.Abs(f) < 1e15 {
		return strconv.FormatFloat(f, 'f', 1, 64)
	}
	s := strconv.FormatFloat(f, 'g', -1, 64)
	for _, c := range s {
		if c == '.' || c == 'e' {
			return s
		}
	}
	return s + ".0"
}

// appendElement appends the header, which holds the type and the size in as few bytes
// as possible, and the payload.
func appendElement(b []byte, kind byte, payload string) []byte {
	n := len(payload)
	switch {
	case n <= 11:
		b = append(b, byte(n)<<4|kind)
	case n <= math.MaxUint8:
		b = append(b, 12<<4|kind, byte(n))
	case n <= math.MaxUint16:
		b = binary.BigEndian.AppendUint16(append(b, 13<<4|kind), uint16(n))
	default:
		b = binary.BigEndian.AppendUint32(append(b, 14<<4|kind), uint32(n))
	}
	return append(b, payload...)
}

// decodeProps reads a JSONB object. It returns the members that want asks for; a nil
// want asks for all.
func decodeProps(b []byte, want map[string]bool) (map[string]any, error) {
	kind, body, _, err := element(b)
	if err != nil || kind != jsonbObject {
		return nil, errJSONB
	}
	props := make(map[string]any, len(want))
	for len(body) > 0 {
		var name, value []byte
		var valueKind byte
		if _, name, body, err = element(body); err != nil {
			return nil, err
		}
		if valueKind, value, body, err = element(body); err != nil {
			return nil, err
		}
		if want != nil && !want[string(name)] {
			continue
		}
		if props[string(name)], err = decodeValue(valueKind, value); err != nil {
			return nil, err
		}
	}
	return props, nil
}

func decodeValue(kind byte, payload []byte) (any, error) {
	switch kind {
	case jsonbTrue, jsonbFalse:
		return kind == jsonbTrue, nil
	case jsonbInt:
		return strconv.ParseInt(string(payload), 10, 64)
	case jsonbFloat:
		return strconv.ParseFloat(string(payload), 64)
	case jsonbText, jsonbTextRaw:
		return string(payload), nil
	case jsonbArray:
		list := []string{}
		for len(payload) > 0 {
			var item []byte
			var err error
			if _, item, payload, err = element(payload); err != nil {
				return nil, err
			}
			list = append(list, string(item))
		}
		return list, nil
	}
	return nil, errJSONB
}

var errJSONB = fmt.Errorf("malformed JSONB value")

// element splits the first element off b.
func element(b []byte) (kind byte, payload, rest []byte, err error) {
	if len(b) == 0 {
		return 0, nil, nil, errJSONB
	}
	kind = b[0] & 0x0f
	size, header := uint64(b[0]>>4), 1
	if size > 11 {
		width := 1 << (size - 12)
		if len(b) < 1+width {
			return 0, nil, nil, errJSONB
		}
		header, size = 1+width, 0
		for _, c := range b[1:header] {
			size = size<<8 | uint64(c)
		}
	}
	if size > uint64(len(b)-header) {
		return 0, nil, nil, errJSONB
	}
	end := header + int(size)
	return kind, b[header:end], b[end:], nil
}
