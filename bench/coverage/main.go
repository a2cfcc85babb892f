// Command coverage compares tables of regional coverage with hand-written statements, in
// one run, on a seeded graph: 100,000 nodes, 200 themes, 12 provinces and 7 years. It prints
// how long the first took, which on Neo4j is planning for the most part, medians and ratios.
//
//	go run ./bench/coverage                  on the embedded store
//	go run ./bench/coverage -store neo4j     on a Neo4j that it starts
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"time"

	"github.com/i-partnerschap/kennisgraaf/dataset/generate"
	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/report"
	"github.com/i-partnerschap/kennisgraaf/schema"
)

const (
	nodes  = 100_000
	themes = 200
	// narrow is a level below every theme, so that each is a row of its own.
	narrow = 20
)

var tables = []struct {
	name        string
	ask         report.Request
	sql, cypher string
}{
	{"projects: 200 themes × 7 years × 12 provinces",
		report.Request{Rows: report.ByTheme, Split: report.ByYear, Columns: report.ByRegion, Level: narrow, Measures: []report.Measure{report.Projects}}, cubeSQL, cubeCypher},
	{"projects: 12 provinces", report.Request{Rows: report.ByRegion, Measures: []report.Measure{report.Projects}}, provinceSQL, provinceCypher},
	{"gaps: 200 themes × 12 provinces",
		report.Request{Rows: report.ByTheme, Columns: report.ByRegion, Level: narrow, Measures: []report.Measure{report.Gap}}, "", ""},
	{"every measure: 12 provinces", report.Request{Rows: report.ByRegion, Measures: report.Measures}, "", ""},
}

// subject is a store with the graph in it, and a way to ask its database by hand.
type subject struct {
	store graph.Store
	// hand picks the statement of a table, and ask sends it and reads all that it yields.
	hand  func(sql, cypher string) string
	ask   func(ctx context.Context, statement string) error
	close func()
}

func main() {
	runs := flag.Int("runs", 7, "how often each is timed")
	store := flag.String("store", "sqlite", "sqlite or neo4j")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, *store, *runs)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, store string, runs int) error {
	open := map[string]func(context.Context, *graph.Model, generate.Size) (*subject, error){"sqlite": embedded, "neo4j": onNeo4j}[store]
	if open == nil {
		return fmt.Errorf("-store %q: take sqlite or neo4j", store)
	}
	model, err := schema.Model()
	if err != nil {
		return err
	}
	size := generate.SizeOf(nodes)
	size.Publications += size.Themes - themes
	size.Themes = themes
	s, err := open(ctx, model, size)
	if err != nil {
		return err
	}
	defer s.close()
	return compare(ctx, s, report.New(s.store, model), runs)
}

// compare times each table and the statement for it in turn, and prints them.
func compare(ctx context.Context, s *subject, reporter *report.Reporter, runs int) error {
	fmt.Println("| table | cells | first, ms | ours p50, ms | by hand p50, ms | ratio |")
	fmt.Println("|---|---:|---:|---:|---:|---:|")
	for _, table := range tables {
		var ours, hand []time.Duration
		cells := 0
		statement := s.hand(table.sql, table.cypher)
		for range 1 + runs {
			begun := time.Now()
			c, err := reporter.Coverage(ctx, table.ask)
			if err != nil {
				return fmt.Errorf("%s: %w", table.name, err)
			}
			ours = append(ours, time.Since(begun))
			cells = len(c.Rows) * max(1, len(c.Columns)) * len(table.ask.Measures)
			if statement == "" {
				continue
			}
			begun = time.Now()
			if err := s.ask(ctx, statement); err != nil {
				return fmt.Errorf("%s by hand: %w", table.name, err)
			}
			hand = append(hand, time.Since(begun))
		}
		first, a := milliseconds(ours[0]), median(ours[1:])
		if hand == nil {
			fmt.Printf("| %s | %d | %.0f | %.0f | | |\n", table.name, cells, first, a)
			continue
		}
		b := median(hand[1:])
		fmt.Printf("| %s | %d | %.0f | %.0f | %.0f | %.2f |\n", table.name, cells, first, a, b, a/b)
	}
	return nil
}

// median returns the middle one, in milliseconds.
func median(all []time.Duration) float64 {
	slices.Sort(all)
	return milliseconds(all[len(all)/2])
}

func milliseconds(d time.Duration) float64 { return d.Seconds() * 1000 }
