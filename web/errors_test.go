package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/i-partnerschap/kennisgraaf/web/limits"
	"github.com/i-partnerschap/kennisgraaf/web/testdata/fixture"
)

// Every error reaches the caller with its code, and with no more than the caller may read.
func TestErrorMapping(t *testing.T) {
	l := limits.Default()
	l.Time = 50 * time.Millisecond
	for name, c := range map[string]struct {
		query     string
		variables map[string]any
		code      string
		says      string
		logged    bool
	}{
		"syntax":           {`{hello`, nil, "BAD_USER_INPUT", "Expected", false},
		"unknown field":    {`{hallo}`, nil, "BAD_USER_INPUT", `Cannot query field "hallo"`, false},
		"missing variable": {`query($i:ID!){node(id:$i){id}}`, nil, "BAD_USER_INPUT", "must be defined", false},
		"wrong variable":   {`query($f:Int){things(first:$f){totalCount}}`, map[string]any{"f": "x"}, "BAD_USER_INPUT", "Int", false},
		"Int variable too large": {
			`query($f:Int!){many(count:$f){bad}}`, map[string]any{"f": 1 << 40}, "BAD_USER_INPUT", "", false,
		},
		"Int literal too large":  {`{many(count:99999999999){bad}}`, nil, "BAD_USER_INPUT", "", false},
		"Int literal absurd":     {`{many(count:99999999999999999999999){bad}}`, nil, "BAD_USER_INPUT", "", false},
		"no operation":           {`fragment F on Query{hello}`, nil, "BAD_USER_INPUT", "no operation", false},
		"which operation":        {`query A{hello} query B{hello}`, nil, "BAD_USER_INPUT", "operationName which one to run (A, B)", false},
		"coded":                  {`{coded(code:"CONFLICT")}`, nil, "CONFLICT", "what would be right", false},
		"coded, store":           {`{coded(code:"STORE_UNAVAILABLE")}`, nil, "STORE_UNAVAILABLE", "what would be right", true},
		"coded, internal":        {`{coded(code:"INTERNAL")}`, nil, "INTERNAL", "on our side", true},
		"uncoded":                {`{plainError}`, nil, "INTERNAL", "on our side", true},
		"panic":                  {`{panics}`, nil, "INTERNAL", "on our side", true},
		"broken promise of ours": {`{search(text:"x"){id}}`, nil, "INTERNAL", "on our side", true},
		"scalar":                 {`{dated(on:"x")}`, nil, "BAD_USER_INPUT", "x is not a date", false},
		"scalar in an input":     {`{dated(where:{eq:"x"})}`, nil, "BAD_USER_INPUT", "x is not a date", false},
		"scalar in a list":       {`{dated(days:["2026-11-22","x"])}`, nil, "BAD_USER_INPUT", "x is not a date", false},
		"scalar in a variable":   {`query($d:Date){dated(on:$d)}`, map[string]any{"d": "x"}, "BAD_USER_INPUT", "x is not a date", false},
		"scalar with a code":     {`{dated(where:{code:"x"})}`, nil, "NOT_FOUND", "what would be right", false},
		"uncoded by gqlerror":    {`{badDate}`, nil, "INTERNAL", "on our side", true},
		"deadline":               {`{slow}`, nil, "TIMEOUT", "longer than is allowed", true},
	} {
		t.Run(name, func(t *testing.T) {
			endpoint, log := startGraphQL(t, l)
			got := ask(t, endpoint, c.query, c.variables)
			if got.code() != c.code || !strings.Contains(got.message(), c.says) {
				t.Errorf("got %s %q, want %s saying %q", got.code(), got.message(), c.code, c.says)
			}
			if strings.Contains(string(got.Body), "hunter2") {
				t.Errorf("the answer shows the cause: %s", got.Body)
			}
			id := got.Header.Get("X-Request-Id")
			logged := strings.Contains(log.String(), "GraphQL error") || strings.Contains(log.String(), "panic while")
			if logged != c.logged || !strings.Contains(log.String(), id) {
				t.Errorf("logged: %v, want %v\n%s", logged, c.logged, log)
			}
			if c.code == "INTERNAL" && strings.HasPrefix(c.query, "{p") && !strings.Contains(log.String(), fixture.Secret) {
				t.Errorf("the log does not show the cause: %s", log)
			}
		})
	}
}

// A panic is logged once, with its stack.
func TestPanicIsLoggedWithStack(t *testing.T) {
	endpoint, log := startGraphQL(t, limits.Default())
	got := ask(t, endpoint, `{hello panics}`, nil)
	if string(got.Data) != `{"hello":"hallo","panics":null}` || len(got.Errors) != 1 {
		t.Errorf("got %s", got.Body)
	}
	if n := strings.Count(log.String(), "hunter2"); n != 1 || !strings.Contains(log.String(), "resolvers.go") {
		t.Errorf("logged %d times: %s", n, log)
	}
}

// An error keeps its place in the query and in the answer.
func TestErrorPlace(t *testing.T) {
	endpoint, _ := startGraphQL(t, limits.Default())
	got := ask(t, endpoint, `{a: coded(code:"NOT_FOUND")}`, nil)
	if len(got.Errors) != 1 || len(got.Errors[0].Path) != 1 || got.Errors[0].Path[0] != "a" || len(got.Errors[0].Locations) != 1 {
		t.Errorf("got %s", got.Body)
	}
	if got := ask(t, endpoint, `{nope}`, nil); len(got.Errors) != 1 || len(got.Errors[0].Locations) != 1 {
		t.Errorf("got %s", got.Body)
	}
}

// An answer holds at most so many errors, says how many it left out, and the log is not flooded either.
func TestErrorCap(t *testing.T) {
	l := limits.Default()
	endpoint, log := startGraphQL(t, l)
	got := ask(t, endpoint, `{many(count:500){bad}}`, nil)
	if len(got.Errors) != l.Errors || got.Extensions["errorsLeftOut"] != 480.0 {
		t.Errorf("%d errors, %v left out", len(got.Errors), got.Extensions["errorsLeftOut"])
	}
	if n := strings.Count(log.String(), "GraphQL error"); n != l.Errors {
		t.Errorf("%d errors logged", n)
	}
	var unknown strings.Builder
	for i := range 400 {
		fmt.Fprintf(&unknown, "nope%d ", i)
	}
	got = ask(t, endpoint, "{things{nodes{"+unknown.String()+"}}}", nil)
	if len(got.Errors) != l.Errors || got.Extensions["errorsLeftOut"] == nil || got.Status != http.StatusBadRequest {
		t.Errorf("%d errors, %v left out", len(got.Errors), got.Extensions["errorsLeftOut"])
	}
}

// What the caller typed is not logged: not in the text of the query, not in variables, not in the URL.
func TestNothingPersonalInTheLog(t *testing.T) {
	endpoint, log := startGraphQL(t, limits.Default())
	ask(t, endpoint, `query Find($w:ThingWhere){things(where:$w){nodes{id}} node(id:"jan-jansen"){id}}`,
		map[string]any{"w": map[string]any{"name": map[string]any{"eq": "jan-jansen"}}})
	send(t, http.MethodGet, endpoint+`?query={node(id:"jan-jansen"){id}}`, "")
	ask(t, endpoint, `{node(id:"jan-jansen"){nope}}`, nil)
	if strings.Contains(log.String(), "jan-jansen") {
		t.Errorf("the log shows what was asked: %s", log)
	}
	if !strings.Contains(log.String(), `"operation":"Find"`) {
		t.Errorf("the log does not name the operation: %s", log)
	}
}
