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
	store, err := open(ctx, col, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	defer store.close()
	e := &evaluator{col: col, store: store, progress: io.Discard}
	if err := e.evaluate(ctx); err != nil {
		t.Fatal(err)
	}
	res := e.res
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

// Where people write alone there is no graph, and words lead to words only: no worse than
// voting.
func TestWithoutAGraphWordsDecide(t *testing.T) {
	dir := synthetic{seed: 2, topics: 8, experts: 160, documents: 480, dialects: 1, alone: true, topical: 0.3}.write(t)
	by, difference := mapOf(t, dir)
	if by[ours] < 0.9 || difference.Low < -0.01 {
		t.Errorf("MAP %.3f, voting %.3f, difference at least %.3f; want no less", by[ours], by["BM25 CombSUM"], difference.Low)
	}
}

// Where co-authors are anybody, and a fifth of the words tell the topic, the graph misleads;
// the walk must not cost more than the other words bring.
func TestAGraphThatMisleadsDoesNoHarm(t *testing.T) {
	dir := synthetic{seed: 3, topics: 8, experts: 160, documents: 480, dialects: 1, together: 0, topical: 0.2}.write(t)
	by, difference := mapOf(t, dir)
	if difference.Low < 0 {
		t.Errorf("MAP %.3f, voting %.3f, difference at least %.3f; want 0 or more", by[ours], by["BM25 CombSUM"], difference.Low)
	}
}

// What a query excludes is gone while it lasts and back afterwards, with its relations;
// only the pool is ranked.
func TestExcludedDocumentsDoNotExist(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{
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
	})
	ctx := context.Background()
	col, err := read(dir)
	if err != nil {
		t.Fatal(err)
	}
	store, err := open(ctx, col, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	defer store.close()
	e := &evaluator{col: col, store: store, progress: io.Discard}
	if err := e.evaluate(ctx); err != nil {
		t.Fatal(err)
	}
	res := e.res
	for _, s := range systems {
		got := res[s.name]["topic"]
		if got[0].AP != 0 || got[1].AP < 0.5 {
			t.Errorf("%s: average precision %g without the document, %g with it; want 0 and 0.5 or more", s.name, got[0].AP, got[1].AP)
		}
	}
	if r := col.pooled([]string{"c", "b", "a"}); len(r) != 2 {
		t.Errorf("the pool keeps %v, want b and a", r)
	}
	if err := run(ctx, dir, io.Discard, io.Discard); err != nil {
		t.Error(err)
	}
}

// All that is wrong with a collection is told at once, with file and line.
func TestWhatIsWrongWithACollectionIsTold(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{
		"experts.jsonl":   "{\"id\":\"a\"}\n{\"id\":\"a\"}\n{\"name\":\"nobody\"}\n",
		"documents.jsonl": "{\"id\":\"1\",\"text\":\"x\"\n",
		"queries.jsonl":   "{\"id\":\"q\",\"text\":\"x\"}\n",
		"qrels.tsv":       "query_id\texpert_id\tgrade\nq\ta\thigh\nq a 1\n",
	})
	_, err := read(dir)
	if err == nil {
		t.Fatal("nothing was found wrong")
	}
	for _, want := range []string{"experts.jsonl:3: there is no id", "documents.jsonl:1: unexpected end", `qrels.tsv:2: the grade is "high"`, "qrels.tsv:3: 1 fields"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("not told: %s, in\n%v", want, err)
		}
	}
	write(t, dir, map[string]string{
		"experts.jsonl":   "{\"id\":\"a\"}\n{\"id\":\"a\"}\n",
		"documents.jsonl": "\ufeff{\"id\":\"1\",\"text\":\"x\",\"authors\":[\"b\"]}\r\n",
		"queries.jsonl":   "{\"id\":\"q\",\"text\":\"x\",\"exclude\":[\"2\"]}\n",
		"qrels.tsv":       "query_id\texpert_id\tgrade\np\tc\t1\n",
		"pool.txt":        "d\n",
	})
	if _, err = read(dir); err == nil || !strings.Contains(err.Error(), `expert "a" is there twice`) {
		t.Errorf("an expert who is there twice: %v", err)
	}
	write(t, dir, map[string]string{"experts.jsonl": "{\"id\":\"a\"}\n"})
	var out, told strings.Builder
	if err := run(context.Background(), dir, &out, &told); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`author "b"`, `excludes document "2"`, `judges query "p"`, `pool.txt has expert "d"`} {
		if !strings.Contains(told.String(), want) {
			t.Errorf("not told: %s, in\n%s", want, told.String())
		}
	}
	if !strings.Contains(out.String(), "1 queries have no right answer") {
		t.Errorf("the query without a right answer was not told of: %s", out.String())
	}
	if _, err := read(filepath.Join(dir, "nowhere")); err == nil {
		t.Error("a folder that is not there was read")
	}
}

func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
