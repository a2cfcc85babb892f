package resolvers_test

import (
	"encoding/json"
	"flag"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

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
	personal bool
}

// shared is the store that all tests read; what one writes, no other may depend on.
var shared struct {
	store      graph.Store
	model      *graph.Model
	statements atomic.Int64
}

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(run(m))
}

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "resolvers")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	shared.store, shared.model, err = demotest.Load(dir, sqlite.Options{OnStatement: func(string) { shared.statements.Add(1) }})
	if err != nil {
		panic(err)
	}
	defer shared.store.Close()
	return m.Run()
}

// patience is how long a query of a test may take.
const patience = 2 * time.Minute

func newService(*testing.T) *service { return newServiceWithin(limits.Default()) }

func newServiceWithin(l limits.Limits) *service {
	l.Time = patience // the race detector on a busy machine takes what no user has to wait
	api := resolvers.NewSchema(shared.model, shared.store, lookahead.PageSizes{Default: 20, Max: 1000})
	return &service{store: shared.store, handler: web.NewGraphQL(api, l, slog.New(slog.DiscardHandler))}
}

// answer is a GraphQL response.
type answer struct {
	Extensions map[string]any
	Data       map[string]any
	Errors     []struct {
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
	before := shared.statements.Load()
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
	return a, shared.statements.Load() - before
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
