package sqlite_test

import (
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/sqlite"
	"github.com/i-partnerschap/kennisgraaf/graph/storetest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// The statement and SQLite's plan for some shapes of query, so that a change in either
// is seen. The statistics are fixed, so the plans do not depend on data.
func TestPlans(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "s.db"), storetest.Model(), sqlite.Options{})
	apply(t, s, topic("a", "netwerkbeveiliging"), topic("b", "zorg"))
	queries := largeQueries()
	at := graph.Cursor{"Jansen", "p1"}
	desc := []graph.Order{{Prop: "name", Kind: graph.String, Required: true, Desc: true}}
	open := []graph.Order{{Prop: "age", Kind: graph.Int}}
	queries["AfterName"] = people(graph.Selection{Order: byName, Page: graph.Page{After: at}})
	queries["BeforeName"] = people(graph.Selection{Order: byName, Page: graph.Page{Before: at, Backward: true}})
	queries["AfterNameDesc"] = people(graph.Selection{Order: desc, Page: graph.Page{After: at}})
	queries["AfterNull"] = people(graph.Selection{Order: open, Page: graph.Page{After: graph.Cursor{nil, "p1"}}})
	queries["AfterValue"] = people(graph.Selection{Order: open, Page: graph.Page{After: graph.Cursor{int64(3), "p1"}}})
	queries["AllLabels"] = graph.Query{Root: &graph.Selection{Labels: storetest.Model().Names(), Page: graph.Page{Limit: 1}}}
	queries["TwoLabels"] = graph.Query{Root: &graph.Selection{Labels: []string{"Org", "Person"}, Order: byName, Page: graph.Page{Limit: 1}}}
	knows := graph.Hop{Type: "KNOWS", Direction: graph.Both, Labels: []string{"Person"}}
	queries["Both"] = people(graph.Selection{Where: some(knows, graph.Compare{Prop: "active", Op: graph.Eq, Value: true})})
	queries["BothById"] = people(graph.Selection{Where: some(knows, id("p1"))})
	queries["AsOf"] = graph.Query{AsOf: "2021-01-01", Root: &graph.Selection{Labels: []string{"Person"}, Where: some(worksAt, nil)}}
	var out strings.Builder
	for _, name := range slices.Sorted(maps.Keys(queries)) {
		sql, plan, err := s.Text(queries[name])
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out.WriteString("## " + name + "\n" + sql + "\n    " + strings.ReplaceAll(plan, "\n", "\n    ") + "\n\n")
	}
	golden(t, "plans.txt", out.String())
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); d != "" {
		t.Errorf("%s differs (-want +got); -update writes it anew\n%s", path, d)
	}
}

// Lists by title and by id are read from an index in order, so that page 1,000 costs
// what page 1 costs.
func TestListsAreNotSorted(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "s.db"), storetest.Model(), sqlite.Options{})
	for _, order := range [][]graph.Order{nil, byName, {{Prop: "rank", Kind: graph.Int, Required: true}}} {
		for _, backward := range []bool{false, true} {
			cursor := graph.Cursor{"p1"}
			if order != nil {
				cursor = graph.Cursor{"x", "p1"}
			}
			page := graph.Page{Backward: backward, After: cursor}
			if backward {
				page = graph.Page{Backward: true, Before: cursor}
			}
			_, plan, err := s.Text(people(graph.Selection{Order: order, Page: page}))
			if err != nil || strings.Contains(plan, "TEMP B-TREE") || strings.Contains(plan, "SCAN") {
				t.Errorf("%v backward %t: %s %v", order, backward, plan, err)
			}
		}
	}
}
