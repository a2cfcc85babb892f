package neo4j_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server/servertest"
	"github.com/i-partnerschap/kennisgraaf/graph/storetest"
)

// foreign is data as another tool would write it: no createdAt, types of Neo4j's own, labels
// and properties that the model does not know.
const foreign = `
CREATE (a:Person:Employee {id: 'a', name: 'Ann', rank: 1, born: date('1990-05-01'), joined: datetime('2020-01-01T12:00:00+01:00'), score: 3, tags: 'x', shoe: 41})
CREATE (b:Person {id: 'b', name: 'Bob', rank: 2, born: '1980-01-01', joined: '2020-01-01T10:00:00.000Z', bio: 'netwerkbeveiliging'})
CREATE (c:Person {id: 'c', name: 'Cas', rank: 3, born: localdatetime('1970-01-01T00:00:00')})
CREATE (o:Org {id: 'o', name: 'Org'}), (:Stranger {id: 'o'}), (:Person {name: 'nobody'})
CREATE (a)-[:WORKS_AT {since: date('2020-01-01'), until: date('2020-12-31')}]->(o)
CREATE (b)-[:WORKS_AT {since: '2021-01-01'}]->(o), (a)-[:LIKES]->(b)`

// Data that other tools write straight into the database is served.
func TestForeignData(t *testing.T) {
	db := servertest.Use(t)
	s := opener[*testing.T](db)(t, storetest.Model())
	defer s.Close()
	db.Query(t, foreign, nil)
	people := func(q graph.Selection, day string) []string {
		t.Helper()
		q.Labels, q.Page = []string{"Person"}, graph.Page{Limit: graph.All}
		r, err := s.Read(t.Context(), graph.Query{Root: &q, AsOf: day})
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, row := range r.Rows {
			ids = append(ids, row.Node.ID)
		}
		return ids
	}
	worksAt := graph.Hop{Type: "WORKS_AT", Direction: graph.Out, Labels: []string{"Org"}}
	born := graph.Order{Prop: "born", Kind: graph.Date}
	for _, c := range []struct {
		name string
		sel  graph.Selection
		day  string
		want []string
	}{
		{"range", graph.Selection{Where: graph.Compare{Prop: "born", Kind: graph.Date, Op: graph.Lt, Value: "1995-01-01"}}, "", []string{"a", "b"}},
		{"equal", graph.Selection{Where: graph.Compare{Prop: "born", Kind: graph.Date, Op: graph.Eq, Value: "1990-05-01"}}, "", []string{"a"}},
		{"in", graph.Selection{Where: graph.Compare{Prop: "born", Kind: graph.Date, Op: graph.OneOf, Value: []any{"1990-05-01"}}}, "", []string{"a"}},
		{"moment", graph.Selection{Where: graph.Compare{Prop: "joined", Kind: graph.DateTime, Op: graph.Gt, Value: "2020-01-01T10:30:00.000Z"}}, "", []string{"a"}},
		{"order", graph.Selection{Order: []graph.Order{born}, Where: graph.Compare{Prop: "born", Kind: graph.Date, Op: graph.IsNull, Value: false}}, "", []string{"c", "b", "a"}},
		{"then", graph.Selection{Where: graph.Related{Hop: worksAt, Quantifier: graph.Some}}, "2020-12-31", []string{"a"}},
		{"later", graph.Selection{Where: graph.Related{Hop: worksAt, Quantifier: graph.Some}}, "2021-01-01", []string{"b"}},
		{"text", graph.Selection{Where: graph.Matches{Text: "beveiliging", Mode: graph.AllWords}}, "", []string{"b"}},
	} {
		if got := people(c.sel, c.day); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
	r, err := s.Read(t.Context(), graph.Query{Root: &graph.Selection{
		Labels: []string{"Person"}, Where: graph.Compare{Prop: "id", Op: graph.Eq, Value: "a"}, Props: []string{"born", "joined", "score", "tags"}, Page: graph.Page{Limit: 1},
		Aggregates: []graph.Aggregate{{Key: "k", Limit: graph.All, Dimensions: []graph.Dimension{{Prop: "born", Kind: graph.Date, Unit: graph.Quarter}}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"born": "1990-05-01", "joined": "2020-01-01T11:00:00.000Z", "score": 3.0, "tags": []string{"x"}}
	if d := cmp.Diff(want, r.Rows[0].Node.Props); d != "" {
		t.Error(d)
	}
	if got := r.Groups["k"][0].Keys[0].Value; got != "1990-Q2" {
		t.Errorf("grouped as %v", got)
	}
}

// A write leaves alone what it does not name, in whatever type it is, and passes by nodes
// that are not of the model.
func TestWritesBesideForeignData(t *testing.T) {
	db := servertest.Use(t)
	s := opener[*testing.T](db)(t, storetest.Model())
	defer s.Close()
	db.Query(t, foreign, nil)
	_, err := s.Apply(t.Context(), "tester", []graph.Change{
		{Op: graph.UpdateNode, Label: "Person", ID: "a", Props: map[string]any{"bio": "x"}},
		{Op: graph.DeleteNode, Label: "Org", ID: "o", Cascade: true},
		{Op: graph.CreateNode, Label: "Org", ID: "o", Props: map[string]any{"name": "new"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]int64{
		"MATCH (n:Person {id: 'a', shoe: 41, bio: 'x'}) WHERE n.born = date('1990-05-01') RETURN count(n)": 1,
		"MATCH (n:Stranger {id: 'o'}) RETURN count(n)":                                                     1,
		"MATCH (:Person)-[r]->(:Org) RETURN count(r)":                                                      0,
		"MATCH (:Person)-[r:LIKES]->(:Person) RETURN count(r)":                                             1,
	} {
		if got := db.Query(t, query, nil)[0].Values[0]; got != want {
			t.Errorf("%s yields %v, want %d", query, got, want)
		}
	}
	log, err := s.Log(t.Context(), graph.LogQuery{Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	var ops []graph.ChangeOp
	for _, e := range log {
		ops = append(ops, e.Op)
	}
	if d := cmp.Diff([]graph.ChangeOp{graph.UpdateNode, graph.Disconnect, graph.Disconnect, graph.DeleteNode, graph.CreateNode}, ops, cmpopts.EquateEmpty()); d != "" {
		t.Error(d)
	}
}
