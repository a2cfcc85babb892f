package schema

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// NodeInterface is the interface that every node type implements.
const NodeInterface = "Node"

// Parse reads SDL into a Model. It reports what is inconsistent: a relation to an
// unknown type, a title that is no property, a relation property type that is missing.
func Parse(sources ...*ast.Source) (*graph.Model, error) {
	doc, err := parser.ParseSchemas(sources...)
	if err != nil {
		return nil, fmt.Errorf("schema: %w", err)
	}
	p := &modelParser{
		doc:   doc,
		model: &graph.Model{Types: map[string]*graph.Type{}, Abstract: map[string][]string{}, Interfaces: map[string]*graph.Type{}},
	}
	p.abstract()
	for _, def := range doc.Definitions {
		if def.Directives.ForName("node") != nil {
			p.nodeType(def)
		}
	}
	p.interfaces()
	p.check()
	if len(p.errs) > 0 {
		return nil, fmt.Errorf("schema: %w", p.errs[0])
	}
	return p.model, nil
}

type modelParser struct {
	doc   *ast.SchemaDocument
	model *graph.Model
	errs  []error
}

func (p *modelParser) errorf(format string, args ...any) {
	p.errs = append(p.errs, fmt.Errorf(format, args...))
}

// abstract finds which node types an interface or union covers.
func (p *modelParser) abstract() {
	for _, def := range p.doc.Definitions {
		if def.Directives.ForName("node") != nil {
			for _, name := range def.Interfaces {
				p.model.Abstract[name] = append(p.model.Abstract[name], def.Name)
			}
		}
		if def.Kind == ast.Union {
			p.model.Abstract[def.Name] = slices.Clone(def.Types)
		}
	}
	for _, labels := range p.model.Abstract {
		slices.Sort(labels)
	}
}

func (p *modelParser) nodeType(def *ast.Definition) {
	node := def.Directives.ForName("node")
	t := p.fields(def)
	t.Plural = argument(node, "plural", "")
	t.Title = argument(node, "title", "name")
	t.TitleEN = argument(node, "titleEn", "")
	t.Internal = argument(node, "internal", "") == "true"
	t.NL, t.EN = argument(node, "nl", def.Name), argument(node, "en", def.Name)
	p.model.Types[def.Name] = t
}

// interfaces records what can be asked of a node whose type is not known.
func (p *modelParser) interfaces() {
	node := p.doc.Definitions.ForName(NodeInterface)
	if node == nil {
		p.errorf("interface %s is missing", NodeInterface)
		return
	}
	for name := range p.model.Abstract {
		def := p.doc.Definitions.ForName(name)
		if def == nil {
			p.errorf("interface %s is not defined", name)
			continue
		}
		shape := p.fields(def)
		if def.Kind == ast.Union {
			shape = p.fields(node)
			shape.Name = name
		}
		p.model.Interfaces[name] = shape
	}
}

func (p *modelParser) fields(def *ast.Definition) *graph.Type {
	t := &graph.Type{Name: def.Name}
	for _, field := range def.Fields {
		if rel := field.Directives.ForName("relation"); rel != nil {
			t.Relations = append(t.Relations, p.relation(def, field, rel))
			continue
		}
		if prop := p.property(def, field); prop != nil {
			t.Properties = append(t.Properties, prop)
		}
	}
	return t
}

func (p *modelParser) property(def *ast.Definition, field *ast.FieldDefinition) *graph.Property {
	prop := &graph.Property{
		Name: field.Name, Scalar: field.Type.Name(), List: field.Type.Elem != nil, Required: field.Type.NonNull && field.Type.Elem == nil,
		Personal: field.Directives.ForName("personal") != nil, Local: field.Directives.ForName("local") != nil, Index: field.Directives.ForName("index") != nil,
		Key: field.Directives.ForName("key") != nil, Expected: expected(field),
	}
	prop.LabelNL, prop.LabelEN = p.label(field)
	if search := field.Directives.ForName("search"); search != nil {
		weight, err := strconv.ParseFloat(argument(search, "weight", "1"), 64)
		if err != nil || weight <= 0 {
			p.errorf("%s.%s: @search(weight) must be a number above 0", def.Name, field.Name)
		}
		prop.Search, prop.Suggest = weight, argument(search, "suggest", "false") == "true"
	}
	if bounds := field.Directives.ForName("range"); bounds != nil {
		prop.Min, prop.Max = p.bound(def, field, bounds, "min"), p.bound(def, field, bounds, "max")
	}
	switch kind := graph.Kind(prop.Scalar); kind {
	case "ID":
		prop.Kind = graph.String
	case graph.Int, graph.Float, graph.Bool, graph.Date, graph.DateTime, graph.String:
		prop.Kind = kind
	default:
		p.customKind(def, field, prop)
	}
	if prop.Key && (prop.List || prop.Kind != graph.String) {
		p.errorf("%s.%s: @key is for a text, not for %s", def.Name, field.Name, field.Type)
	}
	if (prop.Min != nil || prop.Max != nil) && (prop.List || !prop.Kind.Numeric()) {
		p.errorf("%s.%s: @range is for a number, not for %s", def.Name, field.Name, field.Type)
	}
	return prop
}

// bound reads an end of a range, nil where it is open.
func (p *modelParser) bound(def *ast.Definition, field *ast.FieldDefinition, bounds *ast.Directive, name string) *float64 {
	raw := argument(bounds, name, "null")
	if raw == "null" {
		return nil
	}
	value, err := strconv.ParseFloat(raw, 64)
	if err != nil {
		p.errorf("%s.%s: @range(%s) must be a number", def.Name, field.Name, name)
	}
	return &value
}

// customKind tells enums from scalars that hold text.
func (p *modelParser) customKind(def *ast.Definition, field *ast.FieldDefinition, prop *graph.Property) {
	named := p.doc.Definitions.ForName(prop.Scalar)
	switch {
	case named != nil && named.Kind == ast.Enum:
		prop.Kind = graph.Enum
		for _, v := range named.EnumValues {
			prop.Values = append(prop.Values, v.Name)
		}
	case named != nil && named.Kind == ast.Scalar:
		prop.Kind = graph.String
	default:
		p.errorf("%s.%s: type %s is neither a scalar nor an enum; a field that leads to nodes needs @relation", def.Name, field.Name, prop.Scalar)
	}
}

func (p *modelParser) relation(def *ast.Definition, field *ast.FieldDefinition, rel *ast.Directive) *graph.Relation {
	r := &graph.Relation{
		Name: field.Name, Target: field.Type.Name(), Many: field.Type.Elem != nil, Required: field.Type.NonNull,
		Tree: field.Directives.ForName("tree") != nil, Expected: expected(field), PropertiesType: argument(rel, "properties", ""),
		NL: argument(rel, "nl", ""), EN: argument(rel, "en", ""),
	}
	r.LabelNL, r.LabelEN = p.label(field)
	r.Hop = graph.Hop{Type: argument(rel, "type", ""), Labels: p.labels(r.Target)}
	switch argument(rel, "direction", "") {
	case "OUT":
		r.Hop.Direction = graph.Out
	case "IN":
		r.Hop.Direction = graph.In
	case "BOTH":
		r.Hop.Direction = graph.Both
	default:
		p.errorf("%s.%s: direction must be OUT, IN or BOTH", def.Name, field.Name)
	}
	if r.PropertiesType != "" {
		props := p.doc.Definitions.ForName(r.PropertiesType)
		if props == nil || props.Directives.ForName("relationProperties") == nil {
			p.errorf("%s.%s: %s is not a type with @relationProperties", def.Name, field.Name, r.PropertiesType)
			return r
		}
		r.Properties = p.fields(props).Properties
	}
	return r
}

// label reads what a field is called from its description, "English. — Nederlands.", which
// a field of every node has in the interface alone. Without one it is the name.
func (p *modelParser) label(field *ast.FieldDefinition) (nl, en string) {
	described := field.Description
	if node := p.doc.Definitions.ForName(NodeInterface); described == "" && node != nil {
		if shared := node.Fields.ForName(field.Name); shared != nil {
			described = shared.Description
		}
	}
	en, nl, both := strings.Cut(described, " — ")
	if !both {
		return field.Name, field.Name
	}
	// What comes after a semicolon explains.
	nl, _, _ = strings.Cut(nl, ";")
	en, _, _ = strings.Cut(en, ";")
	return strings.TrimSuffix(nl, "."), strings.TrimSuffix(en, ".")
}

// expected tells whether completeness counts where the field is missing.
func expected(field *ast.FieldDefinition) bool { return field.Directives.ForName("expected") != nil }

func (p *modelParser) labels(target string) []string {
	if labels, ok := p.model.Abstract[target]; ok {
		return labels
	}
	return []string{target}
}

func (p *modelParser) check() {
	for name, t := range p.model.Types {
		if t.Property(t.Title) == nil {
			p.errorf("%s: @node(title: %q) is not a property", name, t.Title)
		}
		if t.Plural == "" || t.Plural == name {
			p.errorf("%s: @node(plural) is missing or the type's own name", name)
		}
		if slices.Contains(p.model.Abstract[NodeInterface], name) == t.Internal {
			p.errorf("%s: a node type must implement %s, unless it is internal", name, NodeInterface)
		}
		for _, r := range t.Relations {
			if p.model.Labels(r.Target) == nil {
				p.errorf("%s.%s: %s is not a node type, interface or union", name, r.Name, r.Target)
			}
			if r.Hop.Type == "" {
				p.errorf("%s.%s: @relation(type) is missing", name, r.Name)
			}
		}
	}
}

func argument(d *ast.Directive, name, fallback string) string {
	if arg := d.Arguments.ForName(name); arg != nil {
		return arg.Value.Raw
	}
	return fallback
}
