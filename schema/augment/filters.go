package augment

import (
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// filter writes the filter of a node type, interface or union.
func (w *writer) filter(t *graph.Type, def *ast.Definition) {
	name := t.Name + "Filter"
	if !w.once(name) {
		return
	}
	w.linef("\"Filter.\"\ninput %s {", name)
	w.logic(name)
	w.linef("  \"All words.\"\n  matches: String")
	if t.Plural == "" {
		w.linef("  \"Type.\"\n  type: NodeTypeFilter")
	}
	if t.Tree() != nil {
		w.linef("  \"This one or narrower.\"\n  within: ID")
	}
	if lat, lon := t.Property("lat"), t.Property("lon"); lat != nil && lon != nil {
		w.linef("  \"Distance.\"\n  place: PlaceFilter")
	}
	for _, f := range def.Fields {
		if r := t.Relation(f.Name); r != nil {
			w.linef("  \"Relation.\"\n  %s: %s", f.Name, relationFilterName(r))
		} else if p := t.Property(f.Name); p != nil && !p.Personal {
			w.describe("  ", english(w.description(def, f)))
			w.linef("  %s: %s", f.Name, scalarFilterName(p))
		}
	}
	w.linef("}\n")
}

func (w *writer) logic(name string) {
	w.linef("  \"All.\"\n  and: [%s!]", name)
	w.linef("  \"One of.\"\n  or: [%s!]", name)
	w.linef("  \"Not.\"\n  not: %s", name)
}

// edgeFilter writes the filter on a relation's own properties.
func (w *writer) edgeFilter(r *graph.Relation) {
	name := r.PropertiesType + "Filter"
	if !w.once(name) {
		return
	}
	def := w.doc.Definitions.ForName(r.PropertiesType)
	w.linef("\"Filter on a relation.\"\ninput %s {", name)
	w.logic(name)
	for _, p := range r.Properties {
		if !p.Personal {
			w.describe("  ", english(w.description(def, def.Fields.ForName(p.Name))))
			w.linef("  %s: %s", p.Name, scalarFilterName(p))
		}
	}
	w.linef("}\n")
}

func relationFilterName(r *graph.Relation) string {
	if !r.Many {
		return r.Target + "Filter"
	}
	return r.Target + r.PropertiesType + "Relation"
}

// relationFilter writes the quantifiers over a relation to many.
func (w *writer) relationFilter(r *graph.Relation) {
	name := relationFilterName(r)
	if !w.once(name) {
		return
	}
	w.linef("\"Related.\"\ninput %s {", name)
	for _, q := range [...][2]string{
		{"where", "Among these."}, {"some", "Some."},
		{"none", "None."},
		{"all", "All."}, {"single", "Just one."},
	} {
		w.linef("  %s\n  %s: %sFilter", quote(q[1]), q[0], r.Target)
	}
	if r.PropertiesType != "" {
		w.linef("  \"By relation.\"\n  edge: %sFilter", r.PropertiesType)
	}
	w.linef("  \"How many.\"\n  count: IntFilter\n}\n")
}

// scalarFilterName names the filter input of a property.
func scalarFilterName(p *graph.Property) string {
	suffix := "Filter"
	if p.List {
		suffix = "ListFilter"
	}
	switch {
	case p.Kind == graph.Enum:
		return p.Scalar + suffix
	case p.Name == "id":
		return "ID" + suffix
	default:
		return string(p.Kind) + suffix
	}
}

// enumFilter writes the filters of an enum: for one value, and for a list of them
// where a property holds one.
func (w *writer) enumFilter(name string) {
	w.linef("\n\"Filter.\"\ninput %sFilter {", name)
	for _, op := range [...][2]string{{"eq", name}, {"ne", name}, {"in", "[" + name + "!]"}, {"notIn", "[" + name + "!]"}, {"isNull", "Boolean"}} {
		w.linef("  %s\n  %s: %s", quote(operators[op[0]]), op[0], op[1])
	}
	w.linef("}")
	if !w.listedByNodes(name) {
		return
	}
	w.linef("\n\"Filter.\"\ninput %sListFilter {", name)
	for _, op := range [...][2]string{{"has", name}, {"hasAny", "[" + name + "!]"}, {"isEmpty", "Boolean"}} {
		w.linef("  %s\n  %s: %s", quote(operators[op[0]]), op[0], op[1])
	}
	w.linef("}")
}

func (w *writer) listedByNodes(enum string) bool {
	for _, t := range w.model.Types {
		for _, p := range t.Properties {
			if p.Scalar == enum && p.List {
				return true
			}
		}
	}
	return false
}

// operators describes the comparisons.
var operators = map[string]string{
	"eq": "Equal.", "ne": "Not equal, or absent.", "in": "One of.",
	"notIn": "None of, or absent.", "isNull": "Absent.",
	"has": "Has.", "hasAny": "Has one of.", "isEmpty": "Empty.",
}
