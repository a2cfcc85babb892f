package neo4j

import (
	"math"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// rules says what may be written: the properties by type and by relation type.
type rules struct {
	nodes, edges map[string]map[string]*graph.Property
	// symmetric holds the relation types without direction.
	symmetric map[string]bool
	// from and to hold the types that the ends of each relation type have in the model.
	from, to map[string][]string
	// keys holds the external keys of each type.
	keys map[string][]*graph.Property
	// indexed holds the names of the node properties that have an index in some type.
	indexed map[string]bool
}

func newRules(m *graph.Model) rules {
	r := rules{nodes: map[string]map[string]*graph.Property{}, edges: map[string]map[string]*graph.Property{}, symmetric: map[string]bool{}, from: map[string][]string{}, to: map[string][]string{}, keys: map[string][]*graph.Property{}, indexed: map[string]bool{}}
	for _, name := range m.Stored() {
		t := m.Types[name]
		r.nodes[name], r.keys[name] = map[string]*graph.Property{}, t.Keys()
		for _, p := range t.Properties {
			r.nodes[name][p.Name] = p
			r.indexed[p.Name] = r.indexed[p.Name] || hasIndex(t, p)
		}
		for _, rel := range t.Relations {
			known := r.edges[rel.Hop.Type]
			if known == nil {
				known = map[string]*graph.Property{}
				r.edges[rel.Hop.Type] = known
			}
			for _, p := range rel.Properties {
				known[p.Name] = p
			}
			r.addEnds(name, rel.Hop)
			r.symmetric[rel.Hop.Type] = r.symmetric[rel.Hop.Type] || rel.Hop.Direction == graph.Both
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
	return !slices.ContainsFunc(labels, func(l string) bool { return r.nodes[l] == nil })
}

// hasIndex tells whether the nodes of a type are indexed by a property.
func hasIndex(t *graph.Type, p *graph.Property) bool {
	return !p.List && (p.Index || p.Key || p.Name == t.Title)
}

// check refuses what the model does not know, and returns the properties as they are
// stored. A nil value, which removes a property, stays nil.
func (r rules) check(c graph.Change) (map[string]any, error) {
	var known map[string]*graph.Property
	var of string
	switch c.Op {
	case graph.CreateNode, graph.UpdateNode, graph.UpsertNode, graph.DeleteNode:
		if known = r.nodes[c.Label]; known == nil {
			return nil, graph.Errorf(graph.BadUserInput, "there is no type %q", c.Label)
		}
		if c.ID == "" {
			return nil, graph.Errorf(graph.BadUserInput, "a %s needs an id", c.Label)
		}
		of = c.Label
	case graph.Connect, graph.Disconnect, graph.Guard:
		if known = r.edges[c.Type]; known == nil {
			return nil, graph.Errorf(graph.BadUserInput, "there is no relation type %q", c.Type)
		}
		of = c.Type
	default:
		return nil, graph.Errorf(graph.BadUserInput, "there is no operation %q", c.Op)
	}
	props := make(map[string]any, len(c.Props)+2)
	for name, value := range c.Props {
		p := known[name]
		if p == nil {
			return nil, graph.Errorf(graph.BadUserInput, "%s has no property %q", of, name)
		}
		stored, ok := fit(p, value)
		if !ok {
			return nil, graph.Errorf(graph.BadUserInput, "the property %s of %s is %s, not %s", name, of, kindText(p), valueText(value))
		}
		props[name] = stored
	}
	return props, nil
}

// fit returns the value as it is stored, and whether it is of the property's kind. A
// whole number is a fine value for a Float.
func fit(p *graph.Property, value any) (any, bool) {
	if value == nil {
		return nil, true
	}
	if p.List {
		list, ok := value.([]string)
		return append([]string{}, list...), ok
	}
	switch v := value.(type) {
	case int64:
		if p.Kind == graph.Float {
			return float64(v), true
		}
		return v, p.Kind == graph.Int
	case float64:
		return v, p.Kind == graph.Float && !math.IsNaN(v) && !math.IsInf(v, 0)
	case bool:
		return v, p.Kind == graph.Bool
	case string:
		return v, !p.Kind.Numeric() && p.Kind != graph.Bool
	}
	return nil, false
}

func kindText(p *graph.Property) string {
	if p.List {
		return "a list of " + string(p.Kind)
	}
	return "of kind " + string(p.Kind)
}

func valueText(value any) string {
	switch value.(type) {
	case string:
		return "text"
	case bool:
		return "a boolean"
	case int64:
		return "a whole number"
	case float64:
		return "a number with decimals"
	case []string:
		return "a list"
	}
	return "a value that no property can hold"
}
