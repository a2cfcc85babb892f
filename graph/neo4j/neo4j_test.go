package neo4j_test

import (
	"flag"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server/servertest"
	"github.com/i-partnerschap/kennisgraaf/graph/sqlite"
	"github.com/i-partnerschap/kennisgraaf/graph/storetest"
)

// opener returns a function that empties the database and opens a store on it. The schema
// stays: it is the same for every law.
func opener[T testing.TB](db *servertest.DB) func(T, *graph.Model) graph.Store {
	return func(t T, m *graph.Model) graph.Store {
		t.Helper()
		db.WipeData(t, "__Schema")
		s, err := neo4j.Open(t.Context(), neo4j.Options{URI: db.URI()}, m)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
}

func openSQLite(t *testing.T, m *graph.Model) graph.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), t.TempDir()+"/test.db", m, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestLaws(t *testing.T) { storetest.Run(t, opener[*testing.T](servertest.Use(t))) }

// The three stores agree on 5,000 random queries and more, of shapes that every graph is
// asked with other values: Neo4j takes most of a second to plan a shape.
func TestProperty(t *testing.T) {
	const name, enough = "storetest.selections", "6400" // of which a fifth asks for paths and neighbourhoods
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == name })
	if !given {
		standard := flag.Lookup(name).Value.String()
		if err := flag.Set(name, enough); err != nil {
			t.Fatal(err)
		}
		defer func() { _ = flag.Set(name, standard) }()
	}
	storetest.Property(t, storetest.Reused, opener[*testing.T](servertest.Use(t)), openSQLite)
}

func TestVectors(t *testing.T) { storetest.Vectors(t, opener[*testing.T](servertest.Use(t))) }

func BenchmarkStore(b *testing.B) { storetest.Benchmark(b, opener[*testing.B](servertest.Use(b))) }
