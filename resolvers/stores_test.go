package resolvers_test

import (
	"path/filepath"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server/servertest"
	"github.com/i-partnerschap/kennisgraaf/graph/sqlite"
)

// opener opens a store that began empty, each time as another process does. It is closed
// when the test has ended; each statement is told.
type opener func(t *testing.T, statement func(string)) graph.Store

// onBoth runs a test on a store of each kind.
func onBoth(t *testing.T, test func(t *testing.T, open opener)) {
	t.Run("sqlite", func(t *testing.T) { test(t, onSQLite(t)) })
	t.Run("neo4j", func(t *testing.T) {
		db := servertest.Use(t)
		test(t, func(t *testing.T, statement func(string)) graph.Store {
			t.Helper()
			s, err := neo4j.Open(t.Context(), neo4j.Options{URI: db.URI(), OnStatement: statement}, shared.model)
			return closing(t, s, err)
		})
	})
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
