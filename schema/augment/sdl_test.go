package augment_test

import (
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/i-partnerschap/kennisgraaf/schema"
	"github.com/i-partnerschap/kennisgraaf/schema/augment"
)

// The budget that keeps the API one that an analyst can oversee.
const (
	maxTypes = 400
	maxBytes = 150_000
)

func TestTheAPIStaysWithinItsBudget(t *testing.T) {
	sdl, _, err := augment.SDL(schema.Sources())
	if err != nil {
		t.Fatal(err)
	}
	api := gqlparser.MustLoadSchema(&ast.Source{Name: "api.graphql", Input: sdl})
	types := 0
	for _, def := range api.Types {
		if !def.BuiltIn {
			types++
		}
	}
	t.Logf("the API has %d types and %d bytes of SDL", types, len(sdl))
	if types > maxTypes || len(sdl) > maxBytes {
		t.Errorf("%d types of %d, %d bytes of %d", types, maxTypes, len(sdl), maxBytes)
	}
}

// The playground shows descriptions, in both languages: none may be missing.
func TestEverythingIsDescribed(t *testing.T) {
	sdl, _, err := augment.SDL(schema.Sources())
	if err != nil {
		t.Fatal(err)
	}
	api := gqlparser.MustLoadSchema(&ast.Source{Name: "api.graphql", Input: sdl})
	for name, def := range api.Types {
		if def.BuiltIn {
			continue
		}
		if def.Description == "" {
			t.Errorf("%s has no description", name)
		}
		for _, v := range def.EnumValues {
			if v.Description == "" {
				t.Errorf("%s.%s has no description", name, v.Name)
			}
		}
		for _, f := range def.Fields {
			if f.Description == "" && f.Name[0] != '_' {
				t.Errorf("%s.%s has no description", name, f.Name)
			}
			for _, a := range f.Arguments {
				if a.Description == "" && f.Name[0] != '_' {
					t.Errorf("%s.%s(%s) has no description", name, f.Name, a.Name)
				}
			}
		}
	}
}
