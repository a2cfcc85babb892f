package augment

import (
	"slices"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/write"
)

// kept are the properties that the service sets itself.
var kept = []string{"createdAt", "updatedAt", write.MergedFrom}

// inputs writes what mutations take: an input for each type, the links between them, and
// the choice of a new node.
func (w *writer) inputs() {
	for _, name := range w.model.Names() {
		w.input(w.model.Types[name])
	}
	w.linef("\"A new node: one of these.\"\ninput NodeInput @oneOf {")
	for _, name := range w.model.Names() {
		w.linef("  \"%s\"\n  %s: %sInput", name, lowerFirst(name), name)
	}
	w.linef("}\n")
	w.linkProperties()
}

// input writes the input of a type: all optional, since an update names what changes.
func (w *writer) input(t *graph.Type) {
	def := w.doc.Definitions.ForName(t.Name)
	w.linef("\"What to write; null removes.\"\ninput %sInput {", t.Name)
	for _, f := range def.Fields {
		if slices.Contains(kept, f.Name) {
			continue
		}
		w.describe("  ", english(w.description(def, f)))
		if r := t.Relation(f.Name); r != nil {
			w.linef("  %s: %sLinks", f.Name, r.PropertiesType)
		} else {
			w.linef("  %s: %s", f.Name, optional(f.Type))
		}
	}
	w.linef("}\n")
	for _, r := range t.Relations {
		w.linksInput(r)
	}
}

func optional(t *ast.Type) *ast.Type {
	copied := *t
	copied.NonNull = false
	return &copied
}

// linksInput writes how relations with the same properties are connected.
func (w *writer) linksInput(r *graph.Relation) {
	name := r.PropertiesType + "Links"
	if !w.once(name) {
		return
	}
	w.linef("\"Relations.\"\ninput %s {", name)
	w.linef("  \"Connect.\"\n  connect: [%sLink!]", r.PropertiesType)
	w.linef("  \"Disconnect these ids.\"\n  disconnect: [ID!]\n}\n")
	w.linef("\"To id, or to a new node.\"\ninput %sLink {", r.PropertiesType)
	w.linef("  \"Node.\"\n  id: ID\n  \"New node.\"\n  create: NodeInput")
	if def := w.doc.Definitions.ForName(r.PropertiesType); def != nil {
		for _, f := range def.Fields {
			w.describe("  ", english(w.description(def, f)))
			w.linef("  %s: %s", f.Name, optional(f.Type))
		}
	}
	w.linef("}\n")
}

// linkProperties writes the properties of all relations as one input, for connect. A name
// that stands for values of different types is a text.
func (w *writer) linkProperties() {
	types := map[string]string{}
	var names []string
	for _, def := range w.doc.Definitions {
		if def.Directives.ForName("relationProperties") == nil {
			continue
		}
		for _, f := range def.Fields {
			typ := optional(f.Type).String()
			if known, ok := types[f.Name]; !ok {
				names = append(names, f.Name)
			} else if known != typ {
				typ = "String"
			}
			types[f.Name] = typ
		}
	}
	if len(names) == 0 {
		return
	}
	w.linef("\"Properties of a relation, those that it has.\"\ninput LinkProperties {")
	for _, name := range names {
		w.linef("  \"Property.\"\n  %s: %s", name, types[name])
	}
	w.linef("}\n")
}

// mutations writes the generated mutations.
func (w *writer) mutations() {
	const expected = `"If unchanged since." expectedUpdatedAt: DateTime`
	merge, properties := false, ""
	for _, name := range w.model.Names() {
		t := w.model.Types[name]
		merge = merge || t.Property(write.MergedFrom) != nil
		w.linef("  \"Make one.\"\n  create%s(\"Content.\" input: %sInput!): Written!", name, name)
		w.linef("  \"Change one.\"\n  update%s(\"Id.\" id: ID!, \"Content.\" input: %sInput!, %s): Written!", name, name, expected)
		w.linef("  \"Change, or make, by id or key.\"\n  upsert%s(\"Content.\" input: %sInput!, %s): Written!", name, name, expected)
		for _, r := range t.Relations {
			if len(r.Properties) > 0 {
				properties = `, "Properties of the relation. — Eigenschappen van de relatie." properties: LinkProperties`
			}
		}
	}
	w.linef("  \"Remove a node. — Verwijder een knoop.\"")
	w.linef("  delete(\"Id.\" id: ID!, %s, \"Its relations as well. — Ook zijn relaties.\" cascade: Boolean = false): Written!", expected)
	w.linef("  \"Relate two nodes; twice is once. — Verbind twee knopen; twee keer is één keer.\"")
	ends := `"Node. — Knoop." from: ID!, "Field of that node, as in leads. — Veld van die knoop." relation: String!, "Other node. — Andere knoop." to: ID!`
	w.linef("  connect(%s%s): Written!", ends, properties)
	w.linef("  \"Undo a relation. — Verbreek een relatie.\"\n  disconnect(%s): Written!", ends)
	if merge {
		w.linef("  \"Make one of two nodes that are the same; both histories stay. — Maak één van twee knopen die hetzelfde zijn; beide geschiedenissen blijven.\"")
		w.linef("  merge(\"Stays. — Blijft.\" keep: ID!, \"Goes into it. — Gaat erin op.\" from: ID!): Written!")
	}
}
