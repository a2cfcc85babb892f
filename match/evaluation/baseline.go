package evaluation

import (
	"cmp"
	"math"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/match/corpus"
)

// Document is a text with the ids of those whose it is.
type Document struct {
	ID, Text string
	Authors  []string
	terms    map[string]float64
}

// Analyse prepares documents, so that each text is taken apart once.
func Analyse(docs []Document, lang corpus.Lang) []Document {
	out := slices.Clone(docs)
	for i := range out {
		out[i].terms = Terms(out[i].Text, lang)
	}
	return out
}

// Baseline ranks experts by their documents in one of the ways known from the
// literature, given what Analyse returned. Documents for which without holds do not exist. It is written apart from
// package match, so as to be a check on it.
type Baseline func(docs []Document, query string, without func(id string) bool, lang corpus.Lang) map[string]float64

// Popularity counts documents, whatever the query.
func Popularity(docs []Document, _ string, without func(string) bool, _ corpus.Lang) map[string]float64 {
	out := map[string]float64{}
	for _, d := range docs {
		if !without(d.ID) {
			for _, a := range d.Authors {
				out[a]++
			}
		}
	}
	return out
}

// Profile scores all that someone wrote as one text: model 1 of Balog, Azzopardi & de
// Rijke (2006, Formal models for expert finding in enterprise corpora), with BM25.
func Profile(docs []Document, query string, without func(string) bool, lang corpus.Lang) map[string]float64 {
	texts := map[string]map[string]float64{}
	for _, d := range docs {
		if without(d.ID) {
			continue
		}
		for _, a := range d.Authors {
			if texts[a] == nil {
				texts[a] = map[string]float64{}
			}
			for t, n := range d.terms {
				texts[a][t] += n
			}
		}
	}
	profiles := make([]Document, 0, len(texts))
	for id, terms := range texts {
		profiles = append(profiles, Document{ID: id, terms: terms})
	}
	return bm25(profiles, query, lang)
}

// CombSUM adds up the scores of someone's documents, CombMNZ multiplies that by how
// many were found (Macdonald & Ounis 2006, Voting for candidates).
func CombSUM(docs []Document, query string, without func(string) bool, lang corpus.Lang) map[string]float64 {
	sum, _ := votes(docs, query, without, lang)
	return sum
}

// CombMNZ is described at CombSUM.
func CombMNZ(docs []Document, query string, without func(string) bool, lang corpus.Lang) map[string]float64 {
	sum, count := votes(docs, query, without, lang)
	for id := range sum {
		sum[id] *= count[id]
	}
	return sum
}

func votes(docs []Document, query string, without func(string) bool, lang corpus.Lang) (sum, count map[string]float64) {
	sum, count = map[string]float64{}, map[string]float64{}
	docs = slices.DeleteFunc(slices.Clone(docs), func(d Document) bool { return without(d.ID) })
	scores := bm25(docs, query, lang)
	for _, d := range docs {
		if s := scores[d.ID]; s > 0 {
			for _, a := range d.Authors {
				sum[a] += s
				count[a]++
			}
		}
	}
	return sum, count
}

// bm25 scores texts by the book (Robertson & Zaragoza 2009).
func bm25(docs []Document, query string, lang corpus.Lang) map[string]float64 {
	terms := Terms(query, lang)
	lengths, df, total := make([]float64, len(docs)), map[string]float64{}, 0.0
	for i, d := range docs {
		for t, n := range d.terms {
			df[t]++
			lengths[i] += n
		}
		total += lengths[i]
	}
	n := float64(len(docs))
	words := sorted(terms)
	out := map[string]float64{}
	for i, d := range docs {
		score := 0.0
		for _, t := range words {
			if tf := d.terms[t]; tf > 0 {
				idf := math.Log(1 + (n-df[t]+0.5)/(df[t]+0.5))
				score += idf * terms[t] * (corpus.K3 + 1) / (corpus.K3 + terms[t]) * tf * (corpus.K1 + 1) / (tf + corpus.K1*(1-corpus.B+corpus.B*lengths[i]*n/total))
			}
		}
		if score > 0 {
			out[d.ID] = score
		}
	}
	return out
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
	ids := sorted(scores)
	slices.SortStableFunc(ids, func(a, b string) int { return cmp.Compare(scores[b], scores[a]) })
	return ids
}
