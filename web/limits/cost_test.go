package limits_test

import (
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/i-partnerschap/kennisgraaf/web/limits"
	"github.com/i-partnerschap/kennisgraaf/web/testdata/fixture"
)

// costs estimates a query under a limit.
func costs(t testing.TB, limit int, query string, variables map[string]any) *gqlerror.Error {
	t.Helper()
	es := fixture.New()
	doc, err := parser.ParseQuery(&ast.Source{Input: query})
	if err != nil {
		t.Fatal(err)
	}
	if errs := validator.ValidateWithRules(es.Schema(), doc, rules.NewDefaultRules()); len(errs) > 0 {
		t.Fatal(errs)
	}
	op := doc.Operations[0]
	values, err := validator.VariableValues(es.Schema(), op, variables)
	if err != nil {
		t.Fatal(err)
	}
	l := limits.Default()
	l.Cost = limit
	cost := &limits.Cost{Limits: l}
	if err := cost.Validate(es); err != nil {
		t.Fatal(err)
	}
	return cost.MutateOperationContext(t.Context(), &graphql.OperationContext{Doc: doc, Operation: op, Variables: values})
}

// The cost of a query is exactly what it says: allowed with that limit, and refused with one less.
func TestCost(t *testing.T) {
	for name, c := range map[string]struct {
		query     string
		variables map[string]any
		want      int
	}{
		"to-one":                    {`{node(id:"1"){id name}}`, nil, 1},
		"to-one, two levels":        {`{node(id:"1"){parent{parent{id}}}}`, nil, 3},
		"page of the schema":        {`{things{nodes{id}}}`, nil, 1 + 20},
		"page of its own":           {`{things(first:50){nodes{id}}}`, nil, 1 + 50},
		"last":                      {`{things(last:7){nodes{id}}}`, nil, 1 + 7},
		"page of none":              {`{things(first:0){nodes{id}}}`, nil, 1},
		"negative, for a resolver":  {`{things(first:-1){nodes{id}}}`, nil, 1},
		"page size by default":      {`{node(id:"1"){related{nodes{id}}}}`, nil, 1 + 1 + 20},
		"edges and node":            {`{things(first:50){edges{since node{id}}}}`, nil, 1 + 50},
		"only a count":              {`{things(first:50){totalCount}}`, nil, 1 + 1},
		"page info":                 {`{things(first:50){pageInfo{endCursor}}}`, nil, 1 + 1},
		"pages multiply":            {`{things(first:10){nodes{related(first:10){nodes{parent{id}}}}}}`, nil, 1 + 10*(1+1+10*(1+1))},
		"variable":                  {`query($n:Int){things(first:$n){nodes{id}}}`, map[string]any{"n": 30}, 1 + 30},
		"variable with a default":   {`query($n:Int=40){things(first:$n){nodes{id}}}`, nil, 1 + 40},
		"variable without a value":  {`query($n:Int){things(first:$n){nodes{id}}}`, nil, 1 + 20},
		"variable of null":          {`query($n:Int){things(first:$n){nodes{id}}}`, map[string]any{"n": nil}, 1 + 20},
		"list by ids":               {`{nodes(ids:["1","2","3"]){id}}`, nil, 1 + 3},
		"list by ids in a variable": {`query($i:[ID!]!){nodes(ids:$i){id}}`, map[string]any{"i": []any{"1", "2"}}, 1 + 2},
		"page without connection":   {`{search(text:"x",first:9){id}}`, nil, 1 + 9},
		"plain lists":               {`{match{nodes{factors{evidence{text}}}}}`, nil, 1 + 10*(1+1+5*(1+1+5*1))},
		"scalars":                   {`{hello a:hello}`, nil, 1},
		"introspection":             {`{__schema{types{name}} __typename hello}`, nil, 1},
		"fragments add up":          {`{a:things(first:5){...F} b:things(first:6){...F}} fragment F on ThingConnection{nodes{id}}`, nil, 1 + 5 + 1 + 6},
		"inline fragment":           {`{things(first:5){...on ThingConnection{nodes{id}}}}`, nil, 1 + 5},
		"aliases add up":            {`{a:things(first:5){nodes{id}} b:things(first:5){nodes{id}}}`, nil, 12},
		"mutation":                  {`mutation{rename(id:"1",name:"2"){id}}`, nil, 1},
	} {
		t.Run(name, func(t *testing.T) {
			if err := costs(t, c.want, c.query, c.variables); err != nil {
				t.Errorf("refused at %d: %v", c.want, err)
			}
			if c.want == 1 {
				return
			}
			err := costs(t, c.want-1, c.query, c.variables)
			if err == nil || err.Extensions["code"] != "QUERY_TOO_COMPLEX" {
				t.Errorf("allowed at %d: %v", c.want-1, err)
			}
		})
	}
}

// A page above the maximum is refused by its name and number, and absurd sizes do not wrap round to small ones.
func TestPageMax(t *testing.T) {
	for name, c := range map[string]struct {
		query     string
		variables map[string]any
		says      string
		code      string
	}{
		"literal":  {`{things(first:1001){nodes{id}}}`, nil, "first: 1001 on things is more than a page may hold; at most 1000", "BAD_USER_INPUT"},
		"variable": {`query($n:Int){x:things(last:$n){nodes{id}}}`, map[string]any{"n": 2000}, "last: 2000 on x", "BAD_USER_INPUT"},
		"deep": {
			`{things(first:1000){nodes{related(first:1000){nodes{related(first:1000){nodes{related(first:1000){nodes{related(first:1000){nodes{id}}}}}}}}}}}`,
			nil, "more nodes than can be counted", "QUERY_TOO_COMPLEX",
		},
		"too dear": {`{things(first:1000){nodes{related{nodes{id}}}}}`, nil, "may ask for 22001 nodes; at most 10000", "QUERY_TOO_COMPLEX"},
	} {
		t.Run(name, func(t *testing.T) {
			err := costs(t, 10_000, c.query, c.variables)
			if err == nil || !strings.Contains(err.Message, c.says) || err.Extensions["code"] != c.code {
				t.Errorf("got %v, want a refusal saying %q", err, c.says)
			}
		})
	}
}
