package sheet

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

func TestDisarm(t *testing.T) {
	for text, want := range map[string]string{
		"=1+1": "'=1+1", "+31": "'+31", "-2": "'-2", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'\t=1", "\r=1": "'\r=1", "\n=1": "'\n=1",
		"'=1": "''=1", "'t Hof": "'t Hof", "a=1": "a=1", "": "", "'": "'",
	} {
		if got := Disarm(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`'{0,2}[=+@a\t-]?.{0,5}`).Draw(t, "text")
		if got := Arm(Disarm(text)); got != text {
			t.Errorf("%q became %q", text, got)
		}
		items := rapid.SliceOf(rapid.StringMatching(`[a|\\=]([ab|\\]{0,5}[b|\\])?`)).Draw(t, "items")
		if got := SplitList(JoinList(items)); !slices.Equal(got, items) {
			t.Errorf("%q became %q", items, got)
		}
	})
}

func TestCSV(t *testing.T) {
	var out bytes.Buffer
	w, err := NewCSV(&out, true)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range [][]any{{"naam", "n"}, {"=cmd|' /C calc'!A0", int64(-5)}, {"a;b", 1.5}, {nil, true}} {
		if err := w.Row(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if want := "\ufeffnaam;n\r\n'=cmd|' /C calc'!A0;-5\r\n\"a;b\";1,5\r\n;true\r\n"; out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
}

func TestWorkbook(t *testing.T) {
	var out bytes.Buffer
	b, err := NewWorkbook(&out)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"one", "two"} {
		w, err := b.Sheet(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range [][]any{{"head"}, {"=1+1\x00"}, {int64(7)}} {
			if err := w.Row(row); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Row([]any{strings.Repeat("x", 40_000)}); graph.CodeOf(err) != graph.BadUserInput {
			t.Errorf("a text that is too long for a cell: %v", err)
		}
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows("two")
	if err != nil || len(rows) != 3 || rows[1][0] != "'=1+1" || rows[2][0] != "7" {
		t.Errorf("got %q, %v", rows, err)
	}
}
