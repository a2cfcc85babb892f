// Package evaluation measures rankings against judgments, with intervals, and has the
// baselines that a ranking should beat.
package evaluation

import (
	"math"
	"slices"
)

// Judgments holds the grades of one query by candidate; what is absent is 0.
type Judgments map[string]int

// Metrics are the measures of one ranking, or means of them.
type Metrics struct{ AP, RR, P5, P10, NDCG10 float64 }

// Names are the names of the measures, in the order of Values.
var Names = [...]string{"MAP", "MRR", "P@5", "P@10", "nDCG@10"}

// Values returns the measures in the order of Names.
func (m Metrics) Values() [len(Names)]float64 {
	return [...]float64{m.AP, m.RR, m.P5, m.P10, m.NDCG10}
}

// Measure measures a ranking, best first. Average precision, reciprocal rank and
// precision take every grade above 0 as relevant. nDCG is that of Järvelin & Kekäläinen
// (2002) with gain 2^grade-1 and discount log2(rank+1).
func Measure(ranking []string, j Judgments) Metrics {
	var m Metrics
	relevant := 0
	for _, grade := range j {
		if grade > 0 {
			relevant++
		}
	}
	if relevant == 0 {
		return m
	}
	hits, dcg := 0, 0.0
	for i, id := range ranking {
		grade := j[id]
		if grade <= 0 {
			continue
		}
		rank := float64(i + 1)
		if hits++; hits == 1 {
			m.RR = 1 / rank
		}
		m.AP += float64(hits) / rank
		if i < 5 {
			m.P5 += 1.0 / 5
		}
		if i < 10 {
			m.P10 += 1.0 / 10
			dcg += gain(grade, i)
		}
	}
	m.AP /= float64(relevant)
	m.NDCG10 = dcg / ideal(j)
	return m
}

func gain(grade, at int) float64 { return (math.Pow(2, float64(grade)) - 1) / math.Log2(float64(at)+2) }

func ideal(j Judgments) float64 {
	var grades []int
	for _, g := range j {
		grades = append(grades, g)
	}
	slices.Sort(grades)
	slices.Reverse(grades)
	sum := 0.0
	for i, g := range grades[:min(10, len(grades))] {
		sum += gain(g, i)
	}
	return sum
}
