// Package augment writes the API from the hand-written SDL: connections, edges,
// filters, root fields and aggregates for every node type, as SDL text, and the Go
// types that the generated resolvers return. It runs at go generate and is not
// part of the service.
package augment

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/schema"
)

// SDL returns the SDL of the whole API for the given hand-written sources, and the
// model that they describe.
func SDL(sources []*ast.Source) (string, *graph.Model, error) {
	model, err := schema.Parse(sources...)
	if err != nil {
		return "", nil, err
	}
	doc, err := parser.ParseSchemas(sources...)
	if err != nil {
		return "", nil, fmt.Errorf("augment: %w", err)
	}
	w := &writer{doc: doc, model: model}
	w.plain()
	w.nodeTypes()
	for _, name := range model.Names() {
		w.nodeType(model.Types[name])
	}
	w.abstractTypes()
	w.queries()
	w.inputs()
	w.root("Mutation", "What can be changed. All of one operation is one transaction, or nothing of it. — Wat kan worden veranderd. Alles van één operatie is één transactie, of niets ervan.", w.mutations)
	w.root("Subscription", "What can be followed live. — Wat live kan worden gevolgd.", nil)
	return compact(baseSDL + w.String()), model, nil
}

// compact indents with one tab, shortens the descriptions that did not pass through quote,
// and puts each before what it describes, on the same line.
func compact(sdl string) string {
	sdl = strings.NewReplacer(". — ", " | ", ".\"\n", "\"\n", ".\" ", "\" ").Replace(sdl)
	sdl = strings.NewReplacer("\"\n  ", "\" ", "\n  ", "\n\t").Replace(sdl)
	return sdl
}

// writer collects SDL text.
type writer struct {
	strings.Builder
	doc   *ast.SchemaDocument
	model *graph.Model
	// written remembers the shared types that are there already.
	written map[string]bool
}

func (w *writer) linef(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

// once tells whether the named type still has to be written.
func (w *writer) once(name string) bool {
	if w.written[name] {
		return false
	}
	if w.written == nil {
		w.written = map[string]bool{}
	}
	w.written[name] = true
	return true
}

// plain copies what is not a node type: scalars, enums, interfaces, unions and
// types with hand-written resolvers.
func (w *writer) plain() {
	for _, def := range w.doc.Definitions {
		switch {
		case def.Directives.ForName("node") != nil && !w.model.Types[def.Name].Internal, def.Directives.ForName("relationProperties") != nil,
			def.Name == "RelationDirection", isRoot(def.Name):
			continue
		}
		w.describe("", def.Description)
		switch def.Kind {
		case ast.Scalar:
			w.linef("scalar %s", def.Name)
		case ast.Union:
			w.linef("union %s = %s", def.Name, strings.Join(def.Types, " | "))
		case ast.Enum:
			w.enum(def)
		default:
			w.object(def)
		}
		w.linef("")
	}
}

func (w *writer) enum(def *ast.Definition) {
	w.linef("enum %s {", def.Name)
	for _, v := range def.EnumValues {
		w.describe("  ", v.Description)
		w.linef("  %s", v.Name)
	}
	w.linef("}")
	if w.usedByNodes(def.Name) && w.once(def.Name+"Filter") {
		w.enumFilter(def.Name)
	}
}

func (w *writer) object(def *ast.Definition) {
	keyword := map[ast.DefinitionKind]string{ast.Object: "type", ast.Interface: "interface", ast.InputObject: "input"}[def.Kind]
	implements := ""
	if len(def.Interfaces) > 0 {
		implements = " implements " + strings.Join(def.Interfaces, " & ")
	}
	w.linef("%s %s%s {", keyword, def.Name, implements)
	for _, f := range def.Fields {
		w.field(def, f)
	}
	if w.model.Abstract[def.Name] != nil {
		w.label()
	}
	w.linef("}")
}

// label writes the field that every node has beside its own.
func (w *writer) label() {
	w.linef("  \"Readable name.\"")
	w.linef("  label(\"Language.\" lang: Language = NL): String!")
}

// nodeTypes lists the node types as an enum, to choose from in arguments, and their filters.
func (w *writer) nodeTypes() {
	w.linef("\"The types of nodes. — De typen knopen.\"\nenum NodeType {")
	for _, name := range w.model.Names() {
		w.describe("  ", w.doc.Definitions.ForName(name).Description)
		w.linef("  %s", name)
	}
	w.linef("}\n\n\"A filter for each type. — Een filter per type.\"\ninput FilterByType {")
	for _, name := range w.model.Names() {
		w.linef("  \"Filter.\"\n  %s: %sFilter", lowerFirst(name), name)
	}
	w.linef("}\n")
}

// field copies a field that is no relation, without its directives.
func (w *writer) field(def *ast.Definition, f *ast.FieldDefinition) {
	w.describe("  ", w.description(def, f))
	var args []string
	for _, a := range f.Arguments {
		args = append(args, fmt.Sprintf("%s %s: %s%s", quote(a.Description), a.Name, a.Type, defaultValue(a.DefaultValue)))
	}
	list := ""
	if len(args) > 0 {
		list = "(" + strings.Join(args, ", ") + ")"
	}
	w.linef("  %s%s: %s%s", f.Name, list, f.Type, defaultValue(f.DefaultValue))
}

func defaultValue(v *ast.Value) string {
	if v == nil {
		return ""
	}
	return " = " + v.String()
}

// description falls back on the interface that declares the same field.
func (w *writer) description(def *ast.Definition, f *ast.FieldDefinition) string {
	if f.Description != "" {
		return f.Description
	}
	for _, name := range append([]string{schema.NodeInterface, "Period"}, def.Interfaces...) {
		if other := w.doc.Definitions.ForName(name); other != nil && other != def {
			if same := other.Fields.ForName(f.Name); same != nil && same.Description != "" {
				return english(same.Description)
			}
		}
	}
	return ""
}

func (w *writer) describe(indent, text string) {
	if text != "" {
		w.linef("%s%s", indent, quote(text))
	}
}

// quote shortens a description to "English | Nederlands", since the whole API has
// a budget of bytes.
func quote(text string) string {
	text = strings.TrimSuffix(strings.ReplaceAll(text, ". — ", " | "), ".")
	if en, nl, both := strings.Cut(text, " | "); both && en == nl {
		text = en // the word is the same
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", " ").Replace(text) + `"`
}

// english returns the first half of a description "English. — Nederlands.": what the generator repeats for filters and
// inputs is said in one language, since the field itself says it in both.
func english(text string) string {
	first, _, _ := strings.Cut(text, " — ")
	return first
}

// usedByNodes tells whether a property of a node or relation has the type.
func (w *writer) usedByNodes(scalar string) bool {
	has := func(props []*graph.Property) bool {
		return slices.ContainsFunc(props, func(p *graph.Property) bool { return p.Scalar == scalar })
	}
	for _, t := range w.model.Types {
		if has(t.Properties) || slices.ContainsFunc(t.Relations, func(r *graph.Relation) bool { return has(r.Properties) }) {
			return true
		}
	}
	return false
}

func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }
