package resolvers

import (
	"context"
	"slices"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/match"
	"github.com/i-partnerschap/kennisgraaf/resolvers/lookahead"
)

// matchRanking is what the types of a match share: one ranking, and the nodes it speaks of.
type matchRanking struct {
	answer *match.Answer
	net    *lookahead.Network
	order  []graph.Order
	// byVraagstuk tells that vraagstukken are ranked for one candidate.
	byVraagstuk bool
}

// MatchConnection is a page of matches.
type MatchConnection struct {
	*matchRanking
	page []*match.Match
	args graph.Page
	more bool
}

// MatchEdge is a place among the matches.
type MatchEdge struct{ match *Match }

// Match is one candidate.
type Match struct {
	*matchRanking
	m *match.Match
}

// MatchFactor is a part of a score.
type MatchFactor struct {
	*matchRanking
	score match.Score
}

// MatchEvidence is a fact that supports a match.
type MatchEvidence struct {
	*matchRanking
	e match.Evidence
}

// MatchUnderstood tells how the question was understood.
type MatchUnderstood struct{ *matchRanking }

// UnderstoodTheme is a theme of the question.
type UnderstoodTheme struct {
	*matchRanking
	theme match.ThemeWeight
}

// Match resolves the root field match.
func (r *queryResolver) Match(ctx context.Context, vraagstuk, text *string, themes, regions, supply []string, weights lookahead.Input, _ *int, _ *string) (*MatchConnection, error) {
	req := match.Request{Themes: themes, Regions: regions, Weights: matchWeights(weights), Today: time.Now()}
	if vraagstuk != nil {
		req.Vraagstuk = *vraagstuk
	}
	if text != nil {
		req.Text = *text
	}
	for _, s := range supply {
		req.Supply = append(req.Supply, match.Supply(s))
	}
	// The order stands for the question, so that a cursor of another one is refused.
	order := []graph.Order{{Relevance: &graph.Matches{Text: req.Vraagstuk + "\n" + req.Text}, Desc: true}}
	args, err := r.rt.PageArguments(ctx, order)
	if err != nil {
		return nil, err
	}
	// One more than the page tells whether there is a next one.
	req.First, req.After = args.Limit+1, placeAfter(args)
	answer, err := r.matcher.Match(ctx, req)
	if err != nil {
		return nil, err
	}
	return r.connection(ctx, answer, order, args)
}

// placeAfter returns the place that a cursor stands for, nil without one.
func placeAfter(args graph.Page) *match.Place {
	if args.After == nil {
		return nil
	}
	score, _ := graph.Number64(args.After[0])
	id, _ := args.After[1].(string)
	return &match.Place{Score: score, ID: id}
}

// connection makes a page of an answer that has one match more than was asked for.
func (r *queryResolver) connection(ctx context.Context, answer *match.Answer, order []graph.Order, args graph.Page) (*MatchConnection, error) {
	c := &MatchConnection{matchRanking: &matchRanking{answer: answer, order: order}, args: args}
	c.more = len(answer.Matches) > args.Limit
	c.page = answer.Matches[:min(args.Limit, len(answer.Matches))]
	fields := append(below(matchFields, "nodes"), below(matchFields, "edges", "node")...)
	net, err := r.rt.Network(ctx, "", c.ids(c.page), append(fields, []string{"understood", "themes", "theme"}, []string{"understood", "regions"})...)
	c.net = net
	return c, err
}

// matchFields are the fields of a Match that return nodes.
var matchFields = [][]string{{"candidate"}, {"vraagstuk"}, {"factors", "evidence", "node"}}

// below puts the same field names before each path.
func below(paths [][]string, names ...string) [][]string {
	out := make([][]string, len(paths))
	for i, p := range paths {
		out[i] = slices.Concat(names, p)
	}
	return out
}

func matchWeights(in lookahead.Input) match.Weights {
	w := match.Weights{}
	for name, factor := range map[string]match.Factor{
		"themes": match.Themes, "text": match.Text, "trackRecord": match.TrackRecord, "region": match.Region,
		"availability": match.Availability, "network": match.Network, "semantic": match.Semantic,
	} {
		if v, ok := lookahead.Number(in[name]); ok {
			w[factor] = v
		}
	}
	return w
}

// ids lists the nodes that matches speak of.
func (c *matchRanking) ids(matches []*match.Match) []string {
	ids := slices.Clone(c.answer.Understood.Regions)
	for _, t := range c.answer.Understood.Themes {
		ids = append(ids, t.ID)
	}
	for _, m := range matches {
		ids = append(ids, m.ID)
		if m.Vraagstuk != "" {
			ids = append(ids, m.Vraagstuk)
		}
		for _, f := range m.Factors {
			for _, e := range f.Evidence {
				ids = append(ids, e.Node)
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// Nodes returns the matches of the page, the best first.
func (c *MatchConnection) Nodes() []*Match {
	out := make([]*Match, len(c.page))
	for i, m := range c.page {
		out[i] = &Match{matchRanking: c.matchRanking, m: m}
	}
	return out
}

// Edges returns the matches with their cursors.
func (c *MatchConnection) Edges() []*MatchEdge {
	out := make([]*MatchEdge, len(c.page))
	for i, m := range c.Nodes() {
		out[i] = &MatchEdge{match: m}
	}
	return out
}

// PageInfo tells where the page stands.
func (c *MatchConnection) PageInfo() *lookahead.PageInfo {
	info := &lookahead.PageInfo{HasNextPage: c.more, HasPreviousPage: c.args.After != nil}
	if edges := c.Edges(); len(edges) > 0 {
		start, end := edges[0].Cursor(), edges[len(edges)-1].Cursor()
		info.StartCursor, info.EndCursor = &start, &end
	}
	return info
}

// TotalCount returns the number of candidates.
func (c *MatchConnection) TotalCount() int { return c.answer.Total }

// Understood tells how the question was understood.
func (c *MatchConnection) Understood() *MatchUnderstood {
	return &MatchUnderstood{matchRanking: c.matchRanking}
}

// Cursor returns the cursor of the match.
func (e *MatchEdge) Cursor() string {
	id := e.match.m.ID
	if e.match.byVraagstuk {
		id = e.match.m.Vraagstuk
	}
	return graph.Cursor{e.match.m.Score, id}.Encode(e.match.order)
}

// Node returns the match.
func (e *MatchEdge) Node() *Match { return e.match }

// Words returns the words that were searched for.
func (u *MatchUnderstood) Words() []string { return append([]string{}, u.answer.Understood.Words...) }

// Themes returns the themes of the question.
func (u *MatchUnderstood) Themes() []*UnderstoodTheme {
	out := make([]*UnderstoodTheme, len(u.answer.Understood.Themes))
	for i, t := range u.answer.Understood.Themes {
		out[i] = &UnderstoodTheme{matchRanking: u.matchRanking, theme: t}
	}
	return out
}

// Regions returns the regions that count.
func (u *MatchUnderstood) Regions(ctx context.Context) []*Region {
	out := []*Region{}
	for _, id := range u.answer.Understood.Regions {
		if region, ok := u.net.Node(ctx, id).(*Region); ok {
			out = append(out, region)
		}
	}
	return out
}

// Notes tell what could not be taken into account.
func (u *MatchUnderstood) Notes() []string { return append([]string{}, u.answer.Understood.Notes...) }

// Theme returns the theme.
func (t *UnderstoodTheme) Theme(ctx context.Context) *Theme {
	theme, _ := t.net.Node(ctx, t.theme.ID).(*Theme)
	return theme
}

// Weight returns the theme's weight in the question.
func (t *UnderstoodTheme) Weight() float64 { return t.theme.Weight }

// Words returns the words by which the theme was recognised.
func (t *UnderstoodTheme) Words() []string { return append([]string{}, t.theme.Words...) }

// Score returns the score.
func (m *Match) Score() float64 { return m.m.Score }

// Candidate returns the node that is proposed.
func (m *Match) Candidate(ctx context.Context) MatchCandidate {
	candidate, _ := m.net.Node(ctx, m.m.ID).(MatchCandidate)
	return candidate
}

// Vraagstuk returns the question, nil where it is not in the graph.
func (m *Match) Vraagstuk(ctx context.Context) *Vraagstuk {
	v, _ := m.net.Node(ctx, m.m.Vraagstuk).(*Vraagstuk)
	return v
}

// Declined returns why the candidate was declined for it before.
func (m *Match) Declined() *string { return m.m.Declined }

// Factors returns what the score is made of.
func (m *Match) Factors() []*MatchFactor {
	out := make([]*MatchFactor, len(m.m.Factors))
	for i, f := range m.m.Factors {
		out[i] = &MatchFactor{matchRanking: m.matchRanking, score: f}
	}
	return out
}

// Summary tells the match in a sentence.
func (m *Match) Summary(lang string) string { return m.answer.Summary(m.m, lang) }

// Kind returns the kind of factor.
func (f *MatchFactor) Kind() string { return string(f.score.Factor) }

// Value returns the sum of the evidence.
func (f *MatchFactor) Value() float64 { return f.score.Value }

// Weight returns the share in the score.
func (f *MatchFactor) Weight() float64 { return f.score.Weight }

// Contribution returns value times weight.
func (f *MatchFactor) Contribution() float64 { return f.score.Contribution() }

// Evidence returns what the value rests on.
func (f *MatchFactor) Evidence() []*MatchEvidence {
	out := make([]*MatchEvidence, len(f.score.Evidence))
	for i, e := range f.score.Evidence {
		out[i] = &MatchEvidence{matchRanking: f.matchRanking, e: e}
	}
	return out
}

// Node returns what the fact is about.
func (e *MatchEvidence) Node(ctx context.Context) lookahead.Node { return e.net.Node(ctx, e.e.Node) }

// Relation returns the relation that ties it to the candidate.
func (e *MatchEvidence) Relation() string { return e.e.Relation }

// Value returns the part of the factor's value.
func (e *MatchEvidence) Value() float64 { return e.e.Value }

// Source returns where the fact comes from.
func (e *MatchEvidence) Source() *string { return nonEmpty(e.e.Source) }

// Date returns the day of the fact.
func (e *MatchEvidence) Date() *string { return nonEmpty(e.e.Date) }

// Words returns the words that were hit.
func (e *MatchEvidence) Words() []string { return append([]string{}, e.e.Words...) }

func nonEmpty(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
