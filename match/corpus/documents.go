package corpus

import (
	"math"
	"slices"
)

// The constants of BM25, at the values that Robertson & Zaragoza recommend (The
// Probabilistic Relevance Framework, 2009, section 3.5): K1 bounds what repeating a
// word adds, B is how far long documents are held to account for their length, and K3
// does for the question's words what K1 does for the document's.
const (
	K1 = 1.2
	B  = 0.75
	K3 = 8
)

// A posting is a number (of a document, or of a word) and a frequency, in 24 and 8 bits.
type posting uint32

const (
	maxFrequency = 1<<8 - 1
	maxNumber    = 1<<24 - 1
)

func newPosting(number, frequency int32) posting {
	return posting(number)<<8 | posting(min(frequency, maxFrequency))
}

func (p posting) number() int32       { return int32(p >> 8) }
func (p posting) frequency() int32    { return int32(p & maxFrequency) }
func (p posting) compare(n int32) int { return int(p.number()) - int(n) }

// documents holds the texts as words, from both sides.
type documents struct {
	lex *lexicon
	// postings has the documents by word, words the words by document.
	postings, words [][]posting
	length          []int32 // words that are no stop words; 0 where the document is gone
	node            []int32
	alive, total    int // documents, and the sum of their lengths
	votes           [languages]int
	language        []Lang
}

func newDocuments() *documents { return &documents{lex: newLexicon()} }

// add takes a text in and returns its number.
func (d *documents) add(node int32, texts []string) int32 {
	id := int32(len(d.length))
	counts := map[int32]int32{}
	var all []string
	n := int32(0)
	for _, t := range texts {
		Tokens(t, func(word string) {
			all = append(all, word)
			if w := d.lex.add(word); w >= 0 {
				counts[w]++
				n++
			}
		})
	}
	words := make([]posting, 0, len(counts))
	for w, tf := range counts {
		words = append(words, newPosting(w, tf))
	}
	slices.Sort(words)
	for len(d.postings) < len(d.lex.words) {
		d.postings = append(d.postings, nil)
	}
	for _, p := range words {
		d.postings[p.number()] = append(d.postings[p.number()], newPosting(id, p.frequency()))
	}
	lang, known := language(all)
	if !known {
		lang = NL
	}
	d.words, d.length, d.node, d.language = append(d.words, words), append(d.length, n), append(d.node, node), append(d.language, lang)
	d.count(id, 1)
	return id
}

// remove takes a document out. Its number is not used again.
func (d *documents) remove(id int32) {
	d.count(id, -1)
	for _, p := range d.words[id] {
		list := d.postings[p.number()]
		if i, found := slices.BinarySearchFunc(list, id, posting.compare); found {
			d.postings[p.number()] = slices.Delete(list, i, i+1)
		}
	}
	d.words[id], d.length[id], d.node[id] = nil, 0, -1
}

// each calls f with the documents, numbered from from to before to, that have any of the
// words, in order, and with how often they have them.
func (d *documents) each(words []int32, from, to int32, f func(doc int32, tf float64)) {
	if len(words) == 1 {
		for _, p := range between(d.postings[words[0]], from, to) {
			f(p.number(), float64(p.frequency()))
		}
		return
	}
	lists := make([][]posting, 0, 8)
	for _, w := range words {
		if list := between(d.postings[w], from, to); len(list) > 0 {
			lists = append(lists, list)
		}
	}
	for len(lists) > 0 {
		doc, tf := to, 0.0
		for _, list := range lists {
			doc = min(doc, list[0].number())
		}
		for i := len(lists) - 1; i >= 0; i-- {
			if p := lists[i][0]; p.number() == doc {
				tf += float64(p.frequency())
				if lists[i] = lists[i][1:]; len(lists[i]) == 0 {
					lists = slices.Delete(lists, i, i+1)
				}
			}
		}
		f(doc, tf)
	}
}

// between cuts the documents numbered from from to before to out of a list.
func between(list []posting, from, to int32) []posting {
	i, _ := slices.BinarySearchFunc(list, from, posting.compare)
	list = list[i:]
	j, _ := slices.BinarySearchFunc(list, to, posting.compare)
	return list[:j]
}

// count keeps the statistics.
func (d *documents) count(id int32, by int32) {
	d.alive += int(by)
	d.total += int(by * d.length[id])
	d.votes[d.language[id]] += int(by)
	for l := range d.lex.langs {
		s := &d.lex.langs[l]
		var seen []int32
		for _, p := range d.words[id] {
			seen = append(seen, s.of[p.number()])
		}
		slices.Sort(seen)
		for _, stem := range slices.Compact(seen) {
			s.df[stem] += by
		}
	}
}

// idf is the weight of a word that df of all documents have, never below 0 (Robertson
// & Zaragoza, eq. 3.4, with 1 added within the logarithm).
func (d *documents) idf(df int32) float64 {
	return math.Log(1 + (float64(d.alive)-float64(df)+0.5)/(float64(df)+0.5))
}

// norm is the part of the formula that a document's length decides.
func (d *documents) norm(id int32) float64 {
	return K1 * (1 - B + B*float64(d.length[id])*float64(d.alive)/float64(max(d.total, 1)))
}

// saturate is what a word adds that stands tf times in a document with that norm.
func saturate(tf, norm float64) float64 { return tf * (K1 + 1) / (tf + norm) }
