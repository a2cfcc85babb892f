package cypher

import (
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// source is the clauses that find the rows of a selection before they are ordered and cut.
type source struct {
	// node and rel are the variables of a row; rel is "" where it needs no name.
	node, rel string
	// head finds the node that the pattern starts from; "" where the pattern finds its own.
	head       string
	pattern    string
	conditions []string
	// repeats tells that the pattern can find a node more than once.
	repeats bool
	// scans tells that no condition leads straight to few nodes.
	scans bool
}

// match writes the clauses.
func (s source) match() string {
	text := s.head + "MATCH " + s.pattern + where(s.conditions)
	if s.repeats {
		text += " WITH DISTINCT " + s.node
	}
	return text
}

// scan makes the source of nodes with one of the labels for which a filter holds. Where
// the filter has a part that holds for few nodes only by way of others, the clauses begin
// at those others.
func (c *compilation) scan(labels []string, filter graph.Filter) (source, error) {
	parts := flatten(filter)
	from := slices.IndexFunc(parts, func(f graph.Filter) bool { return directness(f) == direct })
	start := -1
	if from < 0 {
		start = startingPoint(parts)
	}
	s := source{scans: from < 0 && start < 0}
	var err error
	if start < 0 {
		s.node = c.name("n")
		s.pattern = "(" + s.node + ":" + alternatives(labels) + ")"
	} else if s, err = c.start(labels, parts[start]); err != nil {
		return s, err
	}
	for i, f := range parts {
		if i == start {
			continue
		}
		condition, err := c.filter(f, s.node)
		if err != nil {
			return s, err
		}
		s.conditions = append(s.conditions, condition)
	}
	return s, nil
}

// start makes a source that begins at the far end of a filter, which is a Related or a
// Within, and leads from there to nodes with one of the labels.
func (c *compilation) start(labels []string, f graph.Filter) (source, error) {
	if f, ok := f.(graph.Within); ok {
		top, node := c.name("n"), c.name("n")
		head := "MATCH (" + top + ":" + alternatives(union(labels, f.Tree.Labels)) + ") WHERE " + top + ".id = " + c.arg(f.ID) + " "
		pattern := "(" + node + ":" + alternatives(labels) + ") " + c.repeated(f.Tree) + " (" + top + ")"
		return source{node: node, head: head, pattern: pattern, repeats: true}, nil
	}
	related, _ := f.(graph.Related)
	far, err := c.scan(related.Hop.Labels, graph.And{related.Where, related.Filter})
	if err != nil {
		return far, err
	}
	text := far.match()
	if !far.repeats {
		text += " WITH DISTINCT " + far.node
	}
	// The hop as seen from the nodes wanted, whose far end has been found already.
	h := c.hop("", related.Hop, related.Edge != nil)
	h.near, h.far, h.nearLabels, h.anyLabel = h.far, far.node, labels, true
	conditions, err := c.narrowed(h, related.Edge)
	return source{node: h.near, head: text + " ", pattern: h.pattern(), conditions: conditions, repeats: true}, err
}

// flatten returns the filters that must all hold.
func flatten(f graph.Filter) []graph.Filter {
	switch f := f.(type) {
	case nil:
		return nil
	case graph.And:
		var all []graph.Filter
		for _, g := range f {
			all = append(all, flatten(g)...)
		}
		return all
	}
	return []graph.Filter{f}
}

// The ranks of directness: how straight a filter leads to few nodes.
const (
	direct = iota
	byTree
	nowhere = 1 << 30
)

// directness returns how straight a filter leads to few nodes: by an index on the node
// itself, down a tree, or over one or more relations from a node that is found so.
func directness(f graph.Filter) int {
	switch f := f.(type) {
	case graph.Compare:
		if f.Prop == "id" && (f.Op == graph.Eq || f.Op == graph.OneOf) {
			return direct
		}
	case graph.Matches:
		return direct
	case graph.Within:
		return byTree
	case graph.Related:
		if f.Quantifier != graph.Some {
			return nowhere
		}
		nearest := nowhere
		for _, g := range flatten(graph.And{f.Where, f.Filter}) {
			nearest = min(nearest, directness(g))
		}
		if nearest < nowhere {
			return nearest + 2
		}
	}
	return nowhere
}

// startingPoint returns the index of the filter that leads the straightest to few nodes,
// -1 where none does.
func startingPoint(parts []graph.Filter) int {
	best, rank := -1, nowhere
	for i, f := range parts {
		if d := directness(f); d < rank {
			best, rank = i, d
		}
	}
	return best
}

func union(a, b []string) []string {
	all := slices.Clone(a)
	for _, name := range b {
		if !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	return all
}
