package neo4j_test

import (
	"fmt"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server/servertest"
	"github.com/i-partnerschap/kennisgraaf/graph/storetest"
)

// A query that thousands of different words match finds them all, whole and page by page.
func TestBroadTextQueries(t *testing.T) {
	db := servertest.Use(t)
	s := opener[*testing.T](db)(t, storetest.Model())
	defer s.Close()
	const n = 3000
	var changes []graph.Change
	for i := range n {
		changes = append(changes, graph.Change{
			Op: graph.CreateNode, Label: "Topic", ID: fmt.Sprintf("t%04d", i), Props: map[string]any{"name": fmt.Sprintf("netwerk%d beveiliging", i), "nameEN": []string{"", "network", "x y z"}[i%3]},
		})
	}
	if _, err := s.Apply(t.Context(), "tester", changes); err != nil {
		t.Fatal(err)
	}
	for _, m := range []graph.Matches{{Text: "netwerk", Mode: graph.AllWords}, {Text: "netwerk network", Mode: graph.AnyWord}, {Text: "net bev", Mode: graph.Prefix}} {
		var walked int
		seen := map[string]bool{}
		page := graph.Page{Limit: 500}
		for more := true; more; {
			r, err := s.Read(t.Context(), graph.Query{Root: &graph.Selection{
				Labels: []string{"Topic"}, Where: m, Order: []graph.Order{{Relevance: &m, Desc: true}}, Page: page,
			}})
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range r.Rows {
				seen[row.Node.ID] = true
				walked++
				page.After = row.Cursor
			}
			more = r.More
		}
		if walked != n || len(seen) != n {
			t.Errorf("%v: %d rows of %d nodes, want %d", m, walked, len(seen), n)
		}
	}
}

// A text query that was asked before takes one statement, until anybody writes: then what it
// finds is looked up again, also where another tool wrote.
func TestTextQueriesAreRemembered(t *testing.T) {
	db := servertest.Use(t)
	db.WipeData(t, "__Schema")
	sent := 0
	s, err := neo4j.Open(t.Context(), neo4j.Options{URI: db.URI(), OnStatement: func(string) { sent++ }}, storetest.Model())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	m := graph.Matches{Text: "netwerk", Mode: graph.AllWords}
	find := func(what string, nodes, statements int) {
		t.Helper()
		sent = 0
		r, err := s.Read(t.Context(), graph.Query{Root: &graph.Selection{
			Labels: []string{"Topic"}, Where: m, Order: []graph.Order{{Relevance: &m, Desc: true}}, Page: graph.Page{Limit: 10},
		}})
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Rows) != nodes || sent > statements {
			t.Errorf("%s: %d nodes with %d statements, want %d with %d at most", what, len(r.Rows), sent, nodes, statements)
		}
	}
	write := func(id string) {
		t.Helper()
		if _, err := s.Apply(t.Context(), "tester", []graph.Change{{Op: graph.CreateNode, Label: "Topic", ID: id, Props: map[string]any{"name": "netwerk " + id}}}); err != nil {
			t.Fatal(err)
		}
	}
	write("a")
	find("first", 1, 2)
	find("not sure yet that nobody wrote meanwhile", 1, 2)
	find("again", 1, 1)
	write("b")
	find("after a write", 2, 2)
	find("not sure yet", 2, 2)
	find("again", 2, 1)
	db.Query(t, "CREATE (:Topic {id: 'c', name: 'netwerken'})", nil)
	find("after another tool wrote", 3, 3)
	find("again", 3, 1)
	db.Query(t, "MATCH (n:Topic {id: 'a'}) SET n.name = 'iets anders'", nil)
	find("after another tool changed a text", 2, 3)
}
