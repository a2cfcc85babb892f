package match

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/match/corpus"
)

// FitsRequest asks for the vraagstukken that fit a candidate.
type FitsRequest struct {
	// Candidate is the id of a lector, lectoraat, institution, fieldlab or offer.
	Candidate string
	Weights   Weights
	Today     time.Time
	First     int
	After     *Place
}

// Fits ranks the open vraagstukken for a candidate. The score of a pair is that of
// Match. Errors are NotFound for an unknown candidate, and those of Match.
func (m *Matcher) Fits(ctx context.Context, r FitsRequest) (*Answer, error) {
	if err := r.Weights.check(); err != nil {
		return nil, err
	}
	var a *Answer
	err := m.use(ctx, func(rd *reading) error {
		n, kind, err := rd.candidate(r.Candidate)
		if err != nil {
			return err
		}
		ranking, err := rd.fitting(ctx, n, specs[kind], r)
		if err != nil {
			return err
		}
		a = &Answer{Total: len(ranking), Names: map[string]Name{}}
		for _, one := range ranking {
			a.Ranking = append(a.Ranking, one.id)
		}
		for _, one := range page(ranking, r.First, r.After) {
			s, err := rd.scorer(Request{Vraagstuk: one.id, Weights: r.Weights, Today: r.Today})
			if err != nil {
				return err
			}
			a.Matches = append(a.Matches, s.explain(ranked{node: n}, a))
			s.close()
		}
		return nil
	})
	return a, err
}

// candidate finds a node that can be a candidate.
func (rd *reading) candidate(id string) (int32, Supply, error) {
	n, err := rd.node(id, "Person", "Lectoraat", "Institution", "Fieldlab", "Offer")
	if err != nil {
		return 0, "", err
	}
	kind, ok := kindOf(&rd.c.Nodes[n])
	if !ok {
		return 0, "", graph.Errorf(graph.BadUserInput, "person %q is no candidate; only people with the role LECTOR are", id)
	}
	return n, kind, nil
}

// fitting scores all open vraagstukken for one candidate, on all processors. The walk is
// linear, so it is gone once, backwards from the candidate, rather than once for each vraagstuk.
func (rd *reading) fitting(ctx context.Context, n int32, sp spec, r FitsRequest) ([]ranked, error) {
	open := slices.DeleteFunc(rd.c.Of("Vraagstuk"), func(v int32) bool { return rd.c.Nodes[v].Status != "OPEN" })
	f := &fitter{rd: rd, r: r, n: n, sp: sp, asked: make([]*question, len(open))}
	if err := f.understand(ctx, open); err != nil {
		return nil, err
	}
	f.weigh()
	return shareOut(len(open), f.part), nil
}

// fitter scores vraagstukken for one candidate.
type fitter struct {
	rd    *reading
	r     FitsRequest
	n     int32
	sp    spec
	asked []*question
	// vectors tell what the candidate's texts have of each word, by language.
	vectors map[corpus.Lang][]float64
}

// understand reads the vraagstukken.
func (f *fitter) understand(ctx context.Context, open []int32) error {
	parts := runtime.GOMAXPROCS(0)
	errs := make([]error, parts)
	var wait sync.WaitGroup
	for part := range parts {
		wait.Go(func() {
			for i := part; i < len(open) && errs[part] == nil; i += parts {
				if err := ctx.Err(); err != nil {
					errs[part] = graph.Wrap(graph.Timeout, err, "there was no time to look at all vraagstukken")
					return
				}
				f.asked[i], errs[part] = f.rd.understand(Request{Vraagstuk: f.rd.c.Nodes[open[i]].ID})
			}
		})
	}
	wait.Wait()
	return errors.Join(errs...)
}

// weigh reads the candidate's texts.
func (f *fitter) weigh() {
	c := f.rd.c
	p := f.profile()
	votes := c.Numbers(c.Documents())
	for _, w := range p.works {
		if w.doc >= 0 {
			votes[w.doc] += w.share
		}
	}
	f.rd.profiles.put(p)
	wanted := map[corpus.Lang][]int32{}
	for _, q := range f.asked {
		for _, t := range q.query.Terms {
			wanted[q.query.Lang] = append(wanted[q.query.Lang], t.Stem)
		}
	}
	weights := c.WalkBack(votes)
	f.vectors = map[corpus.Lang][]float64{}
	for lang, stems := range wanted {
		slices.Sort(stems)
		f.vectors[lang] = c.Vector(weights, lang, slices.Compact(stems))
	}
	c.Release(votes, weights)
}

// profile reads the candidate, which is the same for all vraagstukken.
func (f *fitter) profile() profile {
	p := f.rd.profiles.get(len(f.rd.c.Nodes))
	p.reset(f.n)
	f.sp.read(&reader{c: f.rd.c, today: f.r.Today.Format(day)}, &p)
	return p
}

// part scores every so many vraagstukken.
func (f *fitter) part(from, step int) []ranked {
	var out []ranked
	c := f.rd.c
	last := &scorer{reading: f.rd, serves: c.Numbers(len(c.Nodes)), p: f.profile()}
	for i := from; i < len(f.asked); i += step {
		q := f.asked[i]
		req := Request{Vraagstuk: c.Nodes[q.vraagstuk].ID, Weights: f.r.Weights, Today: f.r.Today}
		s, err := f.rd.prepare(q, req, last)
		if err != nil {
			continue // none of the weighed factors applies to this one
		}
		last = s
		s.text = func(*profile) float64 { return q.query.Dot(f.vectors[q.query.Lang]) }
		s.doc = func(doc int32) float64 { return c.DocScore(q.query, doc) }
		if values, score := s.weigh(0); s.supported(values) {
			out = append(out, ranked{node: q.vraagstuk, id: req.Vraagstuk, score: score})
		}
	}
	last.close()
	return out
}

// day is how a Date is written.
const day = time.DateOnly

// joined lists names in a message.
func joined(names []string) string { return strings.Join(names, ", ") }
