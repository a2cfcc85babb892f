package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/match"
)

// today is the day that the generated network is asked on.
var today = time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)

// texts are questions in free words, with and without themes of the generated network: one
// without is widened, which takes more.
var texts = []string{
	"Hoe houden we grip op netwerkbeveiliging bij de politie?",
	"Welke kennis is nodig voor gegevensuitwisseling tussen ketens in de zorg, en hoe beoordeelt een toetsingskader de kwaliteit van algoritmen?",
	"Quantum en privacy voor gemeenten",
	"De dienst ontwikkelt een prototype voor spraakherkenning bij de belastingen. Het team beproeft een werkwijze met gegevens van burgers, vergelijkt de uitvoering en beschrijft een leergang voor de organisatie.",
}

// question is one line of the table; i tells askings apart.
type question struct {
	name string
	ask  func(i int) error
}

// table asks all questions and prints their times.
func table(ctx context.Context, store graph.Store, m *match.Matcher, o options) error {
	fmt.Println("| question | p50, ms | p95, ms | slowest, ms |")
	fmt.Println("|---|---:|---:|---:|")
	for _, q := range questions(ctx, store, m) {
		if !strings.Contains(q.name, o.only) {
			continue
		}
		var times []float64
		for i := range o.runs {
			begin := time.Now()
			if err := q.ask(i); err != nil {
				return fmt.Errorf("%s: %w", q.name, err)
			}
			times = append(times, time.Since(begin).Seconds()*1000)
		}
		slices.Sort(times)
		fmt.Printf("| %s | %.0f | %.0f | %.0f |\n", q.name, times[o.runs/2], times[o.runs*95/100], times[o.runs-1])
	}
	return nil
}

func questions(ctx context.Context, store graph.Store, m *match.Matcher) []question {
	ask := func(r match.Request) error {
		r.Supply, r.First, r.Today = []match.Supply{match.Lector}, 10, today
		a, err := m.Match(ctx, r)
		if err == nil && len(a.Matches) == 0 {
			err = fmt.Errorf("it has no matches")
		}
		return err
	}
	vraagstuk := func(i int) string { return fmt.Sprint("g-vraagstuk-", i) }
	out := []question{{"match by vraagstuk", func(i int) error { return ask(match.Request{Vraagstuk: vraagstuk(i)}) }}}
	for n, text := range texts {
		out = append(out, question{fmt.Sprintf("match by text %d", n+1), func(int) error { return ask(match.Request{Text: text}) }})
	}
	lector := func(i int) string { return fmt.Sprint("g-persoon-", i) }
	return append(out,
		question{"fits (slowest: the first, which reads all vraagstukken)", func(i int) error {
			_, err := m.Fits(ctx, match.FitsRequest{Candidate: lector(i), First: 10, Today: today})
			return err
		}},
		question{"whyNot", func(i int) error {
			_, err := m.WhyNot(ctx, match.WhyNotRequest{Vraagstuk: vraagstuk(i), Candidate: lector(i), Today: today})
			return err
		}},
		question{"team", func(i int) error {
			_, err := m.Team(ctx, match.TeamRequest{Vraagstuk: vraagstuk(i), Size: 3, Today: today})
			return err
		}},
		question{"write of a publication, and a match by vraagstuk", func(i int) error {
			change := graph.Change{Op: graph.UpdateNode, Label: "Publication", ID: fmt.Sprint("g-publicatie-", i),
				Props: map[string]any{"title": fmt.Sprint("Netwerkbeveiliging ", time.Now().UnixNano())}}
			if _, err := store.Apply(ctx, "bench", []graph.Change{change}); err != nil {
				return err
			}
			return ask(match.Request{Vraagstuk: vraagstuk(i)})
		}},
	)
}

// resident returns the memory of the process in MB, at most and now, as Linux counts it.
func resident() (most, now float64, err error) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, 0, err
	}
	for line := range bytes.Lines(status) {
		var kb float64
		if n, _ := fmt.Sscanf(string(line), "VmHWM: %f kB", &kb); n == 1 {
			most = kb / 1024
		}
		if n, _ := fmt.Sscanf(string(line), "VmRSS: %f kB", &kb); n == 1 {
			now = kb / 1024
		}
	}
	return most, now, nil
}
