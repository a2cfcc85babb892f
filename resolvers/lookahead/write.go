package lookahead

import (
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/99designs/gqlgen/graphql"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/write"
)

// dryRun is the directive on a mutation that only asks what it would do.
const dryRun = "dryRun"

// Transactional makes all that one operation writes one transaction: the first of its
// fields to be resolved writes for all of them.
func Transactional(s graphql.ExecutableSchema) graphql.ExecutableSchema { return transactional{s} }

type transactional struct{ graphql.ExecutableSchema }

// Exec implements graphql.ExecutableSchema.
func (t transactional) Exec(ctx context.Context) graphql.ResponseHandler {
	next := t.ExecutableSchema.Exec(ctx)
	op := &operation{}
	return func(ctx context.Context) *graphql.Response { return next(context.WithValue(ctx, operationKey{}, op)) }
}

type operationKey struct{}

// operation is what became of the writes of one operation.
type operation struct {
	once sync.Once
	// aliases holds the response keys of the fields that write, in order.
	aliases []string
	results []write.Result
	dry     bool
	err     error
}

// Written tells what a mutation did.
type Written struct {
	net    *Network
	result write.Result
	dry    bool
}

// WrittenChange is one change of a node or relation.
type WrittenChange struct{ e graph.LogEntry }

// Write resolves a mutation: it writes what the whole operation asks for, once, and
// returns what this field did.
func (rt *Runtime) Write(ctx context.Context) (*Written, error) {
	op, ok := ctx.Value(operationKey{}).(*operation)
	if !ok {
		return nil, graph.Errorf(graph.Internal, "the schema is not Transactional")
	}
	op.once.Do(func() { rt.writeAll(ctx, op) })
	i := slices.Index(op.aliases, graphql.GetFieldContext(ctx).Field.Alias)
	if op.err != nil {
		return nil, op.failure(ctx, i)
	}
	w := &Written{result: op.results[i], dry: op.dry}
	var err error
	w.net, err = rt.Network(ctx, "", append(w.changed(), w.result.ID), []string{"node"}, []string{"nodes"})
	return w, err
}

// writeAll does the writes of all fields of the operation.
func (rt *Runtime) writeAll(ctx context.Context, op *operation) {
	oc := graphql.GetOperationContext(ctx)
	op.dry = oc.Operation.Directives.ForName(dryRun) != nil
	var ops []write.Op
	for _, f := range graphql.CollectFields(oc, oc.Operation.SelectionSet, []string{"Mutation"}) {
		if plan := rt.mutations[f.Name]; plan != nil {
			op.aliases = append(op.aliases, f.Alias)
			ops = append(ops, plan(argumentsOf(f.Field, oc.Variables)))
		}
	}
	op.results, op.err = rt.writer.Do(ctx, op.dry, ops...)
}

// failure returns the error of one field: all that is wrong with it, or else that
// something is wrong with another.
func (op *operation) failure(ctx context.Context, i int) error {
	var failures write.Failures
	if !errors.As(op.err, &failures) {
		if i > 0 {
			return graph.Errorf(graph.CodeOf(op.err), "nothing was written: the request failed as a whole")
		}
		return op.err
	}
	for _, f := range failures {
		if f.Op != i {
			continue
		}
		last := len(f.Errors) - 1
		for _, err := range f.Errors[:last] {
			graphql.AddError(ctx, err)
		}
		return f.Errors[last]
	}
	first := failures[0]
	return graph.Errorf(first.Errors[0].Code, "nothing was written, because %s failed", op.aliases[first.Op])
}

// changed returns the ids of the nodes that were made or changed, in order.
func (w *Written) changed() []string {
	var ids []string
	for _, e := range w.result.Entries {
		if e.Type == "" && e.Op != graph.DeleteNode && !slices.Contains(ids, e.ID) {
			ids = append(ids, e.ID)
		}
	}
	return ids
}

// Node returns the node that the mutation was about, nil where it is gone.
func (w *Written) Node(ctx context.Context) Node { return w.net.Node(ctx, w.result.ID) }

// Nodes returns the nodes that were made or changed.
func (w *Written) Nodes(ctx context.Context) []Node {
	nodes := []Node{}
	for _, id := range w.changed() {
		if n := w.net.Node(ctx, id); n != nil {
			nodes = append(nodes, n)
		}
	}
	return nodes
}

// DryRun tells whether nothing was written.
func (w *Written) DryRun() bool { return w.dry }

// Changes returns what was changed.
func (w *Written) Changes() []*WrittenChange {
	changes := make([]*WrittenChange, len(w.result.Entries))
	for i, e := range w.result.Entries {
		changes[i] = &WrittenChange{e}
	}
	return changes
}

// Op returns the operation.
func (c *WrittenChange) Op() string { return string(c.e.Op) }

// Type returns the type of the node or relation.
func (c *WrittenChange) Type() string { return c.e.Label + c.e.Type }

// ID returns the id of the node, nil for a relation.
func (c *WrittenChange) ID() *string { return present(c.e.ID) }

// From returns the id of the node where a relation begins.
func (c *WrittenChange) From() *string { return present(c.e.From) }

// To returns the id of the node where a relation leads.
func (c *WrittenChange) To() *string { return present(c.e.To) }

// Properties returns the names of the properties that differ.
func (c *WrittenChange) Properties() []string { return append([]string{}, c.e.Changed()...) }

func present(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
