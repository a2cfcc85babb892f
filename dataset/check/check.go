// Package check judges a bundled dataset: each change by graph/validate, and then what
// only the whole shows, such as ends that come later and invented content that is
// attached to real people.
package check

import (
	"fmt"
	"iter"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/validate"
)

// checker goes over changes once. It remembers the label and source of each node.
type checker struct {
	model  *graph.Model
	rules  *validate.Rules
	labels map[string]string
	demo   map[string]bool
	single map[[2]string]string
	edges  map[[3]string]bool
	errs   []error
}

// Changes returns everything that is wrong with a dataset: an id that two nodes
// share, a relation whose end is missing or comes later, a relation or property that
// the SDL does not declare between those types, a value of another kind than
// declared, an enum value or date that does not exist, a required property that is
// missing, a relation that stands there twice, and invented content that is attached
// to a real person or lectoraat.
func Changes(model *graph.Model, changes iter.Seq[graph.Change]) []error {
	c := &checker{
		model: model, rules: validate.New(model), labels: map[string]string{}, demo: map[string]bool{},
		single: map[[2]string]string{}, edges: map[[3]string]bool{},
	}
	for change := range changes {
		switch change.Op {
		case graph.UpsertNode, graph.CreateNode:
			c.node(change)
		case graph.Connect:
			c.edge(change)
		default:
			c.errorf("%s is no change that a dataset makes", change.Op)
		}
	}
	return c.errs
}

func (c *checker) errorf(format string, args ...any) {
	c.errs = append(c.errs, fmt.Errorf(format, args...))
}

func (c *checker) problems(what string, problems []validate.Problem) {
	for _, p := range problems {
		c.errorf("%s: %s", what, p)
	}
}

func (c *checker) node(n graph.Change) {
	what := n.Label + " " + n.ID
	if other, ok := c.labels[n.ID]; ok {
		c.errorf("%s: the id belongs to a %s already", what, other)
		return
	}
	c.labels[n.ID], c.demo[n.ID] = n.Label, n.Props["source"] == "demo"
	c.problems(what, c.rules.Node(n, nil))
	if s, _ := n.Props["source"].(string); s == "" {
		c.errorf("%s: it has no source", what)
	}
}

func (c *checker) edge(e graph.Change) {
	what := fmt.Sprintf("%s from %s to %s", e.Type, e.From, e.To)
	for _, end := range []string{e.From, e.To} {
		if c.labels[end] == "" {
			c.errorf("%s: there is no node %q before it", what, end)
			return
		}
	}
	key := [3]string{e.Type, e.From, e.To}
	if c.edges[key] {
		c.errorf("%s: it stands there twice", what)
	}
	c.edges[key] = true
	c.problems(what, c.rules.Edge(e, c.labels[e.From], c.labels[e.To], nil))
	c.attached(what, e)
	c.lone(what, e)
}

// lone finds a second relation where the SDL declares one at most, unless both are
// for a time.
func (c *checker) lone(what string, e graph.Change) {
	t := c.model.Types[c.labels[e.From]]
	if t == nil {
		return
	}
	for _, r := range t.Relations {
		if r.Many || r.Hop.Type != e.Type || r.Hop.Direction != graph.Out || !slices.Contains(r.Hop.Labels, c.labels[e.To]) {
			continue
		}
		key := [2]string{r.Name, e.From}
		if other, ok := c.single[key]; ok && len(e.Props) == 0 {
			c.errorf("%s: it leads to %s already, and the SDL declares one at most", what, other)
		}
		c.single[key] = e.To
	}
}
