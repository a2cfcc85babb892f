package neo4j_test

import (
	"strings"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server/servertest"
	"github.com/i-partnerschap/kennisgraaf/graph/storetest"
)

// Open makes the schema, again without harm, and anew where the model has changed.
func TestSchema(t *testing.T) {
	db := servertest.Use(t)
	count := func(query string) any { return db.Query(t, query, nil)[0].Values[0] }
	m := storetest.Model()
	const ids, keys, own = 4, 1, 3
	for range 2 {
		s, err := neo4j.Open(t.Context(), neo4j.Options{URI: db.URI()}, m)
		if err != nil {
			t.Fatal(err)
		}
		if got := count("SHOW CONSTRAINTS YIELD name RETURN count(*)"); got != int64(ids+keys+own) {
			t.Errorf("%v constraints", got)
		}
		if got := count("SHOW INDEXES YIELD state, type WHERE state <> 'ONLINE' RETURN count(*)"); got != int64(0) {
			t.Errorf("%v indexes are not ready", got)
		}
		s.Close()
	}
	for _, p := range m.Types["Person"].Properties {
		p.Search = max(p.Search, 1)
	}
	s, err := neo4j.Open(t.Context(), neo4j.Options{URI: db.URI()}, m)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if got := count("SHOW FULLTEXT INDEXES YIELD properties WHERE 'source' IN properties RETURN count(*)"); got != int64(1) {
		t.Errorf("the full-text index was not made anew")
	}
}

// A database that cannot be served is refused with an error that says why.
func TestRefusedDatabases(t *testing.T) {
	db := servertest.Use(t)
	for _, c := range []struct {
		name, data string
		code       graph.Code
		says       string
	}{
		{"newer", "CREATE (:__Schema {id: 'schema', version: 99})", graph.BadUserInput, "newer version"},
		{"duplicate", "CREATE (:Person {id: 'a'}), (:Person {id: 'a'})", graph.Conflict, "same id"},
		{"index", "CREATE INDEX FOR (n:Person) ON (n.id)", graph.Conflict, "drop it first"},
	} {
		t.Run(c.name, func(t *testing.T) {
			db.WipeAll(t)
			db.Query(t, c.data, nil)
			_, err := neo4j.Open(t.Context(), neo4j.Options{URI: db.URI()}, storetest.Model())
			if err == nil || graph.CodeOf(err) != c.code || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v", err)
			}
		})
	}
	for _, uri := range []string{"", "localhost", "http://localhost:7474", "::"} {
		if _, err := neo4j.Open(t.Context(), neo4j.Options{URI: uri}, storetest.Model()); graph.CodeOf(err) != graph.BadUserInput {
			t.Errorf("%q: %v", uri, err)
		}
	}
}
