package resolvers_test

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/dataset/demotest"
	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/sqlite"
	"github.com/i-partnerschap/kennisgraaf/resolvers"
	"github.com/i-partnerschap/kennisgraaf/resolvers/lookahead"
	"github.com/i-partnerschap/kennisgraaf/web"
	"github.com/i-partnerschap/kennisgraaf/web/limits"
)

// service is the whole API on a store with the demo data.
type service struct {
	handler http.Handler
	store   graph.Store
	// personal gives requests the role that sees personal data.
	personal   bool
	statements atomic.Int64
}

func newService(t *testing.T) *service {
	t.Helper()
	return newServiceWithin(t, limits.Default())
}

func newServiceWithin(t *testing.T, l limits.Limits) *service {
	t.Helper()
	s := &service{}
	store, model := demotest.Open(t, sqlite.Options{OnStatement: func(string) { s.statements.Add(1) }})
	s.store = store
	api := resolvers.NewSchema(model, store, lookahead.PageSizes{Default: 20, Max: 1000})
	s.handler = web.NewGraphQL(api, l, slog.New(slog.DiscardHandler))
	return s
}

// answer is a GraphQL response.
type answer struct {
	Data   map[string]any
	Errors []struct {
		Message    string
		Path       []any
		Extensions map[string]any
	}
}

// ask sends one query and returns the answer and the number of statements it took.
func (s *service) ask(t *testing.T, query string, variables map[string]any) (answer, int64) {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	before := s.statements.Load()
	r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(string(body)))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json")
	if s.personal {
		r = r.WithContext(lookahead.WithPersonal(r.Context()))
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	var a answer
	if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
		t.Fatalf("%v in %s", err, w.Body)
	}
	return a, s.statements.Load() - before
}

// data is ask for a query that must not fail.
func (s *service) data(t *testing.T, query string) map[string]any {
	t.Helper()
	a, _ := s.ask(t, query, nil)
	if len(a.Errors) > 0 {
		t.Fatalf("%s: %+v", query, a.Errors)
	}
	return a.Data
}

// dig follows keys and indexes into an answer.
func dig(t *testing.T, v any, path ...any) any {
	t.Helper()
	for i, step := range path {
		switch key := step.(type) {
		case string:
			m, ok := v.(map[string]any)
			if !ok {
				t.Fatalf("no object at %v of %v: %v", path[:i], path, v)
			}
			v = m[key]
		case int:
			list, ok := v.([]any)
			if !ok || key >= len(list) {
				t.Fatalf("no element at %v of %v: %v", path[:i], path, v)
			}
			v = list[key]
		}
	}
	return v
}
