package evaluation

import (
	"cmp"
	"math"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/match/corpus"
)

// Baseline ranks experts by their documents in one of the ways known from the
// literature. Documents named in without do not exist.
type Baseline func(x *Index, query string, without []string) map[string]float64

// Popularity counts documents, whatever the query.
func Popularity(x *Index, _ string, without []string) map[string]float64 {
	v := x.without(without)
	count := make([]float64, len(x.authors))
	for n, d := range x.docs {
		if !v.gone[int32(n)] {
			for _, a := range d.authors {
				count[a]++
			}
		}
	}
	return v.byID(count)
}

// Profile scores all that someone wrote as one text: model 1 of Balog, Azzopardi & de
// Rijke (2006, Formal models for expert finding in enterprise corpora), with BM25.
func Profile(x *Index, query string, without []string) map[string]float64 {
	v := x.without(without)
	lengths := make([]float64, len(x.authors))
	for n, d := range x.docs {
		if !v.gone[int32(n)] {
			for _, a := range d.authors {
				lengths[a] += d.length
			}
		}
	}
	b := newBM25(lengths)
	scores, tf := make([]float64, len(x.authors)), make([]float64, len(x.authors))
	for _, word := range v.asked(query) {
		var having []int32
		for _, p := range word.postings {
			for _, a := range x.docs[p.document].authors {
				if tf[a] == 0 {
					having = append(having, a)
				}
				tf[a] += float64(p.frequency)
			}
		}
		weight := b.weight(len(having), word.times)
		for _, a := range having {
			scores[a] += weight * b.saturate(tf[a], lengths[a])
			tf[a] = 0
		}
	}
	return v.byID(scores)
}

// CombSUM adds up the scores of someone's documents, CombMNZ multiplies that by how
// many were found (Macdonald & Ounis 2006, Voting for candidates).
func CombSUM(x *Index, query string, without []string) map[string]float64 {
	v := x.without(without)
	sum, _ := v.votes(query)
	return v.byID(sum)
}

// CombMNZ is described at CombSUM.
func CombMNZ(x *Index, query string, without []string) map[string]float64 {
	v := x.without(without)
	sum, count := v.votes(query)
	for a := range sum {
		sum[a] *= count[a]
	}
	return v.byID(sum)
}

func (v view) votes(query string) (sum, count []float64) {
	sum, count = make([]float64, len(v.authors)), make([]float64, len(v.authors))
	for n, s := range v.documents(query) {
		if s > 0 {
			for _, a := range v.docs[n].authors {
				sum[a] += s
				count[a]++
			}
		}
	}
	return sum, count
}

// documents scores each document by BM25.
func (v view) documents(query string) []float64 {
	lengths := make([]float64, len(v.docs))
	for n, d := range v.docs {
		if !v.gone[int32(n)] {
			lengths[n] = d.length
		}
	}
	b := newBM25(lengths)
	b.count = float64(len(v.docs) - len(v.gone)) // those without words count too
	scores := make([]float64, len(v.docs))
	for _, word := range v.asked(query) {
		weight := b.weight(len(word.postings), word.times)
		for _, p := range word.postings {
			scores[p.document] += weight * b.saturate(float64(p.frequency), lengths[p.document])
		}
	}
	return scores
}

// bm25 is the formula by the book (Robertson & Zaragoza 2009), for texts of given lengths.
type bm25 struct{ count, total float64 }

// newBM25 takes the lengths of the texts; one of length 0 does not exist.
func newBM25(lengths []float64) *bm25 {
	b := &bm25{}
	for _, l := range lengths {
		if l > 0 {
			b.count++
			b.total += l
		}
	}
	return b
}

func (b *bm25) weight(df int, times float64) float64 {
	idf := math.Log(1 + (b.count-float64(df)+0.5)/(float64(df)+0.5))
	return idf * times * (corpus.K3 + 1) / (corpus.K3 + times)
}

func (b *bm25) saturate(tf, length float64) float64 {
	return tf * (corpus.K1 + 1) / (tf + corpus.K1*(1-corpus.B+corpus.B*length*b.count/b.total))
}

// Terms counts the stems of a text, stop words left out.
func Terms(s string, lang corpus.Lang) map[string]float64 {
	out := map[string]float64{}
	corpus.Tokens(s, func(w string) {
		if !corpus.Stop(w) {
			out[lang.Stem(w)]++
		}
	})
	return out
}

func sorted(m map[string]float64) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// Ranking sorts by score, best first, ties by id.
func Ranking(scores map[string]float64) []string {
	type place struct {
		id    string
		score float64
	}
	places := make([]place, 0, len(scores))
	for id, score := range scores {
		places = append(places, place{id, score})
	}
	slices.SortFunc(places, func(a, b place) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.id, b.id))
	})
	ids := make([]string, len(places))
	for i, p := range places {
		ids[i] = p.id
	}
	return ids
}
