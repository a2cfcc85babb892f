package dataset

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Parse reads one line of the exchange format, as Read does. It goes by tokens, since encoding/json takes
// repeated keys, and keys in another case, without a word.
func Parse(text []byte) (graph.Change, error) {
	if !utf8.Valid(text) {
		return graph.Change{}, errors.New("text is not UTF-8")
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	fields := map[string]string{}
	var props map[string]any
	err := object(dec, func(key string) error {
		switch key {
		case "node", "id", "edge", "from", "to":
			value, err := dec.Token()
			if err != nil {
				return err
			}
			s, ok := value.(string)
			if !ok || s == "" {
				return fmt.Errorf("%q must be text that is not empty", key)
			}
			fields[key] = s
			return nil
		case "props":
			var err error
			props, err = parseProps(dec)
			return err
		}
		return fmt.Errorf("unknown key %q: want node, id and props, or edge, from, to and props", key)
	})
	if err != nil {
		return graph.Change{}, explain(err, dec.InputOffset())
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return graph.Change{}, errors.New("more after the object: want one object a line")
	}
	return toChange(fields, props)
}

// toChange makes a change of a line's fields.
func toChange(fields map[string]string, props map[string]any) (graph.Change, error) {
	_, isNode := fields["node"]
	_, isEdge := fields["edge"]
	want := []string{"node", "id"}
	switch {
	case isNode == isEdge:
		return graph.Change{}, errors.New(`want either "node" or "edge"`)
	case isEdge:
		want = []string{"edge", "from", "to"}
	}
	for _, key := range want {
		if fields[key] == "" {
			return graph.Change{}, fmt.Errorf("%q is missing", key)
		}
	}
	if len(fields) != len(want) {
		return graph.Change{}, fmt.Errorf("keys of a node and of a relation are mixed: want %s and props", strings.Join(want, ", "))
	}
	if isNode {
		return graph.Change{Op: graph.UpsertNode, Label: fields["node"], ID: fields["id"], Props: props}, nil
	}
	return graph.Change{Op: graph.Connect, Type: fields["edge"], From: fields["from"], To: fields["to"], Props: props}, nil
}

// object reads an object, calling value for each key to read what follows it.
func object(dec *json.Decoder, value func(key string) error) error {
	token, err := dec.Token()
	if err != nil {
		return err
	}
	if token != json.Delim('{') {
		return fmt.Errorf("want an object, not %v", token)
	}
	seen := map[string]bool{}
	for dec.More() {
		token, err := dec.Token()
		if err != nil {
			return err
		}
		key := token.(string) // in an object the decoder takes nothing else as a key
		if seen[key] {
			return fmt.Errorf("key %q stands there twice", key)
		}
		seen[key] = true
		if err := value(key); err != nil {
			return err
		}
	}
	_, err = dec.Token()
	return err
}

func parseProps(dec *json.Decoder) (map[string]any, error) {
	props := map[string]any{}
	err := object(dec, func(key string) error {
		token, err := dec.Token()
		if err != nil {
			return err
		}
		props[key], err = parseValue(dec, token)
		if err != nil {
			return fmt.Errorf("property %q: %w", key, err)
		}
		return nil
	})
	return props, err
}

func parseValue(dec *json.Decoder, token json.Token) (any, error) {
	switch v := token.(type) {
	case json.Number:
		if strings.ContainsAny(v.String(), ".eE") {
			return v.Float64()
		}
		return v.Int64()
	case json.Delim:
		if v != '[' {
			return nil, errors.New("want a scalar or a list of text, not an object")
		}
		return parseList(dec)
	default: // string, bool or nil
		return v, nil
	}
}

func parseList(dec *json.Decoder) ([]string, error) {
	list := []string{}
	for dec.More() {
		token, err := dec.Token()
		if err != nil {
			return nil, err
		}
		s, ok := token.(string)
		if !ok {
			return nil, fmt.Errorf("a list holds text only, not %v", token)
		}
		list = append(list, s)
	}
	_, err := dec.Token()
	return list, err
}

// columnError is an error at a byte of the line, counted from 1.
type columnError struct {
	byte int64
	err  error
}

func (e *columnError) Error() string { return fmt.Sprintf("byte %d: %v", e.byte, e.err) }

// explain says in words what the decoder says in passing, and how far it came.
func explain(err error, offset int64) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("the object does not end on this line")
	}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		offset = max(syntax.Offset-1, 0)
		err = fmt.Errorf(`it is no JSON: %w; write one object a line, such as {"node":"Theme","id":"x","props":{}}`, err)
	}
	return &columnError{offset + 1, err}
}
