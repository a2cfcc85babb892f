package evaluation

import (
	"slices"

	"github.com/i-partnerschap/kennisgraaf/match/corpus"
)

// Document is a text with the ids of those whose it is.
type Document struct {
	ID, Text string
	Authors  []string
}

// Index holds documents by word, each taken apart once, for the baselines. It is written
// apart from package match, so as to be a check on it. It does not change once it is
// made, so it is safe for concurrent use.
type Index struct {
	lang     corpus.Lang
	docs     []indexed
	numbers  map[string]int32 // of documents
	authors  []string
	terms    map[string]int32
	postings [][]posting // by term
}

type indexed struct {
	id      string
	authors []int32
	length  float64
}

type posting struct{ document, frequency int32 }

// NewIndex makes an Index of documents in a language.
func NewIndex(docs []Document, lang corpus.Lang) *Index {
	x := &Index{lang: lang, numbers: map[string]int32{}, terms: map[string]int32{}}
	people := map[string]int32{}
	for n, d := range docs {
		doc := indexed{id: d.ID}
		for _, a := range d.Authors {
			number, known := people[a]
			if !known {
				number = int32(len(x.authors))
				people[a] = number
				x.authors = append(x.authors, a)
			}
			doc.authors = append(doc.authors, number)
		}
		counts := Terms(d.Text, lang)
		for _, word := range sorted(counts) {
			term, known := x.terms[word]
			if !known {
				term = int32(len(x.postings))
				x.terms[word] = term
				x.postings = append(x.postings, nil)
			}
			tf := int32(counts[word])
			x.postings[term] = append(x.postings[term], posting{int32(n), tf})
			doc.length += float64(tf)
		}
		x.docs = append(x.docs, doc)
		x.numbers[d.ID] = int32(n)
	}
	return x
}

// view is an Index without some documents.
type view struct {
	*Index
	gone map[int32]bool
}

func (x *Index) without(ids []string) view {
	v := view{Index: x, gone: map[int32]bool{}}
	for _, id := range ids {
		if n, known := x.numbers[id]; known {
			v.gone[n] = true
		}
	}
	return v
}

// asked is a word of a query: its postings, and how often the query has it.
type asked struct {
	postings []posting
	times    float64
}

// asked returns the words of a query that documents have, in a fixed order.
func (v view) asked(query string) []asked {
	counts := Terms(query, v.lang)
	var out []asked
	for _, word := range sorted(counts) {
		if term, known := v.terms[word]; known {
			list := v.postings[term]
			if len(v.gone) > 0 {
				list = slices.DeleteFunc(slices.Clone(list), func(p posting) bool { return v.gone[p.document] })
			}
			out = append(out, asked{postings: list, times: counts[word]})
		}
	}
	return out
}

// byID names the authors of scores, leaving out those without.
func (v view) byID(scores []float64) map[string]float64 {
	out := map[string]float64{}
	for a, s := range scores {
		if s > 0 {
			out[v.authors[a]] = s
		}
	}
	return out
}
