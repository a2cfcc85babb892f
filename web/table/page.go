package table

import (
	"maps"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
	"github.com/vektah/gqlparser/v2/parser"
)

// The names that the query of a page adds to those of the client.
const (
	firstVariable = "tablePageFirst"
	afterVariable = "tablePageAfter"
	countVariable = "tablePageCount"
	pageKey       = "tablePage"
	countKey      = "tableTotal"
)

// Query returns the client's document with the connection's page as variables, so that
// all pages are one document, and with what tells whether there is another.
func (p *Plan) Query(text, operation string) (string, error) {
	doc, err := parser.ParseQuery(&ast.Source{Input: text})
	if err != nil {
		return "", err
	}
	op := doc.Operations.ForName(operation)
	for _, v := range []struct{ name, typ string }{{firstVariable, "Int"}, {afterVariable, "String"}} {
		op.VariableDefinitions = append(op.VariableDefinitions, &ast.VariableDefinition{Variable: v.name, Type: ast.NamedType(v.typ, nil)})
	}
	field := find(doc, op.SelectionSet, p.path)
	kept := field.Arguments[:0]
	for _, a := range field.Arguments {
		if a.Name != "first" && a.Name != "after" && a.Name != "last" && a.Name != "before" {
			kept = append(kept, a)
		}
	}
	field.Arguments = append(kept, argument("first", firstVariable), argument("after", afterVariable))
	field.SelectionSet = append(field.SelectionSet, &ast.Field{Alias: pageKey, Name: "pageInfo", SelectionSet: ast.SelectionSet{
		&ast.Field{Alias: "hasNextPage", Name: "hasNextPage"}, &ast.Field{Alias: "endCursor", Name: "endCursor"}}})
	if p.counted {
		op.VariableDefinitions = append(op.VariableDefinitions, &ast.VariableDefinition{Variable: countVariable, Type: ast.NonNullNamedType("Boolean", nil)})
		include := &ast.Directive{Name: "include", Arguments: ast.ArgumentList{argument("if", countVariable)}}
		field.SelectionSet = append(field.SelectionSet, &ast.Field{Alias: countKey, Name: "totalCount", Directives: ast.DirectiveList{include}})
	}
	var out strings.Builder
	formatter.NewFormatter(&out).FormatQueryDocument(doc)
	return out.String(), nil
}

func argument(name, variable string) *ast.Argument {
	return &ast.Argument{Name: name, Value: &ast.Value{Raw: variable, Kind: ast.Variable}}
}

// find returns the field at a path of response keys, which New found in the same document.
func find(doc *ast.QueryDocument, set ast.SelectionSet, path []string) *ast.Field {
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			if s.Alias != path[0] {
				continue
			}
			if len(path) == 1 {
				return s
			}
			if f := find(doc, s.SelectionSet, path[1:]); f != nil {
				return f
			}
		case *ast.InlineFragment:
			if f := find(doc, s.SelectionSet, path); f != nil {
				return f
			}
		case *ast.FragmentSpread:
			if f := find(doc, doc.Fragments.ForName(s.Name).SelectionSet, path); f != nil {
				return f
			}
		}
	}
	return nil
}

// Variables returns the client's variables with those of a page.
func Variables(client map[string]any, first int, after string) map[string]any {
	all := maps.Clone(client)
	if all == nil {
		all = map[string]any{}
	}
	all[firstVariable], all[countVariable] = first, after == ""
	if after != "" {
		all[afterVariable] = after
	}
	return all
}

// Size is how many rows the next page may have: the page size, or what is left of what
// the query asks for or of the limit.
func (p *Plan) Size(page, limit, written int) int {
	left := limit - written
	if p.first >= 0 {
		left = min(left, p.first-written)
	}
	return max(0, min(page, left))
}

// Complete tells whether the query asks for no more rows than were written.
func (p *Plan) Complete(written int) bool { return p.first >= 0 && written >= p.first }

// Exceeds tells whether the query asks for more rows than the limit, of a connection with
// so many.
func (p *Plan) Exceeds(limit int, total int64) bool {
	return total > int64(limit) && (p.first < 0 || p.first > limit)
}
