package report_test

import (
	"context"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/dataset/generate"
	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/report"
)

// large makes a graph of 100,000 nodes with 200 themes.
func large(b *testing.B) *world {
	b.Helper()
	size := generate.SizeOf(100_000)
	size.Publications += size.Themes - 200
	size.Themes = 200
	var changes []graph.Change
	for c := range generate.Changes(1, size) {
		changes = append(changes, c)
	}
	w := open(b, changes)
	if n := size.Nodes(); n != 100_000 {
		b.Fatalf("%d nodes", n)
	}
	return w
}

// The same cube by hand: projects by theme, region and year, of one statement.
const cubeSQL = `SELECT t.dst, r.dst, substr(json_extract(n.props,'$.startDate'),1,4), COUNT(*) FROM node n
	LEFT JOIN edge t ON t.src=n.nid AND t.type='ABOUT' LEFT JOIN edge r ON r.src=n.nid AND r.type='TAKES_PLACE_IN'
	WHERE n.label='Project' GROUP BY 1,2,3`

// BenchmarkCoverage fills 200 themes × 12 regions × 7 years on 100,000 nodes, beside
// the same by hand.
func BenchmarkCoverage(b *testing.B) {
	w := large(b)
	cube := report.Request{Rows: report.ByTheme, Split: report.ByYear, Columns: report.ByRegion, Level: 20, Measures: []report.Measure{report.Projects}}
	for name, req := range map[string]report.Request{
		"projects":     cube,
		"gaps":         {Rows: report.ByTheme, Columns: report.ByRegion, Level: 20, Measures: []report.Measure{report.Gap}},
		"all measures": {Rows: report.ByRegion, Measures: report.Measures},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				c, err := w.Coverage(context.Background(), req)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(len(c.Rows)*max(1, len(c.Columns))), "cells")
			}
		})
	}
	b.Run("by hand", func(b *testing.B) {
		for b.Loop() {
			rows, err := w.db.Query(cubeSQL)
			if err != nil {
				b.Fatal(err)
			}
			groups := 0
			for rows.Next() {
				groups++
			}
			if err := rows.Err(); err != nil {
				b.Fatal(err)
			}
			_ = rows.Close()
			b.ReportMetric(float64(groups), "cells")
		}
	})
}
