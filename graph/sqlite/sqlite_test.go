package sqlite_test

import (
	"path/filepath"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/sqlite"
	"github.com/i-partnerschap/kennisgraaf/graph/storetest"
)

// open makes a store in a file of its own.
func open[T testing.TB](t T, m *graph.Model) graph.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "test.db"), m, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestLaws(t *testing.T)       { storetest.Run(t, open) }
func TestProperty(t *testing.T)   { storetest.Property(t, storetest.Fresh, open) }
func TestVectors(t *testing.T)    { storetest.Vectors(t, open) }
func BenchmarkStore(b *testing.B) { storetest.Benchmark(b, open) }
