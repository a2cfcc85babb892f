package generate

import (
	"iter"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Source is the source of every node that is made here.
const Source = "generated"

// generator knows what everything follows from.
type generator struct {
	seed uint64
	size Size
}

// Changes returns a network as changes: every UpsertNode first, then every Connect
// between them, each relation once. The same seed and size give the same changes.
// Memory does not grow with the size; the sequence can be gone over more than once.
// Relations of one node share their Props, which are not to be changed.
func Changes(seed int64, size Size) iter.Seq[graph.Change] {
	g := &generator{seed: uint64(seed), size: size}
	return func(yield func(graph.Change) bool) {
		if g.nodes(yield) {
			g.edges(yield)
		}
	}
}

func (g *generator) nodes(yield func(graph.Change) bool) bool {
	for _, m := range g.makers() {
		for i := range m.count {
			props := m.props(i)
			props["source"] = Source
			if !yield(graph.Change{Op: graph.UpsertNode, Label: m.kind.label, ID: m.kind.id(i), Props: props}) {
				return false
			}
		}
	}
	return true
}

func (g *generator) edges(yield func(graph.Change) bool) {
	for _, m := range g.makers() {
		for i := range m.count {
			out := &edges{yield: yield, node: m.kind.id(i)}
			m.relations(i, out)
			if out.stopped {
				return
			}
		}
	}
}

// edges passes on the relations of one node.
type edges struct {
	yield   func(graph.Change) bool
	node    string
	stopped bool
}

// to makes a relation from the node to each of the others, from one the other way.
func (e *edges) to(typ string, k kind, numbers []int, props map[string]any) {
	for _, n := range numbers {
		e.connect(typ, e.node, k.id(n), props)
	}
}

func (e *edges) from(typ string, k kind, numbers []int, props map[string]any) {
	for _, n := range numbers {
		e.connect(typ, k.id(n), e.node, props)
	}
}

func (e *edges) connect(typ, from, to string, props map[string]any) {
	if !e.stopped {
		e.stopped = !e.yield(graph.Change{Op: graph.Connect, Type: typ, From: from, To: to, Props: props})
	}
}
