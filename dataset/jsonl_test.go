package dataset

import (
	"bytes"
	"errors"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

func readAll(text string) ([]Line, error) {
	var lines []Line
	for line, err := range Read("x.jsonl", strings.NewReader(text)) {
		if err != nil {
			return lines, err
		}
		lines = append(lines, line)
	}
	return lines, nil
}

func TestReadKinds(t *testing.T) {
	lines, err := readAll(`{"node":"Project","id":"p","props":{"title":"T","budget":5,"lat":5.0,"big":1e3,"ok":true,"forms":[],"tags":["a","b"],"gone":null}}` +
		"\r\n\n" + `{"edge":"ABOUT","from":"p","to":"t"}`)
	want := []Line{
		{graph.Change{Op: graph.UpsertNode, Label: "Project", ID: "p", Props: map[string]any{
			"title": "T", "budget": int64(5), "lat": 5.0, "big": 1000.0, "ok": true, "forms": []string{}, "tags": []string{"a", "b"}, "gone": nil}}, "x.jsonl", 1},
		{graph.Change{Op: graph.Connect, Type: "ABOUT", From: "p", To: "t"}, "x.jsonl", 3},
	}
	if err != nil || !reflect.DeepEqual(lines, want) {
		t.Errorf("got %+v, %v", lines, err)
	}
}

func TestReadIsStrict(t *testing.T) {
	for line, want := range map[string]string{
		`{"node":"A","id":"x","extra":1}`:                         `unknown key "extra"`,
		`{"Node":"A","id":"x"}`:                                   `unknown key "Node"`,
		`{"node":"A","id":"x","id":"y"}`:                          `key "id" stands there twice`,
		`{"node":"A","id":"x","props":{"a":1,"a":2}}`:             `key "a" stands there twice`,
		`{"node":"A"}`:                                            `"id" is missing`,
		`{"node":"A","id":""}`:                                    `"id" must be text that is not empty`,
		`{"node":"A","id":7}`:                                     `"id" must be text that is not empty`,
		`{"edge":"A","from":"x"}`:                                 `"to" is missing`,
		`{"node":"A","edge":"B","id":"x"}`:                        `want either "node" or "edge"`,
		`{"id":"x"}`:                                              `want either "node" or "edge"`,
		`{"node":"A","id":"x","to":"y"}`:                          `are mixed`,
		`{"node":"A","id":"x","props":[]}`:                        `want an object`,
		`{"node":"A","id":"x","props":{"a":{}}}`:                  `property "a": want a scalar`,
		`{"node":"A","id":"x","props":{"a":[1]}}`:                 `property "a": a list holds text only`,
		`{"node":"A","id":"x","props":{"a":9999999999999999999}}`: `property "a"`,
		`{"node":"A","id":"x"} {}`:                                `more after the object`,
		`{"node":"A","id":"x"`:                                    `does not end on this line`,
		`[]`:                                                      `want an object`,
		"{\"node\":\"A\",\"id\":\"\xff\"}":                        `not UTF-8`,
	} {
		_, err := readAll("\n" + line)
		if err == nil || !strings.HasPrefix(err.Error(), "x.jsonl:2: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", line, err, want)
		}
		if graph.CodeOf(err) != graph.BadUserInput {
			t.Errorf("%s: code %s", line, graph.CodeOf(err))
		}
	}
}

func TestReadStopsAtWhatCannotBeRead(t *testing.T) {
	if _, err := readAll(strings.Repeat("x", MaxLine+1)); err == nil || !strings.HasPrefix(err.Error(), "x.jsonl:1: ") {
		t.Errorf("a line that is too long: %v", err)
	}
	broken := errors.New("disk")
	for _, err := range Read("x", iotest.ErrReader(broken)) {
		if !errors.Is(err, broken) {
			t.Errorf("got %v", err)
		}
	}
	for range Read("x", strings.NewReader("{\"node\":\"A\",\"id\":\"x\"}\n{\"node\":\"A\",\"id\":\"y\"}")) {
		break // must not go on after the caller stops
	}
}

func TestWriteThenReadIsTheSame(t *testing.T) {
	changes := append(load(t, Reference), graph.Change{Op: graph.UpsertNode, Label: "X", ID: "<&>", Props: map[string]any{
		"whole": 52.0, "small": 1e-9, "large": 1e300, "n": int64(math.MaxInt64), "quote": "a \"b\"\n\u2028", "none": []string{}, "gone": nil, "no": false}})
	var buf bytes.Buffer
	if err := Write(&buf, slices.Values(changes)); err != nil {
		t.Fatal(err)
	}
	lines, err := readAll(buf.String())
	if err != nil || len(lines) != len(changes) {
		t.Fatalf("%d lines of %d changes, %v", len(lines), len(changes), err)
	}
	for i, want := range changes {
		if want.Props == nil {
			want.Props = map[string]any{}
		}
		if !reflect.DeepEqual(lines[i].Change, want) {
			t.Errorf("line %d: got %+v, want %+v", i+1, lines[i].Change, want)
		}
	}
}

func TestWriteRefuses(t *testing.T) {
	for _, c := range []graph.Change{
		{Op: graph.DeleteNode, Label: "X", ID: "x"},
		{Op: graph.UpsertNode, Label: "X", ID: "x", Props: map[string]any{"a": math.NaN()}},
		{Op: graph.UpsertNode, Label: "X", ID: "x", Props: map[string]any{"a": 7}},
	} {
		if err := Write(new(bytes.Buffer), slices.Values([]graph.Change{c})); err == nil {
			t.Errorf("%+v was written", c)
		}
	}
}
