package neo4j

import (
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// rules says what may be written, and where to look for what is there.
type rules struct {
	graph.Rules
	// from and to hold the types that the ends of each relation type have in the model.
	from, to map[string][]string
	// keys holds the external keys of each type.
	keys map[string][]*graph.Property
}

func newRules(m *graph.Model) rules {
	r := rules{Rules: graph.NewRules(m), from: map[string][]string{}, to: map[string][]string{}, keys: map[string][]*graph.Property{}}
	for _, name := range m.Stored() {
		t := m.Types[name]
		r.keys[name] = t.Keys()
		for _, rel := range t.Relations {
			r.addEnds(name, rel.Hop)
		}
	}
	return r
}

// addEnds notes between which types a relation goes.
func (r rules) addEnds(label string, hop graph.Hop) {
	near, far := r.from, r.to
	if hop.Direction == graph.In {
		near, far = far, near
	}
	add := func(ends map[string][]string, labels ...string) {
		for _, l := range labels {
			if !slices.Contains(ends[hop.Type], l) {
				ends[hop.Type] = append(ends[hop.Type], l)
			}
		}
	}
	add(near, label)
	add(far, hop.Labels...)
	if hop.Direction == graph.Both {
		add(near, hop.Labels...)
		add(far, label)
	}
}

// known tells whether all labels are types of the model.
func (r rules) known(labels []string) bool {
	return !slices.ContainsFunc(labels, func(l string) bool { return r.Nodes[l] == nil })
}
