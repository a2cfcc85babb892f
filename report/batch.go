package report

import (
	"context"
	"reflect"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// batch collects queries that are read together, so that all see one state, and for each
// what takes in its answer. Answers are taken in the order in which they were asked for. A
// query that is asked for twice is read once.
type batch struct {
	queries []graph.Query
	take    []taker
	// finish is called when all answers have been taken.
	finish []func() error
}

// taker takes in the answer to one of the queries, without changing it.
type taker struct {
	query int
	take  func(*graph.Result)
}

func (b *batch) ask(q graph.Query, take func(*graph.Result)) {
	at := slices.IndexFunc(b.queries, func(known graph.Query) bool { return reflect.DeepEqual(known, q) })
	if at < 0 {
		at = len(b.queries)
		b.queries = append(b.queries, q)
	}
	b.take = append(b.take, taker{at, take})
}

// rows asks for nodes, which are taken one at a time.
func (b *batch) rows(sel *graph.Selection, day string, take func(*graph.Node)) {
	b.ask(graph.Query{Root: sel, AsOf: day}, func(res *graph.Result) {
		for _, row := range res.Rows {
			take(row.Node)
		}
	})
}

// groups asks for the groups of one aggregate.
func (b *batch) groups(label string, where graph.Filter, day string, dimensions []graph.Dimension, take func(graph.Group)) {
	const key = "groups"
	sel := &graph.Selection{Labels: []string{label}, Where: where,
		Aggregates: []graph.Aggregate{{Key: key, Limit: graph.All, Dimensions: dimensions}}}
	b.ask(graph.Query{Root: sel, AsOf: day}, func(res *graph.Result) {
		for _, g := range res.Groups[key] {
			take(g)
		}
	})
}

// done calls f when all answers have been taken, in the order in which it was called.
func (b *batch) done(f func() error) { b.finish = append(b.finish, f) }

// read asks the store everything at once.
func (b *batch) read(ctx context.Context, store graph.Store) error {
	results, err := store.ReadAll(ctx, b.queries)
	if err != nil {
		return err
	}
	for _, t := range b.take {
		t.take(results[t.query])
	}
	for _, f := range b.finish {
		if err := f(); err != nil {
			return err
		}
	}
	return nil
}
