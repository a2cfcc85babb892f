package report_test

import (
	"bytes"
	"context"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/i-partnerschap/kennisgraaf/dataset"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server/servertest"
	"github.com/i-partnerschap/kennisgraaf/report"
	"github.com/i-partnerschap/kennisgraaf/report/document"
	"github.com/i-partnerschap/kennisgraaf/schema"
)

// server is a Neo4j with the demo, which counts the statements that are sent.
type server struct {
	*report.Reporter
	driver     driver.DriverWithContext
	statements atomic.Int32
}

func openNeo4j(t *testing.T) *server {
	t.Helper()
	model, err := schema.Model()
	if err != nil {
		t.Fatal(err)
	}
	changes, err := dataset.Changes(dataset.Demo)
	if err != nil {
		t.Fatal(err)
	}
	s, uri := &server{}, servertest.Use(t).URI()
	store, err := neo4j.Open(t.Context(), neo4j.Options{URI: uri, OnStatement: func(string) { s.statements.Add(1) }}, model)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	if _, err := store.Apply(t.Context(), "test", changes); err != nil {
		t.Fatal(err)
	}
	if s.driver, err = driver.NewDriverWithContext(uri, driver.NoAuth()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.driver.Close(context.Background()) })
	s.Reporter = report.New(store, model)
	return s
}

// expected counts a measure in Cypher, with all totals.
func (s *server) expected(t *testing.T, req report.Request, m report.Measure) map[report.Point]report.Number {
	t.Helper()
	rel, km := req.AsOf, 0.0
	if past[m] {
		rel = ""
	}
	if m == report.GapNearby {
		km = req.Km
	}
	params := map[string]any{"day": req.AsOf, "rel": rel, "level": req.Level, "km": km, "branches": req.Branches, "anywhere": m == report.GapAnywhere}
	res, err := driver.ExecuteQuery(t.Context(), s.driver, countCypher(m, req.Rows, req.Columns), params, driver.EagerResultTransformer)
	if err != nil {
		t.Fatalf("%s: %v", m, err)
	}
	out := map[report.Point]report.Number{}
	for _, r := range res.Records {
		row, _ := r.Values[0].(string)
		column, _ := r.Values[1].(string)
		count, _ := r.Values[2].(int64)
		sum, _ := r.Values[3].(float64)
		out[at(row, column)] = report.Number{Count: count, Sum: sum}
	}
	return out
}

// Every number as Neo4j gives it equals a count in Cypher, and a table takes one statement.
// Neo4j plans each table for seconds, so each axis is in one pair; the pairs are all
// compared with SQL in TestEveryCellEqualsHandWrittenSQL.
func TestEveryCellOnNeo4jEqualsHandWrittenCypher(t *testing.T) {
	s := openNeo4j(t)
	cells := 0
	for _, req := range []report.Request{
		{Rows: report.ByRegion, Columns: report.ByTheme, Km: 40, AsOf: "2024-02-29", Level: 2},
		{Rows: report.ByYear, Columns: report.ByMinistry, Km: 75, Branches: true},
		{Rows: report.ByInstitutionKind, Columns: report.ByForm},
	} {
		req.Measures = report.Measures
		s.statements.Store(0)
		c, err := s.Coverage(t.Context(), req)
		if err != nil {
			t.Fatal(err)
		}
		if n := s.statements.Load(); n != 1 {
			t.Errorf("%s × %s took %d statements", req.Rows, req.Columns, n)
		}
		for _, m := range report.Measures {
			cells += equal(t, c, m, s.expected(t, c.Request, m))
		}
	}
	t.Logf("%d cells compared", cells)
}

// The same report comes out of both stores.
func TestTheSameReportFromBothStores(t *testing.T) {
	s, embedded := openNeo4j(t), openDemo(t)
	o := report.Options{AsOf: "2022-03-01", Compare: "2020-06-01", RegionKind: "LANDSDEEL", Level: 2, Branches: true, Gaps: -1}
	var texts [2]bytes.Buffer
	for i, reporter := range []*report.Reporter{s.Reporter, embedded.Reporter} {
		r, err := reporter.Report(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		if err := document.JSON(&texts[i], r, document.NL); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(strings.Split(texts[0].String(), "\n"), strings.Split(texts[1].String(), "\n")); diff != "" {
		t.Errorf("-Neo4j +SQLite\n%.3000s", diff)
	}
}
