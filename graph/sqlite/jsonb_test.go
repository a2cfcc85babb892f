package sqlite

import (
	"context"
	"encoding/json"
	"math"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// plainConn is a connection to a database in memory.
func plainConn(tb testing.TB) *conn {
	tb.Helper()
	d, err := newDriver()
	if err != nil {
		tb.Fatal(err)
	}
	raw, err := d.Open("file::memory:")
	if err != nil {
		tb.Fatal(err)
	}
	c, err := newConn(raw, func(string) {})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = c.close() })
	return c
}

var propValues = rapid.OneOf(
	rapid.String().AsAny(), rapid.Bool().AsAny(), rapid.Int64().AsAny(),
	rapid.Float64().Filter(func(f float64) bool { return !math.IsNaN(f) && !math.IsInf(f, 0) }).AsAny(),
	rapid.SliceOf(rapid.String()).AsAny(),
	rapid.Custom(func(t *rapid.T) string {
		return strings.Repeat("é", rapid.SampledFrom([]int{5, 6, 127, 128, 32767, 32768}).Draw(t, "length"))
	}).AsAny(),
)

// What is encoded decodes to the same values of the same kinds, and SQLite reads in it
// what JSON means.
func TestJSONB(t *testing.T) {
	c := plainConn(t)
	rapid.Check(t, func(t *rapid.T) {
		// Names come from the model and never hold NUL, which SQLite's paths cannot express.
		names := rapid.String().Filter(func(s string) bool { return !strings.Contains(s, "\x00") })
		props := rapid.MapOfN(names, propValues, 0, 5).Draw(t, "props")
		for name, v := range props {
			if list, ok := v.([]string); ok && list == nil {
				props[name] = []string{}
			}
		}
		blob, err := encodeProps(props)
		if err != nil {
			t.Fatal(err)
		}
		got, err := decodeProps(blob, nil)
		if err != nil || !reflect.DeepEqual(props, got) {
			t.Fatalf("want %#v, got %#v, %v", props, got, err)
		}
		row, err := c.one(context.Background(), "SELECT json(?1),json_valid(?1,8)", blob)
		if err != nil || row[1] != int64(1) {
			t.Fatalf("SQLite: %v %v", row, err)
		}
		var decoded map[string]any
		if err := json.Unmarshal([]byte(row[0].(string)), &decoded); err != nil || len(decoded) != len(props) {
			t.Fatalf("%s: %v", row[0], err)
		}
		for name, want := range props {
			row, err := c.one(context.Background(), "SELECT "+member("?1", name), blob)
			if err != nil {
				t.Fatalf("%q: %v", name, err)
			}
			if list, ok := want.([]string); ok {
				want = nil
				var items []string
				if err := json.Unmarshal([]byte(row[0].(string)), &items); err != nil || len(items) != len(list) {
					t.Fatalf("%q: %v %v", name, row[0], err)
				}
				continue
			}
			if b, ok := want.(bool); ok {
				want = int64(boolInt(b))
			}
			if row[0] != want {
				t.Fatalf("%q: want %#v, got %#v", name, want, row[0])
			}
		}
	})
}

// Bytes that are no JSONB are an error, never a panic.
func FuzzDecodeProps(f *testing.F) {
	blob, err := encodeProps(map[string]any{"a": "x", "b": []string{"y", "z"}, "c": 1.5, "d": int64(3), "e": true})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(blob)
	f.Add([]byte{0xfc, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff})
	f.Fuzz(func(_ *testing.T, b []byte) {
		if props, err := decodeProps(b, nil); err == nil {
			_, _ = encodeProps(props)
		}
	})
}

func TestDecodeWanted(t *testing.T) {
	blob, err := encodeProps(map[string]any{"a": "x", "b": int64(1)})
	if err != nil {
		t.Fatal(err)
	}
	got, err := decodeProps(blob, map[string]bool{"b": true, "c": true})
	if want := map[string]any{"b": int64(1)}; err != nil || !reflect.DeepEqual(want, got) {
		t.Errorf("want %v, got %v, %v", want, got, err)
	}
}
