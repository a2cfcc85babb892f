// Command neo4j measures the Neo4j store beside the best hand-written Cypher for the same
// question, through the same driver and in one run, and prints a table.
//
//	go run ./bench/neo4j                     starts a Neo4j of its own, with generated data
//	go run ./bench/neo4j -nodes 20000        with less of it
//
// Each pair is asked in turn, ours and the other, with the same values, so that whatever
// else the machine does falls on both. The figures are medians; the ratio of the medians is
// what to look at, and 1.25 the goal.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/i-partnerschap/kennisgraaf/bench/cypher"
	"github.com/i-partnerschap/kennisgraaf/dataset/generate"
	store "github.com/i-partnerschap/kennisgraaf/graph/neo4j"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server"
	"github.com/i-partnerschap/kennisgraaf/schema"
)

func main() {
	nodes := flag.Int("nodes", 200_000, "number of nodes to generate; half of them are people")
	runs := flag.Int("runs", 100, "how often each question is asked")
	only := flag.String("only", "", "ask only the questions whose name contains this")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, *nodes, *runs, *only)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, nodes, runs int, only string) error {
	database, err := server.Start(ctx, server.Options{Heap: "1g", PageCache: "512m", Progress: os.Stderr})
	if err != nil {
		return err
	}
	defer func() { _ = database.Stop() }()
	model, err := schema.Model()
	if err != nil {
		return err
	}
	s, err := store.Open(ctx, store.Options{URI: database.URI()}, model)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	driver, err := neo4j.NewDriverWithContext(database.URI(), neo4j.NoAuth())
	if err != nil {
		return err
	}
	defer func() { _ = driver.Close(context.WithoutCancel(ctx)) }()
	by := cypher.Hand{Driver: driver}
	if err := by.Load(ctx, generate.SizeOf(nodes)); err != nil {
		return err
	}
	asked := slices.DeleteFunc(questions(s, nodes), func(q question) bool { return !strings.Contains(q.name, only) })
	return compare(ctx, asked, by, runs)
}
