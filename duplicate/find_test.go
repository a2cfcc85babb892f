package duplicate_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/i-partnerschap/kennisgraaf/duplicate"
	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/sqlite"
	"github.com/i-partnerschap/kennisgraaf/schema"
)

func TestFind(t *testing.T) {
	model, err := schema.Model()
	if err != nil {
		t.Fatal(err)
	}
	s, err := sqlite.Open(t.Context(), t.TempDir()+"/test.db", model, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var changes []graph.Change
	node := func(label, id, name string, at ...string) {
		changes = append(changes, graph.Change{Op: graph.CreateNode, Label: label, ID: id, Props: map[string]any{"name": name, "createdAt": "2020-01-01T00:00:00.000Z"}})
		for _, org := range at {
			changes = append(changes, graph.Change{Op: graph.Connect, Type: "AFFILIATED_WITH", From: id, To: org})
		}
	}
	node("Institution", "hs", "Hogeschool Voorbeeld")
	node("Institution", "hs2", "hogeschool voorbeeld")
	changes = append(changes, graph.Change{Op: graph.CreateNode, Label: "Region", ID: "ov", Props: map[string]any{"name": "Overijssel", "kind": "PROVINCE"}})
	for _, name := range []string{"Avans Hogeschool", "Fontys Hogeschool"} { // share a word and a place, and are not the same
		node("Institution", name, name)
		changes = append(changes, graph.Change{Op: graph.Connect, Type: "SEATED_IN", From: name, To: "ov"})
	}
	node("Institution", "uni", "Universiteit Elders")
	node("Person", "same1", "dr. Zoë Voorbeeld-Berg")
	node("Person", "same2", "Voorbeeld Berg, Zoe")
	node("Person", "initial1", "A. Proef", "hs")
	node("Person", "initial2", "Anna Proef", "hs")
	node("Person", "initial3", "Anna Proef-Elders", "uni")
	node("Person", "initial4", "B. Proef", "hs")
	node("Person", "typo1", "Cornelis Verzonnen", "uni")
	node("Person", "typo2", "Cornelius Verzonnen", "uni")
	node("Person", "typo3", "Cornelis Verzonnem", "hs")
	if _, err := s.Apply(t.Context(), "test", changes); err != nil {
		t.Fatal(err)
	}
	got, err := duplicate.Find(t.Context(), model, s, "Person")
	if err != nil {
		t.Fatal(err)
	}
	want := []duplicate.Pair{
		{A: "same1", B: "same2", Reason: duplicate.SameName, Score: 1},
		{A: "typo1", B: "typo2", Reason: duplicate.SimilarName, Score: 1 - 1.0/19},
		{A: "initial1", B: "initial2", Reason: duplicate.SimilarName, Score: .9},
	}
	if d := cmp.Diff(want, got, cmpopts.EquateApprox(0, 1e-9)); d != "" {
		t.Error(d)
	}
	got, err = duplicate.Find(t.Context(), model, s, "Institution")
	if d := cmp.Diff([]duplicate.Pair{{A: "hs", B: "hs2", Reason: duplicate.SameName, Score: 1}}, got); d != "" || err != nil {
		t.Error(d, err)
	}
	if _, err := duplicate.Find(t.Context(), model, s, "Theme"); graph.CodeOf(err) != graph.BadUserInput {
		t.Errorf("got %v", err)
	}
}
