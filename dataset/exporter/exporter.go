package exporter

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/dataset/snapshot"
	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Options says what to leave out and who to tell.
type Options struct {
	// WithoutPersonal leaves out the properties that the SDL marks as personal.
	WithoutPersonal bool
	// WhileWriting accepts that others write while the export reads.
	WhileWriting bool
	// Excel has CSV with a byte order mark and semicolons, as a Dutch Excel wants it.
	Excel bool
	// Progress is told of each node and relation that is written; nil is nobody.
	Progress func(n int64)
}

// Counts are how many nodes and relations were written.
type Counts struct{ Nodes, Relations int64 }

// sink writes one format: all nodes, type by type, and then all relations.
type sink interface {
	begin() error
	node(t *graph.Type, n *graph.Node) error
	edge(e graph.Edge) error
	end() error
}

var sinks = map[string]func(io.Writer, *graph.Model, Options) sink{
	"jsonl": newJSONL, "csv": newCSV, "xlsx": newXLSX, "graphml": newGraphML, "cytoscape": newCytoscape, "jsonld": newJSONLD,
}

// Formats lists the formats that can be written.
func Formats() []string { return slices.Sorted(maps.Keys(sinks)) }

// Write writes the graph. It ends with Conflict, after all was written, where others
// wrote in the meantime: what was written may then hold half of what they wrote.
// Options.WhileWriting accepts that.
func Write(ctx context.Context, w io.Writer, store graph.Store, model *graph.Model, format string, o Options) (Counts, error) {
	var counts Counts
	make, ok := sinks[format]
	if !ok {
		return counts, graph.Errorf(graph.BadUserInput, "there is no format %q; use one of %s", format, strings.Join(Formats(), ", "))
	}
	if o.WithoutPersonal {
		model = withoutPersonal(model)
	}
	before, err := snapshot.Position(ctx, store)
	if err != nil {
		return counts, err
	}
	out := make(w, model, o)
	if err := out.begin(); err != nil {
		return counts, err
	}
	if counts, err = write(ctx, out, store, model, o); err != nil {
		return counts, err
	}
	if err := out.end(); err != nil {
		return counts, err
	}
	after, err := snapshot.Position(ctx, store)
	if err == nil && after != before && !o.WhileWriting {
		err = graph.Errorf(graph.Conflict, "the graph changed %d times while it was exported; export again when nobody writes, or take it as it comes with --while-writing", after-before)
	}
	return counts, err
}

// write passes everything to the sink.
func write(ctx context.Context, out sink, store graph.Store, model *graph.Model, o Options) (counts Counts, err error) {
	tell := o.Progress
	if tell == nil {
		tell = func(int64) {}
	}
	for _, name := range model.Names() {
		t := model.Types[name]
		for n, err := range snapshot.Nodes(ctx, store, t, nil) {
			if err != nil {
				return counts, err
			}
			if err := out.node(t, n); err != nil {
				return counts, fmt.Errorf("%s %s: %w", name, n.ID, err)
			}
			counts.Nodes++
			tell(1)
		}
	}
	relations := snapshot.Relations(model)
	for _, name := range model.Names() {
		for e, err := range snapshot.Edges(ctx, store, name, relations[name], nil) {
			if err != nil {
				return counts, err
			}
			if err := out.edge(e); err != nil {
				return counts, fmt.Errorf("%s from %s to %s: %w", e.Type, e.From, e.To, err)
			}
			counts.Relations++
			tell(1)
		}
	}
	return counts, nil
}

// withoutPersonal returns the model without the properties marked as personal, so that
// they are not even read.
func withoutPersonal(m *graph.Model) *graph.Model {
	c := *m
	c.Types = map[string]*graph.Type{}
	for name, t := range m.Types {
		kept := *t
		kept.Properties = slices.DeleteFunc(slices.Clone(t.Properties), func(p *graph.Property) bool { return p.Personal })
		c.Types[name] = &kept
	}
	return &c
}
