package importer

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/i-partnerschap/kennisgraaf/dataset"
	"github.com/i-partnerschap/kennisgraaf/dataset/snapshot"
	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/validate"
	"github.com/i-partnerschap/kennisgraaf/live/webhook"
)

// Run imports files into a store. A path is a file, a folder with files, a zip or gzip
// archive of them, or "-" for Options.Stdin.
//
// Where anything is wrong with what was read, the result holds the faults, nothing was
// written and the error is BadUserInput. Any other error comes with how far writing came
// in Result.Written: running the import again writes the rest.
func Run(ctx context.Context, store graph.Store, model *graph.Model, paths []string, o Options) (*Result, error) {
	if o.Batch <= 0 {
		o.Batch = DefaultBatch
	}
	if o.Progress == nil {
		o.Progress = noProgress{}
	}
	defer o.Progress.End()
	stage, err := newStage(ctx, o.TempDir)
	if err != nil {
		return nil, err
	}
	model = model.Without(func(p *graph.Property) bool { return p.Local })
	i := &importer{
		Options: o, store: store, model: model, out: snapshot.Relations(model), stage: stage,
		result: &Result{Notes: map[string]int64{}, Touched: map[string]int64{}}, rules: validate.New(model), keys: map[[3]string]string{}, headers: map[int]map[string]string{},
	}
	i.kinds = i.edgeKinds()
	err = i.run(ctx, paths)
	return i.result, errors.Join(err, stage.close())
}

// importer is one import under way.
type importer struct {
	Options
	store graph.Store
	// model is without what belongs to the store alone.
	model *graph.Model
	rules *validate.Rules
	// out holds the relations by the type that they lead from, kinds what holds for each
	// type of relation.
	out    map[string][]snapshot.Outgoing
	kinds  map[string]edgeKind
	stage  *stage
	result *Result
	// empty tells that the store has no nodes.
	empty bool
	// themes finds themes by their labels, once it is needed; keys are the nodes of the
	// store that were found by their external keys.
	themes themeIndex
	keys   map[[3]string]string
	// headers holds, by the number of a CSV file, the header of the column that a property
	// or the type of a relation stands in.
	headers map[int]map[string]string
}

func (i *importer) run(ctx context.Context, paths []string) error {
	found, err := i.store.Read(ctx, graph.Query{Root: &graph.Selection{Labels: i.model.Stored(), Page: graph.Page{Limit: 1}}})
	if err != nil {
		return err
	}
	i.empty = len(found.Rows) == 0
	if err := i.read(ctx, paths); err != nil {
		return err
	}
	i.Progress.Begin(Check, -1)
	if err := i.check(ctx); err != nil {
		return err
	}
	if n := i.result.FaultCount; n > 0 {
		return graph.Errorf(graph.BadUserInput, "nothing was imported: %d %s wrong", n, plural(n, "thing is", "things are"))
	}
	i.result.ToWrite = i.stage.nodeCount + i.stage.edgeCount
	if i.DryRun {
		return i.compare(ctx)
	}
	return i.write(ctx)
}

// counts returns what counts the nodes of a type; of relations for "".
func (i *importer) counts(label string) *Counts {
	switch label {
	case "":
		return &i.result.Relations
	case webhook.SearchLabel:
		return &i.result.Searches
	}
	return &i.result.Nodes
}

// fault records what is wrong.
func (i *importer) fault(f *dataset.Fault) {
	i.result.FaultCount++
	if len(i.result.Faults) < MaxFaults {
		i.result.Faults = append(i.result.Faults, f)
	}
}

// faultAt records what is wrong with a row of the stage.
func (i *importer) faultAt(file, line int, column, format string, args ...any) {
	i.fault(dataset.Faultf(i.stage.files[file], line, i.header(file, column, column), format, args...))
}

// header returns the header of the column that a property, or the type of a relation,
// stands in; other where the file has none of its own for it.
func (i *importer) header(file int, name, other string) string {
	return cmp.Or(i.headers[file][name], other)
}

// note records what is worth knowing.
func (i *importer) note(format string, args ...any) { i.result.Notes[fmt.Sprintf(format, args...)]++ }

func plural(n int64, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

type noProgress struct{}

func (noProgress) Begin(Step, int64) {}
func (noProgress) Add(int64)         {}
func (noProgress) End()              {}
