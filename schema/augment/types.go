package augment

import (
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/schema"
)

// nodeType writes a node type with its relations as connections, and its filter.
func (w *writer) nodeType(t *graph.Type) {
	def := w.doc.Definitions.ForName(t.Name)
	w.describe("", def.Description)
	w.linef("type %s implements %s {", t.Name, strings.Join(def.Interfaces, " & "))
	for _, f := range def.Fields {
		r := t.Relation(f.Name)
		if r == nil {
			w.field(def, f)
			continue
		}
		w.describe("  ", f.Description)
		if r.Many {
			w.linef("  %s(%s): %s!", f.Name, connectionArguments(r), ConnectionName(r))
		} else {
			w.linef("  %s: %s", f.Name, f.Type)
		}
	}
	w.label()
	w.linef("}\n")
	w.filter(t, def)
	w.connection(t.Name, nil)
	for _, r := range t.Relations {
		if r.Many {
			w.connection(r.Target, r)
			w.relationFilter(r)
		}
	}
}

// abstractTypes writes the filters of the interfaces and unions that relations lead
// to, and adds label to the interfaces.
func (w *writer) abstractTypes() {
	for _, def := range w.doc.Definitions {
		if labels := w.model.Abstract[def.Name]; labels != nil {
			shape := *w.model.Interfaces[def.Name]
			if def.Kind == ast.Union {
				def = w.doc.Definitions.ForName(schema.NodeInterface)
			}
			w.filter(&shape, def)
		}
	}
}

// ConnectionName names the type of a relation to many: by the target, and by the
// relation's own properties where it has any.
func ConnectionName(r *graph.Relation) string { return r.Target + r.PropertiesType + "Connection" }

// EdgeName names the type of the edges in such a connection.
func EdgeName(r *graph.Relation) string { return r.Target + r.PropertiesType + "Edge" }

func connectionArguments(r *graph.Relation) string {
	args := `"Filter." where: ` + r.Target + `Filter, `
	if r.PropertiesType != "" {
		args += `"Edge." edge: ` + r.PropertiesType + `Filter, `
	}
	return args + pageArguments
}

const pageArguments = `"Sort." sort: [Sort!], ` +
	`"First." first: Int, "After." after: String, ` +
	`"Last." last: Int, "Before." before: String`

// connection writes the connection and edge types of a target, once for each set of
// relation properties. r is nil for lists at the root.
func (w *writer) connection(target string, r *graph.Relation) {
	if r == nil {
		r = &graph.Relation{Target: target}
	}
	name, edge := ConnectionName(r), EdgeName(r)
	if !w.once(name) {
		return
	}
	w.linef(`"A page."`)
	w.linef("type %s {", name)
	w.linef("  \"Nodes.\"\n  nodes: [%s!]!", target)
	w.linef("  \"Edges.\"\n  edges: [%s!]!", edge)
	w.linef("  \"Page.\"\n  pageInfo: PageInfo!")
	w.linef("  \"Total.\"\n  totalCount: Int!")
	w.linef("  \"Counts.\"")
	w.linef("  facets(\"By.\" by: [GroupBy!]!, \"First.\" first: Int = 20): [Facet!]!\n}\n")
	w.linef(`"A hit."`)
	w.linef("type %s {", edge)
	w.linef("  \"Cursor\"\n  cursor: String!")
	w.linef("  \"Node.\"\n  node: %s!", target)
	if r.PropertiesType != "" {
		props := w.doc.Definitions.ForName(r.PropertiesType)
		for _, f := range props.Fields {
			w.field(props, f)
		}
	}
	w.linef("}\n")
	if r.PropertiesType != "" {
		w.edgeFilter(r)
	}
}

// queries writes the root fields of every type, and copies the hand-written ones.
func (w *writer) queries() {
	w.linef("extend type Query {")
	for _, name := range w.model.Names() {
		t := w.model.Types[name]
		w.linef("  \"One, by id.\"")
		w.linef("  %s(\"Id.\" id: ID!, %s): %s", lowerFirst(name), asOfArgument, name)
		w.linef("  \"A list.\"")
		w.linef("  %s(\"Filter.\" where: %sFilter, %s, %s): %sConnection!", t.Plural, name, pageArguments, asOfArgument, name)
		w.linef("  \"Totals.\"")
		w.linef("  %sAggregate(\"Filter.\" where: %sFilter, %s, %s): Aggregate!", t.Plural, name, groupArguments, asOfArgument)
	}
	w.handWritten("Query")
	w.linef("}\n")
}

// isRoot tells whether a type of the SDL is one of the roots, to which every file may add fields.
func isRoot(name string) bool { return name == "Query" || name == "Mutation" || name == "Subscription" }

// handWritten copies the fields that the hand-written SDL gives to a root, and returns how many there are.
func (w *writer) handWritten(root string) int {
	n := 0
	for _, def := range slices.Concat(w.doc.Definitions, w.doc.Extensions) {
		if def.Name == root {
			for _, f := range def.Fields {
				w.field(def, f)
			}
			n += len(def.Fields)
		}
	}
	return n
}

// root writes a root type where it has a field: those that generate writes, and the hand-written ones.
func (w *writer) root(name, description string, generate func()) {
	before := w.String()
	w.describe("", description)
	w.linef("type %s {", name)
	if generate != nil {
		generate()
	}
	if w.handWritten(name) == 0 && generate == nil {
		w.Reset()
		w.WriteString(before)
		return
	}
	w.linef("}\n")
}

const (
	asOfArgument   = `"As of." asOf: Date`
	groupArguments = `"Group by." groupBy: [GroupBy!], "Keep groups." having: [Having!], ` +
		`"First." first: Int = 100`
)
