package explorer_test

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/resolvers"
	"github.com/i-partnerschap/kennisgraaf/resolvers/lookahead"
	"github.com/i-partnerschap/kennisgraaf/web/explorer"
)

// pages are page sizes; nothing is run here.
var pages = lookahead.PageSizes{Default: 20, Max: 1000}

func operations(t *testing.T, m *graph.Model) map[string]string {
	t.Helper()
	documents, err := explorer.Operations(m)
	if err != nil {
		t.Fatal(err)
	}
	return documents
}

// Every document of the page fits the schema, holds the one operation that it is named after, and asks for nothing
// personal. That they run is tested where the resolvers are.
func TestOperationsFitTheSchema(t *testing.T) {
	m := model(t)
	api := resolvers.NewSchema(m, nil, pages).Schema()
	documents := operations(t, m)
	for name, text := range documents {
		document, errs := gqlparser.LoadQueryWithRules(api, text, rules.NewDefaultRules())
		if len(errs) > 0 {
			t.Errorf("%s: %v", name, errs)
			continue
		}
		if len(document.Operations) != 1 || document.Operations[0].Name != name {
			t.Errorf("%s: not the one operation of its document", name)
		}
		for _, field := range personal(m, document) {
			t.Errorf("%s asks for %s", name, field)
		}
	}
	for _, name := range m.Names() {
		if documents["Node"+name] == "" {
			t.Errorf("a %s cannot be shown", name)
		}
	}
}

// personal lists the personal properties of nodes that a document selects.
func personal(m *graph.Model, document *ast.QueryDocument) []string {
	var found []string
	var walk func(ast.SelectionSet)
	walk = func(set ast.SelectionSet) {
		for _, selection := range set {
			switch s := selection.(type) {
			case *ast.Field:
				if shape := m.Shape(s.ObjectDefinition.Name); shape != nil && shape.Property(s.Name) != nil && shape.Property(s.Name).Personal {
					found = append(found, s.ObjectDefinition.Name+"."+s.Name)
				}
				walk(s.SelectionSet)
			case *ast.InlineFragment:
				walk(s.SelectionSet)
			}
		}
	}
	walk(document.Operations[0].SelectionSet)
	for _, fragment := range document.Fragments {
		walk(fragment.SelectionSet)
	}
	return found
}

// A document with something personal in it is found out: without this the test above could not fail.
func TestPersonalIsFoundOut(t *testing.T) {
	m := model(t)
	document, errs := gqlparser.LoadQueryWithRules(resolvers.NewSchema(m, nil, pages).Schema(),
		`{ node(id: "x") { ... on Person { name email projects { edges { node { participants { nodes { phone } } } } } } } }`, rules.NewDefaultRules())
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	if found := personal(m, document); !slices.Equal(found, []string{"Person.email", "Person.phone"}) {
		t.Errorf("found %v", found)
	}
}

var sending = regexp.MustCompile(`\b(?:ask|playgroundLink)\('(\w+)'`)

// The page's scripts send only what there is.
func TestThePageAsksForWhatThereIs(t *testing.T) {
	documents, sent := operations(t, model(t)), 0
	scripts, err := fs.Glob(os.DirFS("app/src"), "*.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, script := range scripts {
		text, err := os.ReadFile("app/src/" + script)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range sending.FindAllStringSubmatch(string(text), -1) {
			if sent++; documents[found[1]] == "" {
				t.Errorf("%s sends %s, which is no operation", script, found[1])
			}
		}
	}
	if sent < 5 {
		t.Errorf("%d operations found in the scripts: this test no longer sees what they send", sent)
	}
}
