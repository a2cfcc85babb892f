package resolvers

import (
	"context"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/match"
)

// Fits resolves the root field fits.
func (r *queryResolver) Fits(ctx context.Context, candidate string, _ *int, _ *string) (*MatchConnection, error) {
	// The order stands for the question, so that a cursor of another one is refused.
	order := []graph.Order{{Relevance: &graph.Matches{Text: "fits\n" + candidate}, Desc: true}}
	args, err := r.rt.PageArguments(ctx, order)
	if err != nil {
		return nil, err
	}
	answer, err := r.matcher.Fits(ctx, match.FitsRequest{Candidate: candidate, Today: time.Now(),
		First: args.Limit + 1, After: placeAfter(args)})
	if err != nil {
		return nil, err
	}
	c, err := r.connection(ctx, answer, order, args)
	if c != nil {
		c.byVraagstuk = true
	}
	return c, err
}

// WhyNot tells why a candidate is not among the first.
type WhyNot struct {
	*matchRanking
	w *match.WhyNot
}

// MatchChange is a change in what is known of a candidate.
type MatchChange struct {
	*matchRanking
	step match.Step
}

// WhyNot resolves the root field whyNot.
func (r *queryResolver) WhyNot(ctx context.Context, vraagstuk, candidate string) (*WhyNot, error) {
	w, err := r.matcher.WhyNot(ctx, match.WhyNotRequest{Vraagstuk: vraagstuk, Candidate: candidate, Today: time.Now()})
	if err != nil {
		return nil, err
	}
	out := &WhyNot{matchRanking: &matchRanking{answer: w.Answer}, w: w}
	out.net, err = r.rt.Network(ctx, "", out.ids([]*match.Match{w.Match}), append(below(matchFields, "match"), []string{"changes", "theme"})...)
	return out, err
}

// Match returns the candidate's own match.
func (w *WhyNot) Match() *Match { return &Match{matchRanking: w.matchRanking, m: w.w.Match} }

// Rank returns its place.
func (w *WhyNot) Rank() int { return w.w.Rank }

// Needed returns the score of number ten.
func (w *WhyNot) Needed() float64 { return w.w.Needed }

// Short returns the factors that fall short, worst first.
func (w *WhyNot) Short() []string {
	out := make([]string, len(w.w.Short))
	for i, s := range w.w.Short {
		out[i] = string(s.Factor)
	}
	return out
}

// Changes returns the smallest change that helps.
func (w *WhyNot) Changes() []*MatchChange {
	out := make([]*MatchChange, len(w.w.Changes))
	for i, step := range w.w.Changes {
		out[i] = &MatchChange{w.matchRanking, step}
	}
	return out
}

// RankAfter returns the place after that change, nil without one.
func (w *WhyNot) RankAfter() *int {
	if len(w.w.Changes) == 0 {
		return nil
	}
	return &w.w.RankAfter
}

// Kind returns the factor that changes.
func (c *MatchChange) Kind() string { return string(c.step.Factor) }

// Theme returns the theme, nil for hours.
func (c *MatchChange) Theme(ctx context.Context) *Theme {
	theme, _ := c.net.Node(ctx, c.step.Theme).(*Theme)
	return theme
}

// Amount returns the number of hours or works.
func (c *MatchChange) Amount() int { return c.step.Amount }

// Team is people who take on a question together.
type Team struct {
	*matchRanking
	t *match.Team
}

// Team resolves the root field team.
func (r *queryResolver) Team(ctx context.Context, vraagstuk string, size, maxInstitutions *int) (*Team, error) {
	req := match.TeamRequest{Vraagstuk: vraagstuk, Today: time.Now()}
	if size != nil {
		req.Size = *size
	}
	if maxInstitutions != nil {
		if req.MaxInstitutions = *maxInstitutions; req.MaxInstitutions == 0 {
			return nil, graph.Errorf(graph.BadUserInput, "maxInstitutions is 0; it must be 1 or more")
		}
	}
	t, err := r.matcher.Team(ctx, req)
	if err != nil {
		return nil, err
	}
	out := &Team{matchRanking: &matchRanking{answer: t.Answer}, t: t}
	out.net, err = r.rt.Network(ctx, "", out.ids(t.Matches), append(below(matchFields, "members"), []string{"uncovered"})...)
	return out, err
}

// Members returns the team, best first.
func (t *Team) Members() []*Match {
	out := make([]*Match, len(t.t.Matches))
	for i, m := range t.t.Matches {
		out[i] = &Match{matchRanking: t.matchRanking, m: m}
	}
	return out
}

// Uncovered returns the themes that nobody in the team knows well enough.
func (t *Team) Uncovered(ctx context.Context) []*Theme {
	out := []*Theme{}
	for _, id := range t.t.Uncovered {
		if theme, ok := t.net.Node(ctx, id).(*Theme); ok {
			out = append(out, theme)
		}
	}
	return out
}
