// Command coverage compares tables of regional coverage with hand-written statements, in
// one run, on a seeded graph in the embedded store: 100,000 nodes, 200 themes, 12
// provinces and 7 years. It prints medians and ratios.
package main

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	_ "modernc.org/sqlite"

	"github.com/i-partnerschap/kennisgraaf/dataset/generate"
	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/sqlite"
	"github.com/i-partnerschap/kennisgraaf/report"
	"github.com/i-partnerschap/kennisgraaf/schema"
)

const (
	nodes  = 100_000
	themes = 200
	// narrow is a level below every theme, so that each is a row of its own.
	narrow = 20
)

// cubeSQL is what a person would write for projects by theme, year and region, with the
// totals of rows and columns, in which each project counts once.
const cubeSQL = `WITH keys AS MATERIALIZED (
		SELECT n.nid, t.dst AS theme, substr(n.props->>'startDate',1,4) AS year, r.dst AS region FROM node n
		LEFT JOIN edge t ON t.src=n.nid AND t.type='ABOUT' LEFT JOIN edge r ON r.src=n.nid AND r.type='TAKES_PLACE_IN' WHERE n.label='Project')
	SELECT theme,year,region,COUNT(DISTINCT nid) FROM keys GROUP BY 1,2,3 UNION ALL SELECT theme,year,NULL,COUNT(DISTINCT nid) FROM keys GROUP BY 1,2
	UNION ALL SELECT NULL,NULL,region,COUNT(DISTINCT nid) FROM keys GROUP BY 3 UNION ALL SELECT NULL,NULL,NULL,COUNT(DISTINCT nid) FROM keys`

// provinceSQL counts the same projects by province alone.
const provinceSQL = `WITH keys AS MATERIALIZED (
		SELECT n.nid, r.dst AS region FROM node n LEFT JOIN edge r ON r.src=n.nid AND r.type='TAKES_PLACE_IN' WHERE n.label='Project')
	SELECT region,NULL,NULL,COUNT(DISTINCT nid) FROM keys GROUP BY 1 UNION ALL SELECT NULL,NULL,NULL,COUNT(DISTINCT nid) FROM keys`

var tables = []struct {
	name string
	ask  report.Request
	hand string
}{
	{"projects: 200 themes × 7 years × 12 provinces",
		report.Request{Rows: report.ByTheme, Split: report.ByYear, Columns: report.ByRegion, Level: narrow, Measures: []report.Measure{report.Projects}}, cubeSQL},
	{"projects: 12 provinces", report.Request{Rows: report.ByRegion, Measures: []report.Measure{report.Projects}}, provinceSQL},
	{"gaps: 200 themes × 12 provinces",
		report.Request{Rows: report.ByTheme, Columns: report.ByRegion, Level: narrow, Measures: []report.Measure{report.Gap}}, ""},
	{"every measure: 12 provinces", report.Request{Rows: report.ByRegion, Measures: report.Measures}, ""},
}

func main() {
	runs := flag.Int("runs", 7, "how often each is timed")
	flag.Parse()
	if err := run(context.Background(), *runs); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, runs int) (err error) {
	dir, err := os.MkdirTemp("", "coverage")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path := filepath.Join(dir, "bench.db")
	store, model, err := load(ctx, path)
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	reporter := report.New(store, model)
	fmt.Println("| table | cells | ours p50, ms | by hand p50, ms | ratio |")
	fmt.Println("|---|---:|---:|---:|---:|")
	for _, table := range tables {
		var ours, hand []time.Duration
		cells := 0
		for range runs {
			begun := time.Now()
			c, err := reporter.Coverage(ctx, table.ask)
			if err != nil {
				return fmt.Errorf("%s: %w", table.name, err)
			}
			ours = append(ours, time.Since(begun))
			cells = len(c.Rows) * max(1, len(c.Columns)) * len(table.ask.Measures)
			if table.hand == "" {
				continue
			}
			begun = time.Now()
			if err := read(ctx, db, table.hand); err != nil {
				return fmt.Errorf("%s by hand: %w", table.name, err)
			}
			hand = append(hand, time.Since(begun))
		}
		a := median(ours)
		if hand == nil {
			fmt.Printf("| %s | %d | %.0f | | |\n", table.name, cells, a)
			continue
		}
		b := median(hand)
		fmt.Printf("| %s | %d | %.0f | %.0f | %.2f |\n", table.name, cells, a, b, a/b)
	}
	return nil
}

// load makes the graph.
func load(ctx context.Context, path string) (graph.Store, *graph.Model, error) {
	model, err := schema.Model()
	if err != nil {
		return nil, nil, err
	}
	store, err := sqlite.Open(ctx, path, model, sqlite.Options{BulkLoad: true})
	if err != nil {
		return nil, nil, err
	}
	size := generate.SizeOf(nodes)
	size.Publications += size.Themes - themes
	size.Themes = themes
	if _, err := store.Apply(ctx, "bench", slices.Collect(generate.Changes(1, size))); err != nil {
		return nil, nil, err
	}
	return store, model, nil
}

// read reads all that a statement yields.
func read(ctx context.Context, db *sql.DB, statement string) error {
	rows, err := db.QueryContext(ctx, statement)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	var a, b, c any
	var n int64
	for rows.Next() {
		if err := rows.Scan(&a, &b, &c, &n); err != nil {
			return err
		}
	}
	return rows.Err()
}

// median returns the middle one, in milliseconds.
func median(all []time.Duration) float64 {
	slices.Sort(all)
	return float64(all[len(all)/2]) / float64(time.Millisecond)
}
