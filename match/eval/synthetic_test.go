package main

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// synthetic describes a collection whose right answers follow from how it is made. Every
// expert has one topic, and is right for the queries about it.
type synthetic struct {
	seed                       uint64
	topics, experts, documents int
	// dialects is the number of vocabularies that a topic has: two experts on one topic
	// may have no word of it in common.
	dialects int
	// together is the chance that someone writes with others of the same topic; else
	// the others are anybody.
	together float64
	// alone leaves out the others.
	alone bool
	// topical is the part of a text's words that belong to its topic.
	topical float64
}

// word makes a word out of a number, unlike any other number's.
func word(kind string, n int) string {
	const letters = "bcdfgklmnprtvz"
	s := kind
	for ; n > 0; n /= len(letters) {
		s += string(letters[n%len(letters)]) + "o"
	}
	return s + "x"
}

// zipf draws a number below n, the low ones much more often.
func zipf(r *rand.Rand, n int) int {
	return min(n-1, int(math.Pow(float64(n), r.Float64()))-1)
}

// text writes a text in English on a topic.
func (s synthetic) text(r *rand.Rand, topic, dialect, length int) string {
	words := []string{"the", "of", "and", "with", "for", "this", "we"}
	for range length {
		if r.Float64() < s.topical {
			words = append(words, word("t", 1+(topic*s.dialects+dialect)*400+zipf(r, 400)))
		} else {
			words = append(words, word("c", 1+zipf(r, 3000)))
		}
	}
	return strings.Join(words, " ")
}

// authors draws who writes with the first author.
func (s synthetic) authors(r *rand.Rand, first int, same []int) []string {
	out := []string{fmt.Sprint("e", first)}
	for range r.IntN(3) {
		if s.alone {
			break
		}
		other := r.IntN(s.experts)
		if r.Float64() < s.together {
			other = same[r.IntN(len(same))]
		}
		if id := fmt.Sprint("e", other); !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// write makes the collection in a folder: each expert is sure of one document, and some
// have more.
func (s synthetic) write(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	r := rand.New(rand.NewPCG(s.seed, 7)) //nolint:gosec // tests
	expertOf := make([][]int, s.topics)
	var experts, documents, queries, qrels strings.Builder
	line := func(b *strings.Builder, v any) {
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(text)
		b.WriteByte('\n')
	}
	for e := range s.experts {
		expertOf[e%s.topics] = append(expertOf[e%s.topics], e)
		line(&experts, map[string]any{"id": fmt.Sprint("e", e), "name": fmt.Sprint("Expert ", e)})
	}
	qrels.WriteString("query_id\texpert_id\tgrade\n")
	for d := range s.documents {
		first := d
		if d >= s.experts {
			first = r.IntN(s.experts)
		}
		first %= s.experts
		topic := first % s.topics
		dialect := first / s.topics % s.dialects
		authors := s.authors(r, first, expertOf[topic])
		text := s.text(r, topic, dialect, 60+r.IntN(60))
		id := fmt.Sprint("d", d)
		line(&documents, map[string]any{"id": id, "text": text, "authors": authors})
		if d%(s.documents/60) != 0 {
			continue
		}
		line(&queries, map[string]any{"id": "q" + id, "text": text, "kind": "abstract", "exclude": []string{id}})
		for _, e := range expertOf[topic] {
			fmt.Fprintf(&qrels, "q%s\te%d\t1\n", id, e)
		}
	}
	for name, b := range map[string]*strings.Builder{"experts.jsonl": &experts, "documents.jsonl": &documents, "queries.jsonl": &queries, "qrels.tsv": &qrels} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
