package match_test

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/dataset/demotest"
	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/sqlite"
	"github.com/i-partnerschap/kennisgraaf/match"
)

// The score of a pair is the same from the side of the question and of the candidate,
// and so is its place in the ranking.
func TestAPairScoresTheSameFromBothSides(t *testing.T) {
	m, ctx := demo(t), context.Background()
	for candidate, supply := range map[string]match.Supply{
		"demo-p-thijs-beukenstroom": match.Lector, "demo-l-recht-in-code": match.Lectoraat, "saxion": match.Institution,
	} {
		fits, err := m.Fits(ctx, match.FitsRequest{Candidate: candidate, Today: today})
		if err != nil || len(fits.Matches) < 5 || fits.Total != len(fits.Matches) {
			t.Fatalf("%s: %d of %d, %v", candidate, len(fits.Matches), fits.Total, err)
		}
		last := math.Inf(1)
		for _, pair := range fits.Matches[:20] {
			recompute(t, pair)
			if pair.ID != candidate || pair.Score > last+1e-9 {
				t.Errorf("%s: %s scores %g after %g", candidate, pair.Vraagstuk, pair.Score, last)
			}
			last = pair.Score
			a, err := m.Match(ctx, match.Request{Vraagstuk: pair.Vraagstuk, Supply: []match.Supply{supply}, Today: today})
			if err != nil {
				t.Fatal(err)
			}
			i := slices.Index(a.Ranking, candidate)
			if i < 0 || math.Abs(a.Matches[i].Score-pair.Score) > 1e-9 {
				t.Errorf("%s and %s: %g from the candidate, not so from the question", candidate, pair.Vraagstuk, pair.Score)
			}
		}
	}
	if _, err := m.Fits(ctx, match.FitsRequest{Candidate: "nergens", Today: today}); graph.CodeOf(err) != graph.NotFound {
		t.Errorf("unknown candidate: %v", err)
	}
}

// Pages put together are the whole ranking.
func TestPagesMakeTheWholeRanking(t *testing.T) {
	m := demo(t)
	req := match.Request{Text: "cyberweerbaarheid van gemeenten", Supply: []match.Supply{match.Lector}, Today: today, First: 7}
	var got []string
	for {
		a, err := m.Match(context.Background(), req)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range a.Matches {
			got = append(got, one.ID)
			req.After = &match.Place{Score: one.Score, ID: one.ID}
		}
		if len(a.Matches) < 7 {
			if !slices.Equal(got, a.Ranking) {
				t.Errorf("pages have %d candidates, the ranking %d, or in another order", len(got), len(a.Ranking))
			}
			return
		}
	}
}

func TestADeclinedCandidateIsShownAsSuch(t *testing.T) {
	m := demo(t)
	a, err := m.Match(context.Background(), match.Request{Vraagstuk: "demo-v-woo-zoeken-email", Supply: []match.Supply{match.Lectoraat}, Today: today})
	if err != nil {
		t.Fatal(err)
	}
	declined := 0
	for _, one := range a.Matches {
		if one.Declined != nil {
			declined++
			if one.ID != "demo-l-kwaliteit-van-gegevens" || !strings.HasPrefix(*one.Declined, "Opdrachtgever wilde") {
				t.Errorf("%s was declined: %s", one.ID, *one.Declined)
			}
		}
	}
	if declined != 1 {
		t.Errorf("%d candidates were declined, want 1", declined)
	}
}

// What whyNot proposes does bring the candidate among the first ten, when it is done.
func TestWhatWhyNotProposesWorks(t *testing.T) {
	store, _ := demotest.Open(t, sqlite.Options{})
	m, ctx := match.New(store), context.Background()
	tried := 0
	for _, vraagstuk := range []string{"demo-v-gijzeling-uitkeringen", "demo-v-woo-zoeken-email", "demo-v-kosten-grote-projecten", "demo-v-vog-ketenduur"} {
		req := match.WhyNotRequest{Vraagstuk: vraagstuk, Candidate: "demo-p-pim-drukinktkade", Today: today}
		w, err := m.WhyNot(ctx, req)
		if err != nil {
			t.Fatal(err)
		}
		if w.Rank <= match.FirstFew || len(w.Short) == 0 || w.Match.Score >= w.Needed {
			t.Errorf("%s: rank %d, %d factors short, score %g of %g", vraagstuk, w.Rank, len(w.Short), w.Match.Score, w.Needed)
		}
		var changes []graph.Change
		for _, step := range w.Changes {
			switch step.Factor {
			case match.Themes:
				changes = append(changes, graph.Change{Op: graph.Connect, Type: "EXPERT_IN", From: req.Candidate, To: step.Theme, Props: map[string]any{"level": "EXPERT"}})
			case match.Availability:
				changes = append(changes, graph.Change{Op: graph.UpdateNode, Label: "Person", ID: req.Candidate, Props: map[string]any{"availableHours": int64(step.Amount)}})
			default:
				changes = nil
			}
		}
		if len(changes) == 0 {
			continue
		}
		tried++
		if _, err := store.Apply(ctx, "test", changes); err != nil {
			t.Fatal(err)
		}
		after, err := m.WhyNot(ctx, req)
		if err != nil {
			t.Fatal(err)
		}
		if after.Rank != w.RankAfter || after.Rank > match.FirstFew || after.Changes != nil {
			t.Errorf("%s: rank %d after %d changes, %d was foretold", vraagstuk, after.Rank, len(changes), w.RankAfter)
		}
	}
	if tried < 2 {
		t.Errorf("only %d questions had a change to try", tried)
	}
	if _, err := m.WhyNot(ctx, match.WhyNotRequest{Vraagstuk: "demo-v-vog-ketenduur", Candidate: "demo-p-sem-nergens", Today: today}); graph.CodeOf(err) != graph.NotFound {
		t.Errorf("unknown candidate: %v", err)
	}
}

func TestATeamCoversTheThemes(t *testing.T) {
	m, ctx := demo(t), context.Background()
	for _, vraagstuk := range []string{"demo-v-gijzeling-uitkeringen", "demo-v-zorgpas-wallet", "demo-v-mainframe-afscheid"} {
		team, err := m.Team(ctx, match.TeamRequest{Vraagstuk: vraagstuk, Size: 5, Today: today})
		if err != nil {
			t.Fatal(err)
		}
		if len(team.Matches) == 0 || len(team.Matches) > 5 || len(team.Uncovered) > 0 {
			t.Errorf("%s: a team of %d, %v uncovered", vraagstuk, len(team.Matches), team.Uncovered)
		}
		one, err := m.Team(ctx, match.TeamRequest{Vraagstuk: vraagstuk, Size: 3, MaxInstitutions: 1, Today: today})
		if err != nil {
			t.Fatal(err)
		}
		for _, member := range one.Matches {
			if member.Home.Institution != one.Matches[0].Home.Institution {
				t.Errorf("%s: %s is from another institution", vraagstuk, member.ID)
			}
		}
		alone, err := m.Team(ctx, match.TeamRequest{Vraagstuk: vraagstuk, Size: 1, Today: today})
		if err != nil || len(alone.Matches) != 1 || len(alone.Uncovered) < len(team.Uncovered) {
			t.Errorf("%s: alone %v, %v", vraagstuk, alone, err)
		}
	}
	for _, size := range []int{0, 11} {
		if _, err := m.Team(ctx, match.TeamRequest{Vraagstuk: "demo-v-vog-ketenduur", Size: size}); graph.CodeOf(err) != graph.BadUserInput {
			t.Errorf("size %d: %v", size, err)
		}
	}
}

// The image that was kept up with the change log is the one that would be read anew.
func TestTheImageKeepsUpWithWrites(t *testing.T) {
	store, _ := demotest.Open(t, sqlite.Options{})
	m, ctx := match.New(store), context.Background()
	if err := m.Warm(ctx); err != nil {
		t.Fatal(err)
	}
	req := match.Request{Text: "Hoe herkennen we zeemeerminnen met sonarbeelden van ransomware?", Supply: []match.Supply{match.Lector, match.Lectoraat}, Today: today}
	lector := "demo-p-thijs-beukenstroom"
	for _, changes := range [][]graph.Change{
		{{Op: graph.CreateNode, Label: "Publication", ID: "x", Props: map[string]any{"title": "Zeemeerminnen", "abstract": "Over sonarbeelden van zeemeerminnen."}},
			{Op: graph.Connect, Type: "AUTHORED_BY", From: "x", To: lector}, {Op: graph.Connect, Type: "ABOUT", From: "x", To: "ransomware"}},
		{{Op: graph.UpdateNode, Label: "Publication", ID: "x", Props: map[string]any{"abstract": "Over iets anders."}}},
		{{Op: graph.Disconnect, Type: "AUTHORED_BY", From: "x", To: lector}},
		{{Op: graph.DeleteNode, Label: "Publication", ID: "x", Cascade: true}},
		{{Op: graph.DeleteNode, Label: "Lectoraat", ID: "demo-l-gijzeling-en-herstel", Cascade: true}},
	} {
		if _, err := store.Apply(ctx, "test", changes); err != nil {
			t.Fatal(err)
		}
		kept, err := m.Match(ctx, req)
		if err != nil {
			t.Fatal(err)
		}
		anew, err := match.New(store).Match(ctx, req)
		if err != nil {
			t.Fatal(err)
		}
		if len(kept.Matches) != len(anew.Matches) {
			t.Fatalf("after %v: %d candidates, read anew %d", changes[0], len(kept.Matches), len(anew.Matches))
		}
		for i, one := range kept.Matches {
			if j := slices.Index(anew.Ranking, one.ID); j < 0 || math.Abs(anew.Matches[j].Score-one.Score) > 1e-9 {
				t.Errorf("after %v: %s at %d scores %g, read anew it does not", changes[0], one.ID, i, one.Score)
			}
		}
	}
}
