package match

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Matcher answers requests from a store. It holds no state of its own and is safe
// for concurrent use.
type Matcher struct{ store graph.Store }

// New returns a Matcher on the store.
func New(store graph.Store) *Matcher { return &Matcher{store: store} }

// Match ranks the candidates for a question. Errors are NotFound for an unknown
// vraagstuk, theme or region, BadUserInput for a request that makes no sense, and
// those of the store.
func (m *Matcher) Match(ctx context.Context, r Request) (*Answer, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	tree, err := readThesaurus(ctx, m.store)
	if err != nil {
		return nil, err
	}
	q, err := m.understand(ctx, r, tree)
	if err != nil {
		return nil, err
	}
	s := &scorer{q: q, thisYear: r.Today.Year()}
	if s.docs, s.bestDoc, err = m.documents(ctx, q); err != nil {
		return nil, err
	}
	if r.Themes == nil {
		q.infer(s.docs)
	}
	rd := &reader{names: map[string]Name{}, today: r.Today.Format("2006-01-02"), documentIDs: slices.Sorted(maps.Keys(s.docs))}
	if s.within, err = m.regions(ctx, q, rd); err != nil {
		return nil, err
	}
	near := map[string]bool{}
	for _, t := range q.themes {
		reach := tree.reach(t.ID)
		s.reach = append(s.reach, reach)
		for id := range reach {
			near[id] = true
			rd.names[id] = tree.themes[id].name
		}
	}
	rd.themeIDs = slices.Sorted(maps.Keys(near))
	w, err := r.weights(map[Factor]bool{Themes: len(q.themes) > 0, Text: len(q.terms) > 0, TrackRecord: true, Region: len(q.regions) > 0})
	if err != nil {
		return nil, err
	}
	matches, err := m.rank(ctx, r, s, rd, w)
	if err != nil {
		return nil, err
	}
	return &Answer{Matches: matches, Names: rd.names, Understood: Understood{Themes: q.themes, Words: q.words(), Regions: q.regions}}, nil
}

// rank reads and scores the candidates of every kind that was asked for.
func (m *Matcher) rank(ctx context.Context, r Request, s *scorer, rd *reader, w Weights) ([]*Match, error) {
	var out []*Match
	for _, kind := range slices.Compact(slices.Sorted(slices.Values(r.Supply))) {
		sp, ok := specs[kind]
		if !ok {
			return nil, graph.Errorf(graph.BadUserInput, "%q is no kind of candidate", kind)
		}
		profiles, err := m.profiles(ctx, sp, rd)
		if err != nil {
			return nil, err
		}
		for _, p := range profiles {
			if match := s.score(p, w); match.Score > 0 {
				out = append(out, match)
			}
		}
	}
	slices.SortFunc(out, func(a, b *Match) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID)) })
	return out, nil
}

// regions reads what larger regions the question's regions lie in.
func (m *Matcher) regions(ctx context.Context, q *question, rd *reader) (map[string][]string, error) {
	if len(q.regions) == 0 {
		return nil, nil //nolint:nilnil // no region, nothing larger
	}
	sel := every("name", "nameEn")
	sel.Labels, sel.Where = []string{"Region"}, byID(q.regions)
	sel.Links = []graph.Link{link("within", regionOf, every())}
	res, err := m.store.Read(ctx, graph.Query{Root: sel})
	if err != nil {
		return nil, err
	}
	within := map[string][]string{}
	for _, row := range res.Rows {
		rd.name(row.Node)
		within[row.Node.ID] = ids(row.Node.Links["within"])
	}
	for _, id := range q.regions {
		if _, ok := within[id]; !ok {
			return nil, graph.Errorf(graph.NotFound, "there is no region %q; search for its id with suggest(types: [Region])", id)
		}
	}
	return within, nil
}
