package match

import (
	"slices"

	"github.com/i-partnerschap/kennisgraaf/match/corpus"
)

// How the factors are measured.
const (
	// halfRecord is how many recent works that fit wholly give half a track record.
	halfRecord = 3.0
	// yearDecay is what a work keeps of its value for each year beyond the first three.
	yearDecay = 0.85
	// mostYears is how many years are told apart.
	mostYears = 40
	// nearbyStrength is what a candidate gets from lying in the same larger region.
	nearbyStrength = 0.4
	// halfText gives half of the text factor, in documents that have every word of the question.
	halfText = 1.0
	// wholeText is the part of such a document that a work must have to fit wholly by its words.
	wholeText = 0.5
)

// collect appends the facts of one factor, other than the text's. Their sum is the
// factor's value.
func (s *scorer) collect(f Factor, out []fact) []fact {
	switch f {
	case Themes:
		return s.themes(out)
	case TrackRecord:
		return s.trackRecord(out)
	case Region:
		return s.region(out)
	case Availability:
		return append(out, s.p.free...)
	case Semantic:
		return s.meaning(out)
	default:
		return s.network(out)
	}
}

// themes takes, for each theme of the question, the candidate's strongest tie to it
// or to a theme near it in the tree.
func (s *scorer) themes(out []fact) []fact {
	for i, t := range s.q.themes {
		best := fact{}
		for _, tie := range s.p.ties {
			if s.serves[tie.theme] == 0 {
				continue
			}
			reach := s.reach[tie.theme]
			if value := t.Weight / s.total * reach[i] * tie.strength; value > best.value {
				best = fact{node: tie.theme, relation: tie.relation, value: value, at: tie.at + 1}
			}
		}
		if best.value > 0 {
			out = append(out, best)
		}
	}
	return out
}

// meaning adds up how close the candidate's texts are to the question. The sum saturates at
// halfSemantic.
func (s *scorer) meaning(out []fact) []fact {
	from, sum := len(out), 0.0
	for _, w := range s.p.works {
		if value := w.share * s.vector.closeness(s.reading.c.Nodes[w.node].ID); value > 0 {
			sum += value
			out = append(out, fact{node: w.node, relation: w.relation, value: value})
		}
	}
	for i := range out[from:] {
		out[from+i].value /= sum + halfSemantic
	}
	return out
}

// trackRecord adds up the works that fit the themes or hold the words, recent ones
// counting more. The sum saturates at halfRecord.
func (s *scorer) trackRecord(out []fact) []fact {
	from, sum := len(out), 0.0
	for _, w := range s.p.works {
		if !w.record {
			continue
		}
		if value := s.fit(w); value > 0 {
			value *= s.recency.of(w.year)
			sum += value
			out = append(out, fact{node: w.node, relation: w.relation, value: value})
		}
	}
	for i := range out[from:] {
		out[from+i].value /= sum + halfRecord
	}
	return out
}

// fit tells how well a work fits the question: by its best theme, or by its words.
func (s *scorer) fit(w work) float64 {
	if s.themed == nil || w.doc < 0 {
		return s.fitOf(&s.reading.c.Nodes[w.node])
	}
	fit := s.themed[w.doc]
	if full := s.q.query.Full; full > 0 {
		fit = max(fit, min(1, s.flow.Own[w.doc]/(wholeText*full)))
	}
	return fit
}

// fitOf looks at the work itself.
func (s *scorer) fitOf(node *corpus.Node) float64 {
	fit := 0.0
	for _, e := range node.Out {
		if v := s.serves[e.To]; v > fit && e.Type == corpus.About {
			fit = v
		}
	}
	if node.Doc >= 0 && s.q.query.Full > 0 {
		fit = max(fit, min(1, s.doc(node.Doc)/(wholeText*s.q.query.Full)))
	}
	return fit
}

// theme looks at all works at once, from the side of their themes: most works have none
// that matters, and need not be looked at.
func (s *scorer) theme() {
	s.themed = s.reading.c.Numbers(s.reading.c.Documents())
	for theme := range s.reach {
		for _, e := range s.reading.c.Nodes[theme].In {
			if doc := s.reading.c.Nodes[e.To].Doc; e.Type == corpus.About && doc >= 0 {
				s.themed[doc] = max(s.themed[doc], s.serves[theme])
			}
		}
	}
}

// recency holds what a work keeps of its value, by its age in years beyond the first three.
type recency struct {
	year int
	keep [mostYears + 1]float64
}

func newRecency(year int) recency {
	r := recency{year: year}
	keep := 1.0
	for age := range r.keep {
		r.keep[age] = keep
		keep *= yearDecay
	}
	return r
}

// of returns that for a work of a year; one without counts as four years old.
func (r *recency) of(year int16) float64 {
	if year == 0 {
		return r.keep[1]
	}
	return r.keep[min(max(0, r.year-int(year)-3), mostYears)]
}

// region takes the candidate's best place.
func (s *scorer) region(out []fact) []fact {
	best := fact{}
	for _, p := range s.p.places {
		value := 0.0
		larger := s.larger(p.region)
		switch {
		case slices.Contains(s.q.regions, p.region), shares(larger, s.q.regions):
			value = p.strength
		case slices.ContainsFunc(larger, func(r int32) bool { return s.within[r] }):
			value = p.strength * nearbyStrength
		}
		if value > best.value {
			best = fact{node: p.region, relation: p.relation, value: value, at: p.at + 1}
		}
	}
	if best.value > 0 {
		out = append(out, best)
	}
	return out
}

func shares(a, b []int32) bool {
	return slices.ContainsFunc(a, func(x int32) bool { return slices.Contains(b, x) })
}

// larger returns the regions that a region is part of.
func (s *scorer) larger(region int32) []int32 {
	var out []int32
	for _, e := range s.reading.c.Nodes[region].Out {
		if e.Type == corpus.RegionPartOf {
			out = append(out, e.To)
		}
	}
	return out
}
