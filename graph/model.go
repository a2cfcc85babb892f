package graph

import "slices"

// Kind is the kind of value that a property holds.
type Kind string

// The kinds. Dates and times are ISO 8601 strings, so they sort as text: a Date is
// 2006-01-02, a DateTime is 2006-01-02T15:04:05.000Z, always in UTC.
const (
	String   Kind = "String"
	Int      Kind = "Int"
	Float    Kind = "Float"
	Bool     Kind = "Boolean"
	Date     Kind = "Date"
	DateTime Kind = "DateTime"
	Enum     Kind = "Enum"
)

// Numeric tells whether values of the kind can be added up.
func (k Kind) Numeric() bool { return k == Int || k == Float }

// Temporal tells whether values of the kind are dates or times.
func (k Kind) Temporal() bool { return k == Date || k == DateTime }

// Model is what the SDL says about the domain: its node types, their properties
// and relations. It is built once at start and never changes afterwards, so it is
// safe for concurrent use.
type Model struct {
	// Types holds the node types by name.
	Types map[string]*Type
	// Abstract holds, for each interface and union over node types, the names of
	// those types in alphabetical order. "Node" covers all.
	Abstract map[string][]string
	// Interfaces holds, for each interface and union, what can be asked of it
	// whatever the node's type; a union has what Node has.
	Interfaces map[string]*Type
}

// Type is one node type. Its name is the label of its nodes.
type Type struct {
	Name   string
	Plural string
	// Title names the property that a person reads as the node's name, and TitleEN
	// the one that holds it in English ("" where there is none).
	Title, TitleEN string
	// NL and EN name the type in a sentence ("rijksdienst", "agency").
	NL, EN     string
	Properties []*Property
	Relations  []*Relation
	// Internal marks what the service keeps for itself: a store keeps it, and it is no
	// part of the network.
	Internal bool
}

// Property is a scalar, or a list of scalars, on a node or on a relation.
type Property struct {
	Name string
	Kind Kind
	// Scalar is the name of the GraphQL type: "URL" and "ORCID" are of kind String.
	Scalar   string
	List     bool
	Required bool
	// LabelNL and LabelEN are what a person calls it.
	LabelNL, LabelEN string
	// Search is the weight in full-text search; 0 means not searched.
	Search float64
	// Suggest marks what autocompletion looks at.
	Suggest bool
	// Expected marks what every node should have, so that what lacks it can be listed.
	Expected bool
	// Personal marks what is hidden without the right role.
	Personal bool
	// Local marks what belongs to the store that a node is in, such as a place in its log:
	// an export leaves it behind.
	Local bool
	// Index asks the store for an index beside that on the title.
	Index bool
	// Key marks an external key, a text: no two nodes of the type have the same one.
	Key bool
	// Min and Max bound a number, inclusively; nil is without bound.
	Min, Max *float64
	// Values lists an enum's values.
	Values []string
}

// Relation is a field that leads from one node to others.
type Relation struct {
	Name string
	Hop  Hop
	// Target is the name of the type, interface or union on the far side.
	Target   string
	Many     bool
	Required bool
	// Tree marks the relation to the broader node of a hierarchy.
	Tree bool
	// Expected marks what every node should have, so that what lacks it can be listed.
	Expected bool
	// PropertiesType names the type of the relation's own properties, "" for none.
	PropertiesType string
	Properties     []*Property
	// LabelNL and LabelEN are what a person calls the far side.
	LabelNL, LabelEN string
	// NL and EN are the verb phrases that lead from this node to the other.
	NL, EN string
}

// Property returns the named property, or nil.
func (t *Type) Property(name string) *Property {
	for _, p := range t.Properties {
		if p.Name == name {
			return p
		}
	}
	return nil
}

// Relation returns the named relation, or nil.
func (t *Type) Relation(name string) *Relation {
	for _, r := range t.Relations {
		if r.Name == name {
			return r
		}
	}
	return nil
}

// Indexes tells whether a store indexes the nodes of the type by the property.
func (t *Type) Indexes(p *Property) bool {
	return !p.List && (p.Index || p.Key || p.Name == t.Title)
}

// Tree returns the relation to the broader node, or nil where the type is no hierarchy.
func (t *Type) Tree() *Relation {
	for _, r := range t.Relations {
		if r.Tree {
			return r
		}
	}
	return nil
}

// Labels returns the concrete types that a type name stands for: itself, or the
// members of an interface or union. It returns nil for an unknown name.
func (m *Model) Labels(name string) []string {
	if _, ok := m.Types[name]; ok {
		return []string{name}
	}
	return m.Abstract[name]
}

// Shape returns the node type, or what an interface or union offers; nil for an unknown name.
func (m *Model) Shape(name string) *Type {
	if t, ok := m.Types[name]; ok {
		return t
	}
	return m.Interfaces[name]
}

// Names returns the names of the node types in alphabetical order, without internal ones.
func (m *Model) Names() []string {
	return slices.DeleteFunc(m.Stored(), func(name string) bool { return m.Types[name].Internal })
}

// Stored returns the names of all node types that a store keeps in alphabetical order.
func (m *Model) Stored() []string {
	names := make([]string, 0, len(m.Types))
	for name := range m.Types {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Without returns the model without the properties of nodes that drop names, so that they are
// not even read. It shares the rest with the model.
func (m *Model) Without(drop func(*Property) bool) *Model {
	c := *m
	c.Types = map[string]*Type{}
	for name, t := range m.Types {
		kept := *t
		kept.Properties = slices.DeleteFunc(slices.Clone(t.Properties), drop)
		c.Types[name] = &kept
	}
	return &c
}

// Symmetric tells whether relations of this type have no direction.
func (m *Model) Symmetric(relation string) bool {
	for _, t := range m.Types {
		for _, r := range t.Relations {
			if r.Hop.Type == relation && r.Hop.Direction == Both {
				return true
			}
		}
	}
	return false
}
