package storetest

import (
	"context"
	"flag"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Flags, so that one command line repeats a failure or looks for a long time.
var (
	selectionsFlag = flag.Int("storetest.selections", 2000, "number of random queries that Property compares")
	seedFlag       = flag.Int("storetest.seed", 0, "seed of the first random graph; 0 takes the time")
)

// perGraph is how many queries are asked of one graph: loading it is what costs.
const perGraph = 200

// reusedShapes is the same where every graph is asked queries of the same shapes: planning
// them is what costs.
const reusedShapes = 100

// Shapes tells Property whether the queries differ in shape.
type Shapes int

// The ways to choose shapes.
const (
	// Fresh gives every query a shape of its own.
	Fresh Shapes = iota
	// Reused asks of every graph after the first what was asked of the first, with other
	// values. It is for stores that take long to plan a shape and little to execute it, and
	// it shows that one plan serves all values.
	Reused
)

// Property compares stores with Naive, and so with each other, on random queries
// over random graphs: reads, paths, neighbourhoods and orders by relevance, after
// random edits whose receipts are compared as well. A failure shows the seed that
// repeats it, the smallest query found that still differs, the difference and the
// graph.
func Property(t *testing.T, shapes Shapes, opens ...Open) {
	base := *seedFlag
	if base == 0 {
		base = int(time.Now().UnixNano() % 1_000_000_000)
	}
	count := min(perGraph, *selectionsFlag)
	if shapes == Reused {
		count = min(reusedShapes, *selectionsFlag)
	}
	graphs := (*selectionsFlag + count - 1) / max(count, 1)
	var first []question
	for seed := base; seed < base+graphs; seed++ {
		ok := t.Run(fmt.Sprintf("seed=%d", seed), func(t *testing.T) {
			c := newComparison(t, seed, opens)
			draw := c.question
			if shapes == Reused && seed > base {
				draw = func(number int) question { return c.again(first[number], number) }
			}
			asked, problem := c.run(count, draw)
			if problem != "" {
				t.Errorf("repeat with -storetest.seed=%d -storetest.selections=%d\n%s\ngraph: %s\nedits: %s",
					base, *selectionsFlag, problem, Plan(c.graph.Changes), Plan(c.graph.Edits))
			}
			if seed == base {
				first = asked
			}
		})
		if !ok {
			return // the first difference is the one to mend
		}
	}
}

// comparison is one random graph in several stores.
type comparison struct {
	ctx    context.Context
	seed   int
	graph  *Graph
	naive  *Naive
	stores []graph.Store
}

func newComparison(t *testing.T, seed int, opens []Open) *comparison {
	c := &comparison{ctx: t.Context(), seed: seed, graph: Graphs().Example(seed), naive: NewNaive(Model())}
	for _, open := range opens {
		c.stores = append(c.stores, start(t, open, Model()))
	}
	return c
}

// run loads the graph and asks so many questions. It returns them with the first problem,
// "" where there is none.
func (c *comparison) run(count int, draw func(number int) question) (asked []question, problem string) {
	problem = c.load()
	for i := 0; i < count && problem == ""; i++ {
		asked = append(asked, draw(i))
		problem = c.ask(asked[i])
	}
	return asked, problem
}

// load makes the graph in one write and edits it change by change.
func (c *comparison) load() string {
	steps := [][]graph.Change{c.graph.Changes}
	for _, edit := range c.graph.Edits {
		steps = append(steps, []graph.Change{edit})
	}
	for i, changes := range steps {
		want, wantErr := c.naive.Apply(c.ctx, "tester", changes)
		if i == 0 && wantErr != nil {
			return fmt.Sprintf("the graph does not conform: %v", wantErr)
		}
		for _, store := range c.stores {
			got, err := store.Apply(c.ctx, "tester", changes)
			if problem := outcome(wantErr, err); problem != "" {
				return fmt.Sprintf("%T: Apply %s: %s", store, Plan(changes), problem)
			}
			if wantErr != nil {
				continue
			}
			if d := diff(canonicalLog(want.Entries), canonicalLog(got.Entries)); d != "" {
				return fmt.Sprintf("%T: Apply %s: receipt (-want +got)\n%s", store, Plan(changes), d)
			}
		}
	}
	return c.tryAndCompareLogs()
}

// tryAndCompareLogs tries all edits as one write, and then compares the change logs.
func (c *comparison) tryAndCompareLogs() string {
	want, wantErr := c.naive.Try(c.ctx, "tester", c.graph.Edits)
	log, err := c.naive.Log(c.ctx, graph.LogQuery{Limit: graph.All})
	if err != nil {
		return err.Error()
	}
	for _, store := range c.stores {
		got, err := store.Try(c.ctx, "tester", c.graph.Edits)
		if problem := outcome(wantErr, err); problem != "" {
			return fmt.Sprintf("%T: Try %s: %s", store, Plan(c.graph.Edits), problem)
		}
		if wantErr == nil {
			if d := diff(canonicalLog(want.Entries), canonicalLog(got.Entries)); d != "" {
				return fmt.Sprintf("%T: Try %s: receipt (-want +got)\n%s", store, Plan(c.graph.Edits), d)
			}
		}
		entries, err := store.Log(c.ctx, graph.LogQuery{Limit: graph.All})
		if err != nil {
			return fmt.Sprintf("%T: Log: %v", store, err)
		}
		if d := diff(canonicalLog(log), canonicalLog(entries)); d != "" {
			return fmt.Sprintf("%T: Log (-want +got)\n%s", store, d)
		}
	}
	return ""
}

// outcome compares how two calls ended.
func outcome(want, got error) string {
	switch {
	case (want == nil) != (got == nil):
		return fmt.Sprintf("error: want %v, got %v", want, got)
	case want != nil && graph.CodeOf(want) != graph.CodeOf(got):
		return fmt.Sprintf("code: want %s, got %s (%v)", graph.CodeOf(want), graph.CodeOf(got), got)
	}
	return ""
}

// read compares the answers to a query and makes the query as small as it can.
func (c *comparison) read(q graph.Query) string {
	for _, store := range c.stores {
		if c.readDiffers(store, q) == "" {
			continue
		}
		small := shrink(q, func(q graph.Query) bool { return c.readDiffers(store, q) != "" })
		return fmt.Sprintf("%T: Read (-want +got)\n%s\nquery: %s", store, c.readDiffers(store, small), Plan(small))
	}
	return ""
}

func (c *comparison) readDiffers(store graph.Store, q graph.Query) string {
	before := Plan(q)
	want, wantErr := c.naive.Read(c.ctx, q)
	got, err := store.Read(c.ctx, q)
	if Plan(q) != before {
		return "the query was changed"
	}
	if problem := outcome(wantErr, err); problem != "" || wantErr != nil {
		return problem
	}
	return diff(canonical(q.Root, false, want), canonical(q.Root, false, got))
}

func (c *comparison) paths(q graph.PathQuery) string {
	want, wantErr := c.naive.Paths(c.ctx, q)
	for _, store := range c.stores {
		got, err := store.Paths(c.ctx, q)
		problem := outcome(wantErr, err)
		if problem == "" && wantErr == nil {
			problem = diff(want, got)
		}
		if problem != "" {
			return fmt.Sprintf("%T: Paths (-want +got)\n%s\nquery: %s", store, problem, Plan(q))
		}
	}
	return ""
}

func (c *comparison) neighbourhood(q graph.NeighbourhoodQuery) string {
	want, wantErr := c.naive.Neighbourhood(c.ctx, q)
	for _, store := range c.stores {
		got, err := store.Neighbourhood(c.ctx, q)
		problem := outcome(wantErr, err)
		if problem == "" && wantErr == nil {
			problem = diff(want, got)
		}
		if problem != "" {
			return fmt.Sprintf("%T: Neighbourhood (-want +got)\n%s\nquery: %s", store, problem, Plan(q))
		}
	}
	return ""
}

func (c *comparison) relevance(q graph.Query) string {
	var problems []string
	for _, store := range c.stores {
		if problem := relevanceProblem(c.ctx, c.naive, store, q); problem != "" {
			problems = append(problems, fmt.Sprintf("%T: relevance: %s\nquery: %s", store, problem, Plan(q)))
		}
	}
	return strings.Join(problems, "\n")
}
