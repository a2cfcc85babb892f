package graph_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

var mixedOrder = []graph.Order{
	{Prop: "name", Kind: graph.String}, {Prop: "year", Kind: graph.Int, Desc: true}, {Prop: "open", Kind: graph.Bool},
	{Count: &graph.Hop{Type: "KNOWS"}}, {Prop: "day", Kind: graph.Date, NullsFirst: true},
}

func TestCursorsComeBackAsTheyWere(t *testing.T) {
	for _, want := range []graph.Cursor{
		{"a", int64(1), true, int64(3), "2021-01-01", "id"},
		{nil, nil, nil, int64(0), nil, "id"},
		{"é\x00\"", int64(-1 << 53), false, 2.5, "", "id"},
	} {
		got, err := graph.DecodeCursor(want.Encode(mixedOrder), mixedOrder)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
}

func TestCursorsOfAnotherOrderAreRefused(t *testing.T) {
	c := graph.Cursor{"a", "id"}
	byName := []graph.Order{{Prop: "name", Kind: graph.String}}
	for name, order := range map[string][]graph.Order{
		"other property": {{Prop: "title", Kind: graph.String}}, "descending": {{Prop: "name", Kind: graph.String, Desc: true}},
		"nulls first": {{Prop: "name", Kind: graph.String, NullsFirst: true}}, "none": nil,
		"another text": {{Relevance: &graph.Matches{Text: "x"}}},
	} {
		if _, err := graph.DecodeCursor(c.Encode(byName), order); graph.CodeOf(err) != graph.BadUserInput {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Whatever is passed as a cursor is refused or decodes to values of the right kinds.
func FuzzDecodeCursor(f *testing.F) {
	for _, s := range []string{"", "x", "W10", "WyJhIl0", "WyJmMjlhYzJlNSIsIngiLCJ5Il0", "////", "\x00", graph.Cursor{"a", int64(1), true, int64(1), nil, "id"}.Encode(mixedOrder)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := graph.DecodeCursor(s, mixedOrder)
		if err != nil {
			if graph.CodeOf(err) != graph.BadUserInput {
				t.Errorf("%q: %v", s, err)
			}
			return
		}
		if len(c) != len(mixedOrder)+1 {
			t.Errorf("%q: %d values", s, len(c))
		}
		if _, ok := c[len(c)-1].(string); !ok {
			t.Errorf("%q: the id is %T", s, c[len(c)-1])
		}
	})
}
