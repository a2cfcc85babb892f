package resolvers_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/i-partnerschap/kennisgraaf/live"
	"github.com/i-partnerschap/kennisgraaf/web/explorer"
	"github.com/i-partnerschap/kennisgraaf/web/playground"
)

// Whatever the number of rows, a level of a query costs one statement.
func TestOneStatementALevel(t *testing.T) {
	s := newService(t)
	const fiveLevels = `{ vraagstukken(first: %d) { nodes {
		themes(first: 3) { nodes { lectoraten(first: 5) { nodes {
			lectoren(first: 2) { nodes { name } }
			institution { name region { name } } } } } } } } }`
	// vraagstukken, themes, lectoraten, lectoren, institution, region.
	const levels = 6
	for _, first := range []int{1, 10, 50} {
		a, n := s.ask(t, fmt.Sprintf(fiveLevels, first), nil)
		if len(a.Errors) > 0 {
			t.Fatalf("%+v", a.Errors)
		}
		if got := len(dig(t, a.Data, "vraagstukken", "nodes").([]any)); got != first {
			t.Errorf("%d rows, want %d", got, first)
		}
		if n != levels {
			t.Errorf("%d statements for %d rows, want %d", n, first, levels)
		}
	}
}

func TestAliasesOfOneRelationHaveTheirOwnArguments(t *testing.T) {
	data := newService(t).data(t, `{ institution(id: "saxion") {
		few: lectoraten(first: 1) { nodes { name } }
		none: lectoraten(where: {name: {eq: "bestaat niet"}}) { totalCount nodes { name } }
		back: lectoraten(sort: [{path: "name", order: DESC}], first: 1) { nodes { name } }
		all: lectoraten { totalCount nodes { name } } } }`)
	all := dig(t, data, "institution", "all", "nodes").([]any)
	if len(all) < 2 || float64(len(all)) != dig(t, data, "institution", "all", "totalCount") {
		t.Fatalf("saxion has %d lectoraten", len(all))
	}
	if diff := cmp.Diff(all[:1], dig(t, data, "institution", "few", "nodes")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(all[len(all)-1:], dig(t, data, "institution", "back", "nodes")); diff != "" {
		t.Error(diff)
	}
	if n := dig(t, data, "institution", "none", "totalCount"); n != 0.0 {
		t.Errorf("none has %v", n)
	}
}

func TestFragmentsDirectivesAndTypenames(t *testing.T) {
	data := newService(t).data(t, `
		query { node(id: "saxion") { ...everything } skipped: node(id: "logius") { id label @skip(if: true) ... @include(if: true) { source } } }
		fragment everything on Node { __typename id ... on Organisation { name } ...school ... on Agency { kind } }
		fragment school on Institution { soort: kind region { __typename id } projects(first: 1) { edges { role node { __typename } } } }`)
	node := dig(t, data, "node").(map[string]any)
	if node["__typename"] != "Institution" || node["name"] != "Saxion Hogeschool" || node["soort"] != "HOGESCHOOL" || node["kind"] != nil {
		t.Errorf("%v", node)
	}
	if got := dig(t, node, "projects", "edges", 0, "node", "__typename"); got != "Project" {
		t.Errorf("%v", got)
	}
	if skipped := dig(t, data, "skipped").(map[string]any); len(skipped) != 2 || skipped["id"] != "logius" {
		t.Errorf("%v", skipped)
	}
}

// The same alias may lead along another relation on another type.
func TestOneAliasOnSeveralTypes(t *testing.T) {
	data := newService(t).data(t, `{ nodes(ids: ["saxion", "geen", "nl-ov", "bzk"]) { id
		... on Institution { x: projects(first: 1) { totalCount } }
		... on Region { x: projects(first: 1) { totalCount } }
		... on Ministry { x: projects(first: 1) { totalCount } } } 
		saxion: institution(id: "saxion") { x: projects { totalCount } }
		region: region(id: "nl-ov") { x: projects { totalCount } } }`)
	if got := dig(t, data, "nodes", 1); got != nil {
		t.Errorf("an unknown id gives %v", got)
	}
	for i, same := range map[int]string{0: "saxion", 2: "region"} {
		if a, b := dig(t, data, "nodes", i, "x", "totalCount"), dig(t, data, same, "x", "totalCount"); a != b || a == 0.0 {
			t.Errorf("%s: %v and %v", same, a, b)
		}
	}
}

// Pages forwards and backwards show every row once, in one order.
func TestPagesShowEveryRowOnce(t *testing.T) {
	s := newService(t)
	all := names(t, s.data(t, `{ lectoraten(first: 1000) { nodes { id } } }`))
	var forward, backward []string
	cursor := "null"
	for {
		data := s.data(t, fmt.Sprintf(`{ lectoraten(first: 17, after: %s) { nodes { id } pageInfo { hasNextPage endCursor } } }`, cursor))
		forward = append(forward, names(t, data)...)
		if dig(t, data, "lectoraten", "pageInfo", "hasNextPage") == false {
			break
		}
		cursor = fmt.Sprintf("%q", dig(t, data, "lectoraten", "pageInfo", "endCursor"))
	}
	cursor = "null"
	for {
		data := s.data(t, fmt.Sprintf(`{ lectoraten(last: 17, before: %s) { nodes { id } pageInfo { hasPreviousPage startCursor } } }`, cursor))
		backward = append(names(t, data), backward...)
		if dig(t, data, "lectoraten", "pageInfo", "hasPreviousPage") == false {
			break
		}
		cursor = fmt.Sprintf("%q", dig(t, data, "lectoraten", "pageInfo", "startCursor"))
	}
	if diff := cmp.Diff(all, forward); diff != "" {
		t.Error("forward", diff)
	}
	if diff := cmp.Diff(all, backward); diff != "" {
		t.Error("backward", diff)
	}
}

func names(t *testing.T, data map[string]any) []string {
	t.Helper()
	var ids []string
	for _, n := range dig(t, data, "lectoraten", "nodes").([]any) {
		ids = append(ids, dig(t, n, "id").(string))
	}
	return ids
}

// A group's nodes add up to the filtered list that the group stands for.
func TestGroupsCountWhatTheListShows(t *testing.T) {
	s := newService(t)
	data := s.data(t, `{ projectsAggregate(groupBy: [{path: ["regions"]}, {path: ["startDate"], unit: YEAR}], first: 150) {
		count groups { count keys { node { id } value unknown } } } }`)
	unknown := 0
	for _, g := range dig(t, data, "projectsAggregate", "groups").([]any) {
		if dig(t, g, "keys", 0, "unknown") == true {
			unknown++
			continue
		}
		year, _ := dig(t, g, "keys", 1, "value").(string)
		if year == "" {
			continue
		}
		list := s.data(t, fmt.Sprintf(`{ projects(where: {regions: {some: {id: {eq: %q}}}, startDate: {gte: "%s-01-01", lte: "%s-12-31"}}) { totalCount } }`,
			dig(t, g, "keys", 0, "node", "id"), year, year))
		if a, b := dig(t, list, "projects", "totalCount"), dig(t, g, "count"); a != b {
			t.Errorf("%v: list %v, group %v", g, a, b)
		}
	}
	if unknown == 0 {
		t.Error("projects without a region were dropped")
	}
}

// Every worked example of the playground runs and shows something.
func TestThePlaygroundsExamplesWork(t *testing.T) {
	s := newService(t)
	examples, err := playground.Examples()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range examples {
		if strings.Contains(e.Query, "\nsubscription ") {
			hears(t, e.Query)
			continue
		}
		a, n := s.ask(t, e.Query, e.Variables)
		if len(a.Errors) > 0 {
			t.Errorf("%s: %+v", e.Operation, a.Errors)
			continue
		}
		for field, v := range a.Data {
			if leaves(v) < 3 {
				t.Errorf("%s: %s shows next to nothing: %v", e.Operation, field, v)
			}
		}
		t.Logf("%s: %d statements", e.Operation, n)
	}
}

// explored are the variables with which the explorer's operations are run that are the same for every type.
var explored = map[string]map[string]any{
	"Fits":          {"candidate": "demo-p-erwin-ponskaart", "first": 2},
	"Kind":          {"id": "logius", "other": "saxion"},
	"Match":         {"vraagstuk": "demo-v-verouderde-cobol-svb", "supply": []string{"LECTORAAT"}, "first": 2},
	"Neighbourhood": {"id": "dit-lab", "hops": 2, "first": 20},
	"Open":          {},
	"Paths":         {"from": "logius", "to": "saxion", "lang": "EN"},
	"Search":        {"text": "beveiliging", "types": []string{"Theme"}, "first": 3},
	"Suggest":       {"text": "cyb"},
	"Values":        {},
}

// Every operation of the explorer runs, within the limits of a server that nobody configured.
func TestTheExplorersOperationsWork(t *testing.T) {
	s := newService(t)
	documents, err := explorer.Operations(shared.model)
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]string{}
	for _, name := range shared.model.Names() {
		plural := shared.model.Types[name].Plural
		ids[name] = dig(t, s.data(t, "{ "+plural+"(first: 1) { nodes { id } } }"), plural, "nodes", 0, "id").(string)
	}
	onType := regexp.MustCompile(`\.\.\. on (\w+) \{`)
	for name, document := range documents {
		variables, fixed := explored[name]
		if !fixed {
			variables = map[string]any{"id": ids[onType.FindStringSubmatch(document)[1]]}
		}
		a, _ := s.ask(t, document, variables)
		if len(a.Errors) > 0 {
			t.Errorf("%s: %+v", name, a.Errors)
		}
		for field, v := range a.Data {
			if v == nil || leaves(v) < 1 {
				t.Errorf("%s: %s shows nothing: %v", name, field, v)
			}
		}
	}
	for name := range explored {
		if documents[name] == "" {
			t.Errorf("there is no operation %s", name)
		}
	}
}

// The worked examples answer the question above them: all that lies within the theme, only
// what ran in the year, and every group.
func TestThePlaygroundsExamplesAnswerTheirQuestions(t *testing.T) {
	s := newService(t)
	examples, err := playground.Examples()
	if err != nil {
		t.Fatal(err)
	}
	answer := map[string]map[string]any{}
	for _, e := range examples {
		if slices.Contains([]string{"OpenVraagstukken", "NoordenIn2021", "ProjectenPerRegio"}, e.Operation) {
			answer[e.Operation] = s.data(t, e.Query)
		}
	}
	tree := s.data(t, `{ themes(first: 100, where: {within: "cybersecurity"}) { nodes { vraagstukken(where: {status: {eq: OPEN}}, first: 50) { nodes { id } } } } }`)
	open := map[any]bool{}
	for _, theme := range dig(t, tree, "themes", "nodes").([]any) {
		for _, v := range dig(t, theme, "vraagstukken", "nodes").([]any) {
			open[dig(t, v, "id")] = true
		}
	}
	if got := dig(t, answer["OpenVraagstukken"], "vraagstukken", "totalCount"); fmt.Sprint(got) != fmt.Sprint(len(open)) {
		t.Errorf("%v open vraagstukken on cybersecurity, want %d", got, len(open))
	}
	nodes := dig(t, answer["NoordenIn2021"], "projects", "nodes").([]any)
	if len(nodes) == 0 {
		t.Error("no projects in the North")
	}
	for _, n := range nodes {
		start, end := fmt.Sprint(dig(t, n, "startDate")), dig(t, n, "endDate")
		if start > "2021-12-31" || end != nil && fmt.Sprint(end) < "2021-01-01" {
			t.Errorf("%v ran from %s to %v", dig(t, n, "title"), start, end)
		}
	}
	groups := `{ projectsAggregate(groupBy: [{path: "regions"}, {path: "themes", level: 1}], first: 1000) { groups { count } } }`
	want := len(dig(t, s.data(t, groups), "projectsAggregate", "groups").([]any))
	if got := len(dig(t, answer["ProjectenPerRegio"], "projectsAggregate", "groups").([]any)); got != want {
		t.Errorf("%d groups of region and theme, want %d", got, want)
	}
}

// hears listens with a worked example, and writes what it is to tell of.
func hears(t *testing.T, query string) {
	t.Helper()
	c := newChannel(t, live.Options{})
	l := c.follow(query, "")
	c.write(create("Vraagstuk", "v", "Hoe?"))
	if e := l.next(); e == nil || len(e.Errors) > 0 || leaves(e.Data["changed"]) < 3 {
		t.Errorf("an event shows next to nothing: %+v", e)
	}
}

// leaves counts the values in an answer that are not empty.
func leaves(v any) int {
	n := 0
	switch x := v.(type) {
	case map[string]any:
		for _, e := range x {
			n += leaves(e)
		}
	case []any:
		for _, e := range x {
			n += leaves(e)
		}
	case nil:
	default:
		n = 1
	}
	return n
}
