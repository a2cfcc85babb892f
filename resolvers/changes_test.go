package resolvers_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/live"
)

// labels returns the labels of a connection of changes, in order.
func labels(t *testing.T, connection any) []string {
	t.Helper()
	nodes, _ := dig(t, connection, "nodes").([]any)
	out := make([]string, len(nodes))
	for i, n := range nodes {
		out[i], _ = dig(t, n, "label").(string)
	}
	return out
}

// The log is a connection, oldest first, that can be narrowed; a history also tells of
// what is gone, by its last name.
func TestChangesAndHistory(t *testing.T) {
	c := newChannel(t, live.Options{})
	c.write(create("Institution", "saxion", "Saxion"), create("Lectoraat", "as", "Ambient"), connect("PART_OF", "as", "saxion"))
	c.write(set("Lectoraat", "as", "name", "Ambient Intelligence"))
	c.write(create("Vraagstuk", "v", "Hoe?"), graph.Change{Op: graph.DeleteNode, Label: "Lectoraat", ID: "as", Cascade: true})
	if _, err := c.store.Apply(t.Context(), "else", []graph.Change{create("Institution", "hanze", "Hanze")}); err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string][]string{
		`changes(first: 2)`:                       {"onderwijsinstelling Saxion toegevoegd", "lectoraat Ambient Intelligence toegevoegd"},
		`changes(last: 3)`:                        {"Vervallen: Ambient Intelligence hoort bij Saxion", "lectoraat Ambient Intelligence verwijderd", "onderwijsinstelling Hanze toegevoegd"},
		`changes(by: "else")`:                     {"onderwijsinstelling Hanze toegevoegd"},
		`changes(types: [Vraagstuk])`:             {"vraagstuk “Hoe?” toegevoegd"},
		`changes(of: ["hanze"], types: [Person])`: {},
		`history(id: "as")`: {
			"lectoraat Ambient Intelligence toegevoegd", "Nieuw: Ambient Intelligence hoort bij Saxion", "lectoraat Ambient Intelligence: name gewijzigd",
			"Vervallen: Ambient Intelligence hoort bij Saxion", "lectoraat Ambient Intelligence verwijderd",
		},
		`history(id: "nobody")`: {},
	} {
		for _, connection := range c.data(t, `{ `+query+` { nodes { label } } }`) {
			if d := cmp.Diff(want, labels(t, connection)); d != "" {
				t.Errorf("%s\n%s", query, d)
			}
		}
	}
	gone := dig(t, c.data(t, `{ history(id: "as", last: 1) { nodes { node { id } of { id label node { id } } op properties { name } } } }`), "history", "nodes", 0)
	want := map[string]any{"node": nil, "of": map[string]any{"id": "as", "label": "Ambient Intelligence", "node": nil}, "op": "DELETE",
		"properties": []any{map[string]any{"name": "name"}}}
	if d := cmp.Diff(any(want), gone); d != "" {
		t.Error(d)
	}
}

// Pages of the log lead on in both directions and show each change once.
func TestChangesPage(t *testing.T) {
	c := newChannel(t, live.Options{})
	for _, id := range []string{"a", "b", "c", "d", "e"} {
		c.write(create("Institution", id, id))
	}
	page := func(args string) (ids []string, info map[string]any) {
		data := c.data(t, `{ changes(`+args+`) { edges { cursor node { of { id } } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`)
		for _, e := range dig(t, data, "changes", "edges").([]any) {
			ids = append(ids, dig(t, e, "node", "of", "id").(string))
		}
		return ids, dig(t, data, "changes", "pageInfo").(map[string]any)
	}
	expect := func(args, want string, previous, next bool) (start, end string) {
		t.Helper()
		ids, info := page(args)
		if got := strings.Join(ids, ""); got != want || info["hasPreviousPage"] != previous || info["hasNextPage"] != next {
			t.Errorf("%s: %s %v", args, got, info)
		}
		start, _ = info["startCursor"].(string)
		end, _ = info["endCursor"].(string)
		return start, end
	}
	_, end := expect("first: 2", "ab", false, true)
	_, end = expect(`first: 2, after: "`+end+`"`, "cd", true, true)
	expect(`first: 2, after: "`+end+`"`, "e", true, false)
	start, _ := expect("last: 2", "de", true, false)
	expect(`last: 9, before: "`+start+`"`, "abc", false, true)
	expect("first: 0", "", false, true)
}

// Personal data stands in the log by name only, for those who may not see it.
func TestChangesHidePersonalData(t *testing.T) {
	c := newChannel(t, live.Options{})
	p := create("Person", "p", "P. Voorbeeld-Test")
	p.Props["roles"], p.Props["email"] = []string{"DOCENT"}, "p@example.nl"
	c.write(p)
	const query = `{ changes { nodes { properties { name before after hidden } } } }`
	want := func(after any, hidden bool) any {
		return map[string]any{"name": "email", "before": nil, "after": after, "hidden": hidden}
	}
	if d := cmp.Diff(want(nil, true), dig(t, c.data(t, query), "changes", "nodes", 0, "properties", 0)); d != "" {
		t.Error(d)
	}
	c.personal = true
	if d := cmp.Diff(want("p@example.nl", false), dig(t, c.data(t, query), "changes", "nodes", 0, "properties", 0)); d != "" {
		t.Error(d)
	}
}

// An answer as of a day says so, by field, and what that covers; others do not.
func TestAsOfSaysSo(t *testing.T) {
	c := newChannel(t, live.Options{})
	a, _ := c.ask(t, `query ($day: Date) { agencies(asOf: "2022-03-01") { totalCount } then: ministries(asOf: $day) { totalCount } people(asOf: null) { totalCount } themes { totalCount } }`,
		map[string]any{"day": "2021-01-01"})
	asOf, _ := a.Extensions["asOf"].(map[string]any)
	if d := cmp.Diff(any(map[string]any{"agencies": "2022-03-01", "then": "2021-01-01"}), asOf["days"]); d != "" || !strings.Contains(asOf["en"].(string), "since") {
		t.Errorf("%s\n%v", d, a.Extensions)
	}
	if a, _ := c.ask(t, `{ themes { totalCount } }`, nil); a.Extensions["asOf"] != nil {
		t.Errorf("%v", a.Extensions)
	}
}

// The history of a node is also that of the nodes that were merged into it, and into these.
func TestHistoryOfMergedNodes(t *testing.T) {
	c := newChannel(t, live.Options{})
	for _, id := range []string{"a", "b", "c"} {
		p := create("Person", id, id)
		p.Props["roles"] = []string{"DOCENT"}
		c.write(p)
	}
	c.data(t, `mutation { merge(keep: "b", from: "c") { node { id } } }`)
	c.data(t, `mutation { merge(keep: "a", from: "b") { node { id } } }`)
	created := map[string]bool{}
	for _, n := range dig(t, c.data(t, `{ history(id: "a") { nodes { op of { id } } } }`), "history", "nodes").([]any) {
		if dig(t, n, "op") == "CREATE" {
			created[dig(t, n, "of", "id").(string)] = true
		}
	}
	if d := cmp.Diff(map[string]bool{"a": true, "b": true, "c": true}, created); d != "" {
		t.Error(d)
	}
}
