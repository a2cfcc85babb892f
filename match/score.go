package match

import (
	"cmp"
	"math"
	"slices"
	"strconv"
)

// How the factors are measured.
const (
	// workValue is what one recent work that fits wholly adds to the track record.
	workValue = 0.25
	// yearDecay is what a work keeps of its value for each year beyond the first three.
	yearDecay = 0.85
	// nearbyStrength is what a candidate gets from lying in the same larger region.
	nearbyStrength = 0.4
)

// scorer measures the profiles against one question.
type scorer struct {
	q        *question
	docs     map[string]document
	bestDoc  float64
	reach    []map[string]float64
	within   map[string][]string
	thisYear int
}

// score measures one candidate, with weights that add up to 1.
func (s *scorer) score(p *profile, w Weights) *Match {
	m := &Match{ID: p.node.ID, Home: p.home}
	for _, f := range [...]struct {
		factor  Factor
		measure func(*profile) []Evidence
	}{{Themes, s.themes}, {Text, s.text}, {TrackRecord, s.trackRecord}, {Region, s.region}} {
		weight, applies := w[f.factor]
		if !applies {
			continue
		}
		e := f.measure(p)
		slices.SortFunc(e, func(a, b Evidence) int {
			return cmp.Or(cmp.Compare(b.Value, a.Value), cmp.Compare(a.Node, b.Node), cmp.Compare(a.Relation, b.Relation))
		})
		part := Score{Factor: f.factor, Weight: weight, Evidence: e}
		for _, one := range e {
			part.Value += one.Value
		}
		m.Factors = append(m.Factors, part)
		m.Score += part.Contribution()
	}
	return m
}

// themes takes, for each theme of the question, the candidate's strongest tie to it
// or to a theme near it in the tree.
func (s *scorer) themes(p *profile) []Evidence {
	var out []Evidence
	total := 0.0
	for _, t := range s.q.themes {
		total += t.Weight
	}
	for i, t := range s.q.themes {
		var best Evidence
		for _, tie := range p.themes {
			value := t.Weight / total * s.reach[i][tie.theme] * tie.strength
			if value > best.Value {
				best = Evidence{Node: tie.theme, Relation: tie.relation, Value: value, Source: tie.source}
			}
		}
		if best.Value > 0 {
			out = append(out, best)
		}
	}
	return out
}

// text sums the scores of the candidate's documents. The sum saturates: as much as
// the best single document of all gives one half.
func (s *scorer) text(p *profile) []Evidence {
	var out []Evidence
	sum := 0.0
	seen := map[string]bool{}
	for _, w := range p.texts {
		doc, hit := s.docs[w.id]
		if !hit || seen[w.id] {
			continue
		}
		seen[w.id] = true
		value := doc.score * w.share
		sum += value
		out = append(out, Evidence{Node: w.id, Relation: w.relation, Value: value, Source: w.source, Date: w.date, Words: doc.words})
	}
	for i := range out {
		out[i].Value /= sum + s.bestDoc
	}
	return out
}

// trackRecord adds up the works that fit the themes or hold the words, recent ones
// counting more.
func (s *scorer) trackRecord(p *profile) []Evidence {
	var out []Evidence
	sum := 0.0
	seen := map[string]bool{}
	for _, w := range p.works {
		if seen[w.id] {
			continue
		}
		seen[w.id] = true
		if value := workValue * s.fit(w) * s.recency(w.date); value > 0 {
			sum += value
			out = append(out, Evidence{Node: w.id, Relation: w.relation, Value: value, Source: w.source, Date: w.date, Words: s.docs[w.id].words})
		}
	}
	if sum > 1 {
		for i := range out {
			out[i].Value /= sum
		}
	}
	return out
}

// fit tells how well a work fits the question: by its best theme, or by its text
// compared with the best text.
func (s *scorer) fit(w work) float64 {
	fit := 0.0
	for i, t := range s.q.themes {
		for _, theme := range w.themes {
			fit = max(fit, t.Weight*s.reach[i][theme])
		}
	}
	if s.bestDoc > 0 {
		fit = max(fit, s.docs[w.id].score/s.bestDoc)
	}
	return fit
}

func (s *scorer) recency(date string) float64 {
	if len(date) < 4 {
		return yearDecay
	}
	year, err := strconv.Atoi(date[:4])
	if err != nil {
		return yearDecay
	}
	return math.Pow(yearDecay, float64(max(0, s.thisYear-year-3)))
}

// region takes the candidate's best place.
func (s *scorer) region(p *profile) []Evidence {
	var best Evidence
	for _, place := range p.places {
		for _, wanted := range s.q.regions {
			value := 0.0
			switch {
			case place.region == wanted, slices.Contains(place.within, wanted):
				value = place.strength
			case shares(place.within, s.within[wanted]):
				value = place.strength * nearbyStrength
			}
			if value > best.Value {
				best = Evidence{Node: place.region, Relation: place.relation, Value: value, Source: place.source}
			}
		}
	}
	if best.Value == 0 {
		return nil
	}
	return []Evidence{best}
}

func shares(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool { return slices.Contains(b, x) })
}
