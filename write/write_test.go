package write_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/write"
)

// refuse expects that nothing is written, with a message of the code that holds each text.
func (l *lab) refuse(code graph.Code, says string, ops ...write.Op) {
	l.Helper()
	before, _ := l.store.Log(l.Context(), graph.LogQuery{Limit: graph.All})
	_, err := l.w.Do(l.Context(), false, ops...)
	if err == nil {
		l.Fatalf("want %s, got none", code)
	}
	var failures write.Failures
	message := err.Error()
	if errors.As(err, &failures) {
		message = ""
		for _, e := range failures.Unwrap() {
			message += e.Error() + "\n"
		}
	}
	if graph.CodeOf(err) != code || !strings.Contains(message, says) {
		l.Errorf("got %s %q, want %s %q", graph.CodeOf(err), message, code, says)
	}
	after, _ := l.store.Log(l.Context(), graph.LogQuery{Limit: graph.All})
	if len(after) != len(before) {
		l.Errorf("%d entries were written", len(after)-len(before))
	}
}

func TestCreate(t *testing.T) {
	l := newLab(t, t.TempDir()+"/test.db")
	r := l.do(write.Create("Person", write.Input{
		"name": "Zoë Voorbeeld", "roles": []any{"LECTOR"},
		"expertise": write.Input{"connect": write.Input{"id": "cyber", "level": "EXPERT"}},
		"leads": write.Input{"connect": write.Input{"since": "2020-01-01", "create": write.Input{
			"lectoraat": write.Input{"name": "Nieuw", "institution": link("hs")},
		}}},
	}))
	if r[0].ID != "zoe-voorbeeld" || len(r[0].Entries) != 5 {
		t.Fatalf("got %q with %d entries", r[0].ID, len(r[0].Entries))
	}
	if d := cmp.Diff(map[string]map[string]any{"nieuw": {"since": "2020-01-01"}}, l.links("zoe-voorbeeld", "LEADS")); d != "" {
		t.Error(d)
	}
	// The next one of that name gets an id of its own, also within one request.
	r = l.do(write.Create("Person", write.Input{"name": "Zoë Voorbeeld"}), write.Create("Person", write.Input{"name": "Zoe voorbeeld!"}))
	if r[0].ID != "zoe-voorbeeld-2" || r[1].ID != "zoe-voorbeeld-3" {
		t.Errorf("got %q and %q", r[0].ID, r[1].ID)
	}
	if len(r[0].Entries) != 1 || len(r[1].Entries) != 1 {
		t.Errorf("entries are %v and %v", r[0].Entries, r[1].Entries)
	}
	l.refuse(graph.Conflict, `input.id: the id "hs" is taken by a node of type Institution`, write.Create("Person", write.Input{"id": "hs", "name": "X"}))
	l.refuse(graph.Conflict, `the Institution "hs" has the ror`, write.Create("Institution", write.Input{"name": "X", "kind": "UNIVERSITY", "ror": "02mhbdp94"}))
	l.refuse(graph.NotFound, `input.leads.connect[1].id: there is no node with id "nergens"`,
		write.Create("Person", write.Input{"name": "X", "leads": link("lab", "nergens")}))
	l.refuse(graph.BadUserInput, "input.leads.connect[0]: no relation LEADS leads from a Person to a Theme",
		write.Create("Person", write.Input{"name": "X", "leads": link("cyber")}))
	l.refuse(graph.BadUserInput, "input.name: it is required", write.Create("Person", write.Input{}))
	l.refuse(graph.BadUserInput, "a new node here is one of Lectoraat",
		write.Create("Person", write.Input{"name": "X", "leads": write.Input{"connect": write.Input{"create": write.Input{"theme": write.Input{"prefLabelNl": "x"}}}}}))
}

// All that one request wants is one transaction: the second failing undoes the first.
func TestAllOrNothing(t *testing.T) {
	l := newLab(t, t.TempDir()+"/test.db")
	l.refuse(graph.NotFound, "nergens", write.Update("Institution", "hs", write.Input{"city": "Zwolle"}, ""), write.Update("Institution", "nergens", nil, ""))
	l.refuse(graph.Conflict, "still has relations", write.Connect("lab", "institution", "hs", nil), write.Delete("lab", "", false))
	if got := l.props("hs", "city"); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}

func TestDryRun(t *testing.T) {
	l := newLab(t, t.TempDir()+"/test.db")
	r, err := l.w.Do(t.Context(), true, write.Connect("lab", "institution", "hs", nil), write.Delete("lab", "", true))
	if err != nil || len(r[0].Entries) != 1 || len(r[1].Entries) != 2 {
		t.Fatalf("got %v, %v", r, err)
	}
	if l.props("lab", "name") == nil {
		t.Error("the node is gone")
	}
}

func TestUpsert(t *testing.T) {
	l := newLab(t, t.TempDir()+"/test.db")
	r := l.do(write.Upsert("Institution", write.Input{"ror": "https://ror.org/02MHBDP94", "city": "Zwolle"}, ""))
	if r[0].ID != "hs" || l.props("hs", "city")["city"] != "Zwolle" {
		t.Errorf("got %v", r)
	}
	if r := l.do(write.Upsert("Institution", write.Input{"ror": "https://ror.org/02mhbdp94", "city": "Zwolle"}, "")); len(r[0].Entries) != 0 {
		t.Errorf("the second time changed %v", r[0].Entries)
	}
	r = l.do(write.Upsert("Publication", write.Input{"doi": "10.1000/X", "title": "Een"}, ""), write.Upsert("Publication", write.Input{"doi": "https://doi.org/10.1000/x", "title": "Twee"}, ""))
	if r[0].ID != r[1].ID || l.props(r[0].ID, "title")["title"] != "Twee" {
		t.Errorf("got %v", r)
	}
	l.refuse(graph.BadUserInput, "an upsert finds the Publication by id, doi", write.Upsert("Publication", write.Input{"title": "Drie"}, ""))
	l.refuse(graph.Conflict, `the id "hs" belongs to a node of type Institution`, write.Upsert("Person", write.Input{"id": "hs", "name": "X"}, ""))
}

func TestExpectedUpdatedAt(t *testing.T) {
	l := newLab(t, t.TempDir()+"/test.db")
	at := l.props("hs", "updatedAt")["updatedAt"].(string)
	if _, err := l.w.Do(write.WithActor(t.Context(), "anna"), false, write.Update("Institution", "hs", write.Input{"city": "Zwolle"}, at)); err != nil {
		t.Fatal(err)
	}
	l.refuse(graph.Conflict, `"anna" changed the Institution "hs"`, write.Update("Institution", "hs", write.Input{"city": "Deventer"}, at))
	l.refuse(graph.Conflict, "(city)", write.Delete("hs", at, true))
}

// What stands in expectedUpdatedAt guards the write, however the moment is written; what
// is no moment is refused, and not taken for leave to overwrite.
func TestExpectedMoment(t *testing.T) {
	l := newLab(t, t.TempDir()+"/test.db")
	at, err := time.Parse(time.RFC3339, l.props("hs", "updatedAt")["updatedAt"].(string))
	if err != nil {
		t.Fatal(err)
	}
	guarded := func(expected any) []write.Op {
		var ops []write.Op
		for name, plan := range write.Mutations(model()) {
			if slices.Contains([]string{"updateInstitution", "upsertInstitution", "delete"}, name) {
				ops = append(ops, plan(map[string]any{"id": "hs", "input": write.Input{"id": "hs"}, "cascade": true, "expectedUpdatedAt": expected}))
			}
		}
		return ops
	}
	for _, wrong := range []any{"", " ", "gisteren", "2021-03-31", 5, int64(5), json.Number("5"), true} {
		for _, op := range guarded(wrong) {
			l.refuse(graph.BadUserInput, "expectedUpdatedAt: ", op)
		}
	}
	for _, stale := range []string{"2021-03-31T12:00:00Z", "2021-03-31T14:00:00+02:00"} {
		for _, op := range guarded(stale) {
			l.refuse(graph.Conflict, "after 2021-03-31T12:00:00.000Z", op)
		}
	}
	amsterdam := at.In(time.FixedZone("", 3600)).Format("2006-01-02T15:04:05.000000-07:00")
	for _, right := range []any{nil, at.Format("2006-01-02T15:04:05.000Z"), amsterdam} {
		for _, op := range guarded(right) {
			if _, err := l.w.Do(t.Context(), true, op); err != nil {
				t.Errorf("%v: %v", right, err)
			}
		}
	}
}

// A new node does not get the id of one that is gone: their histories would be one.
func TestFormerID(t *testing.T) {
	l := newLab(t, t.TempDir()+"/test.db")
	namesake := write.Create("Person", write.Input{"name": "Jan Jansen"})
	l.do(namesake, namesake)
	l.do(write.Merge("jan-jansen", "jan-jansen-2"))
	if r := l.do(namesake); r[0].ID != "jan-jansen-3" {
		t.Errorf("one like that which was merged is %q", r[0].ID)
	}
	l.do(write.Delete("jan-jansen", "", false))
	if r := l.do(namesake); r[0].ID != "jan-jansen-4" {
		t.Errorf("one like that which was deleted is %q", r[0].ID)
	}
}

// Setting a relation to one replaces it, and ends it where the new one says when it
// begins; connecting a second one beside it needs a period.
func TestRelationToOne(t *testing.T) {
	l := newLab(t, t.TempDir()+"/test.db")
	l.do(write.Update("Lectoraat", "lab", write.Input{"institution": link("hs")}, ""))
	l.do(write.Update("Lectoraat", "lab", write.Input{"institution": link("uni")}, ""))
	if d := cmp.Diff(map[string]map[string]any{"uni": {}}, l.links("lab", "PART_OF")); d != "" {
		t.Error(d)
	}
	l.refuse(graph.Conflict, `the institution of "lab" is "uni" already`, write.Connect("lab", "institution", "hs", nil))
	l.refuse(graph.Conflict, `the institution of "lab" is "uni" already`, write.Update("Institution", "hs", write.Input{"lectoraten": link("lab")}, ""))
	l.refuse(graph.BadUserInput, "it leads to one Institution, and 2 are connected", write.Update("Lectoraat", "lab", write.Input{"institution": link("hs", "uni")}, ""))
	l.do(
		write.Create("Ministry", write.Input{"id": "a", "name": "A"}), write.Create("Ministry", write.Input{"id": "b", "name": "B"}),
		write.Create("Agency", write.Input{"id": "d", "name": "D", "ministry": write.Input{"connect": write.Input{"id": "a", "since": "2020-01-01"}}}),
		write.Update("Agency", "d", write.Input{"ministry": write.Input{"connect": write.Input{"id": "b", "since": "2024-07-02"}}}, ""))
	want := map[string]map[string]any{"a": {"since": "2020-01-01", "until": "2024-07-01"}, "b": {"since": "2024-07-02"}}
	if d := cmp.Diff(want, l.links("d", "PART_OF")); d != "" {
		t.Error(d)
	}
}

func TestConnect(t *testing.T) {
	l := newLab(t, t.TempDir()+"/test.db")
	l.do(write.Create("Person", write.Input{"id": "p", "name": "P"}))
	r := l.do(write.Connect("p", "leads", "lab", write.Input{"since": "2020-01-01"}), write.Connect("lab", "lectoren", "p", nil))
	if len(r[0].Entries) != 1 || len(r[1].Entries) != 0 {
		t.Errorf("got %v", r)
	}
	l.refuse(graph.BadUserInput, "Person has no relation \"leidt\"", write.Connect("p", "leidt", "lab", nil))
	l.refuse(graph.BadUserInput, "properties.position: the relation leads has no such property", write.Connect("p", "leads", "lab", write.Input{"position": "x"}))
	l.refuse(graph.BadUserInput, "properties.until: 2019-01-01 lies before since", write.Connect("p", "leads", "lab", write.Input{"until": "2019-01-01"}))
	l.refuse(graph.BadUserInput, "to: no relation LEADS leads from a Person to a Theme", write.Connect("p", "leads", "cyber", nil))
	l.refuse(graph.NotFound, "nergens", write.Connect("p", "leads", "nergens", nil))
	l.refuse(graph.NotFound, `"p" is not connected to "cyber" by expertise`, write.Disconnect("p", "expertise", "cyber"))
	l.do(write.Disconnect("lab", "lectoren", "p"))
	if got := l.links("p", "LEADS"); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}

func TestNoCycles(t *testing.T) {
	l := newLab(t, t.TempDir()+"/test.db")
	l.do(write.Create("Theme", write.Input{"id": "b", "prefLabelNl": "B", "broader": link("cyber")}), write.Create("Theme", write.Input{"id": "c", "prefLabelNl": "C", "broader": link("b")}))
	l.refuse(graph.BadUserInput, "cyber → c → b → cyber", write.Update("Theme", "cyber", write.Input{"broader": link("c")}, ""))
	l.refuse(graph.BadUserInput, "circle", write.Update("Theme", "c", write.Input{"narrower": link("cyber")}, ""))
	l.refuse(graph.BadUserInput, "to itself", write.Update("Theme", "cyber", write.Input{"broader": link("cyber")}, ""))
}

func TestMerge(t *testing.T) {
	l := newLab(t, t.TempDir()+"/test.db")
	affiliation := func(id, since, until string) write.Input {
		in := write.Input{"id": id}
		for name, v := range map[string]string{"since": since, "until": until} {
			if v != "" {
				in[name] = v
			}
		}
		return in
	}
	l.do(
		write.Create("Person", write.Input{"id": "a", "name": "A. Jansen", "roles": []any{"LECTOR"},
			"affiliations": write.Input{"connect": []any{affiliation("hs", "2020-01-01", "2021-01-01")}}}),
		write.Create("Person", write.Input{"id": "b", "name": "Anna Jansen", "roles": []any{"DOCENT"}, "jobTitle": "Lector", "orcid": "0000-0002-1825-0097",
			"affiliations": write.Input{"connect": []any{affiliation("hs", "2019-01-01", ""), affiliation("uni", "", "")}}, "leads": link("lab")}),
	)
	l.do(write.Merge("a", "b"))
	want := map[string]any{"name": "A. Jansen", "roles": []string{"LECTOR", "DOCENT"}, "jobTitle": "Lector", "orcid": "0000-0002-1825-0097", "mergedFrom": []string{"b"}}
	if d := cmp.Diff(want, l.props("a", "name", "roles", "jobTitle", "orcid", "mergedFrom")); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(map[string]map[string]any{"hs": {"since": "2019-01-01"}, "uni": {}}, l.links("a", "AFFILIATED_WITH")); d != "" {
		t.Error(d)
	}
	if l.props("b", "name") != nil || len(l.links("a", "LEADS")) != 1 {
		t.Error("b is there, or what it led is not")
	}
	ids, err := write.Histories(t.Context(), model(), l.store, "a")
	if err != nil || !slices.Equal(ids, []string{"a", "b"}) {
		t.Errorf("got %v, %v", ids, err)
	}
	l.refuse(graph.BadUserInput, "nodes of type Theme cannot be merged; those of Institution and Person can", write.Create("Theme", write.Input{"id": "x", "prefLabelNl": "X"}), write.Merge("cyber", "x"))
	l.refuse(graph.NotFound, "there is no Person with id \"hs\"", write.Merge("a", "hs"))
}
