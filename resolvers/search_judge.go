package resolvers

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/validate"
	"github.com/i-partnerschap/kennisgraaf/resolvers/lookahead"
)

// SearchJudge returns what tells, of the properties of a saved search that comes by another
// way than saveSearch, what saveSearch would refuse beside what the model says. It is safe for
// concurrent use. Bounded refuses variables that are more than a request may have.
//
// Of a webhook the model says that it is an address. Where it may lead is the server's to say:
// it looks at each delivery.
func SearchJudge(model *graph.Model, store graph.Store, bounded func(variables map[string]any) *gqlerror.Error) func(props map[string]any) []validate.Problem {
	rt := lookahead.New(model, store, wrap, lookahead.PageSizes{})
	return func(props map[string]any) []validate.Problem {
		where, err := decodeFilter(props)
		if err == nil {
			err = fits(where, bounded)
		}
		if err != nil {
			return append(unknownTypes(model, props), validate.Problem{Field: "where", Message: err.Error()})
		}
		return judge(rt, props, where)
	}
}

// judge returns what is wrong with what a saved search looks for. Its filter is known to fit
// the schema.
func judge(rt *lookahead.Runtime, props map[string]any, where lookahead.Input) []validate.Problem {
	if problems := unknownTypes(rt.Model, props); len(problems) > 0 {
		return problems
	}
	types, _ := props["types"].([]string)
	text, _ := props["text"].(string)
	matcher, err := rt.Matcher(types, where, text)
	switch {
	case err != nil:
		return []validate.Problem{{Field: "where", Message: err.Error()}}
	case matcher == nil:
		return []validate.Problem{{Message: "the search is empty; give at least one of text, types and where"}}
	}
	return nil
}

// unknownTypes finds the types searched that are none.
func unknownTypes(model *graph.Model, props map[string]any) (problems []validate.Problem) {
	types, _ := props["types"].([]string)
	known := model.Names()
	for _, name := range types {
		if !slices.Contains(known, name) {
			problems = append(problems, validate.Problem{Field: "types", Message: fmt.Sprintf("there is no type %q; the types are %s", name, strings.Join(known, ", "))})
		}
	}
	return problems
}

// fits refuses a filter that GraphQL would refuse as an argument of saveSearch.
func fits(where lookahead.Input, bounded func(map[string]any) *gqlerror.Error) error {
	argument := parsedSchema.Mutation.Fields.ForName("saveSearch").Arguments.ForName("where")
	variables := map[string]any{argument.Name: map[string]any(where)}
	if err := bounded(variables); err != nil {
		return errors.New(err.Message)
	}
	operation := &ast.OperationDefinition{VariableDefinitions: ast.VariableDefinitionList{{
		Variable: argument.Name, Type: argument.Type, Definition: parsedSchema.Types[argument.Type.Name()],
	}}}
	_, err := validator.VariableValues(parsedSchema, operation, variables)
	var wrong *gqlerror.Error
	if errors.As(err, &wrong) {
		at := strings.TrimPrefix(wrong.Path.String(), "variable."+argument.Name+".")
		return fmt.Errorf("%s: %s; write a filter that the API takes as %s", at, wrong.Message, argument.Type.Name())
	}
	return err
}

// decodeFilter reads the filter of a saved search from its properties, which hold it as JSON;
// it is empty where there is none.
func decodeFilter(props map[string]any) (lookahead.Input, error) {
	text, ok := props["where"].(string)
	if !ok {
		return lookahead.Input{}, nil
	}
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var value any
	if err := d.Decode(&value); err != nil {
		return nil, fmt.Errorf("it is no JSON: %w; %s", err, filterForm)
	}
	where, ok := value.(map[string]any)
	if _, err := d.Token(); !ok || !errors.Is(err, io.EOF) {
		return nil, errors.New("it is no single object; " + filterForm)
	}
	return where, nil
}

// filterForm says how the filter of a saved search is written.
const filterForm = `write the filter as JSON, as in {"project":{"status":{"eq":"LOPEND"}}}`
