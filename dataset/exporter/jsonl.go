package exporter

import (
	"io"

	"github.com/i-partnerschap/kennisgraaf/dataset"
	"github.com/i-partnerschap/kennisgraaf/graph"
)

// jsonl writes the exchange format.
type jsonl struct{ w io.Writer }

func newJSONL(w io.Writer, _ *graph.Model, _ Options) sink { return jsonl{w} }

func (jsonl) begin() error { return nil }

func (j jsonl) node(_ *graph.Type, n *graph.Node) error {
	return j.line(graph.Change{Op: graph.UpsertNode, Label: n.Label, ID: n.ID, Props: n.Props})
}

func (j jsonl) edge(e graph.Edge) error {
	return j.line(graph.Change{Op: graph.Connect, Type: e.Type, From: e.From, To: e.To, Props: e.Props})
}

func (j jsonl) line(c graph.Change) error {
	line, err := dataset.Format(c)
	if err != nil {
		return err
	}
	_, err = j.w.Write(line)
	return err
}

func (jsonl) end() error { return nil }
