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
	s := rd.blank(r.Today)
	s.p.reset(n)
	sp.read(&s.reader, &s.p)
	votes := map[int32]float64{}
	for _, w := range s.p.works {
		if doc := rd.c.Nodes[w.node].Doc; doc >= 0 {
			votes[doc] += w.share
		}
	}
	f := &fitter{rd: rd, r: r, n: n, sp: sp, vectors: rd.c.Vectors(rd.c.WalkBack(votes)), all: rd.c.Of("Vraagstuk")}
	parts := max(1, min(runtime.GOMAXPROCS(0), len(f.all)/share))
	found, errs := make([][]ranked, parts), make([]error, parts)
	var wait sync.WaitGroup
	for i := range parts {
		wait.Go(func() { found[i], errs[i] = f.part(ctx, i, parts) })
	}
	wait.Wait()
	out := slices.Concat(found...)
	slices.SortFunc(out, compareRanked)
	return out, errors.Join(errs...)
}

// blank returns a scorer for prepare to take the memory of.
func (rd *reading) blank(today time.Time) *scorer {
	return &scorer{reading: rd, reader: reader{c: rd.c, today: today.Format(day)},
		serves: make([]float64, len(rd.c.Nodes)), p: profile{seen: make([]int32, len(rd.c.Nodes))}}
}

// fitter scores vraagstukken for one candidate.
type fitter struct {
	rd      *reading
	r       FitsRequest
	n       int32
	sp      spec
	vectors [2][]float64
	all     []int32
}

// part scores every so many vraagstukken.
func (f *fitter) part(ctx context.Context, from, step int) ([]ranked, error) {
	var out []ranked
	rd, old := f.rd, f.rd.blank(f.r.Today)
	for i := from; i < len(f.all); i += step {
		v := f.all[i]
		if rd.c.Nodes[v].Status != "OPEN" {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, graph.Wrap(graph.Timeout, err, "there was no time to look at all vraagstukken")
		}
		req := Request{Vraagstuk: rd.c.Nodes[v].ID, Weights: f.r.Weights, Today: f.r.Today}
		q, err := rd.understand(req)
		if err != nil {
			return nil, err
		}
		s, err := rd.prepare(q, req, old)
		if err != nil {
			continue // none of the weighed factors applies to this one
		}
		old = s
		s.text = func(*profile) float64 { return q.query.Dot(f.vectors[q.query.Lang]) }
		s.doc = func(doc int32) float64 { return rd.c.DocScore(q.query, doc) }
		if values, score := s.measure(f.sp, f.n); s.supported(values) {
			out = append(out, ranked{node: v, id: req.Vraagstuk, score: score})
		}
	}
	return out, nil
}

// day is how a Date is written.
const day = time.DateOnly

// joined lists names in a message.
func joined(names []string) string { return strings.Join(names, ", ") }
