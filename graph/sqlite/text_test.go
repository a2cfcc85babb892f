package sqlite

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/graph/text"
	"pgregory.net/rapid"
)

// A term that is encoded is one token to FTS5, and terms that differ are not mixed up.
func TestEncodedTermsStayWhole(t *testing.T) {
	c := plainConn(t)
	ctx := context.Background()
	if _, err := c.exec(ctx, "CREATE VIRTUAL TABLE fts USING fts5(a, content='', contentless_delete=1, tokenize='ascii')"); err != nil {
		t.Fatal(err)
	}
	if _, err := c.exec(ctx, "CREATE VIRTUAL TABLE v USING fts5vocab(fts, row)"); err != nil {
		t.Fatal(err)
	}
	terms := []string{"it's", "its", "3.5", "35", "a_b", "ab", "e-mail", "curaçao", "日本", "Upper", "upper", "a:b", "*", "\"", "o'neill.x", "😀", "a\u0301"}
	for i, term := range terms {
		if _, err := c.exec(ctx, "INSERT INTO fts(rowid,a) VALUES(?,?)", int64(i+1), encodeTerm(term)+" "); err != nil {
			t.Fatal(err)
		}
	}
	row, err := c.one(ctx, "SELECT COUNT(*) FROM v")
	if err != nil || row[0] != int64(len(terms)) {
		t.Errorf("want %d tokens, got %v, %v", len(terms), row, err)
	}
	for i, term := range terms {
		row, err := c.one(ctx, "SELECT group_concat(rowid) FROM fts WHERE fts MATCH ?", phrase(term))
		if err != nil || row[0] != fmt.Sprint(i+1) {
			t.Errorf("%q finds %v, %v", term, row, err)
		}
	}
}

// expand finds what text.Match says, in whatever order terms came in.
func TestExpandIsMatch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[ab]{1,9}|[aé]{1,9}`)
		v := &vocabulary{}
		known := rapid.SliceOfDistinct(word, rapid.ID).Draw(t, "terms")
		for i, term := range known {
			v.add(term)
			v.add(term)
			if i%3 == 0 {
				v.snapshot()
			}
		}
		query := word.Draw(t, "query")
		var want []string
		for _, term := range known {
			if text.Match(query, term) {
				want = append(want, term)
			}
		}
		got := v.expand(query)
		if !text.IsCompoundable(query) {
			want = []string{query} // whether it occurs is for the index to say
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(want, got) {
			t.Fatalf("%q in %q: want %q, got %q", query, known, want, got)
		}
	})
}
