package dataset

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"math"
	"strconv"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// jsonNode and jsonEdge fix the order of the keys on a line.
type jsonNode struct {
	Node  string         `json:"node"`
	ID    string         `json:"id"`
	Props map[string]any `json:"props"`
}

type jsonEdge struct {
	Edge  string         `json:"edge"`
	From  string         `json:"from"`
	To    string         `json:"to"`
	Props map[string]any `json:"props"`
}

// Write writes nodes and relations in the format that Read reads. What Read yields
// is what was written: floats keep a decimal point. Changes that take something
// away, and values that the graph does not know, are an error.
func Write(w io.Writer, changes iter.Seq[graph.Change]) error {
	out := bufio.NewWriter(w)
	for c := range changes {
		line, err := Format(c)
		if err != nil {
			return err
		}
		if _, err := out.Write(line); err != nil {
			return err
		}
	}
	return out.Flush()
}

// Format returns a node or relation as a line that Read reads, with its newline.
func Format(c graph.Change) ([]byte, error) {
	props, err := exactProps(c.Props)
	if err != nil {
		return nil, fmt.Errorf("%s%s %s%s: %w", c.Label, c.Type, c.ID, c.From, err)
	}
	var line any
	switch c.Op {
	case graph.UpsertNode, graph.CreateNode:
		line = jsonNode{c.Label, c.ID, props}
	case graph.Connect:
		line = jsonEdge{c.Type, c.From, c.To, props}
	default:
		return nil, fmt.Errorf("a change that does %s has no line", c.Op)
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	err = enc.Encode(line) // ends with a newline
	return buf.Bytes(), err
}

// exactProps returns the properties with floats written out such that they are read
// as floats again.
func exactProps(props map[string]any) (map[string]any, error) {
	exact := make(map[string]any, len(props))
	for name, value := range props {
		switch v := value.(type) {
		case nil, string, bool, int64, []string:
			exact[name] = v
		case float64:
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return nil, fmt.Errorf("property %q: %v has no JSON form", name, v)
			}
			s := strconv.FormatFloat(v, 'g', -1, 64)
			if !strings.ContainsAny(s, ".e") {
				s += ".0"
			}
			exact[name] = json.RawMessage(s)
		default:
			return nil, fmt.Errorf("property %q: a %T is no property value", name, value)
		}
	}
	return exact, nil
}
