package resolvers_test

import (
	"context"
	"strings"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Wrong input gets the code that says so and a message that says what would be right.
func TestWrongInput(t *testing.T) {
	s := newService(t)
	for name, c := range map[string]struct{ query, code, message string }{
		"negative first":     {`{ people(first: -1) { totalCount } }`, "BAD_USER_INPUT", "between 0 and 1000"},
		"first too high":     {`{ people(first: 100000) { totalCount } }`, "BAD_USER_INPUT", "at most 1000"},
		"first and last":     {`{ people(first: 1, last: 1) { totalCount } }`, "BAD_USER_INPUT", "cannot be combined"},
		"malformed cursor":   {`{ people(after: "%%%") { totalCount } }`, "BAD_USER_INPUT", "cursor"},
		"binary cursor":      {`{ people(after: "AAECAwQ") { totalCount } }`, "BAD_USER_INPUT", "cursor"},
		"foreign cursor":     {`{ people(after: "WyJmMjlhYzJlNSIsIngiLCJ5Il0", sort: [{path: "roles"}]) { totalCount } }`, "BAD_USER_INPUT", "sort"},
		"unknown sort":       {`{ people(sort: [{path: "x"}]) { totalCount } }`, "BAD_USER_INPUT", "name"},
		"sort by personal":   {`{ people(sort: [{path: "email"}]) { totalCount } }`, "BAD_USER_INPUT", "leads nowhere"},
		"filter on personal": {`{ people(where: {email: {eq: "x"}}) { totalCount } }`, "BAD_USER_INPUT", "email"},
		"group by personal":  {`{ peopleAggregate(groupBy: [{path: "email"}]) { count } }`, "BAD_USER_INPUT", "leads nowhere"},
		"relevance alone":    {`{ people(sort: [{path: "relevance"}]) { totalCount } }`, "BAD_USER_INPUT", "matches"},
		"wrong filter type":  {`{ people(where: {name: {eq: 5}}) { totalCount } }`, "BAD_USER_INPUT", "String"},
		"unknown operator":   {`{ people(where: {name: {like: "x"}}) { totalCount } }`, "BAD_USER_INPUT", "like"},
		"null operand":       {`{ people(where: {name: {eq: null}}) { totalCount } }`, "BAD_USER_INPUT", "isNull"},
		"not a date":         {`{ projects(where: {startDate: {gte: "31-02-2021"}}) { totalCount } }`, "BAD_USER_INPUT", "year-month-day"},
		"asOf not a date":    {`{ people(asOf: "gisteren") { totalCount } }`, "BAD_USER_INPUT", "year-month-day"},
		"empty search":       {`{ search(text: "  ") { totalCount } }`, "BAD_USER_INPUT", "empty"},
		"empty matches":      {`{ people(where: {matches: ""}) { totalCount } }`, "BAD_USER_INPUT", "empty"},
		"unknown enum":       {`{ vraagstukken(where: {status: {eq: DICHT}}) { totalCount } }`, "BAD_USER_INPUT", "DICHT"},
		"unknown field":      {`{ people { nodes { naam } } }`, "BAD_USER_INPUT", "naam"},
		"not GraphQL":        {`{ people( `, "BAD_USER_INPUT", ""},
		"stats of a text":    {`{ projectsAggregate { stats(of: "title") { sum } } }`, "BAD_USER_INPUT", "budget"},
		"level of no tree":   {`{ projectsAggregate(groupBy: [{path: "lectoraten", level: 1}]) { count } }`, "BAD_USER_INPUT", "broader"},
		"unit of no date":    {`{ projectsAggregate(groupBy: [{path: "title", unit: YEAR}]) { count } }`, "BAD_USER_INPUT", "date"},
		"empty group path":   {`{ projectsAggregate(groupBy: [{path: []}]) { count } }`, "BAD_USER_INPUT", "empty"},
		"north of the pole":  {`{ institutions(where: {place: {withinKm: {lat: 99, lon: 5, km: 10}}}) { totalCount } }`, "BAD_USER_INPUT", "between"},
		"path from nowhere":  {`{ path(from: "nergens", to: "saxion") { length } }`, "NOT_FOUND", "nergens"},
		"path to itself":     {`{ path(from: "saxion", to: "saxion") { length } }`, "BAD_USER_INPUT", ""},
		"too many hops":      {`{ path(from: "logius", to: "saxion", maxHops: 99) { length } }`, "BAD_USER_INPUT", "between"},
		"around nothing":     {`{ neighbourhood(id: "nergens") { more } }`, "NOT_FOUND", "nergens"},
		"match of nothing":   {`{ match { totalCount } }`, "BAD_USER_INPUT", "question"},
		"match of nobody":    {`{ match(vraagstuk: "nergens") { totalCount } }`, "NOT_FOUND", "nergens"},
		"too deep":           {"{ theme(id: \"ai\") " + strings.Repeat("{ broader ", 30) + "{ id }" + strings.Repeat("}", 31), "QUERY_TOO_COMPLEX", "levels"},
		"too many nodes":     {`{ people(first: 1000) { nodes { projects(first: 1000) { nodes { id } } } } }`, "QUERY_TOO_COMPLEX", "10000"},
	} {
		a, _ := s.ask(t, c.query, nil)
		if len(a.Errors) == 0 {
			t.Errorf("%s: no error", name)
			continue
		}
		e := a.Errors[0]
		if e.Extensions["code"] != c.code || !strings.Contains(e.Message, c.message) {
			t.Errorf("%s: %v %q; want %s about %q", name, e.Extensions["code"], e.Message, c.code, c.message)
		}
	}
}

// What is not there is null, or an empty list: that is an answer, not an error.
func TestUnknownIdsAreNull(t *testing.T) {
	data := newService(t).data(t, `{ person(id: "nergens") { name } node(id: "saxion") { id }
		people(where: {id: {in: []}}) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }`)
	if data["person"] != nil || dig(t, data, "people", "totalCount") != 0.0 || dig(t, data, "people", "pageInfo", "endCursor") != nil {
		t.Errorf("%v", data)
	}
}

// Values never become part of a statement.
func TestHostileValues(t *testing.T) {
	s := newService(t)
	for _, evil := range []string{`' OR 1=1 --`, `"; DROP TABLE node; --`, "`) DETACH DELETE n //", `%`, `_`, `*`, `\`, `\u0027`, "\x00", "a AND b", `NEAR(x)`, `{}`} {
		for _, query := range []string{
			`query($v: String!) { people(where: {name: {contains: $v}}) { totalCount } }`,
			`query($v: String!) { people(where: {name: {eq: $v}}) { totalCount } }`,
			`query($v: String!) { people(where: {matches: $v}) { totalCount } }`,
			`query($v: String!) { search(text: $v) { totalCount } }`,
			`query($v: String!) { suggest(text: $v) { text } }`,
		} {
			a, _ := s.ask(t, query, map[string]any{"v": evil})
			if len(a.Errors) > 0 {
				t.Errorf("%q in %s: %+v", evil, query, a.Errors)
			}
		}
	}
	if n := dig(t, s.data(t, `{ people { totalCount } }`), "people", "totalCount"); n == 0.0 {
		t.Error("people are gone")
	}
}

// Personal fields are null without the right role, and there with it.
func TestPersonalFieldsAreHidden(t *testing.T) {
	s := newService(t)
	_, err := s.store.Apply(context.Background(), "test", []graph.Change{{
		Op: graph.UpdateNode, Label: "Person", ID: "demo-p-karlijn-binnendieze", Props: map[string]any{"email": "demo@example.nl"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	const query = `{ person(id: "demo-p-karlijn-binnendieze") { name email phone orcid } }`
	person := dig(t, s.data(t, query), "person").(map[string]any)
	if person["name"] == nil || person["email"] != nil || person["phone"] != nil || person["orcid"] != nil {
		t.Errorf("without the role: %v", person)
	}
	s.personal = true
	if email := dig(t, s.data(t, query), "person", "email"); email != "demo@example.nl" {
		t.Errorf("with the role: %v", email)
	}
}
