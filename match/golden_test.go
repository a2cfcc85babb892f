package match_test

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"slices"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/text"
	"github.com/i-partnerschap/kennisgraaf/match"
	"github.com/i-partnerschap/kennisgraaf/match/corpus"
	"github.com/i-partnerschap/kennisgraaf/match/evaluation"
)

// golden is a question with the lectoraten that fit it, graded from 1 (could help with a
// part) to 3 (it is what they work on). They were judged from the texts in dataset/demo,
// and for lectoraten of which only the name is known from that and their themes, before
// any ranking was looked at.
type golden struct {
	ID        string               `json:"id"`
	Vraagstuk string               `json:"vraagstuk"`
	Text      string               `json:"text"`
	Grades    evaluation.Judgments `json:"grades"`
}

func readGolden(t *testing.T) []golden {
	t.Helper()
	f, err := os.Open("testdata/golden.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // only read
	var out []golden
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var g golden
		if err := json.Unmarshal(lines.Bytes(), &g); err != nil {
			t.Fatal(err)
		}
		out = append(out, g)
	}
	return out
}

// What the golden set must reach, and how many of its questions share no word with any
// profile that fits them best.
const (
	goldenFloor   = 0.80
	leastDisjoint = 10
)

func TestTheGoldenSetIsRankedWell(t *testing.T) {
	m := demo(t)
	profiles, questions := profilesAndQuestions(t, shared.store)
	index := evaluation.NewIndex(profiles, corpus.NL)
	var ours, base []float64
	disjoint, disjointSum := 0, 0.0
	for _, g := range readGolden(t) {
		req := match.Request{Vraagstuk: g.Vraagstuk, Text: g.Text, Supply: []match.Supply{match.Lector}, Today: today}
		a, err := m.Match(context.Background(), req)
		if err != nil {
			t.Fatal(err)
		}
		var ranking []string
		for _, one := range a.Matches {
			if l := one.Home.Lectoraat; l != "" && !slices.Contains(ranking, l) {
				ranking = append(ranking, l)
			}
		}
		got := evaluation.Measure(ranking, g.Grades).NDCG10
		question := questions[g.Vraagstuk] + g.Text
		scores := evaluation.Profile(index, question, nil)
		was := evaluation.Measure(evaluation.Ranking(scores), g.Grades).NDCG10
		ours, base = append(ours, got), append(base, was)
		apart := sharesNoWord(question, profiles, g.Grades)
		if apart {
			disjoint++
			disjointSum += got
		}
		t.Logf("%s %.3f (BM25 on profile %.3f) apart=%t %s%s", g.ID, got, was, apart, g.Vraagstuk, g.Text)
		if testing.Verbose() && got < 0.8 {
			for i, l := range ranking[:min(6, len(ranking))] {
				t.Logf("      %d %s %d", i+1, l, g.Grades[l])
			}
		}
	}
	mean := evaluation.Bootstrap(ours)
	difference, p := evaluation.Paired(ours, base)
	t.Logf("nDCG@10 %.3f [%.3f, %.3f], BM25 on profile %.3f, difference %.3f [%.3f, %.3f], p %.4f; %d without a common word: %.3f",
		mean.Mean, mean.Low, mean.High, evaluation.Bootstrap(base).Mean, difference.Mean, difference.Low, difference.High, p, disjoint, disjointSum/float64(disjoint))
	if len(ours) < 40 || mean.Mean < goldenFloor || difference.Low <= 0 || disjoint < leastDisjoint {
		t.Errorf("%d questions, %d without a common word, nDCG@10 %.3f (want %.2f), above BM25 on profile by %.3f at least (want more than 0)",
			len(ours), disjoint, mean.Mean, goldenFloor, difference.Low)
	}
}

// profilesAndQuestions reads the own texts of each lectoraat, its lectoren and their
// works among them, as one profile, and the texts of the questions.
func profilesAndQuestions(t *testing.T, store graph.Store) (profiles []evaluation.Document, questions map[string]string) {
	t.Helper()
	works := func(key, relation string, d graph.Direction, label string, links ...graph.Link) graph.Link {
		return graph.Link{Key: key, Hop: graph.Hop{Type: relation, Direction: d, Labels: []string{label}}, Selection: &graph.Selection{
			Labels: []string{label}, Props: []string{"title", "abstract", "description", "bio"}, Page: graph.Page{Limit: graph.All}, Links: links}}
	}
	sel := &graph.Selection{Labels: []string{"Lectoraat"}, Props: []string{"name", "description"}, Page: graph.Page{Limit: graph.All}, Links: []graph.Link{
		works("works", "CONTRIBUTES_TO", graph.Out, "Project"), works("publications", "PUBLISHED_AT", graph.In, "Publication"),
		works("lectoren", "LEADS", graph.In, "Person"),
	}}
	res, err := store.Read(context.Background(), graph.Query{Root: sel})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range res.Rows {
		d := evaluation.Document{ID: row.Node.ID, Authors: []string{row.Node.ID}, Text: textOf(row.Node)}
		for _, link := range row.Node.Links {
			for _, r := range link.Rows {
				d.Text += "\n" + textOf(r.Node)
			}
		}
		profiles = append(profiles, d)
	}
	sel = &graph.Selection{Labels: []string{"Vraagstuk"}, Props: []string{"title", "description"}, Page: graph.Page{Limit: graph.All}}
	if res, err = store.Read(context.Background(), graph.Query{Root: sel}); err != nil {
		t.Fatal(err)
	}
	questions = map[string]string{}
	for _, row := range res.Rows {
		questions[row.Node.ID] = textOf(row.Node)
	}
	return profiles, questions
}

func textOf(n *graph.Node) string {
	out := ""
	for _, p := range []string{"name", "title", "description", "abstract", "bio"} {
		if s, ok := n.Props[p].(string); ok {
			out += s + "\n"
		}
	}
	return out
}

// sharesNoWord tells whether no word of a question is found in a profile that fits best.
func sharesNoWord(question string, profiles []evaluation.Document, grades evaluation.Judgments) bool {
	best := 0
	for _, g := range grades {
		best = max(best, g)
	}
	terms := text.Terms(question)
	for _, p := range profiles {
		if grades[p.ID] != best {
			continue
		}
		for _, w := range text.Terms(p.Text) {
			if slices.ContainsFunc(terms, func(q string) bool { return text.Match(q, w) }) {
				return false
			}
		}
	}
	return true
}
