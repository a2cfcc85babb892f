package storetest

import (
	"context"
	"maps"
	"slices"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// broken is a store with one mistake: in the query that it executes, or in the
// answer that it gives.
type broken struct {
	*Naive
	query  func(*graph.Query)
	answer func(*graph.Result)
	apply  func([]graph.Change) []graph.Change
	paths  func(*graph.PathQuery)
	around func(*graph.NeighbourhoodQuery)
}

func (b *broken) Read(ctx context.Context, q graph.Query) (*graph.Result, error) {
	if b.query != nil {
		q.Root = copySelection(q.Root)
		b.query(&q)
	}
	r, err := b.Naive.Read(ctx, q)
	if err == nil && b.answer != nil {
		b.answer(r)
	}
	return r, err
}

func (b *broken) Apply(ctx context.Context, actor string, changes []graph.Change) (*graph.Receipt, error) {
	if b.apply != nil {
		changes = b.apply(slices.Clone(changes))
	}
	return b.Naive.Apply(ctx, actor, changes)
}

func (b *broken) Paths(ctx context.Context, q graph.PathQuery) ([]graph.Path, error) {
	if b.paths != nil {
		b.paths(&q)
	}
	return b.Naive.Paths(ctx, q)
}

func (b *broken) Neighbourhood(ctx context.Context, q graph.NeighbourhoodQuery) (*graph.Subgraph, error) {
	if b.around != nil {
		b.around(&q)
	}
	return b.Naive.Neighbourhood(ctx, q)
}

func copySelection(sel *graph.Selection) *graph.Selection {
	c := *sel
	c.Order, c.Links, c.Aggregates = slices.Clone(c.Order), slices.Clone(c.Links), slices.Clone(c.Aggregates)
	for i := range c.Links {
		c.Links[i].Selection = copySelection(c.Links[i].Selection)
	}
	for i := range c.Aggregates {
		c.Aggregates[i].Dimensions = slices.Clone(c.Aggregates[i].Dimensions)
	}
	return &c
}

// everySelection makes the mistake at every level.
func everySelection(mistake func(*graph.Selection)) func(*graph.Query) {
	var visit func(*graph.Selection)
	visit = func(sel *graph.Selection) {
		mistake(sel)
		for _, l := range sel.Links {
			visit(l.Selection)
		}
	}
	return func(q *graph.Query) { visit(q.Root) }
}

// everyFilter makes the mistake in every part of every condition on nodes.
func everyFilter(mistake func(graph.Filter) graph.Filter) func(*graph.Query) {
	var visit func(graph.Filter) graph.Filter
	visit = func(f graph.Filter) graph.Filter {
		switch g := f.(type) {
		case graph.And:
			f = graph.And(visitAll(g, visit))
		case graph.Or:
			f = graph.Or(visitAll(g, visit))
		case graph.Not:
			f = graph.Not{Filter: visit(g.Filter)}
		case graph.Related:
			g.Where, g.Filter = visit(g.Where), visit(g.Filter)
			f = g
		}
		return mistake(f)
	}
	return everySelection(func(s *graph.Selection) { s.Where = visit(s.Where) })
}

func visitAll(list []graph.Filter, visit func(graph.Filter) graph.Filter) []graph.Filter {
	var out []graph.Filter
	for _, f := range list {
		out = append(out, visit(f))
	}
	return out
}

// everyResult makes the mistake in the answer at every level.
func everyResult(mistake func(*graph.Result)) func(*graph.Result) {
	var visit func(*graph.Result)
	visit = func(r *graph.Result) {
		for _, row := range r.Rows {
			for _, linked := range row.Node.Links {
				visit(linked)
			}
		}
		mistake(r)
	}
	return visit
}

func everyDimension(mistake func(*graph.Dimension)) func(*graph.Query) {
	return everySelection(func(s *graph.Selection) {
		for _, a := range s.Aggregates {
			for i := range a.Dimensions {
				mistake(&a.Dimensions[i])
			}
		}
	})
}

func everyOrder(mistake func(*graph.Order)) func(*graph.Query) {
	return everySelection(func(s *graph.Selection) {
		for i := range s.Order {
			mistake(&s.Order[i])
		}
	})
}

// onRelated makes the mistake in every quantified condition.
func onRelated(mistake func(*graph.Related)) func(*graph.Query) {
	return everyFilter(func(f graph.Filter) graph.Filter {
		if r, ok := f.(graph.Related); ok {
			mistake(&r)
			return r
		}
		return f
	})
}

// onCompare replaces every comparison with the operator.
func onCompare(op graph.Op, mistake func(graph.Compare) graph.Filter) func(*graph.Query) {
	return everyFilter(func(f graph.Filter) graph.Filter {
		if c, ok := f.(graph.Compare); ok && c.Op == op {
			return mistake(c)
		}
		return f
	})
}

// threeValued is what a store does that leaves absence to its database.
func threeValued(c graph.Compare) graph.Filter {
	return graph.And{c, graph.Compare{Prop: c.Prop, Kind: c.Kind, Op: graph.IsNull, Value: false}}
}

var mistakes = map[string]func(*broken){
	"drops a row": func(b *broken) {
		b.answer = func(r *graph.Result) { r.Rows = r.Rows[min(1, len(r.Rows)):] }
	},
	"drops a linked row": func(b *broken) {
		b.answer = func(r *graph.Result) {
			for _, row := range r.Rows {
				for _, linked := range row.Node.Links {
					linked.Rows = linked.Rows[min(1, len(linked.Rows)):]
				}
			}
		}
	},
	"reverses the order": func(b *broken) { b.answer = everyResult(func(r *graph.Result) { slices.Reverse(r.Rows) }) },
	"swaps More":         func(b *broken) { b.answer = everyResult(func(r *graph.Result) { r.More = !r.More }) },
	"counts one more":    func(b *broken) { b.answer = everyResult(func(r *graph.Result) { r.Count++ }) },
	"forgets the edge":   func(b *broken) { b.answer = everyResult(func(r *graph.Result) { forgetEdges(r) }) },
	"ignores AsOf":       func(b *broken) { b.query = func(q *graph.Query) { q.AsOf = "" } },
	"ignores After":      func(b *broken) { b.query = everySelection(func(s *graph.Selection) { s.Page.After = nil }) },
	"ignores Before":     func(b *broken) { b.query = everySelection(func(s *graph.Selection) { s.Page.Before = nil }) },
	"ignores Backward":   func(b *broken) { b.query = everySelection(func(s *graph.Selection) { s.Page.Backward = false }) },
	"ignores Edge":       func(b *broken) { b.query = everySelection(func(s *graph.Selection) { s.Edge = nil }) },
	"ignores NullsFirst": func(b *broken) { b.query = everyOrder(func(o *graph.Order) { o.NullsFirst = false }) },
	"ignores Desc":       func(b *broken) { b.query = everyOrder(func(o *graph.Order) { o.Desc = false }) },
	"ignores One": func(b *broken) {
		b.query = everySelection(func(s *graph.Selection) {
			for i := range s.Links {
				if s.Links[i].One {
					s.Links[i].One, s.Links[i].Page = false, graph.Page{Limit: 1}
				}
			}
		})
	},
	"ignores Level":                func(b *broken) { b.query = everyDimension(func(d *graph.Dimension) { d.Level = 0 }) },
	"ignores Empty":                func(b *broken) { b.query = everyDimension(func(d *graph.Dimension) { d.Empty = false }) },
	"ignores Unit":                 func(b *broken) { b.query = everyDimension(func(d *graph.Dimension) { d.Unit = "" }) },
	"takes single for some":        func(b *broken) { b.query = onRelated(replaceQuantifier(graph.Single, graph.Some)) },
	"takes all for some":           func(b *broken) { b.query = onRelated(replaceQuantifier(graph.EachOf, graph.Some)) },
	"does not narrow":              func(b *broken) { b.query = onRelated(func(r *graph.Related) { r.Where = nil }) },
	"does not narrow by edge":      func(b *broken) { b.query = onRelated(func(r *graph.Related) { r.Edge = nil }) },
	"follows Both outwards":        func(b *broken) { b.query = onRelated(func(r *graph.Related) { r.Hop.Direction %= graph.Both }) },
	"loses the absent with ne":     func(b *broken) { b.query = onCompare(graph.Ne, threeValued) },
	"loses the absent with notIn":  func(b *broken) { b.query = onCompare(graph.NotIn, threeValued) },
	"takes lt for lte":             func(b *broken) { b.query = onCompare(graph.Lt, replaceOp(graph.Lte)) },
	"takes contains for eq":        func(b *broken) { b.query = onCompare(graph.Contains, replaceOp(graph.Eq)) },
	"takes hasAny for isEmpty":     func(b *broken) { b.query = onCompare(graph.IsEmpty, replaceOp(graph.IsNull)) },
	"does not climb in Within":     func(b *broken) { b.query = everyFilter(flatWithin) },
	"finds any word for all words": func(b *broken) { b.query = everyFilter(anyWord) },
	"loses a relation": func(b *broken) {
		b.apply = func(c []graph.Change) []graph.Change {
			return slices.DeleteFunc(c, func(c graph.Change) bool { return c.Op == graph.Connect && c.From == c.To })
		}
	},
	"never cascades":                     func(b *broken) { b.apply = everyChange(func(c *graph.Change) { c.Cascade = false }) },
	"always cascades":                    func(b *broken) { b.apply = everyChange(func(c *graph.Change) { c.Cascade = true }) },
	"guards too loosely":                 func(b *broken) { b.apply = dropGuards },
	"forgets keys":                       func(b *broken) { b.apply = everyChange(forgetKey) },
	"ignores Labels of a path":           func(b *broken) { b.paths = func(q *graph.PathQuery) { q.Labels = nil } },
	"ignores Relations of a path":        func(b *broken) { b.paths = func(q *graph.PathQuery) { q.Relations = nil } },
	"ignores AsOf of a path":             func(b *broken) { b.paths = func(q *graph.PathQuery) { q.AsOf = "" } },
	"goes a hop too far":                 func(b *broken) { b.around = func(q *graph.NeighbourhoodQuery) { q.Hops++ } },
	"ignores Relations around":           func(b *broken) { b.around = func(q *graph.NeighbourhoodQuery) { q.Relations = nil } },
	"leaves the middle out of the limit": func(b *broken) { b.around = func(q *graph.NeighbourhoodQuery) { q.Limit++ } },
	"scores what does not match":         func(b *broken) { b.answer = everyResult(scoreAll) },
}

// everyChange makes the mistake in copies of the changes.
func everyChange(mistake func(*graph.Change)) func([]graph.Change) []graph.Change {
	return func(changes []graph.Change) []graph.Change {
		for i := range changes {
			mistake(&changes[i])
		}
		return changes
	}
}

func dropGuards(changes []graph.Change) []graph.Change {
	return slices.DeleteFunc(changes, func(c graph.Change) bool { return c.Op == graph.Guard })
}

// forgetKey is what a store does that does not keep keys apart: it takes them all.
func forgetKey(c *graph.Change) {
	if c.Op != graph.Connect && c.Props["code"] != nil {
		c.Props = maps.Clone(c.Props)
		delete(c.Props, "code")
	}
}

func forgetEdges(r *graph.Result) {
	for i := range r.Rows {
		r.Rows[i].Edge = nil
	}
}

func scoreAll(r *graph.Result) {
	for _, row := range r.Rows {
		if score, ok := row.Cursor[0].(float64); ok && score == 0 {
			row.Cursor[0] = 0.5
		}
	}
}

func replaceQuantifier(from, to graph.Quantifier) func(*graph.Related) {
	return func(r *graph.Related) {
		if r.Quantifier == from {
			r.Quantifier = to
		}
	}
}

func replaceOp(op graph.Op) func(graph.Compare) graph.Filter {
	return func(c graph.Compare) graph.Filter { c.Op = op; return c }
}

func flatWithin(f graph.Filter) graph.Filter {
	if w, ok := f.(graph.Within); ok {
		return graph.Compare{Prop: "id", Kind: graph.String, Op: graph.Eq, Value: w.ID}
	}
	return f
}

func anyWord(f graph.Filter) graph.Filter {
	if m, ok := f.(graph.Matches); ok && m.Mode == graph.AllWords {
		m.Mode = graph.AnyWord
		return m
	}
	return f
}

// A mistake of any kind is found by a few thousand random queries.
func TestPropertyFindsMistakes(t *testing.T) {
	for name, make := range mistakes {
		t.Run(name, func(t *testing.T) {
			open := func(_ *testing.T, m *graph.Model) graph.Store {
				b := &broken{Naive: NewNaive(m)}
				make(b)
				return b
			}
			for seed := 1; seed <= 30; seed++ {
				c := newComparison(t, seed, []Open{open})
				if _, problem := c.run(perGraph, c.question); problem != "" {
					t.Logf("found with graph %d:\n%s", seed, problem)
					return
				}
			}
			t.Error("not found")
		})
	}
}

// A query that differs is made small: what does not matter for the difference goes.
func TestShrink(t *testing.T) {
	big := Queries(Graphs().Example(3), NewNaive(Model())).Example(5)
	big.Root.Where = graph.And{graph.Or{eq("name", "a"), graph.Not{Filter: eq("age", int64(1))}}, graph.HasLabel{}}
	big.Root.Page = graph.Page{Limit: 3}
	hasAge := func(q graph.Query) bool {
		found := false
		everyFilter(func(f graph.Filter) graph.Filter {
			c, ok := f.(graph.Compare)
			found = found || ok && c.Prop == "age"
			return f
		})(&graph.Query{Root: copySelection(q.Root)})
		return found
	}
	small := shrink(big, hasAge)
	want := &graph.Selection{Labels: big.Root.Labels, Where: eq("age", int64(1)), Page: all}
	if d := diff(want, small.Root); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}
