package write

import (
	"context"
	"errors"
	"math/rand/v2"
	"reflect"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/validate"
)

const (
	// tries is how often a plan is made again because another process was first.
	tries = 50
	// maxChanges is how many changes one request may make.
	maxChanges = 5_000
)

// Writer plans and applies writes. It is safe for concurrent use.
type Writer struct {
	model *graph.Model
	store graph.Store
	rules *validate.Rules
	// turn holds a token for the one that plans and writes.
	turn chan struct{}
}

// New returns a Writer on a store that holds the model's types.
func New(model *graph.Model, store graph.Store) *Writer {
	return &Writer{model: model, store: store, rules: validate.New(model), turn: make(chan struct{}, 1)}
}

// Op is one thing that a request asks for. It adds what is to be done to the plan and
// returns the id of the node that it is about. What is wrong it reports to the plan;
// an error ends the request.
type Op func(ctx context.Context, p *Plan) (id string, err error)

// Result is what became of an Op.
type Result struct {
	// ID is the node that the Op was about.
	ID string
	// Entries are the log entries of what it changed.
	Entries []graph.LogEntry
}

// Failure is why an Op cannot be done: everything that is wrong with it.
type Failure struct {
	// Op is the index of the Op.
	Op     int
	Errors []*graph.Error
}

// Failures is the error of a request of which nothing was written.
type Failures []Failure

// Error returns the first message.
func (f Failures) Error() string { return f[0].Errors[0].Message }

// Unwrap returns all errors.
func (f Failures) Unwrap() []error {
	var all []error
	for _, failure := range f {
		for _, e := range failure.Errors {
			all = append(all, e)
		}
	}
	return all
}

// Do does all ops in one transaction. Where something is wrong with one of them, none is
// done and the error is a Failures. A dry run tells what would be done, and does nothing.
func (w *Writer) Do(ctx context.Context, dry bool, ops ...Op) ([]Result, error) {
	select {
	case w.turn <- struct{}{}:
		defer func() { <-w.turn }()
	case <-ctx.Done():
		return nil, graph.Wrap(graph.Timeout, ctx.Err(), "the write did not get its turn in time; try again")
	}
	apply := w.store.Apply
	if dry {
		apply = w.store.Try
	}
	var last []graph.Change
	var refused string
	for try := 0; ; try++ {
		p, err := w.plan(ctx, ops)
		if code := graph.CodeOf(err); err != nil && try < tries && err.Error() != refused && (code == graph.Conflict || code == graph.NotFound) {
			// A plan reads more than once, and another may have written in between; what is wrong all the same is said again.
			refused = err.Error()
			continue
		}
		if err != nil {
			return nil, err
		}
		receipt, err := apply(ctx, Actor(ctx), p.changes)
		if err == nil {
			return p.results(receipt.Entries), nil
		}
		if try == tries || !p.overtaken(err, last) {
			return nil, p.ofOp(err)
		}
		last = p.changes
		pause(ctx, try)
	}
}

// overtaken tells whether an error may be due to another process that was first. A new
// plan sees then what that did, and what is wrong all the same it says itself; only a
// delete of what others need would be planned, and refused, in the same way again.
func (p *Plan) overtaken(err error, last []graph.Change) bool {
	var e *graph.Error
	if !errors.As(err, &e) || e.Code != graph.Conflict && e.Code != graph.NotFound || e.Change == 0 {
		return false
	}
	return p.changes[e.Change-1].Op != graph.DeleteNode || !reflect.DeepEqual(last, p.changes)
}

// ofOp says of an error of the store which Op it is about.
func (p *Plan) ofOp(err error) error {
	var e *graph.Error
	if !errors.As(err, &e) || e.Change == 0 {
		return err
	}
	op := 0
	for op < len(p.ends)-1 && p.ends[op] < e.Change {
		op++
	}
	return Failures{{Op: op, Errors: []*graph.Error{{Code: e.Code, Message: e.Plain, Cause: e.Cause}}}}
}

// pause waits a little longer each time, so that processes do not keep step.
func pause(ctx context.Context, try int) {
	select {
	case <-time.After(time.Duration(rand.IntN(1+min(try, 10)*5)) * time.Millisecond):
	case <-ctx.Done():
	}
}

func (w *Writer) plan(ctx context.Context, ops []Op) (*Plan, error) {
	p := newPlan(w)
	for i, op := range ops {
		p.op = i
		id, err := op(ctx, p)
		if err != nil {
			var own *graph.Error
			if !errors.As(err, &own) || own.Code == graph.Internal || own.Code == graph.Timeout || own.Code == graph.StoreUnavailable {
				return nil, err
			}
			p.Fail("", own)
		}
		p.ids = append(p.ids, id)
		p.ends = append(p.ends, len(p.changes))
		if len(p.changes) > maxChanges {
			return nil, graph.Errorf(graph.TooComplex, "the request makes more than %d changes; make several of it, or import a file", maxChanges)
		}
	}
	if len(p.failures) > 0 {
		return nil, p.failures
	}
	p.guard()
	return p, nil
}
