package resolvers_test

import (
	"path/filepath"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server/servertest"
	"github.com/i-partnerschap/kennisgraaf/graph/sqlite"
)

// opener opens one store, each time as another process does. It is closed when the test has
// ended; each statement is told.
type opener func(t *testing.T, statement func(string)) graph.Store

// onBoth runs tests on a store of each kind, which begins empty for each of them.
func onBoth(t *testing.T, tests map[string]func(t *testing.T, open opener)) {
	t.Run("sqlite", func(t *testing.T) {
		for name, test := range tests {
			t.Run(name, func(t *testing.T) { test(t, onSQLite(t)) })
		}
	})
	t.Run("neo4j", func(t *testing.T) {
		db := servertest.Use(t)
		for name, test := range tests {
			db.WipeData(t, "__Schema") // making the indexes anew takes seconds
			t.Run(name, func(t *testing.T) { test(t, onNeo4j(db)) })
		}
	})
}

func onNeo4j(db *servertest.DB) opener {
	return func(t *testing.T, statement func(string)) graph.Store {
		t.Helper()
		s, err := neo4j.Open(t.Context(), neo4j.Options{URI: db.URI(), OnStatement: statement}, shared.model)
		return closing(t, s, err)
	}
}

func onSQLite(t *testing.T) opener {
	path := filepath.Join(t.TempDir(), "s.db")
	return func(t *testing.T, statement func(string)) graph.Store {
		t.Helper()
		s, err := sqlite.Open(t.Context(), path, shared.model, sqlite.Options{OnStatement: statement})
		return closing(t, s, err)
	}
}

// closing has a store that was opened closed when the test has ended.
func closing(t *testing.T, s graph.Store, err error) graph.Store {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}
