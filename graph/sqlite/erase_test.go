package sqlite_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/sqlite"
	"github.com/i-partnerschap/kennisgraaf/graph/storetest"
)

// What is looked for: each a text that nothing else has, also not a part of it as an index
// stores it, without what a word shares with the one before.
var traces = []string{"zwxqvk", "jqwzpl", "vkxjqz", "qzjwkx"}

// traced returns which traces the files of a store hold, in any case.
func traced(t *testing.T, path string) (found []string) {
	t.Helper()
	for _, file := range []string{path, path + "-wal", path + "-shm", path + "-journal"} {
		content, err := os.ReadFile(file)
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		for _, trace := range traces {
			if bytes.Contains(bytes.ToLower(content), []byte(trace)) {
				found = append(found, filepath.Base(file)+" has "+trace)
			}
		}
	}
	return found
}

// tracedPerson has a name, an address, a long text and an id that can be told from all else.
func tracedPerson(long int) graph.Change {
	return graph.Change{Op: graph.UpsertNode, Label: "Person", ID: "id-vkxjqz", Props: map[string]any{
		"name": "Aad Zwxqvk", "rank": int64(1), "tags": []string{"aad@jqwzpl.example"}, "bio": strings.Repeat("De heer Zwxqvk schrijft over qzjwkx. ", long),
	}}
}

// crowd fills a store so that the person stands among others, and moves around in the file:
// with texts that need pages of their own, changed and removed.
func crowd(t *testing.T, s graph.Store) {
	t.Helper()
	for i := range 6 {
		var changes []graph.Change
		for j := range 60 {
			id := fmt.Sprintf("p%d", j)
			changes = append(changes, graph.Change{Op: graph.UpsertNode, Label: "Person", ID: id, Props: map[string]any{
				"name": fmt.Sprint("Persoon ", j), "rank": int64(1), "bio": strings.Repeat(fmt.Sprintf("tekst %d %d ", i, j), 1+j*10),
			}})
		}
		changes = append(changes, tracedPerson(1+200*i), graph.Change{Op: graph.Connect, Type: "KNOWS", From: "id-vkxjqz", To: fmt.Sprint("p", i)})
		apply(t, s, changes...)
		apply(t, s, graph.Change{Op: graph.DeleteNode, Label: "Person", ID: fmt.Sprint("p", 59-i), Cascade: true})
	}
}

// Nothing of who was erased is left in any file of the store once they are cleaned, also
// while another process has the store open and reads it, and keeps none of it from going on.
func TestErasedFromTheFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "e.db")
	s, other := openAt(t, path, storetest.Model(), sqlite.Options{}), openAt(t, path, storetest.Model(), sqlite.Options{})
	crowd(t, s)
	apply(t, s, graph.Erase("Person", "p1", ""))
	if did, err := s.Clean(t.Context()); err != nil || !did { // the index is one segment from here on
		t.Fatal(did, err)
	}
	apply(t, s, tracedPerson(7))
	if found := traced(t, path); len(found) < 2*len(traces) {
		t.Errorf("before, file and log hold no more than %v", found)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- readOn(ctx, other) }()
	apply(t, s, graph.Erase("Person", "id-vkxjqz", ""))
	if found := traced(t, path); len(found) == 0 {
		t.Error("there is nothing to clean; this test tells nothing")
	}
	clean := func(want bool) {
		t.Helper()
		if did, err := s.Clean(t.Context()); err != nil || did != want {
			t.Errorf("Clean: %t %v", did, err)
		}
	}
	clean(true)
	stop()
	if err := <-done; err != nil {
		t.Error("the other reads:", err)
	}
	if found := traced(t, path); len(found) > 0 {
		t.Error("after it", found)
	}
	clean(false)
	for _, handle := range []*sqlite.Store{s, other} {
		apply(t, handle, graph.Change{Op: graph.UpsertNode, Label: "Person", ID: "new", Props: map[string]any{"name": "Nieuw", "rank": int64(2)}})
		r, err := handle.Read(t.Context(), graph.Query{Root: &graph.Selection{
			Labels: []string{"Person"}, Where: graph.Matches{Text: "tekst", Mode: graph.AllWords}, Count: true,
		}})
		if err != nil || r.Count != 58 {
			t.Errorf("the text finds %v, %v", r, err)
		}
	}
}

// readOn reads until its context ends.
func readOn(ctx context.Context, s graph.Store) error {
	for ctx.Err() == nil {
		_, err := s.Read(context.WithoutCancel(ctx), graph.Query{Root: &graph.Selection{
			Labels: []string{"Person"}, Props: []string{"name", "bio"}, Where: graph.Matches{Text: "tekst", Mode: graph.AllWords}, Page: graph.Page{Limit: graph.All},
		}})
		if err != nil {
			return err
		}
	}
	return nil
}

// A store that nothing was erased from has nothing to clean, and one that was erased from
// remembers it when it is opened again.
func TestCleanIsRemembered(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r.db")
	s, err := sqlite.Open(t.Context(), path, storetest.Model(), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	crowd(t, s)
	if did, err := s.Clean(t.Context()); err != nil || did {
		t.Errorf("nothing was erased: %t %v", did, err)
	}
	apply(t, s, graph.Erase("Person", "id-vkxjqz", ""))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if found := traced(t, path); len(found) == 0 {
		t.Error("there is nothing to clean; this test tells nothing")
	}
	again := openAt(t, path, storetest.Model(), sqlite.Options{})
	if did, err := again.Clean(t.Context()); err != nil || !did {
		t.Errorf("after it was opened again: %t %v", did, err)
	}
	if found := traced(t, path); len(found) > 0 {
		t.Error("after it", found)
	}
}

// What another process erases while the file is cleaned is still to be cleaned afterwards.
func TestCleanLeavesWhatCameMeanwhile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "m.db")
	other := openAt(t, path, storetest.Model(), sqlite.Options{})
	met := false
	s := openAt(t, path, storetest.Model(), sqlite.Options{OnStatement: func(sql string) {
		if sql == "VACUUM" && !met {
			met = true
			apply(t, other, graph.Erase("Person", "p2", ""))
		}
	}})
	crowd(t, s)
	apply(t, s, graph.Erase("Person", "p1", ""))
	for i, want := range []bool{true, true, false} {
		if did, err := s.Clean(t.Context()); err != nil || did != want {
			t.Errorf("Clean %d: %t %v", i, did, err)
		}
	}
	if !met {
		t.Error("nothing came meanwhile; this test tells nothing")
	}
}

// A Clean that is stopped leaves the store as it was, and is done by the next.
func TestCleanIsStopped(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	ctx, stop := context.WithCancel(t.Context())
	s := openAt(t, path, storetest.Model(), sqlite.Options{OnStatement: func(sql string) {
		if sql == "VACUUM" {
			stop()
		}
	}})
	crowd(t, s)
	apply(t, s, graph.Erase("Person", "id-vkxjqz", ""))
	if did, err := s.Clean(ctx); err == nil || did {
		t.Errorf("stopped: %t %v", did, err)
	}
	if did, err := s.Clean(t.Context()); err != nil || !did {
		t.Errorf("again: %t %v", did, err)
	}
	if found := traced(t, path); len(found) > 0 {
		t.Error("after it", found)
	}
}
