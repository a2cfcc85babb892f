package storetest

import (
	"github.com/i-partnerschap/kennisgraaf/graph"
)

// check refuses what the model does not know, and returns the properties with the
// values that are stored.
func (w *write) check(c graph.Change) (map[string]any, error) {
	var known func(string) *graph.Property
	switch c.Op {
	case graph.CreateNode, graph.UpdateNode, graph.UpsertNode, graph.DeleteNode, graph.EraseNode:
		t := w.model.Types[c.Label]
		if t == nil {
			return nil, graph.Errorf(graph.BadUserInput, "there is no type %q", c.Label)
		}
		// Reading: no node has an empty id, since an empty Key.ID stands for none.
		if c.ID == "" {
			return nil, graph.Errorf(graph.BadUserInput, "a %s needs an id", c.Label)
		}
		if c.Op == graph.EraseNode && c.As == "" {
			return nil, graph.Errorf(graph.BadUserInput, "a %s is erased under a pseudonym", c.Label)
		}
		known = t.Property
	case graph.Connect, graph.Disconnect, graph.Guard:
		if len(relationsOf(w.model, c.Type)) == 0 {
			return nil, graph.Errorf(graph.BadUserInput, "there is no relation %q", c.Type)
		}
		known = func(name string) *graph.Property { return relationProperty(w.model, c.Type, name) }
	default:
		return nil, graph.Errorf(graph.BadUserInput, "there is no operation %q", c.Op)
	}
	props := map[string]any{}
	for name, value := range c.Props {
		p := known(name)
		if p == nil {
			return nil, graph.Errorf(graph.BadUserInput, "there is no property %q", name)
		}
		stored, ok := fit(p, value)
		if !ok {
			return nil, graph.Errorf(graph.BadUserInput, "the property %q is a %s", name, p.Kind)
		}
		props[name] = stored
	}
	return props, nil
}

func relationsOf(m *graph.Model, typ string) []*graph.Relation {
	var found []*graph.Relation
	for _, name := range m.Names() {
		for _, r := range m.Types[name].Relations {
			if r.Hop.Type == typ {
				found = append(found, r)
			}
		}
	}
	return found
}

func relationProperty(m *graph.Model, typ, name string) *graph.Property {
	for _, r := range relationsOf(m, typ) {
		for _, p := range r.Properties {
			if p.Name == name {
				return p
			}
		}
	}
	return nil
}

// fit returns the value as it is stored, and whether it is of the property's kind.
//
// Reading: a whole number is a fine value for a Float, and is stored as a float64.
func fit(p *graph.Property, value any) (any, bool) {
	if value == nil {
		return nil, true
	}
	if p.List {
		_, ok := value.([]string)
		return value, ok
	}
	switch v := value.(type) {
	case int64:
		if p.Kind == graph.Float {
			return float64(v), true
		}
		return v, p.Kind == graph.Int
	case float64:
		return v, p.Kind == graph.Float
	case bool:
		return v, p.Kind == graph.Bool
	case string:
		return v, !p.Kind.Numeric() && p.Kind != graph.Bool
	}
	return nil, false
}
