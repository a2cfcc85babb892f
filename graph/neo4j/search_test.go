package neo4j_test

import (
	"fmt"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/graph"
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
