package validate_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/validate"
	"github.com/i-partnerschap/kennisgraaf/schema"
)

func model(t *testing.T) *graph.Model {
	t.Helper()
	m, err := schema.Model()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func property(t *testing.T, label, name string) *graph.Property {
	t.Helper()
	p := model(t).Types[label].Property(name)
	if p == nil {
		t.Fatalf("%s has no %s", label, name)
	}
	return p
}

// A bound may be open on one side.
func TestOpenRange(t *testing.T) {
	one := 1.0
	for want, p := range map[string]*graph.Property{
		"0 is too small; the least is 1": {Name: "n", Kind: graph.Int, Min: &one},
		"2 is too large; the most is 1":  {Name: "n", Kind: graph.Int, Max: &one},
	} {
		for n := range int64(3) {
			got := validate.Value(p, n, false)
			if wrong := n == 0 && p.Min != nil || n == 2 && p.Max != nil; wrong && got != want || !wrong && got != "" {
				t.Errorf("%d: %q, want %q", n, got, want)
			}
		}
	}
}

// Each value is right, with want "", or refused with a message that holds want.
func TestValue(t *testing.T) {
	for _, c := range []struct {
		label, prop string
		value       any
		want        string
	}{
		{"Project", "startDate", "2020-02-29", ""},
		{"Project", "startDate", "2021-02-29", "is no day that exists"},
		{"Project", "startDate", "31-02-2021", "is no day that exists"},
		{"Project", "startDate", "28-02-2021", "write 2021-02-28"},
		{"Project", "startDate", "2021-3-1", "is no day that exists"},
		{"Project", "createdAt", "2021-03-31T12:00:00.000Z", ""},
		{"Project", "createdAt", "2021-03-31", "is no moment"},
		{"Project", "status", "BEZIG", "is none of"},
		{"Project", "budget", "100", "write a whole number"},
		{"Project", "budget", int64(3_000_000_000), "is too large"},
		{"Project", "title", "x\ny", "U+000A"},
		{"Project", "description", "x\ny", ""},
		{"Project", "description", "x\x00y", "U+0000"},
		{"Project", "description", "x\u202Ey", "U+202E"},
		{"Project", "description", "x\xffy", "not valid UTF-8"},
		{"Project", "description", strings.Repeat("é", validate.MaxText), ""},
		{"Project", "description", strings.Repeat("é", validate.MaxText+1), "50001 characters"},
		{"Project", "title", " x", "white space around it"},
		{"Project", "title", "", "it is empty"},
		{"Project", "title", nil, "required and cannot be removed"},
		{"Project", "description", nil, ""},
		{"Institution", "lat", 52.1, ""},
		{"Institution", "lat", 520.1, "520.1 does not lie between -90 and 90"},
		{"Project", "budget", int64(0), ""},
		{"Project", "budget", int64(-500), "-500 is too small; the least is 0"},
		{"Institution", "website", "https://www.saxion.nl/a?b=c#d", ""},
		{"Institution", "website", "javascript:alert(1)", "is no URL"},
		{"Institution", "website", "https://user:pw@x.nl/", "is no URL"},
		{"Institution", "website", "https:///x", "is no URL"},
		{"Institution", "ror", "https://ror.org/02mhbdp94", ""},
		{"Institution", "ror", "https://ror.org/02mhbdp95", "check digits are wrong"},
		{"Institution", "ror", "https://ror.org/02mhbil94", "is no ROR id"},
		{"Person", "orcid", "0000-0002-1825-0097", ""},
		{"Person", "orcid", "0000-0002-1694-233X", ""},
		{"Person", "orcid", "0000-0002-1825-0098", "check digit is wrong"},
		{"Person", "email", "jan@voorbeeld.nl", ""},
		{"Person", "email", "Jan <jan@voorbeeld.nl>", "is no e-mail address"},
		{"Person", "email", "jan@localhost", "is no e-mail address"},
		{"Person", "roles", []string{"LECTOR", "DOCENT"}, ""},
		{"Person", "roles", []string{"LECTOR", "LECTOR"}, "twice"},
		{"Person", "roles", "LECTOR", "is no list"},
		{"Publication", "doi", "10.1000/182", ""},
		{"Publication", "doi", "11.1000/182", "is no DOI"},
	} {
		title := c.prop == "title"
		got := validate.Value(property(t, c.label, c.prop), c.value, title)
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s.%s %.40v: got %q, want %q", c.label, c.prop, c.value, got, c.want)
		}
	}
}

// A message never repeats a personal value.
func TestPersonalValuesAreNotRepeated(t *testing.T) {
	for _, name := range []string{"email", "orcid", "phone"} {
		for _, value := range []any{"geheim", " geheim", "geheim\x00", 12.5} {
			if got := validate.Value(property(t, "Person", name), value, false); strings.Contains(got, "geheim") {
				t.Errorf("%s: %q", name, got)
			}
		}
	}
}

// Identifiers are stored in one way of writing, and numbers in that of their kind.
func TestConvert(t *testing.T) {
	for _, c := range []struct {
		label, prop string
		from, want  any
	}{
		{"Publication", "doi", "https://doi.org/10.1000/ABC", "10.1000/abc"},
		{"Person", "orcid", "https://orcid.org/0000-0002-1694-233x", "0000-0002-1694-233X"},
		{"Institution", "ror", "02MHBDP94", "https://ror.org/02mhbdp94"},
		{"Institution", "lat", json.Number("52"), 52.0},
		{"Institution", "lat", int64(52), 52.0},
		{"Project", "budget", json.Number("12"), int64(12)},
		{"Project", "budget", 12.5, 12.5},
		{"Project", "createdAt", "2021-03-31T12:00:00+02:00", "2021-03-31T10:00:00.000Z"},
		{"Project", "title", "T", "T"},
	} {
		if got := validate.Convert(property(t, c.label, c.prop), c.from); got != c.want {
			t.Errorf("%s.%s %v: got %#v, want %#v", c.label, c.prop, c.from, got, c.want)
		}
	}
	if got := validate.Convert(property(t, "Person", "roles"), []any{"LECTOR"}); !slices.Equal(got.([]string), []string{"LECTOR"}) {
		t.Errorf("got %#v", got)
	}
}

// All that is wrong with a change is told at once.
func TestNodeTellsAllProblems(t *testing.T) {
	r := validate.New(model(t))
	c := graph.Change{Op: graph.CreateNode, Label: "Institution", ID: "a b", Props: map[string]any{
		"kind": "SCHOOL", "website": "x", "size": int64(1), "lat": 100.0,
	}}
	var fields []string
	for _, p := range r.Node(c, nil) {
		fields = append(fields, p.Field)
	}
	if want := []string{"id", "kind", "lat", "size", "website", "name"}; !slices.Equal(fields, want) {
		t.Errorf("got %v, want %v", fields, want)
	}
	update := graph.Change{Op: graph.UpdateNode, Label: "Lectoraat", ID: "l", Props: map[string]any{"validUntil": "2020-01-01"}}
	if got := r.Node(update, map[string]any{"name": "L", "validFrom": "2021-01-01"}); len(got) != 1 || got[0].Field != "validUntil" {
		t.Errorf("got %v", got)
	}
	if got := r.Node(update, map[string]any{"name": "L", "validFrom": "2019-01-01"}); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}

func TestEdge(t *testing.T) {
	r := validate.New(model(t))
	leads := graph.Change{Op: graph.Connect, Type: "LEADS", From: "p", To: "l", Props: map[string]any{"since": "2021-01-01", "until": "2020-01-01", "role": "x"}}
	if got := r.Edge(leads, "Person", "Lectoraat", nil); len(got) != 2 {
		t.Errorf("got %v", got)
	}
	if got := r.Edge(leads, "Person", "Theme", nil); len(got) != 1 || !strings.Contains(got[0].Message, "LEADS leads from Person to Lectoraat") {
		t.Errorf("got %v", got)
	}
	self := graph.Change{Op: graph.Connect, Type: "RELATED", From: "t", To: "t"}
	if got := r.Edge(self, "Theme", "Theme", nil); len(got) != 1 {
		t.Errorf("got %v", got)
	}
}

func TestCycle(t *testing.T) {
	up := map[string][]string{"a": {"b"}, "b": {"c", "d"}, "x": {"y"}, "y": {"x"}}
	above := func(id string) ([]string, error) { return up[id], nil }
	for _, c := range []struct {
		narrower, broader string
		want              []string
	}{
		{"d", "a", []string{"d", "a", "b", "d"}}, {"a", "a", []string{"a", "a"}}, {"a", "d", nil}, {"z", "x", nil},
	} {
		if got, err := validate.Cycle(c.narrower, c.broader, above); err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s under %s: got %v, %v, want %v", c.narrower, c.broader, got, err, c.want)
		}
	}
}
