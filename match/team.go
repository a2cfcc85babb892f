package match

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// TeamRequest asks for people who can take on a vraagstuk together.
type TeamRequest struct {
	Vraagstuk string
	// Size is the highest number of people, MaxInstitutions that of institutions they
	// are from, 0 for any number.
	Size, MaxInstitutions int
	Weights               Weights
	Today                 time.Time
}

// MaxTeam is the largest team that can be asked for.
const MaxTeam = 10

// Team is an answer to that.
type Team struct {
	*Answer
	// Uncovered are the themes that nobody in the team knows well enough.
	Uncovered []string
}

// coverFrom is how well someone must know a theme, or one near it, to cover it: a beginner
// covers it, and an expert in a narrower theme; who knows but the broader one does not.
const coverFrom = 0.5

// starts is how many of the best candidates a team is built around, each in turn, and
// teamPool how many it is built from.
const starts, teamPool = 30, 400

// Team finds lectoren who cover the themes of a vraagstuk together: as many themes as
// can be found, by their weight, then as well as can be, then by their own scores.
// Picking the best team is set cover, so it is approached: from each of the best
// candidates the one who adds most is added until the team is full, and then each
// member is exchanged for whoever would add more (Nemhauser, Wolsey & Fisher 1978: 63 %
// of the best at least). Errors are those of Match.
func (m *Matcher) Team(ctx context.Context, r TeamRequest) (*Team, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	var t *Team
	err := m.use(ctx, func(rd *reading) error {
		s, err := rd.scorer(Request{Vraagstuk: r.Vraagstuk, Weights: r.Weights, Today: r.Today})
		if err != nil {
			return err
		}
		defer s.close()
		ranking, err := s.rank([]Supply{Lector})
		if err != nil {
			return err
		}
		b := &builder{s: s, r: r}
		b.pool(ranking)
		best := b.best()
		t = &Team{Answer: &Answer{Total: len(best), Names: map[string]Name{}}}
		t.understood(rd, s.q)
		for _, one := range best {
			t.Ranking = append(t.Ranking, one.id)
			t.Matches = append(t.Matches, s.explain(one.ranked, t.Answer))
		}
		for i, theme := range s.q.themes {
			if b.cover(best, i) < coverFrom {
				t.Uncovered = append(t.Uncovered, t.name(rd, theme.node))
			}
		}
		return nil
	})
	return t, err
}

func (r TeamRequest) check() error {
	switch {
	case r.Vraagstuk == "":
		return graph.Errorf(graph.BadUserInput, "vraagstuk is empty; name a question in the graph")
	case r.Size < 1 || r.Size > MaxTeam:
		return graph.Errorf(graph.BadUserInput, "size is %d; it must be 1 to %d", r.Size, MaxTeam)
	case r.MaxInstitutions < 0:
		return graph.Errorf(graph.BadUserInput, "maxInstitutions is %d; it must be 1 or more", r.MaxInstitutions)
	}
	return r.Weights.check()
}

// builder builds a team.
type builder struct {
	s    *scorer
	r    TeamRequest
	from []able
}

// able is a candidate with how well it covers each theme of the question.
type able struct {
	ranked
	institution int32
	covers      []float64
}

// pool keeps the best candidates, and of each theme those who know it best.
func (b *builder) pool(ranking []ranked) {
	s := b.s
	var all []able
	for _, one := range ranking {
		s.measure(specs[Lector], one.node)
		a := able{ranked: one, institution: s.p.home.institution, covers: make([]float64, len(s.q.themes))}
		for _, tie := range s.p.ties {
			for i, reach := range s.reach[tie.theme] {
				a.covers[i] = max(a.covers[i], reach*tie.strength)
			}
		}
		all = append(all, a)
	}
	b.from = slices.Clone(all[:min(teamPool, len(all))])
	for i := range s.q.themes {
		rest := slices.Clone(all[min(teamPool, len(all)):])
		slices.SortStableFunc(rest, func(x, y able) int { return cmp.Compare(y.covers[i], x.covers[i]) })
		b.from = append(b.from, rest[:min(MaxTeam, len(rest))]...)
	}
}

// best builds a team around each of the first candidates, and keeps the best of them.
func (b *builder) best() []able {
	var best []able
	for i := range min(starts, len(b.from)) {
		team := b.exchange(b.grow([]able{b.from[i]}))
		if best == nil || b.worth(team) > b.worth(best) {
			best = team
		}
	}
	slices.SortFunc(best, func(x, y able) int { return compareRanked(x.ranked, y.ranked) })
	return best
}

// grow adds who adds most, until the team is full or all themes are covered.
func (b *builder) grow(team []able) []able {
	for len(team) < b.r.Size && !b.complete(team) {
		next, top := -1, b.worth(team)
		for i, a := range b.from {
			with := append(slices.Clip(team), a)
			if !b.allowed(with) {
				continue
			}
			if w := b.worth(with); w > top {
				next, top = i, w
			}
		}
		if next < 0 {
			break
		}
		team = append(slices.Clip(team), b.from[next])
	}
	return team
}

// exchange replaces members as long as that makes the team better.
func (b *builder) exchange(team []able) []able {
	team = slices.Clone(team)
	for better := true; better; {
		better = false
		for i := range team {
			top := b.worth(team)
			for _, a := range b.from {
				with := slices.Clone(team)
				with[i] = a
				if b.allowed(with) && b.worth(with) > top+1e-12 {
					team, top, better = with, b.worth(with), true
				}
			}
		}
	}
	return team
}

// allowed tells whether nobody is in the team twice, nor too many institutions.
func (b *builder) allowed(team []able) bool {
	var institutions []int32
	for i, a := range team {
		if slices.ContainsFunc(team[:i], func(x able) bool { return x.node == a.node }) {
			return false
		}
		if !slices.Contains(institutions, a.institution) {
			institutions = append(institutions, a.institution)
		}
	}
	return b.r.MaxInstitutions == 0 || len(institutions) <= b.r.MaxInstitutions
}

// cover returns how well a team covers a theme: as its best member does.
func (b *builder) cover(team []able, theme int) float64 {
	best := 0.0
	for _, a := range team {
		best = max(best, a.covers[theme])
	}
	return best
}

func (b *builder) complete(team []able) bool {
	for i := range b.s.q.themes {
		if b.cover(team, i) < coverFrom {
			return false
		}
	}
	return true
}

// worth compares teams: themes covered count most, how well a tenth of that, and the
// members' mean score a hundredth.
func (b *builder) worth(team []able) float64 {
	sum, score := 0.0, 0.0
	for i, t := range b.s.q.themes {
		c := b.cover(team, i)
		if c >= coverFrom {
			sum += t.Weight / b.s.total
		}
		sum += 0.1 * c * t.Weight / b.s.total
	}
	for _, a := range team {
		score += a.score / float64(len(team))
	}
	return sum + 0.01*score
}
