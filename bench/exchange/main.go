// Command exchange carries a generated graph from one store to the other and back, with
// the program itself, and measures each step:
//
//	generate → import into sqlite → export → import into Neo4j → export → import into a
//	new sqlite → export → import into both what is there already
//
// The exports must be equal to the byte. Each step is a process of its own, whose time,
// rows a second and peak memory (of this program, not of Neo4j's) are printed as a row
// of a Markdown table.
//
//	go run ./bench/exchange -nodes 1000000 -dir /tmp/exchange
package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"time"

	"github.com/i-partnerschap/kennisgraaf/dataset"
	"github.com/i-partnerschap/kennisgraaf/dataset/generate"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server"
)

func main() {
	nodes := flag.Int("nodes", 1_000_000, "nodes to generate; there are three times as many relations")
	dir := flag.String("dir", "", "folder for the files; a temporary one without it")
	neo4j := flag.Bool("neo4j", true, "take Neo4j into the round")
	heap := flag.String("heap", "3g", "heap of Neo4j")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *nodes, *dir, *heap, *neo4j); err != nil {
		fmt.Fprintln(os.Stderr, "exchange:", err)
		os.Exit(1)
	}
}

// round is one round under way.
type round struct {
	dir, program string
	rows         int64
}

func run(ctx context.Context, nodes int, dir, heap string, withNeo4j bool) (err error) {
	if dir == "" {
		if dir, err = os.MkdirTemp("", "exchange-*"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	}
	r := &round{dir: dir, program: filepath.Join(dir, "kennisgraaf")}
	if out, err := exec.CommandContext(ctx, "go", "build", "-o", r.program, ".").CombinedOutput(); err != nil {
		return fmt.Errorf("building: %w: %s", err, out)
	}
	fmt.Printf("%d CPUs, %s\n\n| step | rows | seconds | rows/s | peak memory, MB | file, MB |\n|---|---|---|---|---|---|\n", runtime.NumCPU(), runtime.Version())
	if err := r.generate(nodes); err != nil {
		return err
	}
	type step struct{ name, store, verb, file string }
	first, second, neo := "sqlite:"+filepath.Join(dir, "1.db"), "sqlite:"+filepath.Join(dir, "2.db"), ""
	steps := []step{{"import into sqlite", first, "import", "0.jsonl"}, {"export from sqlite", first, "export", "1.jsonl"}}
	last := "1.jsonl"
	if withNeo4j {
		s, err := server.Start(ctx, server.Options{Dir: filepath.Join(dir, "neo4j"), Heap: heap, PageCache: "2g", JVM: []string{"-Xms" + heap}, Progress: os.Stderr})
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, s.Stop()) }()
		last, neo = "2.jsonl", s.URI()
		steps = append(steps, step{"import into Neo4j", neo, "import", "1.jsonl"}, step{"export from Neo4j", neo, "export", last})
	}
	steps = append(steps, step{"import into a new sqlite", second, "import", last}, step{"export from it", second, "export", "3.jsonl"},
		step{"import into it again", second, "import", "3.jsonl"})
	if withNeo4j {
		steps = append(steps, step{"import into Neo4j again", neo, "import", "3.jsonl"})
	}
	for _, s := range steps {
		args := []string{"--store", s.store, "--dataset", "none", s.verb}
		file := filepath.Join(dir, s.file)
		if s.verb == "export" {
			args = append(args, "-o")
		}
		if err := r.measure(ctx, s.name, file, append(args, file)...); err != nil {
			return err
		}
	}
	return r.compare("1.jsonl", last, "3.jsonl")
}

// generate writes the graph that the round begins with.
func (r *round) generate(nodes int) (err error) {
	begun := time.Now()
	file, err := os.Create(filepath.Join(r.dir, "0.jsonl"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if err := dataset.Write(file, generate.Changes(1, generate.SizeOf(nodes))); err != nil {
		return err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	took := time.Since(begun)
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, dataset.MaxLine)
	for lines.Scan() {
		r.rows++
	}
	r.print("generate", took, "", file.Name())
	return lines.Err()
}

// measure runs one step.
func (r *round) measure(ctx context.Context, name, file string, args ...string) error {
	begun := time.Now()
	cmd := exec.CommandContext(ctx, r.program, args...)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w:\n%s", name, err, said.String())
	}
	fmt.Fprintf(os.Stderr, "%s:\n%s", name, said.String())
	r.print(name, time.Since(begun), peakMemory(cmd.ProcessState), file)
	return nil
}

func (r *round) print(name string, took time.Duration, peak, file string) {
	size := int64(0)
	if info, err := os.Stat(file); err == nil {
		size = info.Size() >> 20
	}
	fmt.Printf("| %s | %d | %.1f | %.0f | %s | %d |\n", name, r.rows, took.Seconds(), float64(r.rows)/took.Seconds(), peak, size)
}

// compare holds the files beside each other.
func (r *round) compare(names ...string) error {
	fmt.Println()
	var first []byte
	for _, name := range names {
		file, err := os.Open(filepath.Join(r.dir, name))
		if err != nil {
			return err
		}
		h := sha256.New()
		_, err = io.Copy(h, file)
		if err := errors.Join(err, file.Close()); err != nil {
			return err
		}
		sum := h.Sum(nil)
		fmt.Printf("%s sha256 %x\n", name, sum)
		if first == nil {
			first = sum
		}
		if !bytes.Equal(first, sum) {
			return fmt.Errorf("%s differs from %s", name, names[0])
		}
	}
	fmt.Println("\nThe exports are equal to the byte.")
	return nil
}
