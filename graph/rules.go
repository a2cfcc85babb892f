package graph

import (
	"maps"
	"math"
	"reflect"
)

// Rules says what a store may write, whatever validation came before: the properties by
// type and by relation type. It never changes, so it is safe for concurrent use.
type Rules struct {
	// Nodes holds the properties of each type by name, Edges those of each relation type.
	Nodes, Edges map[string]map[string]*Property
	// Symmetric holds the relation types without direction.
	Symmetric map[string]bool
	// Indexed holds the names of the node properties that have an index in some type.
	Indexed map[string]bool
}

// NewRules returns the rules of a model.
func NewRules(m *Model) Rules {
	r := Rules{Nodes: map[string]map[string]*Property{}, Edges: map[string]map[string]*Property{}, Symmetric: map[string]bool{}, Indexed: map[string]bool{}}
	for _, name := range m.Stored() {
		t := m.Types[name]
		r.Nodes[name] = map[string]*Property{}
		for _, p := range t.Properties {
			r.Nodes[name][p.Name] = p
			r.Indexed[p.Name] = r.Indexed[p.Name] || t.Indexes(p)
		}
		for _, rel := range t.Relations {
			known := r.Edges[rel.Hop.Type]
			if known == nil {
				known = map[string]*Property{}
				r.Edges[rel.Hop.Type] = known
			}
			for _, p := range rel.Properties {
				known[p.Name] = p
			}
			r.Symmetric[rel.Hop.Type] = r.Symmetric[rel.Hop.Type] || rel.Hop.Direction == Both
		}
	}
	return r
}

// Check refuses what the model does not know with BadUserInput, and returns the properties
// as they are stored. A nil value, which removes a property, stays nil.
func (r Rules) Check(c Change) (map[string]any, error) {
	var known map[string]*Property
	var of string
	switch c.Op {
	case CreateNode, UpdateNode, UpsertNode, DeleteNode, EraseNode:
		if known = r.Nodes[c.Label]; known == nil {
			return nil, Errorf(BadUserInput, "there is no type %q", c.Label)
		}
		if c.ID == "" {
			return nil, Errorf(BadUserInput, "a %s needs an id", c.Label)
		}
		if c.Op == EraseNode && c.As == "" {
			return nil, Errorf(BadUserInput, "erasing a %s needs a pseudonym for it", c.Label)
		}
		of = c.Label
	case Connect, Disconnect, Guard:
		if known = r.Edges[c.Type]; known == nil {
			return nil, Errorf(BadUserInput, "there is no relation type %q", c.Type)
		}
		of = c.Type
	default:
		return nil, Errorf(BadUserInput, "there is no operation %q", c.Op)
	}
	props := make(map[string]any, len(c.Props)+2)
	for name, value := range c.Props {
		p := known[name]
		if p == nil {
			return nil, Errorf(BadUserInput, "%s has no property %q", of, name)
		}
		stored, ok := fit(p, value)
		if !ok {
			return nil, Errorf(BadUserInput, "the property %s of %s is %s, not %s", name, of, kindText(p), valueText(value))
		}
		props[name] = stored
	}
	return props, nil
}

// fit returns the value as it is stored, and whether it is of the property's kind. A
// whole number is a fine value for a Float.
func fit(p *Property, value any) (any, bool) {
	if value == nil {
		return nil, true
	}
	if p.List {
		list, ok := value.([]string)
		return append([]string{}, list...), ok
	}
	switch v := value.(type) {
	case int64:
		if p.Kind == Float {
			return float64(v), true
		}
		return v, p.Kind == Int
	case float64:
		return v, p.Kind == Float && !math.IsNaN(v) && !math.IsInf(v, 0)
	case bool:
		return v, p.Kind == Bool
	case string:
		return v, !p.Kind.Numeric() && p.Kind != Bool
	}
	return nil, false
}

func kindText(p *Property) string {
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

// MergeProps returns old with the properties set, nil values removing, and whether that
// changed anything.
func MergeProps(old, props map[string]any) (map[string]any, bool) {
	merged := make(map[string]any, len(old)+len(props)+2)
	maps.Copy(merged, old)
	changed := false
	for name, value := range props {
		before, had := merged[name]
		switch {
		case value == nil && had:
			delete(merged, name)
			changed = true
		case value != nil && !reflect.DeepEqual(before, value):
			merged[name] = value
			changed = true
		}
	}
	return merged, changed
}
