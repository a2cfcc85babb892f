package match

import (
	"context"
	"math/bits"
	"slices"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// FirstFew is how far down a ranking is worth being, for whyNot.
const FirstFew = 10

// WhyNotRequest asks why a candidate is not among the first for a vraagstuk.
type WhyNotRequest struct {
	Vraagstuk, Candidate string
	Weights              Weights
	Today                time.Time
}

// WhyNot tells where a candidate stands and what is missing.
type WhyNot struct {
	*Answer
	// Match is the candidate's own.
	Match *Match
	// Rank is its place among candidates of its kind, from 1; 0 where nothing speaks for it.
	Rank int
	// Needed is the score of the last of the first few, 0 where there are fewer.
	Needed float64
	// Short holds the factors in which it stays behind the mean of the first few, the
	// one that costs most first.
	Short []Shortfall
	// Changes is the smallest change that brings it among them: nil where it is there,
	// or where no change of what is known of it would do. RankAfter is its rank then.
	Changes   []Step
	RankAfter int
}

// Shortfall is a factor in which a candidate stays behind.
type Shortfall struct {
	Factor Factor
	// Behind is how much the score misses by it.
	Behind float64
}

// Step is a change in what the graph knows of a candidate.
type Step struct {
	// Factor says what kind of change it is: a theme that it is an expert in (or about),
	// hours that it is available, or recent works that fit.
	Factor Factor
	// Theme is the theme, "" for hours.
	Theme string
	// Amount is the number of hours a week, or of works; 1 for a theme.
	Amount int
	theme  int32
}

// WhyNot compares a candidate with the first of a ranking. Errors are those of Match,
// and NotFound for an unknown candidate.
func (m *Matcher) WhyNot(ctx context.Context, r WhyNotRequest) (*WhyNot, error) {
	if err := r.Weights.check(); err != nil {
		return nil, err
	}
	if r.Vraagstuk == "" {
		return nil, graph.Errorf(graph.BadUserInput, "vraagstuk is empty; name a question in the graph")
	}
	var w *WhyNot
	err := m.use(ctx, func(rd *reading) error {
		n, kind, err := rd.candidate(r.Candidate)
		if err != nil {
			return err
		}
		s, err := rd.scorer(Request{Vraagstuk: r.Vraagstuk, Weights: r.Weights, Today: r.Today})
		if err != nil {
			return err
		}
		defer s.close()
		ranking, err := s.rank([]Supply{kind})
		if err != nil {
			return err
		}
		w = &WhyNot{Answer: &Answer{Total: len(ranking), Names: map[string]Name{}}}
		w.understood(rd, s.q)
		w.Rank = 1 + slices.IndexFunc(ranking, func(x ranked) bool { return x.node == n })
		w.Match = s.explain(ranked{node: n}, w.Answer)
		top := ranking[:min(FirstFew, len(ranking))]
		if len(top) == FirstFew {
			w.Needed = top[FirstFew-1].score
		}
		w.Short = s.short(specs[kind], n, top)
		if w.Rank == 0 || w.Rank > FirstFew {
			w.Changes, w.RankAfter = s.smallest(specs[kind], n, ranking)
		}
		for _, step := range w.Changes {
			if step.Theme != "" {
				w.name(rd, step.theme)
			}
		}
		return nil
	})
	return w, err
}

// short compares a candidate's factors with those of the first few.
func (s *scorer) short(sp spec, n int32, top []ranked) []Shortfall {
	var mean [len(factors)]float64
	for _, one := range top {
		values, _ := s.measure(sp, one.node)
		for i, v := range values {
			mean[i] += v / float64(len(top))
		}
	}
	values, _ := s.measure(sp, n)
	var out []Shortfall
	for i, f := range factors {
		if behind := s.weights[i] * (mean[i] - values[i]); behind > 0 {
			out = append(out, Shortfall{Factor: f, Behind: behind})
		}
	}
	slices.SortStableFunc(out, func(a, b Shortfall) int {
		switch {
		case a.Behind > b.Behind:
			return -1
		case a.Behind < b.Behind:
			return 1
		}
		return 0
	})
	return out
}

// The most that a change may hold.
const (
	maxSteps = 8
	maxWorks = 10
)

// smallest finds the fewest steps that bring a candidate among the first few: of
// equally many those that bring it highest. Works come last, being most to ask.
func (s *scorer) smallest(sp spec, n int32, ranking []ranked) ([]Step, int) {
	options := s.options(n)
	for size := 1; size <= len(options); size++ {
		var best []Step
		top := 0.0
		for set := range 1 << len(options) {
			if bits.OnesCount(uint(set)) != size {
				continue
			}
			steps := pick(options, set)
			if score := s.after(sp, n, steps); score > top {
				top, best = score, steps
			}
		}
		if rank := s.rankOf(n, top, ranking); rank <= FirstFew {
			return best, rank
		}
	}
	if len(s.q.themes) == 0 {
		return nil, 0
	}
	heaviest := slices.MaxFunc(s.q.themes, func(a, b ThemeWeight) int {
		switch {
		case a.Weight < b.Weight:
			return -1
		case a.Weight > b.Weight:
			return 1
		}
		return 0
	})
	for works := 1; works <= maxWorks; works++ {
		steps := append(slices.Clone(options), Step{Factor: TrackRecord, Theme: heaviest.ID, theme: heaviest.node, Amount: works})
		if rank := s.rankOf(n, s.after(sp, n, steps), ranking); rank <= FirstFew {
			return steps, rank
		}
	}
	return nil, 0
}

// options returns the steps that could help.
func (s *scorer) options(n int32) []Step {
	var out []Step
	for _, t := range s.q.themes {
		if len(out) < maxSteps-1 {
			out = append(out, Step{Factor: Themes, Theme: t.ID, theme: t.node, Amount: 1})
		}
	}
	if label := s.reading.c.Nodes[n].Label; label == "Person" || label == "Lectoraat" {
		out = append(out, Step{Factor: Availability, Amount: fullHours})
	}
	return out
}

func pick(options []Step, set int) []Step {
	var out []Step
	for i, o := range options {
		if set&(1<<i) != 0 {
			out = append(out, o)
		}
	}
	return out
}

// after scores a candidate as it would be.
func (s *scorer) after(sp spec, n int32, steps []Step) float64 {
	s.p.reset(n)
	sp.read(&s.reader, &s.p)
	works := 0
	for _, step := range steps {
		switch step.Factor {
		case Themes:
			s.p.ties = append(s.p.ties, tie{theme: step.theme, at: n, relation: own, strength: 1})
		case Availability:
			s.p.free = append(s.p.free[:0], fact{node: n, relation: own, value: 1})
		default:
			works = step.Amount
		}
	}
	_, score := s.weigh(float64(works))
	return score
}

// rankOf returns the rank of a candidate that had that score.
func (s *scorer) rankOf(n int32, score float64, ranking []ranked) int {
	me := ranked{node: n, id: s.reading.c.Nodes[n].ID, score: score}
	rank := 1
	for _, one := range ranking {
		if one.node != n && compareRanked(one, me) < 0 {
			rank++
		}
	}
	return rank
}
