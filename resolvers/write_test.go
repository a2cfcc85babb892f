package resolvers_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/dataset/demotest"
	"github.com/i-partnerschap/kennisgraaf/graph/sqlite"
	"github.com/i-partnerschap/kennisgraaf/resolvers"
	"github.com/i-partnerschap/kennisgraaf/resolvers/lookahead"
	"github.com/i-partnerschap/kennisgraaf/web"
	"github.com/i-partnerschap/kennisgraaf/web/limits"
)

// newWritable is the API on a store of its own, which a test may change.
func newWritable(t *testing.T) *service {
	t.Helper()
	store, model, err := demotest.Load(t.TempDir(), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	l := limits.Default()
	l.Time = patience
	api := resolvers.NewSchema(model, store, lookahead.PageSizes{Default: 20, Max: 1000})
	return &service{store: store, handler: web.NewGraphQL(api, l, slog.New(slog.DiscardHandler))}
}

// fails asks what must be refused, and returns the first message.
func (s *service) fails(t *testing.T, query, code string) string {
	t.Helper()
	a, _ := s.ask(t, query, nil)
	if len(a.Errors) == 0 {
		t.Fatalf("%s: no error", query)
	}
	if got := a.Errors[0].Extensions["code"]; got != code {
		t.Errorf("%s: got %v %q, want %s", query, got, a.Errors[0].Message, code)
	}
	return a.Errors[0].Message
}

// One mutation makes a node, what is nested in it and its relations, and the answer is
// read as any other, with what changed beside it.
func TestMutationAnswersWhatChanged(t *testing.T) {
	s := newWritable(t)
	data := s.data(t, `mutation { createPerson(input: {name: "Jan Voorbeeld-Proef", roles: [LECTOR], email: "jan@voorbeeld.nl",
		leads: {connect: {since: "2024-01-01", create: {lectoraat: {name: "Proeflab", institution: {connect: {id: "saxion"}}}}}}}) {
		first: node { id ... on Person { email leads { edges { since node { institution { id } } } } } }
		nodes { label } changes { op type properties } dryRun } }`)
	if got := dig(t, data, "createPerson", "first", "leads", "edges", 0, "node", "institution", "id"); got != "saxion" {
		t.Errorf("got %v", got)
	}
	if got := dig(t, data, "createPerson", "first", "email"); got != nil {
		t.Errorf("a personal value is shown: %v", got)
	}
	if got := dig(t, data, "createPerson", "nodes", 1, "label"); got != "Proeflab" {
		t.Errorf("got %v", got)
	}
	if n := len(dig(t, data, "createPerson", "changes").([]any)); n != 4 {
		t.Errorf("%d changes", n)
	}
}

// All fields of an operation are one transaction: the error of one is the end of all, and
// each problem has the place where it is.
func TestOperationIsOneTransaction(t *testing.T) {
	s := newWritable(t)
	a, _ := s.ask(t, `mutation { a: createPerson(input: {id: "nieuw", name: "Nieuw"}) { node { id } }
		b: updateInstitution(id: "saxion", input: {website: "x", lat: 500}) { node { id } } }`, nil)
	if len(a.Errors) != 3 || a.Data != nil {
		t.Fatalf("got %+v", a)
	}
	if got := s.data(t, `{ person(id: "nieuw") { id } }`); got["person"] != nil {
		t.Error("the first half was written")
	}
	for _, e := range a.Errors {
		if e.Extensions["code"] != "BAD_USER_INPUT" {
			t.Errorf("%+v", e)
		}
	}
	data := s.data(t, `mutation { a: createTheme(input: {id: "x", prefLabelNl: "X"}) { node { id } } b: connect(from: "x", relation: "broader", to: "cybersecurity") { changes { op } } }`)
	if got := dig(t, data, "b", "changes", 0, "op"); got != "CONNECT" {
		t.Errorf("got %v", got)
	}
}

// A variable may give one value for a list, at any depth, as GraphQL has it.
func TestVariableOfOneForAList(t *testing.T) {
	s := newWritable(t)
	const create = `mutation($in: PersonInput!) { createPerson(input: $in) { node { ... on Person { roles expertise { edges { level node { id } } } } } } }`
	a, _ := s.ask(t, create, map[string]any{"in": map[string]any{
		"name": "V", "roles": "LECTOR", "expertise": map[string]any{"connect": map[string]any{"id": "cybersecurity", "level": "EXPERT"}}}})
	if len(a.Errors) > 0 || dig(t, a.Data, "createPerson", "node", "roles", 0) != "LECTOR" ||
		dig(t, a.Data, "createPerson", "node", "expertise", "edges", 0, "level") != "EXPERT" {
		t.Errorf("got %+v", a)
	}
	a, _ = s.ask(t, `query($w: PersonFilter) { people(where: $w) { totalCount } }`, map[string]any{"w": map[string]any{"or": map[string]any{"name": map[string]any{"eq": "V"}}}})
	if len(a.Errors) > 0 || dig(t, a.Data, "people", "totalCount") != 1.0 {
		t.Errorf("got %+v", a)
	}
}

func TestDryRunWritesNothing(t *testing.T) {
	s := newWritable(t)
	data := s.data(t, `mutation @dryRun { delete(id: "saxion", cascade: true) { dryRun node { id } changes { op type } } }`)
	if n := len(dig(t, data, "delete", "changes").([]any)); n < 2 || dig(t, data, "delete", "dryRun") != true {
		t.Errorf("got %v", data)
	}
	if s.data(t, `{ institution(id: "saxion") { id } }`)["institution"] == nil {
		t.Error("it is gone")
	}
}

// The taskforce's work on a proposal, from match to project.
func TestWorkflow(t *testing.T) {
	s := newWritable(t)
	const propose = `mutation { propose(vraagstuk: "demo-v-verouderde-cobol-svb", candidate: "dit-lab", score: 0.5) { node { id ... on Proposal { status title } } } }`
	data := s.data(t, propose)
	id := dig(t, data, "propose", "node", "id").(string)
	if got := s.fails(t, propose, "CONFLICT"); !strings.Contains(got, id) {
		t.Errorf("%q does not name the proposal", got)
	}
	if got := s.fails(t, `mutation { accept(proposal: "`+id+`") { node { id } } }`, "CONFLICT"); !strings.Contains(got, "introduce") {
		t.Errorf("%q does not say what is possible", got)
	}
	s.data(t, `mutation { introduce(proposal: "`+id+`") { node { id } } }`)
	s.fails(t, `mutation { decline(proposal: "`+id+`", reason: " ") { node { id } } }`, "BAD_USER_INPUT")
	data = s.data(t, `mutation { accept(proposal: "`+id+`", project: {budget: 5000}) { node { ... on Proposal { status decidedOn
		project { title budget status addresses { nodes { id } } partners { edges { role node { id } } } themes { totalCount } fieldlab { id } } } } } }`)
	project := dig(t, data, "accept", "node", "project")
	if dig(t, data, "accept", "node", "status") != "ACCEPTED" || dig(t, project, "addresses", "nodes", 0, "id") != "demo-v-verouderde-cobol-svb" ||
		dig(t, project, "partners", "edges", 0, "role") != "OPDRACHTGEVER" || dig(t, project, "themes", "totalCount") == 0.0 {
		t.Errorf("got %v", data)
	}
	s.fails(t, `mutation { decline(proposal: "`+id+`", reason: "Te laat") { node { id } } }`, "CONFLICT")
}

// What was declined is shown with the candidate the next time.
func TestDeclinedIsShownByMatch(t *testing.T) {
	s := newWritable(t)
	const vraagstuk = "demo-v-verouderde-cobol-svb"
	const ask = `{ match(vraagstuk: "` + vraagstuk + `", first: 1) { nodes { declined candidate { ... on Person { id } } } } }`
	candidate := dig(t, s.data(t, ask), "match", "nodes", 0, "candidate", "id").(string)
	id := dig(t, s.data(t, `mutation { propose(vraagstuk: "`+vraagstuk+`", candidate: "`+candidate+`") { node { id } } }`), "propose", "node", "id").(string)
	s.data(t, `mutation { introduce(proposal: "`+id+`") { node { id } } }`)
	s.data(t, `mutation { decline(proposal: "`+id+`", reason: "Geen tijd dit jaar") { node { id } } }`)
	if got := dig(t, s.data(t, ask), "match", "nodes", 0, "declined"); got != "Geen tijd dit jaar" {
		t.Errorf("got %v", got)
	}
}

// Both histories are found from the node that was kept.
func TestMergeKeepsBothHistories(t *testing.T) {
	s := newWritable(t)
	s.data(t, `mutation { a: createPerson(input: {id: "een", name: "Jan Voorbeeld-Dubbel"}) { node { id } } b: createPerson(input: {id: "twee", name: "Voorbeeld-Dubbel, Jan"}) { node { id } } }`)
	pair := dig(t, s.data(t, `{ duplicates(type: Person) { totalCount nodes { a { id } b { id } reason score } } }`), "duplicates", "nodes", 0)
	if dig(t, pair, "reason") != "SAME_NAME" {
		t.Errorf("got %v", pair)
	}
	s.data(t, `mutation { merge(keep: "een", from: "twee") { node { id ... on Person { mergedFrom } } } }`)
	nodes := dig(t, s.data(t, `{ history(id: "een") { nodes { op of { id } } } }`), "history", "nodes").([]any)
	seen := map[any]bool{}
	for _, n := range nodes {
		seen[dig(t, n, "of", "id")] = true
	}
	if !seen["een"] || !seen["twee"] {
		t.Errorf("got %v", nodes)
	}
}

// What a GET does must be safe to repeat.
func TestMutationByGETIsRefused(t *testing.T) {
	s := newWritable(t)
	r := httptest.NewRequest(http.MethodGet, "/graphql?query="+url.QueryEscape(`mutation { delete(id: "saxion", cascade: true) { dryRun } }`), nil)
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	if w.Code != http.StatusMethodNotAllowed || s.data(t, `{ institution(id: "saxion") { id } }`)["institution"] == nil {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
}
