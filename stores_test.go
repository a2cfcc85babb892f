package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/i-partnerschap/kennisgraaf/dataset"
	"github.com/i-partnerschap/kennisgraaf/dataset/demotest"
	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server/servertest"
	"github.com/i-partnerschap/kennisgraaf/graph/sqlite"
	"github.com/i-partnerschap/kennisgraaf/resolvers"
	"github.com/i-partnerschap/kennisgraaf/resolvers/lookahead"
	"github.com/i-partnerschap/kennisgraaf/schema"
	"github.com/i-partnerschap/kennisgraaf/web"
	"github.com/i-partnerschap/kennisgraaf/web/limits"
	"github.com/i-partnerschap/kennisgraaf/web/playground"
)

// The API and the commands answer alike from Neo4j and from the embedded store, on the demo
// data, and a read operation is one statement on Neo4j.
func TestNeo4jServesWhatTheEmbeddedStoreServes(t *testing.T) {
	db := servertest.Use(t)
	var sent statements
	store := openNeo4j(t, db, &sent)
	changes, err := dataset.Changes(dataset.Demo)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Apply(t.Context(), "test", changes); err != nil {
		t.Fatal(err)
	}
	embedded, model := demotest.Open(t, sqlite.Options{})
	onNeo4j, onSQLite := api(model, store), api(model, embedded)

	// First, since the README writes to both stores, and the commands fill a file of their own.
	t.Run("commands", func(t *testing.T) {
		file := "--store=sqlite:" + filepath.Join(t.TempDir(), "c.db")
		for _, args := range [][]string{
			{"match", "Hoe beschermen we persoonsgegevens van burgers tegen ransomware?"},
			{"match", "--lang=EN", "--supply=LECTORAAT", "demo-v-verouderde-cobol-svb"},
			{"report", "coverage", "--format=json", "--as-of=2024-01-01"},
		} {
			args = append(args, "--log-level=error")
			want, err := output(t, t.Context(), append(args, file)...)
			if err != nil {
				t.Fatal(err)
			}
			got, err := output(t, t.Context(), append(args, "--store="+db.URI(), "--neo4j-user=")...)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("%v (-sqlite +neo4j)\n%s", args, d)
			}
		}
	})
	t.Run("examples", func(t *testing.T) {
		examples, err := playground.Examples()
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range examples {
			if strings.Contains(e.Query, "\nsubscription ") {
				continue // it answers nothing until somebody writes; package resolvers listens to it
			}
			compareAnswers(t, e.Operation, post(t, onSQLite, all(e.Query), e.Variables), post(t, onNeo4j, all(e.Query), e.Variables))
		}
	})
	t.Run("readme", func(t *testing.T) {
		readme, err := os.ReadFile("README.md")
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range regexp.MustCompile("(?s)```graphql\n(.*?)```").FindAllStringSubmatch(string(readme), -1) {
			compareAnswers(t, q[1], post(t, onSQLite, all(q[1]), nil), post(t, onNeo4j, all(q[1]), nil))
		}
	})
	t.Run("statements", func(t *testing.T) {
		for _, o := range operations {
			post(t, onNeo4j, o.query, nil) // what the matcher reads of the graph is read once
			sent.take()
			compareAnswers(t, o.query, post(t, onSQLite, all(o.query), nil), post(t, onNeo4j, all(o.query), nil))
			if n := len(sent.take()); n > o.statements {
				t.Errorf("%d statements, want %d: %s", n, o.statements, o.query)
			}
		}
	})
	t.Run("best hits", func(t *testing.T) {
		for text, want := range bestHits {
			for name, handler := range map[string]http.Handler{"sqlite": onSQLite, "neo4j": onNeo4j} {
				found := post(t, handler, `query ($text: String!) { search(text: $text, first: 1) { nodes: edges { node { label } } } }`, map[string]any{"text": text})
				if got := fmt.Sprint(found["search"]); !strings.Contains(got, "label:"+want+"]") {
					t.Errorf("%s: the best hit for %q is %s, want %s", name, text, got, want)
				}
			}
		}
	})
	t.Run("one text", func(t *testing.T) { oneText(t, onNeo4j, &sent) })
}

// What another tool wrote is served at once, with nothing of what this service writes beside
// what it is asked to: a label and an id are enough, and whatever else is there is shown.
func TestNeo4jServesWhatOtherToolsWrote(t *testing.T) {
	db := servertest.Use(t)
	var sent statements
	store := openNeo4j(t, db, &sent)
	model, err := schema.Model()
	if err != nil {
		t.Fatal(err)
	}
	db.Query(t, `CREATE (m:Ministry:Import {id: 'm', name: 'Vreemd Ministerie', abbreviation: 'VM'})
		CREATE (a:Agency {id: 'a', name: 'Vreemde Dienst', kind: 'UITVOERINGSORGANISATIE', extra: 1})-[:PART_OF {since: date('2020-01-01')}]->(m)
		CREATE (:Project {id: 'p', title: 'Vreemd project', startDate: date('2021-03-01')})<-[:PARTNER_IN]-(a), (:Stranger {id: 's'})-[:PART_OF]->(m)`, nil)
	handler := api(model, store)
	for query, want := range map[string]string{
		`{ agency(id: "a") { name createdAt updatedAt source ministry { name } } }`:                       `map[agency:map[createdAt:<nil> ministry:map[name:Vreemd Ministerie] name:Vreemde Dienst source:<nil> updatedAt:<nil>]]`,
		`{ agencies(sort: [{path: "createdAt", order: DESC}]) { totalCount nodes { id } } }`:              `map[agencies:map[nodes:[map[id:a]] totalCount:1]]`,
		`{ projects(where: {startDate: {lt: "2021-12-31"}}) { nodes { id startDate } } }`:                 `map[projects:map[nodes:[map[id:p startDate:2021-03-01]]]]`,
		`{ agencies(asOf: "2019-01-01") { nodes { ministry { name } } } }`:                                `map[agencies:map[nodes:[map[ministry:<nil>]]]]`,
		`{ search(text: "vreemd") { totalCount } }`:                                                       `map[search:map[totalCount:3]]`,
		`{ path(from: "m", to: "p") { length nodes { id } } }`:                                            `map[path:[map[length:2 nodes:[map[id:m] map[id:a] map[id:p]]]]]`,
		`{ neighbourhood(id: "m") { nodes { id } } }`:                                                     `map[neighbourhood:map[nodes:[map[id:m] map[id:a]]]]`,
		`{ projectsAggregate(groupBy: [{path: "startDate", unit: YEAR}]) { groups { keys { value } } } }`: `map[projectsAggregate:map[groups:[map[keys:[map[value:2021]]]]]]`,
	} {
		if got := fmt.Sprint(post(t, handler, query, nil)); got != want {
			t.Errorf("%s\n got %s\nwant %s", query, got, want)
		}
	}
}

// bestHits are texts of which everybody knows what they should find first.
var bestHits = map[string]string{
	"Logius": "Logius", "saxion": "Saxion Hogeschool", "cloudbeveiliging": "Cloudbeveiliging", "ministerie van financiën": "Ministerie van Financiën",
	"Belastingdienst": "Belastingdienst", "ransomware": "Ransomware",
}

// operations are the read operations of the API, with the number of statements that one
// may take on Neo4j.
var operations = []struct {
	statements int
	query      string
}{
	{1, `{ agency(id: "logius") { name kind ministry { name } } }`},
	{1, `{ node(id: "saxion") { __typename id label ... on Institution { region { name } } } }`},
	{1, `{ nodes(ids: ["saxion", "nobody", "logius"]) { id label } }`},
	{1, `{ lectoraten(first: 5, where: {institution: {name: {contains: "hogeschool"}}}, sort: [{path: "name", order: DESC}]) {
		totalCount pageInfo { hasNextPage endCursor } edges { cursor node { name lectoren { edges { since node { name } } } } } } }`},
	{1, `{ projects(first: 3) { nodes { title partners(first: 2) { totalCount edges { role funding node { label } } } }
		facets(by: [{path: "status"}]) { values { count key { value } } } } }`},
	{1, `{ projectsAggregate(groupBy: [{path: "regions"}, {path: "themes", level: 1}], first: 10) {
		count groups { count keys { value unknown } stats(of: "budget") { sum avg } } } }`},
	{2, `{ projectsAggregate(groupBy: [{path: "regions"}], first: 10) { groups { count keys { node { label } unknown } } } }`}, // and the nodes that are keys
	{1, `{ coverage(rows: REGION, columns: THEME, measures: [PROJECTS, GAP]) { rows { key { id label } cells { column { id } values { value } } } totals { values { value } } } }`},
	{2, `{ coverage(rows: REGION, measures: [PROJECTS]) { rows { key { node { __typename id label } } values { value } } } }`}, // and the nodes that are keys
	{2, `{ search(text: "beveiliging", first: 5) { totalCount edges { node { __typename label } highlights { property parts { text hit } } } } }`},
	{2, `{ suggest(text: "cyb") { text node { id label } } }`},
	{2, `{ themes(where: {matches: "security"}) { nodes { prefLabelNl prefLabelEn } } }`},
	{2, `{ path(from: "logius", to: "saxion", first: 3) { length sentence } }`},
	{2, `{ neighbourhood(id: "dit-lab", first: 20) { nodes { label } relations { label } more } }`},
	{1, `{ agencies(asOf: "2022-03-01", where: {id: {in: ["ubr", "rdi"]}}) { nodes { name ministry { name } } } }`},
}

// oneText asks one query with a thousand sets of values, which is one text for the database.
func oneText(t *testing.T, handler http.Handler, sent *statements) {
	const query = `query ($name: String!, $themes: [ID!]!, $from: Date!, $budget: Int!, $first: Int!, $inner: Int!) {
		projects(first: $first, where: {title: {contains: $name}, startDate: {gte: $from}, budget: {lte: $budget}, themes: {some: {id: {in: $themes}}}}) {
			totalCount nodes { title partners(first: $inner) { nodes { label } } } } }`
	sent.take()
	texts := map[string]bool{}
	for i := range 1000 {
		themes := make([]string, i%5)
		for j := range themes {
			themes[j] = fmt.Sprintf("thema-%d'`\"\\", i*j)
		}
		post(t, handler, query, map[string]any{
			"name": strings.Repeat("e'", i%4), "themes": themes, "from": fmt.Sprintf("20%02d-01-%02d", i%30, 1+i%28), "budget": i * i, "first": 1 + i%50, "inner": 1 + i%7,
		})
		for _, text := range sent.take() {
			texts[text] = true
		}
	}
	if len(texts) != 1 {
		t.Errorf("%d different statement texts for one query", len(texts))
	}
}

// openNeo4j opens a store on the test's database.
func openNeo4j(t *testing.T, db *servertest.DB, sent *statements) graph.Store {
	t.Helper()
	model, err := schema.Model()
	if err != nil {
		t.Fatal(err)
	}
	store, err := neo4j.Open(t.Context(), neo4j.Options{URI: db.URI(), OnStatement: sent.note}, model)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return store
}

// statements collects what is sent to the database.
type statements struct {
	mu   sync.Mutex
	list []string
}

func (s *statements) note(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.list = append(s.list, text)
}

// take returns what was sent since the last call.
func (s *statements) take() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := s.list
	s.list = nil
	return list
}

// api is the GraphQL endpoint on a store, with all the time that a busy machine may need, and
// room to ask for all that a search finds.
func api(model *graph.Model, store graph.Store) http.Handler {
	l := limits.Default()
	l.Time, l.Cost = 2*time.Minute, 1_000_000
	return web.NewGraphQL(resolvers.NewSchema(model, store, lookahead.PageSizes{Default: l.PageDefault, Max: l.PageMax}), l, slog.New(slog.DiscardHandler))
}

// post sends a query that must not fail, and returns its data.
func post(t *testing.T, handler http.Handler, query string, variables map[string]any) map[string]any {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(context.WithoutCancel(t.Context()), http.MethodPost, "/graphql", strings.NewReader(string(body)))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	var answer struct {
		Data   map[string]any
		Errors []json.RawMessage
	}
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || len(answer.Errors) > 0 {
		t.Fatalf("%s: %v %s", query, err, w.Body)
	}
	return answer.Data
}

// compareAnswers compares two answers but for what may differ: the score that a text query
// gives, so the order among its hits, and the cursors that hold it. Which are found may not
// differ, so a search is asked for all of them.
func compareAnswers(t *testing.T, query string, want, got map[string]any) {
	t.Helper()
	ordered := cmp.Options{}
	if want["search"] != nil || want["suggest"] != nil {
		ordered = append(ordered, cmpopts.SortSlices(func(a, b any) bool { return withoutScore(a) < withoutScore(b) }),
			cmpopts.IgnoreMapEntries(func(key string, _ any) bool {
				return slices.Contains([]string{"score", "cursor", "startCursor", "endCursor"}, key)
			}))
	}
	if d := cmp.Diff(want, got, ordered); d != "" {
		t.Errorf("%s (-sqlite +neo4j)\n%s", query, d)
	}
}

// withoutScore writes a part of an answer to sort it by.
func withoutScore(v any) string {
	if m, ok := v.(map[string]any); ok {
		return fmt.Sprint(m["node"], m["key"], m["highlights"], m["text"], m["property"])
	}
	return fmt.Sprint(v)
}

// all has a search ask for all that it finds: see compareAnswers.
func all(query string) string {
	query = regexp.MustCompile(`((?:search|suggest)\([^)]*), first: \d+`).ReplaceAllString(query, "$1")
	return regexp.MustCompile(`(search|suggest)\(`).ReplaceAllString(query, "$1(first: 500, ")
}
