package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/match/evaluation"
)

// mapOf evaluates a collection and returns MAP by system, and how ours compares with the
// best voting.
func mapOf(t *testing.T, dir string) (by map[string]float64, difference evaluation.Interval) {
	t.Helper()
	ctx := context.Background()
	col, err := read(dir)
	if err != nil {
		t.Fatal(err)
	}
	store, err := open(ctx, col)
	if err != nil {
		t.Fatal(err)
	}
	defer store.close()
	res, _, err := evaluate(ctx, col, store)
	if err != nil {
		t.Fatal(err)
	}
	by = map[string]float64{}
	for kind := range res[ours] {
		for _, s := range systems {
			by[s.name] = evaluation.Bootstrap(column(res[s.name][kind], 0)).Mean
		}
		difference, _ = evaluation.Paired(column(res[ours][kind], 0), column(res[bestVoting(res, kind)][kind], 0))
	}
	var out strings.Builder
	report(&out, res)
	t.Log(out.String())
	return by, difference
}

// Where people of one topic write together in three vocabularies, words find one third
// of them and their colleagues lead to the others.
func TestTheGraphFindsWhatWordsDoNot(t *testing.T) {
	dir := synthetic{seed: 1, topics: 8, experts: 168, documents: 480, dialects: 3, together: 1, topical: 0.6}.write(t)
	by, difference := mapOf(t, dir)
	if by[ours] < by["BM25 CombSUM"]+0.05 || difference.Low <= 0 {
		t.Errorf("MAP %.3f, voting %.3f, difference at least %.3f; want the walk to add 0.05 or more", by[ours], by["BM25 CombSUM"], difference.Low)
	}
}

// Where people write alone there is no graph, and their words decide as in voting.
func TestWithoutAGraphWordsDecide(t *testing.T) {
	dir := synthetic{seed: 2, topics: 8, experts: 160, documents: 480, dialects: 1, alone: true, topical: 0.3}.write(t)
	by, _ := mapOf(t, dir)
	if d := by[ours] - by["BM25 CombSUM"]; d < -0.01 || d > 0.01 {
		t.Errorf("MAP %.3f, voting %.3f; want the same", by[ours], by["BM25 CombSUM"])
	}
}

// What a query excludes is gone while it lasts and back afterwards, with its relations;
// only the pool is ranked.
func TestExcludedDocumentsDoNotExist(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"experts.jsonl": `{"id":"a","name":"A"}
{"id":"b","name":"B"}
{"id":"c","name":"C"}`,
		"documents.jsonl": `{"id":"1","text":"the theory of graph walks","authors":["a"],"cites":["2","nowhere"]}
{"id":"2","text":"the practice of graph walks","authors":["b"]}
{"id":"3","text":"the practice of graph walks and cooking","authors":["c"]}`,
		"queries.jsonl": `{"id":"q1","text":"graph walks","kind":"topic","exclude":["1"]}
{"id":"q2","text":"graph walks","kind":"topic"}`,
		"qrels.tsv": "query_id\texpert_id\tgrade\nq1\ta\t1\nq2\ta\t1\n",
		"pool.txt":  "a\nb\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ctx := context.Background()
	col, err := read(dir)
	if err != nil {
		t.Fatal(err)
	}
	store, err := open(ctx, col)
	if err != nil {
		t.Fatal(err)
	}
	defer store.close()
	res, _, err := evaluate(ctx, col, store)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range systems {
		got := res[s.name]["topic"]
		if got[0].AP != 0 || got[1].AP < 0.5 {
			t.Errorf("%s: average precision %g without the document, %g with it; want 0 and 0.5 or more", s.name, got[0].AP, got[1].AP)
		}
	}
	if r := col.pooled([]string{"c", "b", "a"}); len(r) != 2 {
		t.Errorf("the pool keeps %v, want b and a", r)
	}
	if err := run(ctx, dir, io.Discard); err != nil {
		t.Error(err)
	}
}
