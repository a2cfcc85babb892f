package report_test

import (
	"bytes"
	"context"
	"sync/atomic"
	"testing"
	"time"

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

// pairs counts a measure in Cypher, for every pair of axes.
func (s *server) pairs(t *testing.T, req report.Request, m report.Measure) map[[2]report.Axis]map[report.Point]report.Number {
	t.Helper()
	rel, km := req.AsOf, 0.0
	if past[m] {
		rel = ""
	}
	if m == report.GapNearby {
		km = req.Km
	}
	params := map[string]any{"day": req.AsOf, "rel": rel, "level": max(1, req.Level), "km": km, "branches": req.Branches, "anywhere": m == report.GapAnywhere}
	res, err := driver.ExecuteQuery(t.Context(), s.driver, countCypher(m), params, driver.EagerResultTransformer)
	if err != nil {
		t.Fatalf("%s: %v", m, err)
	}
	out := map[[2]report.Axis]map[report.Point]report.Number{}
	for _, r := range res.Records {
		number := report.Number{Count: r.Values[4].(int64), Sum: r.Values[5].(float64)}
		pair := [2]report.Axis{allAxes[r.Values[0].(int64)], allAxes[r.Values[1].(int64)]}
		if out[pair] == nil {
			out[pair] = map[report.Point]report.Number{}
		}
		out[pair][at(r.Values[2].(string), r.Values[3].(string))] = number
	}
	return out
}

// Every number of every table of the bundled data, as Neo4j gives it, equals a count in
// Cypher, and takes one statement.
func TestEveryCellOnNeo4jEqualsHandWrittenCypher(t *testing.T) {
	s := openNeo4j(t)
	cells := 0
	for _, req := range []report.Request{
		{Km: 40}, {AsOf: "2021-05-01", Km: 40}, {AsOf: "2024-02-29", Level: 2, Km: 75, Branches: true},
	} {
		req.Measures = report.Measures
		want := map[report.Measure]map[[2]report.Axis]map[report.Point]report.Number{}
		for _, m := range report.Measures {
			began := time.Now()
			want[m] = s.pairs(t, req, m)
			t.Log(m, time.Since(began))
		}
		for i, rows := range allAxes {
			for _, columns := range allAxes[i+1:] {
				req.Rows, req.Columns = rows, columns
				s.statements.Store(0)
				began := time.Now()
				c, err := s.Coverage(t.Context(), req)
				t.Log(rows, columns, time.Since(began))
				if err != nil {
					t.Fatal(err)
				}
				if n := s.statements.Load(); n != 1 {
					t.Errorf("%s × %s took %d statements", rows, columns, n)
				}
				for _, m := range report.Measures {
					cells += equal(t, c, m, want[m][[2]report.Axis{rows, columns}])
				}
			}
		}
	}
	t.Logf("%d cells compared", cells)
}

// The same report comes out of both stores.
func TestTheSameReportFromBothStores(t *testing.T) {
	s, embedded := openNeo4j(t), openDemo(t)
	for _, o := range []report.Options{{}, {AsOf: "2022-03-01", Compare: "2020-06-01", RegionKind: "LANDSDEEL", Level: 2, Branches: true, Gaps: -1}} {
		o.Today = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
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
		if a, b := texts[0].String(), texts[1].String(); a != b {
			i := 0
			for i < len(a) && i < len(b) && a[i] == b[i] {
				i++
			}
			t.Errorf("%+v: Neo4j gives %.300q, SQLite %.300q", o, a[max(0, i-200):], b[max(0, i-200):])
		}
	}
}
