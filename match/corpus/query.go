package corpus

import (
	"cmp"
	"slices"
)

// What a word counts that only shares a part with a word of the question.
const (
	asTail = 0.5  // the document says netwerkbeveiliging, the question beveiliging
	asHead = 0.3  // the document says beveiligingsbeleid
	asPart = 0.35 // the question says netwerkbeveiliging, the document beveiliging
)

// Query is a question as a vector of stems. The score of a document is the sum, over
// the stems of the question, of Weight times how much of it the document has.
type Query struct {
	Lang  Lang
	Terms []Term
	// Full is what a document of average length would score that has every word of the
	// question once: the yardstick for scores, whatever documents there are.
	Full float64
	// asked holds the terms before the question was widened, nil where it was not.
	asked []Term
}

// Term is one stem of a question.
type Term struct {
	Stem   int32
	Weight float64
}

// Query reads a question. Words that no document has are left out.
func (c *Corpus) Query(question string) Query {
	var words []string
	Tokens(question, func(w string) { words = append(words, w) })
	lang, known := language(words)
	if !known && c.docs.votes[EN] > c.docs.votes[NL] {
		lang = EN
	}
	s := &c.docs.lex.langs[lang]
	counts, order := map[string]int{}, []string{}
	for _, w := range words {
		if Stop(w) {
			continue
		}
		name := lang.Stem(w)
		if counts[name]++; counts[name] == 1 {
			order = append(order, name)
		}
	}
	q := Query{Lang: lang}
	weights := map[int32]float64{}
	for _, name := range order {
		tf := float64(counts[name])
		q.Full += c.expand(s, lang, name, tf*(K3+1)/(K3+tf), weights)
	}
	q.Terms = termsOf(weights)
	return q
}

// expand adds a word of the question and the words that share a part with it. It
// returns the weight of the word itself.
func (c *Corpus) expand(s *stems, lang Lang, name string, times float64, weights map[int32]float64) float64 {
	own, known := s.ids[name]
	idf := 0.0
	if known = known && s.df[own] > 0; known {
		idf = c.docs.idf(s.df[own])
		weights[own] += times * idf
	}
	if lang == EN { // English writes its compounds apart
		return times * idf
	}
	add := func(stem int32, share float64) {
		if s.df[stem] == 0 {
			return
		}
		w := c.docs.idf(s.df[stem])
		if known { // a rare compound says no more than the word that was asked for
			w = min(w, idf)
		}
		weights[stem] = max(weights[stem], times*w*share)
		if !known {
			idf = max(idf, w)
		}
	}
	heads, tails := s.compounds(name)
	for _, stem := range tails {
		add(stem, asTail)
	}
	for _, stem := range heads {
		add(stem, asHead)
	}
	for _, stem := range s.parts(name) {
		add(stem, asPart)
	}
	return times * idf
}

// Scores returns the BM25 score of every document, by number, in memory of Numbers.
func (c *Corpus) Scores(q Query) []float64 {
	d := c.docs
	scores := c.Numbers(len(d.length))
	stems := &d.lex.langs[q.Lang]
	parallel(len(scores), chunk, func(from, to int) {
		for _, t := range q.Terms {
			d.each(stems.words[t.Stem], int32(from), int32(to), func(doc int32, tf float64) {
				scores[doc] += t.Weight * saturate(tf, c.norms[doc])
			})
		}
	})
	return scores
}

// Hits returns the words of a document that the question has, as they are written; where
// it has none, those that the question was widened by.
func (c *Corpus) Hits(q Query, doc int32) []string {
	if out := c.hits(q.asked, q.Lang, doc); len(out) > 0 {
		return out
	}
	return c.hits(q.Terms, q.Lang, doc)
}

func (c *Corpus) hits(terms []Term, lang Lang, doc int32) []string {
	var out []string
	for _, p := range c.docs.words[doc] {
		stem := c.docs.lex.langs[lang].of[p.number()]
		if _, found := slices.BinarySearchFunc(terms, stem, compareTerm); found {
			out = append(out, c.docs.lex.words[p.number()])
		}
	}
	slices.Sort(out)
	return out
}

// Vector adds up all documents, each with a weight, to a vector over the stems of a
// language, of which it fills in those that are wanted: its product with a Query that has no
// others is the sum of the documents' scores.
func (c *Corpus) Vector(weights []float64, lang Lang, wanted []int32) []float64 {
	d := c.docs
	stems := &d.lex.langs[lang]
	vector := make([]float64, len(stems.names))
	const few = 8 // some stems are in most documents
	parallel(len(wanted), few, func(from, to int) {
		for _, stem := range wanted[from:to] {
			sum := 0.0
			d.each(stems.words[stem], 0, int32(len(d.length)), func(doc int32, tf float64) {
				if w := weights[doc]; w > 0 {
					sum += w * saturate(tf, c.norms[doc])
				}
			})
			vector[stem] = sum
		}
	})
	return vector
}

// Dot is the product of a Query and a Vector of its language.
func (q Query) Dot(vector []float64) float64 {
	sum := 0.0
	for _, t := range q.Terms {
		sum += t.Weight * vector[t.Stem]
	}
	return sum
}

// DocScore returns the score of one document.
func (c *Corpus) DocScore(q Query, doc int32) float64 {
	of := c.docs.lex.langs[q.Lang].of
	tf := make([]float64, len(q.Terms))
	for _, p := range c.docs.words[doc] {
		if i, found := slices.BinarySearchFunc(q.Terms, of[p.number()], compareTerm); found {
			tf[i] += float64(p.frequency())
		}
	}
	sum := 0.0
	for i, f := range tf {
		if f > 0 {
			sum += q.Terms[i].Weight * saturate(f, c.norms[doc])
		}
	}
	return sum
}

func compareTerm(t Term, stem int32) int { return cmp.Compare(t.Stem, stem) }
