// Package check judges a dataset against the model of the domain: what a store
// would take without a word, but no reader could make sense of.
package check

import (
	"fmt"
	"iter"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// pair is the types that a relation leads from and to.
type pair struct{ typ, from, to string }

// checker goes over changes once. It remembers the label and source of each node.
type checker struct {
	model *graph.Model
	// declared holds the relations of the model with the properties they may have.
	declared map[pair][]*graph.Property
	labels   map[string]string
	demo     map[string]bool
	single   map[[2]string]string
	edges    map[[3]string]bool
	errs     []error
}

// Changes returns everything that is wrong with a dataset: an id that two nodes
// share, a relation whose end is missing or comes later, a relation or property that
// the SDL does not declare between those types, a value of another kind than
// declared, an enum value or date that does not exist, a required property that is
// missing, a relation that stands there twice, and invented content that is attached
// to a real person or lectoraat.
func Changes(model *graph.Model, changes iter.Seq[graph.Change]) []error {
	c := &checker{
		model: model, declared: declarations(model), labels: map[string]string{}, demo: map[string]bool{},
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

// declarations lists what the model says of relations, by the types at their ends.
func declarations(model *graph.Model) map[pair][]*graph.Property {
	declared := map[pair][]*graph.Property{}
	for _, t := range model.Types {
		for _, r := range t.Relations {
			for _, target := range r.Hop.Labels {
				if r.Hop.Direction != graph.In {
					declared[pair{r.Hop.Type, t.Name, target}] = r.Properties
				}
				if r.Hop.Direction != graph.Out {
					declared[pair{r.Hop.Type, target, t.Name}] = r.Properties
				}
			}
		}
	}
	return declared
}

func (c *checker) node(n graph.Change) {
	what := n.Label + " " + n.ID
	if other, ok := c.labels[n.ID]; ok {
		c.errorf("%s: the id belongs to a %s already", what, other)
		return
	}
	c.labels[n.ID], c.demo[n.ID] = n.Label, n.Props["source"] == "demo"
	t := c.model.Types[n.Label]
	if t == nil {
		c.errorf("%s: the SDL has no such type", what)
		return
	}
	c.props(what, t.Properties, n.Props)
	for _, p := range t.Properties {
		if _, ok := n.Props[p.Name]; p.Required && !ok && p.Name != "id" {
			c.errorf("%s: %s is required", what, p.Name)
		}
	}
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
	declared, ok := c.declared[pair{e.Type, c.labels[e.From], c.labels[e.To]}]
	if !ok {
		c.errorf("%s: the SDL declares none from %s to %s", what, c.labels[e.From], c.labels[e.To])
		return
	}
	c.props(what, declared, e.Props)
	c.attached(what, e)
	c.lone(what, e)
}

// lone finds a second relation where the SDL declares one at most, unless both are
// for a time.
func (c *checker) lone(what string, e graph.Change) {
	for _, r := range c.model.Types[c.labels[e.From]].Relations {
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
