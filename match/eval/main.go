// Command eval measures matching on a test collection: go run ./match/eval DIR.
//
// It loads the collection into an embedded store in a temporary file, experts as people
// and documents as publications, ranks the experts for each query with the code that the
// service uses, and prints the usual measures beside those of baselines. What a query
// excludes is deleted from the store for as long as that query lasts.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/match"
	"github.com/i-partnerschap/kennisgraaf/match/evaluation"
)

const description = `Measure matching on a test collection.

A collection is a folder with experts.jsonl ({"id", "name"}), documents.jsonl ({"id", "text", "authors": [expert ids],
"cites": [document ids]}), queries.jsonl ({"id", "text", "kind", "exclude": [document ids]}), qrels.tsv (query_id, expert_id,
grade, between tabs, under a header line) and, if only some experts were judged, pool.txt (an expert id a line).

For each kind of query it prints MAP, MRR, P@5, P@10 and nDCG@10 with 95 % bootstrap intervals, beside popularity, BM25 on
profiles, and BM25 CombSUM and CombMNZ voting, and how matching compares with the best voting by a paired bootstrap.`

type options struct {
	Dir string `arg:"" type:"existingdir" help:"Folder that holds the collection."`
}

func main() {
	var o options
	kong.Parse(&o, kong.Name("eval"), kong.Description(description), kong.UsageOnError())
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, o.Dir, os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// ours is the name of what is measured.
const ours = "match"

// systems are what is compared, in the order in which it is printed. A nil Baseline is ours.
var systems = []struct {
	name   string
	rank   evaluation.Baseline
	voting bool
}{
	{ours, nil, false},
	{"popularity", evaluation.Popularity, false},
	{"BM25 on profile", evaluation.Profile, false},
	{"BM25 CombSUM", evaluation.CombSUM, true},
	{"BM25 CombMNZ", evaluation.CombMNZ, true},
}

// results holds the metrics of each system by kind of query.
type results map[string]map[string][]evaluation.Metrics

// run evaluates a collection and prints the outcome, and on progress how far it is.
func run(ctx context.Context, dir string, out, progress io.Writer) error {
	col, err := read(dir)
	if err != nil {
		return err
	}
	for _, what := range col.loose() {
		fmt.Fprintln(progress, "left out:", what)
	}
	begin := time.Now()
	store, err := open(ctx, col, progress)
	if err != nil {
		return err
	}
	defer store.close()
	fmt.Fprintf(out, "%d experts (%d ranked), %d documents, %d queries; loaded in %.1f s\n",
		len(col.experts), col.ranked(), len(col.documents), len(col.queries), time.Since(begin).Seconds())
	e := &evaluator{col: col, store: store, progress: progress}
	if err := e.evaluate(ctx); err != nil {
		return err
	}
	e.print(out)
	return nil
}

// evaluator runs the queries.
type evaluator struct {
	col      *collection
	store    *temporary
	progress io.Writer
	res      results
	times    []time.Duration
	// unanswered are the queries that match refuses (no word in them, or too long), which
	// count as rankings without anybody, unjudged those without a right answer.
	unanswered []error
	unjudged   int
}

func (e *evaluator) evaluate(ctx context.Context) error {
	e.res = results{}
	for _, s := range systems {
		e.res[s.name] = map[string][]evaluation.Metrics{}
	}
	index := e.col.index()
	queries, others := e.col.judged()
	e.unjudged = others
	meter := newMeter(e.progress, "queries", len(queries))
	for _, q := range queries {
		ranking, err := e.rank(ctx, q)
		if err != nil {
			return fmt.Errorf("query %s: %w", q.ID, err)
		}
		for _, s := range systems {
			r := ranking
			if s.rank != nil {
				r = evaluation.Ranking(s.rank(index, q.Text, q.Exclude))
			}
			e.res[s.name][q.Kind] = append(e.res[s.name][q.Kind], evaluation.Measure(e.col.pooled(r), e.col.judgments[q.ID]))
		}
		meter.add(1)
	}
	return nil
}

// rank ranks the experts for one query.
func (e *evaluator) rank(ctx context.Context, q query) (ranking []string, err error) {
	if err := e.store.exclude(ctx, q.Exclude); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, e.store.restore(ctx)) }()
	begin := time.Now()
	answer, err := e.store.matcher.Match(ctx, match.Request{Text: q.Text, Supply: []match.Supply{match.Lector}, Today: begin, First: 1})
	if graph.CodeOf(err) == graph.BadUserInput {
		e.unanswered = append(e.unanswered, fmt.Errorf("query %s: %w", q.ID, err))
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	e.times = append(e.times, time.Since(begin))
	for _, id := range answer.Ranking {
		ranking = append(ranking, expertID(id))
	}
	return ranking, nil
}

// print prints the outcome.
func (e *evaluator) print(out io.Writer) {
	if e.unjudged > 0 {
		fmt.Fprintf(out, "%d queries have no right answer among the ranked experts, and are left out\n", e.unjudged)
	}
	for _, err := range e.unanswered {
		fmt.Fprintf(out, "counted as unanswered: %v\n", err)
	}
	report(out, e.res)
	if slices.Sort(e.times); len(e.times) > 0 {
		fmt.Fprintf(out, "\na match took %d ms in the middle of %d\n", e.times[len(e.times)/2].Milliseconds(), len(e.times))
	}
}
