package match_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/i-partnerschap/kennisgraaf/dataset/generate"
	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/sqlite"
	"github.com/i-partnerschap/kennisgraaf/match"
	"github.com/i-partnerschap/kennisgraaf/schema"
)

// BenchmarkMatchLarge times matches among 100,000 people and 300,000 publications in
// the embedded store, and reports how long the first image takes and the memory of the
// process. MATCH_DB names a file to keep the graph in between runs.
func BenchmarkMatchLarge(b *testing.B) {
	store := large(b)
	m := match.New(store)
	begin := time.Now()
	if err := m.Warm(context.Background()); err != nil {
		b.Fatal(err)
	}
	build := time.Since(begin)
	var times []time.Duration
	for b.Loop() {
		begin := time.Now()
		a, err := m.Match(context.Background(), match.Request{Text: largeQuestions[len(times)%len(largeQuestions)],
			Supply: []match.Supply{match.Lector}, First: 10, Today: today})
		if err != nil || len(a.Matches) != 10 {
			b.Fatal(len(a.Matches), err)
		}
		times = append(times, time.Since(begin))
	}
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(times[len(times)*95/100].Microseconds())/1000, "p95-ms")
	b.ReportMetric(build.Seconds(), "first-s")
	others(b, m)
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	b.ReportMetric(float64(mem.HeapAlloc)/(1<<20), "heap-MB")
	b.ReportMetric(resident(b), "rss-MB")
}

// others times what is asked less often: each once, and Fits again, when the
// vraagstukken have been understood.
func others(b *testing.B, m *match.Matcher) {
	b.Helper()
	ctx := context.Background()
	for _, c := range []struct {
		name string
		ask  func() error
	}{
		{"fits-first-ms", func() error {
			_, err := m.Fits(ctx, match.FitsRequest{Candidate: lectorID, First: 10, Today: today})
			return err
		}},
		{"fits-ms", func() error {
			_, err := m.Fits(ctx, match.FitsRequest{Candidate: lectorID, First: 10, Today: today})
			return err
		}},
		{"whynot-ms", func() error {
			_, err := m.WhyNot(ctx, match.WhyNotRequest{Vraagstuk: vraagstukID, Candidate: lectorID, Today: today})
			return err
		}},
		{"team-ms", func() error {
			_, err := m.Team(ctx, match.TeamRequest{Vraagstuk: vraagstukID, Size: 3, Today: today})
			return err
		}},
	} {
		begin := time.Now()
		if err := c.ask(); err != nil {
			b.Fatal(c.name, err)
		}
		b.ReportMetric(float64(time.Since(begin).Milliseconds()), c.name)
	}
}

// The first of the generated lectoren and vraagstukken.
const lectorID, vraagstukID = "g-persoon-0", "g-vraagstuk-0"

var largeQuestions = []string{
	"Hoe houden we grip op netwerkbeveiliging bij de politie?",
	"Welke kennis is nodig voor gegevensuitwisseling tussen ketens in de zorg, en hoe beoordeelt een toetsingskader de kwaliteit van algoritmen?",
	"Quantum en privacy voor gemeenten",
	"De dienst ontwikkelt een prototype voor spraakherkenning bij de belastingen. Het team beproeft een werkwijze met gegevens van burgers, vergelijkt de uitvoering en beschrijft een leergang voor de organisatie.",
}

// resident returns the most memory that the process had, in MB.
func resident(b *testing.B) float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		var kb float64
		if n, _ := fmt.Sscanf(line, "VmHWM: %f kB", &kb); n == 1 {
			return kb / 1024
		}
	}
	b.Fatal("no VmHWM in /proc/self/status")
	return 0
}

func large(b *testing.B) graph.Store {
	b.Helper()
	model, err := schema.Model()
	if err != nil {
		b.Fatal(err)
	}
	path := os.Getenv("MATCH_DB")
	if path == "" {
		path = filepath.Join(b.TempDir(), "large.db")
	}
	_, missing := os.Stat(path)
	store, err := sqlite.Open(context.Background(), path, model, sqlite.Options{BulkLoad: true, CheckLimit: -1})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = store.Close() })
	if missing != nil {
		fill(b, store)
	}
	return store
}

func fill(b *testing.B, store graph.Store) {
	b.Helper()
	size := generate.SizeOf(200_000)
	size.People, size.Publications = 100_000, 300_000
	load(b, store, size)
}

func load(b testing.TB, store graph.Store, size generate.Size) {
	b.Helper()
	var batch []graph.Change
	flush := func() {
		if _, err := store.Apply(context.Background(), "bench", batch); err != nil {
			b.Fatal(err)
		}
		batch = batch[:0]
	}
	for c := range generate.Changes(1, size) {
		if batch = append(batch, c); len(batch) == 50_000 {
			flush()
		}
	}
	flush()
}

// Many candidates are shared out over the processors; the ranking is the same.
func TestManyCandidatesAreRankedAsFew(t *testing.T) {
	model, err := schema.Model()
	if err != nil {
		t.Fatal(err)
	}
	store, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "many.db"), model, sqlite.Options{BulkLoad: true})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close() //nolint:errcheck // it is thrown away
	load(t, store, generate.Size{Regions: 16, Themes: 40, Institutions: 5, Lectoraten: 2500, People: 4000, Publications: 500})
	m := match.New(store)
	req := match.Request{Text: largeQuestions[0], Supply: []match.Supply{match.Lector}, First: 10, Today: today}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	many, err := m.Match(context.Background(), req)
	if err != nil {
		t.Fatal(err)
	}
	runtime.GOMAXPROCS(1)
	few, err := m.Match(context.Background(), req)
	if err != nil || !slices.Equal(many.Ranking, few.Ranking) || many.Total < 1000 {
		t.Errorf("%d candidates on four processors, %d on one, or in another order: %v", many.Total, few.Total, err)
	}
}
