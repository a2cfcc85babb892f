package match_test

import (
	"context"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/i-partnerschap/kennisgraaf/dataset/demotest"
	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/sqlite"
	"github.com/i-partnerschap/kennisgraaf/match"
)

var today = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

// shared is the demo, and a Matcher on it, for tests that write nothing.
var shared struct {
	store   graph.Store
	matcher *match.Matcher
}

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "match")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir) //nolint:errcheck // it is the system's temporary folder
	if shared.store, _, err = demotest.Load(dir, sqlite.Options{}); err != nil {
		panic(err)
	}
	defer shared.store.Close() //nolint:errcheck // nothing was written
	shared.matcher = match.New(shared.store)
	return m.Run()
}

func demo(*testing.T) *match.Matcher { return shared.matcher }

// suitable names, for questions of the demo, the lectoraten that a reader of their
// texts would choose first. They were judged from the texts, not from a ranking.
var suitable = map[string][]string{
	"demo-v-gijzeling-uitkeringen":       {"gijzeling-en-herstel", "veerkracht-na-verstoring"},
	"demo-v-verouderde-cobol-svb":        {"nalatenschap-in-code"},
	"demo-v-woo-zoeken-email":            {"openbaar-tenzij", "vindbaarheid-en-zoekgedrag", "ordelijk-overheidswerk"},
	"demo-v-maas-hoogwater-tweeling":     {"schaduwmodellen", "kaart-en-klimaat"},
	"demo-v-quantum-sleutels-defensie":   {"quantum-voor-publieke-taken", "versleuteling-in-de-praktijk"},
	"demo-v-dochter-regelt-aow":          {"handelen-namens-een-ander"},
	"demo-v-sluizen-op-afstand":          {"sluizen-pompen-besturing", "betrouwbare-besturing"},
	"demo-v-leugens-verkiezingen":        {"waarheid-onder-druk"},
	"demo-v-vog-ketenduur":               {"voetsporen-van-processen"},
	"demo-v-blinde-ouder-aanvraag":       {"zonder-drempels-op-het-web"},
	"demo-v-formulierbouw-lowcode":       {"bouwen-zonder-programmeur"},
	"demo-v-kosten-grote-projecten":      {"waarde-en-kosten", "grote-projecten-kleine-stappen"},
	"demo-v-medisch-onderzoek-delen":     {"rekenen-zonder-inzage", "zorgdata-aan-het-bed"},
	"demo-v-aanbesteding-klein-bedrijf":  {"kopen-wat-werkt"},
	"demo-v-archief-chatberichten":       {"geheugen-van-het-bestuur", "ordelijk-overheidswerk", "bewaren-vanaf-de-bron"},
	"demo-v-kennis-vertrekkende-collega": {"lerende-rijksdiensten"},
}

func TestTheFirstResultIsOneThatAReaderWouldChoose(t *testing.T) {
	m := demo(t)
	wrong := 0
	for id, lectoraten := range suitable {
		a, err := m.Match(context.Background(), match.Request{Vraagstuk: id, Supply: []match.Supply{match.Lector}, Today: today})
		if err != nil {
			t.Fatal(err)
		}
		got := strings.TrimPrefix(a.Matches[0].Home.Lectoraat, "demo-l-")
		t.Logf("%-36s %.2f %s", id, a.Matches[0].Score, got)
		if !slices.Contains(lectoraten, got) {
			wrong++
			t.Logf("    a reader would choose %v", lectoraten)
		}
	}
	// Twelve is what was promised; the rest of the list is there to see more.
	if right := len(suitable) - wrong; right < 12 {
		t.Errorf("%d of %d questions have a fitting first result; want 12 or more", right, len(suitable))
	}
}

// The score of every match follows from the evidence that is shown with it.
func TestScoresRecomputeFromTheirEvidence(t *testing.T) {
	m := demo(t)
	for _, supply := range []match.Supply{match.Lector, match.Lectoraat, match.Institution, match.Fieldlab, match.Offer} {
		a, err := m.Match(context.Background(), match.Request{
			Text: "Hoe beschermen we persoonsgegevens tegen ransomware?", Regions: []string{"nl-ov"}, Supply: []match.Supply{supply}, Today: today,
		})
		if err != nil {
			t.Fatal(err)
		}
		if len(a.Matches) == 0 {
			t.Errorf("%s: nothing found", supply)
		}
		last := math.Inf(1)
		for _, one := range a.Matches {
			recompute(t, one)
			if one.Score > last {
				t.Errorf("%s %s: %g after %g", supply, one.ID, one.Score, last)
			}
			last = one.Score
		}
	}
}

func recompute(t *testing.T, m *match.Match) {
	t.Helper()
	const tolerance = 1e-9
	score, weights := 0.0, 0.0
	for _, f := range m.Factors {
		value := 0.0
		for _, e := range f.Evidence {
			if e.Node == "" || e.Relation == "" || e.Value <= 0 {
				t.Errorf("%s %s: evidence without ground: %+v", m.ID, f.Factor, e)
			}
			value += e.Value
		}
		if math.Abs(value-f.Value) > tolerance || value < 0 || value > 1+tolerance {
			t.Errorf("%s %s: value %g, evidence %g", m.ID, f.Factor, f.Value, value)
		}
		score += value * f.Weight
		weights += f.Weight
	}
	if math.Abs(score-m.Score) > tolerance || math.Abs(weights-1) > tolerance || m.Score > 1+tolerance {
		t.Errorf("%s: score %g, recomputed %g, weights %g", m.ID, m.Score, score, weights)
	}
}

func TestRequestsThatMakeNoSense(t *testing.T) {
	m := demo(t)
	lector := []match.Supply{match.Lector}
	for name, c := range map[string]struct {
		req  match.Request
		want graph.Code
	}{
		"nothing":           {match.Request{Supply: lector}, graph.BadUserInput},
		"white space":       {match.Request{Text: " \n\t ", Supply: lector}, graph.BadUserInput},
		"one letter":        {match.Request{Text: "x", Supply: lector}, graph.BadUserInput},
		"100 kB":            {match.Request{Text: strings.Repeat("woord ", 17_000), Supply: lector}, graph.BadUserInput},
		"unknown vraagstuk": {match.Request{Vraagstuk: "nergens", Supply: lector}, graph.NotFound},
		"unknown theme":     {match.Request{Themes: []string{"nergens"}, Supply: lector}, graph.NotFound},
		"unknown region":    {match.Request{Text: "cyber", Regions: []string{"nergens"}, Supply: lector}, graph.NotFound},
		"no supply":         {match.Request{Text: "cyber"}, graph.BadUserInput},
		"unknown supply":    {match.Request{Text: "cyber", Supply: []match.Supply{"X"}}, graph.BadUserInput},
		"negative weight":   {match.Request{Text: "cyber", Supply: lector, Weights: match.Weights{match.Text: -1}}, graph.BadUserInput},
		"all weights zero": {match.Request{Text: "cyber", Supply: lector,
			Weights: match.Weights{match.Text: 0, match.Themes: 0, match.TrackRecord: 0}}, graph.BadUserInput},
	} {
		c.req.Today = today
		if _, err := m.Match(context.Background(), c.req); graph.CodeOf(err) != c.want || err == nil {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

func TestQuestionsThatAreOddButFine(t *testing.T) {
	m := demo(t)
	for name, req := range map[string]match.Request{
		"English":           {Text: "How do we protect personal data against ransomware?"},
		"only stop words":   {Text: "hoe dan", Themes: []string{"privacy"}},
		"without themes":    {Vraagstuk: "demo-v-wachtkamer-muziek"},
		"themes only":       {Themes: []string{"cybersecurity"}},
		"nothing like it":   {Text: "xyzzy plugh"},
		"a theme by an alt": {Text: "AVG en DPIA"},
	} {
		req.Supply, req.Today = []match.Supply{match.Lector}, today
		a, err := m.Match(context.Background(), req)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if found := len(a.Matches) > 0; found == (name == "nothing like it") {
			t.Errorf("%s: %d matches", name, len(a.Matches))
		}
	}
}

// A weight of zero takes a factor out; a region counts only where one is asked for.
func TestWeightsAndRegionsChangeTheScore(t *testing.T) {
	m := demo(t)
	req := match.Request{Text: "ransomware", Regions: []string{"nl-li"}, Supply: []match.Supply{match.Lector}, Today: today,
		Weights: match.Weights{match.Themes: 0, match.Text: 0, match.TrackRecord: 0, match.Availability: 0, match.Region: 1}}
	a, err := m.Match(context.Background(), req)
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Matches) == 0 || a.Matches[0].Score != 1 || a.Matches[0].Home.Region != "nl-li" {
		t.Fatalf("by region alone the first is %+v", a.Matches)
	}
	if s := a.Summary(a.Matches[0], "EN"); !strings.Contains(s, "is in Limburg") {
		t.Errorf("summary %q", s)
	}
}
