package neo4j_test

import (
	"fmt"
	"strings"
	"testing"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/cypher"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server/servertest"
	"github.com/i-partnerschap/kennisgraaf/graph/storetest"
)

// many makes 40,000 people, two thousand pages of twenty, with few different ranks and names,
// who all work at one organisation.
const many = `CREATE (o:Org {id: 'o', name: 'o'}), (:Topic {id: 't', name: 't'})<-[:ABOUT]-(o)
WITH o UNWIND range(0, 39999) AS i
CREATE (p:Person {id: 'p' + right('0000' + toString(i), 5), name: 'n' + toString(i % 700), rank: i % 50, age: i % 70})-[:WORKS_AT {role: 'x', share: toFloat(i % 10)}]->(o)`

// Page 1,000 costs the database what page 1 costs, forward and backward: of a list by the
// order of an index, and of a connection. A filter through relations looks at little more
// than what it finds.
func TestDatabaseHits(t *testing.T) {
	db := servertest.Use(t)
	s := opener[*testing.T](db)(t, storetest.Model())
	defer s.Close()
	db.Query(t, many, nil)
	db.Query(t, "CALL db.awaitIndexes()", nil)
	staff := graph.Hop{Type: "WORKS_AT", Direction: graph.In, Labels: []string{"Person"}}
	people := func(order ...graph.Order) graph.Query {
		return graph.Query{Root: &graph.Selection{Labels: []string{"Person"}, Props: []string{"name"}, Order: order, Page: graph.Page{Limit: 20}}}
	}
	connection := graph.Query{Root: &graph.Selection{
		Labels: []string{"Org"}, Page: graph.Page{Limit: 1}, Links: []graph.Link{{Key: "staff", Hop: staff, Selection: &graph.Selection{
			Labels: staff.Labels, Props: []string{"name"}, EdgeProps: []string{"role"}, Order: []graph.Order{{Prop: "name", Kind: graph.String, Required: true}}, Page: graph.Page{Limit: 20},
		}}},
	}}
	for name, c := range map[string]struct {
		query graph.Query
		// page is the page that is asked for, the root's where it is nil.
		page *graph.Page
		// cursor is a row in the middle: page 1,000 comes after it.
		cursor graph.Cursor
	}{
		"by id":      {query: people(), cursor: graph.Cursor{"p19999"}},
		"by rank":    {query: people(graph.Order{Prop: "rank", Kind: graph.Int, Required: true}), cursor: graph.Cursor{int64(24), "p19974"}},
		"connection": {query: connection, page: &connection.Root.Links[0].Page, cursor: graph.Cursor{"n410", "p19310"}},
	} {
		page := c.page
		if page == nil {
			page = &c.query.Root.Page
		}
		first := hits(t, db, c.query)
		page.After = c.cursor
		deep := hits(t, db, c.query)
		page.After, page.Before, page.Backward = nil, c.cursor, true
		back := hits(t, db, c.query)
		t.Logf("%s: %d db hits for page 1, %d for page 1,000, %d backward from there", name, first, deep, back)
		// The ids of those that tie with the cursor are looked at as well.
		const slack = 1.5
		if float64(max(deep, back)) > slack*float64(first) {
			t.Errorf("%s: page 1 costs %d db hits, page 1,000 %d, and backward %d", name, first, deep, back)
		}
	}
	worksAt := graph.Hop{Type: "WORKS_AT", Direction: graph.Out, Labels: []string{"Org"}}
	about := graph.Hop{Type: "ABOUT", Direction: graph.Out, Labels: []string{"Topic"}}
	none := people()
	none.Root.Where = graph.Related{Hop: worksAt, Quantifier: graph.Some, Filter: graph.Related{
		Hop: about, Quantifier: graph.Some, Filter: graph.Compare{Prop: "id", Kind: graph.String, Op: graph.Eq, Value: "nobody"},
	}}
	if n := hits(t, db, none); n > 20 {
		t.Errorf("a filter through relations that nothing fits costs %d db hits among 40,000 people", n)
	}
}

// Connecting to a node with many relations does not look at all of them.
func TestConnectingToAHub(t *testing.T) {
	db := servertest.Use(t)
	var sent []string
	s, err := neo4j.Open(t.Context(), neo4j.Options{URI: db.URI(), OnStatement: func(text string) { sent = append(sent, text) }}, storetest.Model())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	db.Query(t, many, nil)
	db.Query(t, "CALL db.awaitIndexes()", nil)
	sent = nil
	receipt, err := s.Apply(t.Context(), "t", []graph.Change{{Op: graph.Connect, Type: "WORKS_AT", From: "p00001", To: "o"}})
	if err != nil || len(receipt.Entries) != 0 {
		t.Fatal(receipt, err)
	}
	d, err := driver.NewDriverWithContext(db.URI(), driver.NoAuth())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close(t.Context())
	looked := 0
	for _, text := range sent {
		r, err := driver.ExecuteQuery(t.Context(), d, "EXPLAIN "+text, map[string]any{"rows": []any{}, "ids": []any{}}, driver.EagerResultTransformer)
		if err != nil {
			t.Fatal(err)
		}
		plan := operators(r.Summary.Plan())
		if strings.Contains(plan, "Expand(All)") {
			t.Errorf("%s\n%s", text, plan)
		}
		looked += strings.Count(plan, "Expand(Into)")
	}
	if looked == 0 {
		t.Errorf("the relation was not looked for in %q", sent)
	}
}

func operators(p driver.Plan) string {
	all := p.Operator() + "\n"
	for _, child := range p.Children() {
		all += operators(child)
	}
	return all
}

// hits returns what the database had to look at for a query.
func hits(t *testing.T, db *servertest.DB, q graph.Query) int64 {
	t.Helper()
	compiled, err := cypher.New(storetest.Model()).Read(q, nil)
	if err != nil {
		t.Fatal(err)
	}
	d, err := driver.NewDriverWithContext(db.URI(), driver.NoAuth())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close(t.Context())
	r, err := driver.ExecuteQuery(t.Context(), d, "PROFILE "+compiled.Text, compiled.Params, driver.EagerResultTransformer)
	if err != nil {
		t.Fatal(fmt.Errorf("%s: %w", compiled.Text, err))
	}
	return planHits(r.Summary.Profile())
}

func planHits(p driver.ProfiledPlan) int64 {
	n := p.DbHits()
	for _, child := range p.Children() {
		n += planHits(child)
	}
	return n
}
