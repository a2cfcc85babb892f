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
	// WithoutPersonal leaves out the properties that the SDL marks as personal, and the
	// saved searches, which may name people and post to addresses that are secrets.
	WithoutPersonal bool
	// WhileWriting accepts that others write while the export reads.
	WhileWriting bool
	// Excel has CSV with a byte order mark, semicolons and decimal commas, as a Dutch Excel wants it.
	Excel bool
	// Progress is told of each node and relation that is written; nil is nobody.
	Progress func(n int64)
}

// Counts are how many nodes, relations and saved searches were written.
type Counts struct{ Nodes, Relations, Searches int64 }

// sink writes one format: all nodes, type by type, and then all relations.
type sink interface {
	begin() error
	node(t *graph.Type, n *graph.Node) error
	edge(e graph.Edge) error
	end() error
}

// exact is the format from which import makes the same graph again. It alone has the saved
// searches, which are no part of the network.
const exact = "jsonl"

var sinks = map[string]func(io.Writer, *graph.Model, Options) sink{
	exact: newJSONL, "csv": newCSV, "xlsx": newXLSX, "graphml": newGraphML, "cytoscape": newCytoscape, "jsonld": newJSONLD,
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
	model = model.Without(func(p *graph.Property) bool { return p.Local || o.WithoutPersonal && p.Personal })
	before, err := snapshot.Position(ctx, store)
	if err != nil {
		return counts, err
	}
	out := make(w, model, o)
	if err := out.begin(); err != nil {
		return counts, err
	}
	names := model.Names()
	if format == exact && !o.WithoutPersonal {
		names = model.Stored()
	}
	if counts, err = write(ctx, out, store, model, names, o.Progress); err != nil {
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

// write passes to the sink the nodes of some types and all relations.
func write(ctx context.Context, out sink, store graph.Store, model *graph.Model, names []string, tell func(int64)) (counts Counts, err error) {
	if tell == nil {
		tell = func(int64) {}
	}
	for _, name := range names {
		t := model.Types[name]
		for n, err := range snapshot.Nodes(ctx, store, t, nil) {
			if err != nil {
				return counts, err
			}
			if err := out.node(t, n); err != nil {
				return counts, fmt.Errorf("%s %s: %w", name, n.ID, err)
			}
			if t.Internal {
				counts.Searches++
			} else {
				counts.Nodes++
			}
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
