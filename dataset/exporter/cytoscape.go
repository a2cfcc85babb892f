package exporter

import (
	"encoding/json"
	"io"
	"maps"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// cytoscape writes the JSON that Cytoscape and cytoscape.js read
// (https://js.cytoscape.org/#notation/elements-json).
type cytoscape struct {
	elements
}

func newCytoscape(w io.Writer, _ *graph.Model, _ Options) sink { return &cytoscape{elements{w: w}} }

func (c *cytoscape) begin() error {
	return c.raw(`{"data":{"name":"I-Partnerschap"},"elements":{"nodes":[` + "\n")
}

func (c *cytoscape) node(t *graph.Type, n *graph.Node) error {
	data := maps.Clone(n.Props)
	if data == nil {
		data = map[string]any{}
	}
	data["id"], data["type"], data["label"] = n.ID, n.Label, orEmpty(n.Props[t.Title])
	return c.element(map[string]any{"data": data, "classes": n.Label})
}

func (c *cytoscape) edge(e graph.Edge) error {
	if err := c.turn("\n" + `],"edges":[` + "\n"); err != nil {
		return err
	}
	data := maps.Clone(e.Props)
	if data == nil {
		data = map[string]any{}
	}
	data["id"], data["source"], data["target"], data["type"] = e.Type+" "+e.From+" "+e.To, e.From, e.To, e.Type
	return c.element(map[string]any{"data": data, "classes": e.Type})
}

func (c *cytoscape) end() error {
	if err := c.turn("\n" + `],"edges":[` + "\n"); err != nil {
		return err
	}
	return c.raw("\n]}}\n")
}

// elements writes the elements of JSON lists, one a line.
type elements struct {
	w      io.Writer
	some   bool
	turned bool
}

func (l *elements) raw(s string) error {
	_, err := io.WriteString(l.w, s)
	return err
}

// turn ends the first list and begins the second, once.
func (l *elements) turn(between string) error {
	if l.turned {
		return nil
	}
	l.turned, l.some = true, false
	return l.raw(between)
}

func (l *elements) element(v any) error {
	line, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if l.some {
		if err := l.raw(",\n"); err != nil {
			return err
		}
	}
	l.some = true
	_, err = l.w.Write(line)
	return err
}
