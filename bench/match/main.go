// Command match times matching on a generated network, and prints a table with the middle
// and the slowest of the times and the most memory that the process had.
//
//	go run ./bench/match                            100,000 people and 300,000 publications, embedded store
//	go run ./bench/match -file large.db             the same, kept in that file for a next time
//	go run ./bench/match -store neo4j -people 10000 -publications 30000
//
// The Neo4j is one that it starts; its memory is not counted.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime/pprof"
	"time"

	"github.com/i-partnerschap/kennisgraaf/dataset/generate"
	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/match"
)

type options struct {
	store, file, only, profile string
	people, publications, runs int
}

func main() {
	var o options
	flag.StringVar(&o.store, "store", "sqlite", "sqlite or neo4j")
	flag.StringVar(&o.file, "file", "", "file of the embedded store: filled if it is not there, and kept")
	flag.StringVar(&o.only, "only", "", "ask only the questions whose name has this in it")
	flag.StringVar(&o.profile, "profile", "", "write a CPU profile of the questions to this file")
	flag.IntVar(&o.people, "people", 100_000, "number of people")
	flag.IntVar(&o.publications, "publications", 300_000, "number of publications")
	flag.IntVar(&o.runs, "runs", 40, "how often each question is asked")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, o)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) error {
	if o.people < 1 || o.publications < 1 || o.runs < 1 {
		return fmt.Errorf("people, publications and runs must be 1 or more")
	}
	store, stop, err := open(ctx, o)
	if err != nil {
		return err
	}
	defer stop()
	m := match.New(store)
	begin := time.Now()
	if err := m.Warm(ctx); err != nil {
		return err
	}
	fmt.Printf("%s, %d people, %d publications; the image was made in %.1f s\n\n", o.store, o.people, o.publications, time.Since(begin).Seconds())
	if o.profile != "" {
		f, err := os.Create(o.profile)
		if err != nil {
			return err
		}
		defer func() { _ = f.Close() }()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
	}
	err = table(ctx, store, m, o)
	pprof.StopCPUProfile()
	if err != nil {
		return err
	}
	most, now, err := resident()
	if err != nil {
		return err
	}
	fmt.Printf("\nmemory of the process: %.0f MB, at most %.0f MB (the loading, if it was done, included)\n", now, most)
	return nil
}

// size is that of the network: as many of everything else as belongs to so many people.
func (o options) size() generate.Size {
	size := generate.SizeOf(2 * o.people) // half of a network are people
	size.People, size.Publications = o.people, o.publications
	return size
}

// batch is how many changes are written at a time.
const batch = 20_000

// fill writes the network.
func fill(ctx context.Context, store graph.Store, size generate.Size) error {
	begin, written := time.Now(), 0
	changes := make([]graph.Change, 0, batch)
	flush := func() error {
		_, err := store.Apply(ctx, "bench", changes)
		written += len(changes)
		changes = changes[:0]
		fmt.Fprintf(os.Stderr, "\rloading: %d changes in %.0f s", written, time.Since(begin).Seconds())
		return err
	}
	for c := range generate.Changes(1, size) {
		if changes = append(changes, c); len(changes) == batch {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	err := flush()
	fmt.Fprintln(os.Stderr)
	return err
}
