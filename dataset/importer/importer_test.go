package importer

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/dataset/snapshot"
	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/sqlite"
	"github.com/i-partnerschap/kennisgraaf/schema"
)

// small is the graph that the tests import into.
func small() []graph.Change {
	node := func(label, id string, props map[string]any) graph.Change {
		props["source"] = "test"
		return graph.Change{Op: graph.UpsertNode, Label: label, ID: id, Props: props}
	}
	connect := func(typ, from, to string) graph.Change {
		return graph.Change{Op: graph.Connect, Type: typ, From: from, To: to}
	}
	return []graph.Change{
		node("Institution", "saxion", map[string]any{"name": "Saxion", "kind": "HOGESCHOOL", "ror": "https://ror.org/005t9n460"}),
		node("Institution", "ut", map[string]any{"name": "Universiteit Twente", "kind": "UNIVERSITY"}),
		node("Theme", "wide", map[string]any{"prefLabelNl": "Breed", "prefLabelEn": "Wide", "altLabelsEn": []string{"Broad things"}}),
		node("Theme", "narrow", map[string]any{"prefLabelNl": "Smal"}),
		node("Person", "p1", map[string]any{"name": "P. Voorbeeld", "roles": []string{"LECTOR"}, "orcid": "0000-0002-1825-0097"}),
		node("Lectoraat", "l1", map[string]any{"name": "Lectoraat Voorbeeld", "validFrom": "2020-01-01"}),
		connect("BROADER", "narrow", "wide"), connect("PART_OF", "l1", "saxion"), connect("LEADS", "p1", "l1"),
	}
}

// open makes a store with the small graph.
func open(t testing.TB) (graph.Store, *graph.Model) {
	t.Helper()
	model, err := schema.Model()
	if err != nil {
		t.Fatal(err)
	}
	store := empty(t, model)
	if _, err := store.Apply(t.Context(), "test", small()); err != nil {
		t.Fatal(err)
	}
	return store, model
}

// empty makes a store with nothing in it.
func empty(t testing.TB, model *graph.Model) graph.Store {
	t.Helper()
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "s.db"), model, sqlite.Options{BulkLoad: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

func write(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func position(t testing.TB, store graph.Store) int64 {
	t.Helper()
	at, err := snapshot.Position(context.Background(), store)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// props returns the properties of a node, nil where there is none.
func props(t testing.TB, store graph.Store, model *graph.Model, label, id string) map[string]any {
	t.Helper()
	for n, err := range snapshot.Nodes(t.Context(), store, model.Types[label], graph.AnyOf("id", []string{id})) {
		if err != nil {
			t.Fatal(err)
		}
		return n.Props
	}
	return nil
}

// imported imports and expects success, and that a dry run before says what is then done,
// and an import after that does nothing.
func imported(t testing.TB, store graph.Store, model *graph.Model, o Options, paths ...string) *Result {
	t.Helper()
	before := position(t, store)
	dry := o
	dry.DryRun = true
	would, err := Run(t.Context(), store, model, paths, dry)
	if err != nil {
		t.Fatalf("%v: %v", err, would.Faults)
	}
	if position(t, store) != before {
		t.Error("a dry run wrote something")
	}
	did, err := Run(t.Context(), store, model, paths, o)
	if err != nil {
		t.Fatalf("%v: %v", err, did.Faults)
	}
	if would.Nodes != did.Nodes || would.Relations != did.Relations || would.Searches != did.Searches {
		t.Errorf("the dry run said %+v %+v %+v, and it was %+v %+v %+v", would.Nodes, would.Relations, would.Searches, did.Nodes, did.Relations, did.Searches)
	}
	after := position(t, store)
	again, err := Run(t.Context(), store, model, paths, o)
	if err != nil {
		t.Fatalf("again: %v: %v", err, again.Faults)
	}
	for _, c := range []Counts{again.Nodes, again.Relations, again.Searches} {
		if position(t, store) != after || c.Created+c.Updated != 0 {
			t.Errorf("the second import changed something: %+v", again)
		}
	}
	return did
}

// busy is a store whose first writes do not finish in time.
type busy struct {
	graph.Store
	left int
}

func (b *busy) Apply(ctx context.Context, actor string, changes []graph.Change) (*graph.Receipt, error) {
	if b.left--; b.left >= 0 {
		return nil, graph.Errorf(graph.Timeout, "the store did not finish in time")
	}
	return b.Store.Apply(ctx, actor, changes)
}

// A store that is busy for a while is tried again.
func TestBusyStore(t *testing.T) {
	store, model := open(t)
	result, err := Run(t.Context(), &busy{store, 1}, model, []string{write(t, "a.jsonl", good[0].content)}, Options{})
	if err != nil || result.Written != 2 {
		t.Errorf("got %v, %+v", err, result)
	}
}
