package playground_test

import (
	"encoding/json"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/i-partnerschap/kennisgraaf/web/playground"
)

// TestExamplesAreSound: each example is one named operation with a comment, and has a value for each of its variables.
// That they fit the schema is tested where the schema is.
func TestExamplesAreSound(t *testing.T) {
	examples, err := playground.Examples()
	if err != nil {
		t.Fatal(err)
	}
	if len(examples) < 10 {
		t.Errorf("%d examples, want at least 10", len(examples))
	}
	for _, example := range examples {
		document, err := parser.ParseQuery(&ast.Source{Name: example.Operation, Input: example.Query})
		if err != nil {
			t.Errorf("%s: %v", example.Operation, err)
			continue
		}
		if len(document.Operations) != 1 || document.Operations[0].Name != example.Operation {
			t.Errorf("%s: not the one operation of its document", example.Operation)
			continue
		}
		if !strings.HasPrefix(example.Query, "# ") {
			t.Errorf("%s: does not begin with a comment that explains it", example.Operation)
		}
		declared := map[string]bool{}
		for _, variable := range document.Operations[0].VariableDefinitions {
			declared[variable.Variable] = true
			if _, given := example.Variables[variable.Variable]; !given && variable.Type.NonNull {
				t.Errorf("%s: no value for $%s", example.Operation, variable.Variable)
			}
		}
		for name := range example.Variables {
			if !declared[name] {
				t.Errorf("%s: a value for $%s, which it does not declare", example.Operation, name)
			}
		}
	}
}

// TestExamplesOverHTTP: the page reads the same examples.
func TestExamplesOverHTTP(t *testing.T) {
	want, err := playground.Examples()
	if err != nil {
		t.Fatal(err)
	}
	resp, body := get(t, "/playground/examples.json")
	if resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Type") != "application/json; charset=utf-8" {
		t.Fatalf("%d %q", resp.StatusCode, resp.Header.Get("Content-Type"))
	}
	var got []playground.Example
	if err := json.Unmarshal([]byte(body), &got); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Error("the page gets other examples than Examples returns")
	}
}
