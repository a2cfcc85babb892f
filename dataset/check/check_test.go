package check

import (
	"slices"
	"strings"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/schema"
)

func node(label, id, source string, props ...any) graph.Change {
	return graph.Change{Op: graph.UpsertNode, Label: label, ID: id, Props: with(map[string]any{"source": source}, props)}
}

func connect(typ, from, to string, props ...any) graph.Change {
	return graph.Change{Op: graph.Connect, Type: typ, From: from, To: to, Props: with(map[string]any{}, props)}
}

func with(props map[string]any, pairs []any) map[string]any {
	for i := 0; i < len(pairs); i += 2 {
		props[pairs[i].(string)] = pairs[i+1]
	}
	return props
}

// sound is a dataset without a fault, with a real and an invented part.
func sound() []graph.Change {
	roles := []string{"LECTOR"}
	return []graph.Change{
		node("Institution", "hs", "x", "name", "HS", "kind", "HOGESCHOOL", "lat", 52.0),
		node("Theme", "t", "x", "prefLabelNl", "T", "altLabelsNl", []string{}, "altLabelsEn", []string{}, "level", int64(1)),
		node("Person", "real", "x", "name", "R", "roles", roles),
		node("Lectoraat", "lr", "x", "name", "L"),
		node("Person", "fake", "demo", "name", "F", "roles", roles),
		node("Lectoraat", "lf", "demo", "name", "L"),
		connect("LEADS", "real", "lr", "since", "2020-01-01"),
		connect("LEADS", "fake", "lf"),
		connect("PART_OF", "lf", "hs"),
		connect("EXPERT_IN", "fake", "t", "level", "EXPERT"),
	}
}

func faults(t *testing.T, changes []graph.Change) string {
	t.Helper()
	model, err := schema.Model()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, err := range Changes(model, slices.Values(changes)) {
		all = append(all, err.Error())
	}
	return strings.Join(all, "\n")
}

func TestSoundDataHasNoFaults(t *testing.T) {
	if got := faults(t, sound()); got != "" {
		t.Error(got)
	}
}

func TestEachFaultIsFound(t *testing.T) {
	for _, c := range []struct {
		add  graph.Change
		want string
	}{
		{node("Theme", "hs", "x", "prefLabelNl", "T"), "Theme hs: the id belongs to a Institution already"},
		{node("Thing", "n", "x"), "there is no type \"Thing\""},
		{node("Institution", "n", "x", "kind", "HOGESCHOOL"), "Institution n: name: it is required"},
		{node("Institution", "n", "", "name", "N", "kind", "HOGESCHOOL"), "it has no source"},
		{node("Institution", "n", "x", "name", "N", "kind", "SCHOOL"), `kind: "SCHOOL" is none of HOGESCHOOL, UNIVERSITY`},
		{node("Institution", "n", "x", "name", "N", "kind", "HOGESCHOOL", "lat", "52"), `lat: "52" is of the wrong kind; write a number`},
		{node("Institution", "n", "x", "name", "N", "kind", "HOGESCHOOL", "website", "n.nl"), `website: "n.nl" is no URL`},
		{node("Institution", "n", "x", "name", "N ", "kind", "HOGESCHOOL"), "has white space around it"},
		{node("Institution", "n", "x", "name", "N", "kind", "HOGESCHOOL", "size", int64(3)), "size: an Institution has no such property"},
		{node("Lectoraat", "n", "x", "name", "N", "validFrom", "2020-02-30"), `validFrom: "2020-02-30" is no day`},
		{node("Lectoraat", "n", "x", "name", "N", "validFrom", "2021-01-01", "validUntil", "2020-01-01"), "validUntil: 2020-01-01 lies before validFrom"},
		{node("Person", "n", "x", "name", "N", "roles", []string{"BAAS"}), `roles: "BAAS" is none of`},
		{node("Person", "n", "x", "name", "N", "roles", "LECTOR"), "is no list"},
		{connect("LEADS", "real", "nobody"), `there is no node "nobody"`},
		{connect("LEADS", "fake", "lf"), "it stands there twice"},
		{connect("LEADS", "hs", "lr"), "no relation LEADS leads from an Institution to a Lectoraat"},
		{connect("LEADS", "lr", "real"), "no relation LEADS leads from a Lectoraat to a Person"},
		{connect("RESEARCHES_IN", "fake", "lf", "role", "x"), "role: a RESEARCHES_IN has no such property"},
		{connect("LEADS", "fake", "lr"), "invented content is attached to lr, a real Lectoraat"},
		{connect("RESEARCHES_IN", "real", "lf"), "invented content is attached to real, a real Person"},
		{node("Publication", "n", "demo", "title", "N"), ""},
		{graph.Change{Op: graph.DeleteNode, Label: "Person", ID: "real"}, "is no change that a dataset makes"},
	} {
		got := faults(t, append(sound(), c.add))
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%+v:\ngot  %q\nwant %q", c.add, got, c.want)
		}
	}
}

func TestSecondOfOneIsFound(t *testing.T) {
	second := append(sound(), node("Institution", "hs2", "x", "name", "H", "kind", "UNIVERSITY"), connect("PART_OF", "lf", "hs2"))
	if got := faults(t, second); !strings.Contains(got, "it leads to hs already") {
		t.Errorf("got %q", got)
	}
}
