package schema_test

import (
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/schema"
)

func TestModelOfTheDomain(t *testing.T) {
	m, err := schema.Model()
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Names()) != 17 {
		t.Errorf("%d node types, want the 17 of the domain table", len(m.Names()))
	}
	if s := m.Types["SavedSearch"]; !s.Internal || !s.Property("delivered").Local || s.Property("name").Local {
		t.Errorf("SavedSearch: %+v", s)
	}
	lectoren := m.Types["Lectoraat"].Relation("lectoren")
	if lectoren.Hop.Type != "LEADS" || lectoren.Hop.Direction != graph.In || !lectoren.Many || lectoren.PropertiesType != "Period" {
		t.Errorf("Lectoraat.lectoren: %+v", lectoren)
	}
	if tree := m.Types["Theme"].Tree(); tree == nil || tree.Name != "broader" {
		t.Errorf("Theme has no tree: %+v", tree)
	}
	if got := m.Labels("Organisation"); strings.Join(got, " ") != "Agency Body Institution Ministry" {
		t.Errorf("Organisation covers %v", got)
	}
}

// Every relation reads well from both ends, so a path can be told as a sentence.
func TestEveryRelationHasItsOtherEnd(t *testing.T) {
	m, err := schema.Model()
	if err != nil {
		t.Fatal(err)
	}
	for _, from := range m.Types {
		for _, r := range from.Relations {
			if r.NL == "" || r.EN == "" {
				t.Errorf("%s.%s has no verb phrase", from.Name, r.Name)
			}
		}
	}
}

func TestParseNamesWhatIsWrong(t *testing.T) {
	const node = "interface Node { id: ID! }\n"
	for name, c := range map[string]struct{ sdl, want string }{
		"unknown target":  {`type A implements Node @node(plural: "as") { id: ID! name: String! b: B @relation(type: "X", direction: OUT) }`, "B"},
		"no title":        {`type A implements Node @node(plural: "as") { id: ID! }`, "title"},
		"no direction":    {`type A implements Node @node(plural: "as") { id: ID! name: String! b: A @relation(type: "X", direction: UP) }`, "direction"},
		"no relation":     {`type A implements Node @node(plural: "as") { id: ID! name: String! b: A }`, "@relation"},
		"not a node":      {`type A @node(plural: "as") { id: ID! name: String! }`, "implement"},
		"no such props":   {`type A implements Node @node(plural: "as") { id: ID! name: String! b: A @relation(type: "X", direction: OUT, properties: "P") }`, "P"},
		"weight too low":  {`type A implements Node @node(plural: "as") { id: ID! name: String! @search(weight: 0) }`, "weight"},
		"range of text":   {`type A implements Node @node(plural: "as") { id: ID! name: String! @range(min: 1) }`, "@range is for a number"},
		"broken document": {`type A {`, "Expected"},
	} {
		_, err := schema.Parse(&ast.Source{Name: "test.graphql", Input: node + c.sdl})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want an error about %q", name, err, c.want)
		}
	}
}
