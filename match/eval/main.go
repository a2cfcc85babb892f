// Command eval measures matching on a test collection: go run ./match/eval DIR.
//
// It loads the collection into an embedded store in a temporary file, experts as people
// and documents as publications, ranks the experts for each query with the code that the
// service uses, and prints the usual measures beside those of baselines. What a query
// excludes is deleted from the store for as long as that query lasts.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"github.com/i-partnerschap/kennisgraaf/match"
	"github.com/i-partnerschap/kennisgraaf/match/corpus"
	"github.com/i-partnerschap/kennisgraaf/match/evaluation"
)

func main() {
	flag.Usage = func() { fmt.Fprintln(os.Stderr, "usage: go run ./match/eval DIR") }
	flag.Parse()
	if flag.NArg() != 1 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(context.Background(), flag.Arg(0), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// ours is the name of what is measured; best finds the best voting baseline.
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

// run evaluates a collection and prints the outcome.
func run(ctx context.Context, dir string, out io.Writer) error {
	col, err := read(dir)
	if err != nil {
		return err
	}
	begin := time.Now()
	store, err := open(ctx, col)
	if err != nil {
		return err
	}
	defer store.close()
	fmt.Fprintf(out, "%d experts (%d ranked), %d documents, %d queries; loaded in %.1f s\n",
		len(col.experts), col.ranked(), len(col.documents), len(col.queries), time.Since(begin).Seconds())
	res, times, err := evaluate(ctx, col, store)
	if err != nil {
		return err
	}
	report(out, res)
	slices.Sort(times)
	if len(times) > 0 {
		fmt.Fprintf(out, "\na match took %d ms in the middle of %d\n", times[len(times)/2].Milliseconds(), len(times))
	}
	return nil
}

func evaluate(ctx context.Context, col *collection, store *temporary) (results, []time.Duration, error) {
	res := results{}
	for _, s := range systems {
		res[s.name] = map[string][]evaluation.Metrics{}
	}
	lang := col.language()
	docs := evaluation.Analyse(col.baselineDocuments(), lang)
	var times []time.Duration
	for _, q := range col.queries {
		if err := store.exclude(ctx, q.Exclude); err != nil {
			return nil, nil, err
		}
		begin := time.Now()
		answer, err := store.matcher.Match(ctx, match.Request{Text: q.Text, Supply: []match.Supply{match.Lector}, Today: time.Now(), First: 1})
		if err != nil {
			return nil, nil, fmt.Errorf("query %s: %w", q.ID, err)
		}
		times = append(times, time.Since(begin))
		ranking := make([]string, len(answer.Ranking))
		for i, id := range answer.Ranking {
			ranking[i] = expertID(id)
		}
		if err := store.restore(ctx); err != nil {
			return nil, nil, err
		}
		without := func(id string) bool { return slices.Contains(q.Exclude, id) }
		for _, s := range systems {
			r := ranking
			if s.rank != nil {
				r = evaluation.Ranking(s.rank(docs, q.Text, without, lang))
			}
			res[s.name][q.Kind] = append(res[s.name][q.Kind], evaluation.Measure(col.pooled(r), col.judgments[q.ID]))
		}
	}
	return res, times, nil
}

// language is what the baselines stem in: that of most queries.
func (c *collection) language() corpus.Lang {
	votes := 0
	for _, q := range c.queries {
		if corpus.Language(q.Text) == corpus.EN {
			votes++
		}
	}
	if 2*votes > len(c.queries) {
		return corpus.EN
	}
	return corpus.NL
}
