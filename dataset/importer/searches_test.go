package importer

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/live/webhook"
	"github.com/i-partnerschap/kennisgraaf/resolvers"
	"github.com/i-partnerschap/kennisgraaf/web/limits"
)

// judging are options with which saved searches are taken in.
func judging(store graph.Store, model *graph.Model) Options {
	return Options{Actor: "importer", Searches: resolvers.SearchJudge(model, store, limits.Default().CheckVariables)}
}

// search returns a saved search of the store, nil where there is none.
func search(t *testing.T, store graph.Store, id string) map[string]any {
	t.Helper()
	found, err := webhook.Searches(t.Context(), store, graph.AnyOf("id", []string{id}), 1)
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		return nil
	}
	delete(found[0].Props, "createdAt")
	delete(found[0].Props, "updatedAt")
	return found[0].Props
}

// A search with a webhook that is new or changes begins behind all that the import wrote,
// with nothing that failed, and one that stays as it is keeps its place.
func TestWhereSearchesBegin(t *testing.T) {
	store, model := open(t)
	const theme = `{"node":"Theme","id":"%s","props":{"prefLabelNl":"Nieuw"}}` + "\n"
	hook := func(id, name string) string {
		return `{"node":"SavedSearch","id":"` + id + `","props":{"name":"` + name + `","types":["Theme"],"where":"{\"theme\":{\"prefLabelNl\":{\"eq\":\"Nieuw\"}}}","webhook":"https://example.nl/` + id + `"}}` + "\n"
	}
	plain := `{"node":"SavedSearch","id":"plain","props":{"name":"Woorden","text":"cyber"}}` + "\n"
	want := func(id, name string, last int64) map[string]any {
		return map[string]any{
			"name": name, "types": []string{"Theme"}, "where": `{"theme":{"prefLabelNl":{"eq":"Nieuw"}}}`, "webhook": "https://example.nl/" + id, "delivered": graph.LogCursor(last),
		}
	}
	before := position(t, store)
	did := imported(t, store, model, judging(store, model), write(t, "a.jsonl", hook("a", "A")+hook("b", "B")+plain+fmt.Sprintf(theme, "n1")+fmt.Sprintf(theme, "n2")))
	if d := cmp.Diff([]Counts{{Created: 2}, {}, {Created: 3}}, []Counts{did.Nodes, did.Relations, did.Searches}); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]any{want("a", "A", before+2), map[string]any{"name": "Woorden", "text": "cyber"}}, []any{search(t, store, "a"), search(t, store, "plain")}); d != "" {
		t.Error(d)
	}
	undelivered := map[string]any{"delivered": graph.LogCursor(1), "failures": int64(3), "problem": "the answer was 500", "nextTry": "2026-01-01T00:00:00.000Z"}
	for _, id := range []string{"a", "b"} {
		if _, err := store.Apply(t.Context(), "webhook", []graph.Change{{Op: graph.UpdateNode, Label: webhook.SearchLabel, ID: id, Props: undelivered}}); err != nil {
			t.Fatal(err)
		}
	}
	kept := search(t, store, "a")
	before = position(t, store)
	did = imported(t, store, model, judging(store, model), write(t, "b.jsonl", hook("a", "A")+hook("b", "Anders")+fmt.Sprintf(theme, "n3")))
	if d := cmp.Diff([]Counts{{Created: 1}, {Updated: 1, Unchanged: 1}}, []Counts{did.Nodes, did.Searches}); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]any{kept, want("b", "Anders", before+1)}, []any{search(t, store, "a"), search(t, store, "b")}); d != "" {
		t.Error(d)
	}
	imported(t, store, model, judging(store, model), write(t, "c.jsonl", `{"node":"SavedSearch","id":"b","props":{"webhook":null}}`))
	gone := want("b", "Anders", 0)
	delete(gone, "webhook")
	delete(gone, "delivered")
	if d := cmp.Diff(gone, search(t, store, "b")); d != "" {
		t.Error(d)
	}
}

// What saveSearch would refuse is a fault with its place, and then nothing is written.
func TestWrongSearches(t *testing.T) {
	store, model := open(t)
	where := func(filter string) string {
		return `"name":"x","where":"` + strings.ReplaceAll(filter, `"`, `\"`) + `"`
	}
	deep := func(n int) string {
		return where(`{"theme":` + strings.Repeat(`{"not":`, n) + `{}` + strings.Repeat("}", n) + "}")
	}
	for props, want := range map[string]string{
		`"name":"x","text":"y"`: "", where(`{"theme":{"within":"wide"}}`): "", where(`{}`) + `,"text":"y"`: "", deep(48): "",
		`"name":"x","text":"y","webhook":"http://10.0.0.1/hook"`: "",
		`"text":"y"`:              "name: it is required for a SavedSearch",
		`"name":"x"`:              "the search is empty; give at least one of text, types and where",
		`"name":" x ","text":"y"`: `name: " x " has white space around it`,
		`"name":"x","text":"y","webhook":"ftp://x.nl"`:             `webhook: "ftp://x.nl" is no URL`,
		`"name":"x","text":"y","webhook":"https://u:p@x.nl"`:       "is no URL; write it as in https://www.voorbeeld.nl/",
		`"name":"x","types":["Theme","Thema"]`:                     `types: there is no type "Thema"; the types are Agency, `,
		`"name":"x","types":["SavedSearch"]`:                       `types: there is no type "SavedSearch"`,
		`"name":"x","text":"y","delivered":"x"`:                    "delivered: a SavedSearch has no such property; it has name, text, types, where, webhook",
		`"name":"x","text":"y","createdAt":"2020-01-01T00:00:00Z"`: "createdAt: a SavedSearch has no such property",
		`"name":"x","text":"y","source":"x"`:                       "source: a SavedSearch has no such property",
		where(`[]`):                                                "where: it is no single object; write the filter as JSON, as in",
		where(`null`):                                              "where: it is no single object",
		where(`{} {}`):                                             "where: it is no single object",
		where(`{theme}`):                                           "where: it is no JSON: ",
		where(`{"thema":{}}`):                                      "where: thema: unknown field; write a filter that the API takes as FilterByType",
		where(`{"theme":{"prefLabel":{"eq":"x"}}}`):                "where: theme.prefLabel: unknown field",
		where(`{"theme":{"prefLabelNl":{"eq":5}}}`):                "where: prefLabelNl: 5 is not a text",
		where(`{"theme":{"prefLabelNl":{"is":"x"}}}`):              "where: theme.prefLabelNl.is: unknown field",
		where(`{"person":{"within":"x"}}`):                         "where: person.within: unknown field",
		where(`{"project":{"status":{"eq":"BEZIG"}}}`):             "where: project.status.eq: BEZIG is not a valid",
		where(`{"project":{"startDate":{"gte":"2020-02-30"}}}`):    "where: ",
		where(`{"theme":{"prefLabelNl":null}}`):                    "where: where.prefLabelNl is null; leave it out, or use isNull",
		where(`{"theme":{}}`) + `,"types":["Person"]`:              "where: where has no filter for any of the types asked for",
		deep(49): `where: the variable "where" has 51 levels of lists and objects; at most 50 are allowed`,
		`"name":"x","where":"{\"theme\":{\"matches\":\"` + strings.Repeat("x", 50_000) + `\"}}"`: "where: it has 50024 characters; 50000 is the most",
	} {
		before := position(t, store)
		o := judging(store, model)
		o.DryRun = want == ""
		file := write(t, "s.jsonl", "\n"+`{"node":"SavedSearch","id":"s","props":{`+props+`}}`+"\n"+`{"node":"Theme","id":"n","props":{"prefLabelNl":"Nieuw"}}`)
		result, err := Run(t.Context(), store, model, []string{file}, o)
		if want == "" {
			if err != nil {
				t.Errorf("%.200s: %v", props, result.Faults)
			}
			continue
		}
		if graph.CodeOf(err) != graph.BadUserInput || result.FaultCount != 1 {
			t.Errorf("%.200s: %v: %v", props, err, result.Faults)
		} else if got := result.Faults[0].Error(); !strings.HasPrefix(got, file+":2: ") || !strings.Contains(got, want) {
			t.Errorf("%.200s: %s, want %s", props, got, want)
		}
		if position(t, store) != before {
			t.Fatalf("%.200s: something was written", props)
		}
	}
}

// Of one search all that is wrong is said.
func TestSearchWithManyFaults(t *testing.T) {
	store, model := open(t)
	file := write(t, "s.jsonl", `{"node":"SavedSearch","id":"s","props":{"name":" x","text":"","types":["Thema"],"where":"[]","failures":1}}`)
	result, err := Run(t.Context(), store, model, []string{file}, judging(store, model))
	var columns []string
	for _, f := range result.Faults {
		columns = append(columns, f.Column)
	}
	if d := cmp.Diff([]string{"failures", "name", "text", "types", "where"}, columns); d != "" || err == nil {
		t.Errorf("%v: %s", err, d)
	}
}

// There are no more saved searches than there may be, those of the store counted in, and an
// id is that of one node, whatever its type.
func TestSearchesBesideTheStore(t *testing.T) {
	store, model := open(t)
	many := func(from, n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, `{"node":"SavedSearch","id":"s%d","props":{"name":"x","text":"y"}}`+"\n", from+i)
		}
		return b.String()
	}
	refused := func(content string, line int, want string, o Options) {
		t.Helper()
		file := write(t, "s.jsonl", content)
		result, err := Run(t.Context(), store, model, []string{file}, o)
		if graph.CodeOf(err) != graph.BadUserInput || result.FaultCount != 1 {
			t.Fatalf("%v: %v", err, result.Faults)
		}
		if got := result.Faults[0].Error(); !strings.HasPrefix(got, fmt.Sprintf("%s:%d: %s", file, line, want)) {
			t.Errorf("%s, want %s", got, want)
		}
	}
	o := judging(store, model)
	there := make([]graph.Change, 998)
	for i := range there {
		there[i] = graph.Change{Op: graph.CreateNode, Label: webhook.SearchLabel, ID: fmt.Sprint("s", i), Props: map[string]any{"name": "x", "text": "y"}}
	}
	if _, err := store.Apply(t.Context(), "test", there); err != nil {
		t.Fatal(err)
	}
	refused(many(996, 5), 5, "with this one there are more than 1000 saved searches; ", o)
	refused(many(5, 1)+many(5, 1), 2, `id: the SavedSearch "s5" stands in the import already, as a SavedSearch at `, o)
	refused(`{"node":"SavedSearch","id":"wide","props":{"name":"x","text":"y"}}`, 1, `id: "wide" is the id of a node of type Theme in the store, not of type SavedSearch`, o)
	refused(`{"node":"Theme","id":"s1","props":{"prefLabelNl":"x"}}`, 1, `id: "s1" is the id of a node of type SavedSearch in the store, not of type Theme`, o)
	refused(`{"edge":"ABOUT","from":"s1","to":"wide"}`, 1, "no relation ABOUT leads from a SavedSearch to a Theme", o)
	refused(many(0, 1), 1, "saved searches are not taken in here", Options{})
	if did := imported(t, store, model, o, write(t, "b.jsonl", many(996, 4))); did.Searches != (Counts{Created: 2, Unchanged: 2}) {
		t.Errorf("%+v", did.Searches)
	}
}

// A store with nothing but saved searches is not an empty one.
func TestSearchesAlone(t *testing.T) {
	_, model := open(t)
	store := empty(t, model)
	o := judging(store, model)
	const one = `{"node":"SavedSearch","id":"s","props":{"name":"x","text":"y","webhook":"https://example.nl/"}}`
	imported(t, store, model, o, write(t, "a.jsonl", one))
	if got := search(t, store, "s")["delivered"]; got != graph.LogCursor(0) {
		t.Errorf("it begins at %v", got)
	}
	if did := imported(t, store, model, o, write(t, "b.jsonl", one)); did.Searches != (Counts{Unchanged: 1}) {
		t.Errorf("%+v", did.Searches)
	}
}
