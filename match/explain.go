package match

import (
	"cmp"
	"maps"
	"runtime"
	"slices"
	"sync"

	"github.com/i-partnerschap/kennisgraaf/match/corpus"
)

// explainAll writes out matches, on all processors.
func (s *scorer) explainAll(all []ranked, a *Answer) []*Match {
	out := make([]*Match, len(all))
	parts := min(runtime.GOMAXPROCS(0), len(all))
	names := make([]Answer, parts)
	var wait sync.WaitGroup
	for part := range parts {
		wait.Go(func() {
			one, done := s.copy()
			defer done()
			names[part].Names = map[string]Name{}
			for i := part; i < len(all); i += parts {
				out[i] = one.explain(all[i], &names[part])
			}
		})
	}
	wait.Wait()
	for _, n := range names {
		maps.Copy(a.Names, n.Names)
	}
	return out
}

// explain writes out a match with all its evidence.
func (s *scorer) explain(r ranked, a *Answer) *Match {
	c := s.reading.c
	kind, _ := kindOf(&c.Nodes[r.node])
	values, score := s.measure(specs[kind], r.node)
	m := &Match{ID: a.name(s.reading, r.node), Score: score, Home: s.home(a), Declined: s.declined(r.node)}
	if s.q.vraagstuk >= 0 {
		m.Vraagstuk = a.name(s.reading, s.q.vraagstuk)
	}
	for i, f := range factors {
		if s.weights[i] == 0 && !s.q.grounds(f, s.vector) {
			continue
		}
		part := Score{Factor: f, Weight: s.weights[i], Value: values[i]}
		if s.weights[i] > 0 {
			part.Evidence = s.evidence(f, values[i], a)
		}
		m.Factors = append(m.Factors, part)
	}
	return m
}

// home returns where the candidate in s.p belongs.
func (s *scorer) home(a *Answer) Home {
	id := func(n int32) string {
		if n < 0 {
			return ""
		}
		return a.name(s.reading, n)
	}
	return Home{Lectoraat: id(s.p.home.lectoraat), Institution: id(s.p.home.institution), Region: id(s.p.home.region)}
}

// declined returns why a candidate was declined for this vraagstuk, nil where it was not.
func (s *scorer) declined(n int32) *string {
	nodes := s.reading.c.Nodes
	for _, e := range nodes[n].In {
		if p := &nodes[e.To]; e.Type == corpus.Candidate && p.Status == "DECLINED" {
			for _, f := range p.Out {
				if f.Type == corpus.ProposedFor && f.To == s.q.vraagstuk {
					return &p.Text
				}
			}
		}
	}
	return nil
}

// evidence writes out the facts of one factor of the candidate in s.p.
func (s *scorer) evidence(f Factor, value float64, a *Answer) []Evidence {
	var facts []fact
	if f == Text {
		facts = s.textFacts()
	} else {
		facts = s.collect(f, nil)
	}
	sum := 0.0
	facts = s.fewer(facts)
	for _, x := range facts {
		sum += x.value
	}
	c := s.reading.c
	out := make([]Evidence, 0, len(facts))
	for _, x := range facts {
		if value == 0 {
			break
		}
		x.value *= value / sum
		at := x.node
		if x.at > 0 {
			at = x.at - 1
		}
		e := Evidence{Node: a.name(s.reading, x.node), Relation: relationName(x.relation), Value: x.value, Source: c.Nodes[at].Source, Date: c.Nodes[x.node].Date}
		if doc := c.Nodes[x.node].Doc; doc >= 0 && x.relation != via && x.relation != rest && (f == Text || f == TrackRecord) {
			e.Words = c.Hits(s.q.query, doc)
		}
		out = append(out, e)
	}
	slices.SortFunc(out, func(a, b Evidence) int {
		return cmp.Or(cmp.Compare(b.Value, a.Value), cmp.Compare(a.Node, b.Node), cmp.Compare(a.Relation, b.Relation))
	})
	return out
}

// textFacts tells what the text factor came from, in proportion: the
// candidate's own documents with the question's words, and what flowed to them by way
// of colleagues, lectoraten, themes and works.
func (s *scorer) textFacts() []fact {
	c := s.reading.c
	var out []fact
	through := map[int32]int{}
	for _, w := range s.p.works {
		doc := w.doc
		if doc < 0 {
			continue
		}
		direct := w.share * s.flow.Score[doc]
		c.Via(s.flow, doc, func(n int32, score float64) {
			part := w.share * score
			direct -= part
			i, known := through[n]
			if !known {
				i = len(out)
				through[n] = i
				out = append(out, fact{node: n, relation: via})
			}
			out[i].value += part
		})
		if s.flow.Own[doc] > 0 {
			out = append(out, fact{node: w.node, relation: w.relation, value: direct})
		}
	}
	return out
}

// The most facts of a factor that are shown one by one: what came by way of others, and
// all else.
const mostVia, mostOwn = 10, 25

// fewer adds up all but the strongest facts, of either sort, into one about the
// candidate itself.
func (s *scorer) fewer(facts []fact) []fact {
	if len(facts) <= mostVia {
		return facts
	}
	slices.SortFunc(facts, func(a, b fact) int {
		return cmp.Or(cmp.Compare(b.value, a.value), cmp.Compare(a.node, b.node))
	})
	left := map[corpus.Relation]int{via: mostVia, rest: mostOwn}
	sums := map[corpus.Relation]float64{}
	kept := facts[:0]
	for _, f := range facts {
		sort := rest
		if f.relation == via {
			sort = via
		}
		if left[sort]--; left[sort] < 0 {
			sums[sort] += f.value
			continue
		}
		kept = append(kept, f)
	}
	for _, sort := range [...]corpus.Relation{via, rest} {
		if sums[sort] > 0 {
			kept = append(kept, fact{node: s.p.node, relation: sort, value: sums[sort]})
		}
	}
	return kept
}
