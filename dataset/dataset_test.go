package dataset

import (
	"maps"
	"reflect"
	"slices"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/dataset/check"
	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/schema"
)

func load(t *testing.T, name string) []graph.Change {
	t.Helper()
	changes, err := Changes(name)
	if err != nil {
		t.Fatal(err)
	}
	return changes
}

// nodes returns the nodes of a dataset by id.
func nodes(changes []graph.Change) map[string]graph.Change {
	byID := map[string]graph.Change{}
	for _, c := range changes {
		if c.Op == graph.UpsertNode {
			byID[c.ID] = c
		}
	}
	return byID
}

// edge returns a relation of a dataset, and whether it is there.
func edge(changes []graph.Change, typ, from, to string) (graph.Change, bool) {
	i := slices.IndexFunc(changes, func(c graph.Change) bool { return c.Type == typ && c.From == from && c.To == to })
	if i < 0 {
		return graph.Change{}, false
	}
	return changes[i], true
}

func TestDatasetsFitTheModel(t *testing.T) {
	model, err := schema.Model()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range Names() {
		for _, err := range check.Changes(model, slices.Values(load(t, name))) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNodesComeFirst(t *testing.T) {
	for _, name := range Names() {
		connecting := false
		for i, c := range load(t, name) {
			switch {
			case c.Op == graph.Connect:
				connecting = true
			case c.Op != graph.UpsertNode || connecting:
				t.Fatalf("%s: change %d is %s %s %s", name, i, c.Op, c.Label, c.ID)
			}
		}
	}
}

func TestChangesAreTheSameEachTime(t *testing.T) {
	if !reflect.DeepEqual(load(t, Demo), load(t, Demo)) {
		t.Error("two readings differ")
	}
}

func TestUnknownDataset(t *testing.T) {
	_, err := Changes("facts")
	if graph.CodeOf(err) != graph.BadUserInput {
		t.Errorf("got %v", err)
	}
}

func TestDemoIsALayerOfItsOwn(t *testing.T) {
	reference, demo := load(t, Reference), load(t, Demo)
	real, all := nodes(reference), nodes(demo)
	for id, n := range real {
		if n.Props["source"] == "demo" {
			t.Errorf("reference node %s says it is demo", id)
		}
		if !reflect.DeepEqual(all[id], n) {
			t.Errorf("demo changes the reference node %s", id)
		}
	}
	for id, n := range all {
		if _, ok := real[id]; !ok && n.Props["source"] != "demo" {
			t.Errorf("demo node %s has source %v", id, n.Props["source"])
		}
	}
	for _, c := range demo {
		if c.Op != graph.Connect || all[c.From].Props["source"] == "demo" || all[c.To].Props["source"] == "demo" {
			continue
		}
		if _, ok := edge(reference, c.Type, c.From, c.To); !ok {
			t.Errorf("demo connects the real %s and %s by %s", c.From, c.To, c.Type)
		}
	}
}

func TestReferenceCounts(t *testing.T) {
	got := map[string]int{}
	for _, n := range nodes(load(t, Reference)) {
		got[n.Label]++
	}
	want := map[string]int{
		"Ministry": 17, "Agency": 86, "Institution": 55, "Region": 20, "Theme": 115, "Lectoraat": 34, "Person": 32,
		"Fieldlab": 11, "Project": 11, "Agreement": 5, "Programme": 8, "Vraagstuk": 3, "Body": 6, "Offer": 1, "Result": 5,
	}
	if !maps.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestNoContactDataOfRealPeople(t *testing.T) {
	for id, n := range nodes(load(t, Reference)) {
		for _, name := range []string{"email", "phone", "orcid"} {
			if _, ok := n.Props[name]; ok {
				t.Errorf("%s has %s", id, name)
			}
		}
	}
}
