package write

import (
	"fmt"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/validate"
)

// Plan collects what a request wants, against a view of the graph in which each Op sees
// what those before it will have done.
type Plan struct {
	*Writer
	view
	changes []graph.Change
	// ids and ends hold, by Op, the node that it is about and where its changes end.
	ids  []string
	ends []int
	// op is the Op that is planned now.
	op       int
	failures Failures
}

func newPlan(w *Writer) *Plan { return &Plan{Writer: w, view: newView(w)} }

// Fail records what is wrong with the Op that is planned now, with the place in its
// input ("" for none).
func (p *Plan) Fail(path string, err *graph.Error) {
	if path != "" {
		err = graph.Errorf(err.Code, "%s: %s", path, err.Message)
	}
	if n := len(p.failures); n > 0 && p.failures[n-1].Op == p.op {
		p.failures[n-1].Errors = append(p.failures[n-1].Errors, err)
		return
	}
	p.failures = append(p.failures, Failure{Op: p.op, Errors: []*graph.Error{err}})
}

func (p *Plan) failf(path string, code graph.Code, format string, args ...any) {
	p.Fail(path, graph.Errorf(code, format, args...))
}

// problems records what validation found.
func (p *Plan) problems(path string, found []validate.Problem) {
	for _, problem := range found {
		at := path
		if problem.Field != "" {
			at = join(path, problem.Field)
		}
		p.failf(at, graph.BadUserInput, "%s", problem.Message)
	}
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func index(path string, i int) string { return fmt.Sprintf("%s[%d]", path, i) }

// Add adds a change, and what it will do to the view.
func (p *Plan) Add(c graph.Change) {
	p.changes = append(p.changes, c)
	p.see(c)
}

// guard puts what the plan rests on before its changes.
func (p *Plan) guard() {
	guards := p.guards()
	p.changes = append(guards, p.changes...)
	for i := range p.ends {
		p.ends[i] += len(guards)
	}
}

// results gives each Op the log entries of its changes. They come in the order of the
// changes, and a change has none, one, or, where a node takes its relations along, several.
func (p *Plan) results(entries []graph.LogEntry) []Result {
	results := make([]Result, len(p.ids))
	at := 0
	for _, e := range entries {
		for at < len(p.changes)-1 && !about(p.changes[at], e) {
			at++
		}
		op := 0
		for op < len(p.ends)-1 && p.ends[op] <= at {
			op++
		}
		results[op].Entries = append(results[op].Entries, e)
	}
	for i, id := range p.ids {
		results[i].ID = id
	}
	return results
}

// about tells whether a log entry can come from a change.
func about(c graph.Change, e graph.LogEntry) bool {
	switch {
	case c.Op == graph.Guard:
		return false
	case c.Op == graph.DeleteNode && e.Op == graph.Disconnect:
		return e.From == c.ID || e.To == c.ID
	case e.Type == "":
		return e.ID == c.ID && (c.Op == graph.DeleteNode) == (e.Op == graph.DeleteNode)
	}
	return e.Type == c.Type && (c.Op == graph.Disconnect) == (e.Op == graph.Disconnect) && (e.From == c.From && e.To == c.To || e.From == c.To && e.To == c.From)
}
