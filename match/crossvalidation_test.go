package match_test

import (
	"context"
	"slices"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/match"
	"github.com/i-partnerschap/kennisgraaf/match/evaluation"
)

// The default weights were chosen on the golden set that they are measured on, which
// flatters them. Here weights are chosen on four fifths of the questions, from equal ones on,
// and measured on the others.
const (
	folds = 5
	// crossFloor is what weights must reach that never saw the questions.
	crossFloor = 0.75
)

var factors = [...]match.Factor{match.Themes, match.Text, match.TrackRecord, match.Region, match.Availability, match.Network}

// weights are those of the factors, and a candidate's values too.
type weights [len(factors)]float64

// trial is a question with the values of all candidates that anything speaks for, by lectoraat.
type trial struct {
	golden
	candidates map[string][]weights
}

func trials(t *testing.T) []trial {
	t.Helper()
	var out []trial
	for _, g := range readGolden(t) {
		a, err := demo(t).Match(context.Background(), match.Request{Vraagstuk: g.Vraagstuk, Text: g.Text, Supply: []match.Supply{match.Lector}, Today: today})
		if err != nil {
			t.Fatal(err)
		}
		one := trial{golden: g, candidates: map[string][]weights{}}
		for _, m := range a.Matches {
			var values weights
			for _, f := range m.Factors {
				values[slices.Index(factors[:], f.Factor)] = f.Value
			}
			if l := m.Home.Lectoraat; l != "" {
				one.candidates[l] = append(one.candidates[l], values)
			}
		}
		out = append(out, one)
	}
	return out
}

// measure ranks the lectoraten by their best lector, by values and weights.
func (q trial) measure(w weights) float64 {
	scores := map[string]float64{}
	for lectoraat, candidates := range q.candidates {
		for _, values := range candidates {
			score := 0.0
			for i, v := range values {
				score += w[i] * v
			}
			scores[lectoraat] = max(scores[lectoraat], score)
		}
	}
	return evaluation.Measure(evaluation.Ranking(scores), q.Grades).NDCG10
}

func mean(all []trial, w weights) float64 {
	sum := 0.0
	for _, q := range all {
		sum += q.measure(w) / float64(len(all))
	}
	return sum
}

// choose looks for the best weights, one factor at a time, until none gets better.
func choose(all []trial) weights {
	w := weights{1, 1, 1, 1, 1, 1}
	best := mean(all, w)
	for better := true; better; {
		better = false
		for i := range w {
			for _, v := range []float64{0, 0.05, 0.1, 0.2, 0.35, 0.6, 1} {
				try := w
				try[i] = v
				if got := mean(all, try); got > best+1e-9 {
					best, w, better = got, try, true
				}
			}
		}
	}
	return w
}

func TestWeightsHoldOnQuestionsThatTheyWereNotChosenOn(t *testing.T) {
	all := trials(t)
	var held, defaults []float64
	var standard weights
	for i, f := range factors {
		standard[i] = match.DefaultWeights()[f]
	}
	for fold := range folds {
		var train, other []trial
		for i, q := range all {
			if i%folds == fold {
				other = append(other, q)
			} else {
				train = append(train, q)
			}
		}
		w := choose(train)
		t.Logf("fold %d: nDCG@10 %.3f on %d questions, %.3f on the %d others, weights %.2v", fold+1, mean(train, w), len(train), mean(other, w), len(other), w)
		for _, q := range other {
			held, defaults = append(held, q.measure(w)), append(defaults, q.measure(standard))
		}
	}
	cross, plain := evaluation.Bootstrap(held), evaluation.Bootstrap(defaults)
	t.Logf("nDCG@10 %.3f [%.3f, %.3f] with weights chosen on other questions, %.3f [%.3f, %.3f] with the default ones; chosen on all: %.2v",
		cross.Mean, cross.Low, cross.High, plain.Mean, plain.Low, plain.High, choose(all))
	if len(held) < 40 || cross.Mean < crossFloor {
		t.Errorf("nDCG@10 %.3f on %d questions, want %.2f", cross.Mean, len(held), crossFloor)
	}
}
