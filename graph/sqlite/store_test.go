package sqlite_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/sqlite"
	"github.com/i-partnerschap/kennisgraaf/graph/storetest"
)

// openAt opens a store that is closed when the test ends.
func openAt(t *testing.T, path string, m *graph.Model, o sqlite.Options) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), path, m, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func apply(t *testing.T, s graph.Store, changes ...graph.Change) *graph.Receipt {
	t.Helper()
	r, err := s.Apply(t.Context(), "tester", changes)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func read(t *testing.T, s graph.Store, sel *graph.Selection) *graph.Result {
	t.Helper()
	r, err := s.Read(t.Context(), graph.Query{Root: sel})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func topic(id, name string) graph.Change {
	return graph.Change{Op: graph.UpsertNode, Label: "Topic", ID: id, Props: map[string]any{"name": name}}
}

// finds expects that a text query finds these topics.
func finds(t *testing.T, s graph.Store, f graph.Matches, want ...string) {
	t.Helper()
	var got []string
	for _, row := range read(t, s, &graph.Selection{Labels: []string{"Topic"}, Where: f, Page: graph.Page{Limit: graph.All}}).Rows {
		got = append(got, row.Node.ID)
	}
	if !slices.Equal(want, got) {
		t.Errorf("%q: want %q, got %q", f.Text, want, got)
	}
}

// A level costs one statement however many parents it has; a count and each aggregate
// cost one more.
func TestStatements(t *testing.T) {
	var mu sync.Mutex
	var statements []string
	s := openAt(t, filepath.Join(t.TempDir(), "s.db"), storetest.Model(), sqlite.Options{OnStatement: func(sql string) {
		mu.Lock()
		defer mu.Unlock()
		statements = append(statements, sql)
	}})
	apply(t, s, largeChanges(0)[:2000]...)
	topics := graph.Link{Key: "t", Hop: about, Selection: &graph.Selection{Labels: about.Labels, Page: graph.Page{Limit: 2}, Order: byName, Count: true}}
	up := graph.Link{Key: "b", Hop: broader, One: true, Selection: &graph.Selection{Labels: broader.Labels, Props: []string{"name"}}}
	topics.Links = []graph.Link{up}
	for name, c := range map[string]struct {
		sel  *graph.Selection
		want int
	}{
		"point":     {&graph.Selection{Labels: []string{"Org"}, Where: id("o0001"), Page: graph.Page{Limit: 1}}, 1},
		"count":     {&graph.Selection{Labels: []string{"Org"}, Count: true}, 2},
		"levels":    {&graph.Selection{Labels: []string{"Org"}, Page: graph.Page{Limit: 500}, Links: []graph.Link{topics}}, 4},
		"aggregate": {&graph.Selection{Labels: []string{"Org"}, Aggregates: []graph.Aggregate{{Dimensions: []graph.Dimension{{Path: []graph.Hop{about}}}}}}, 2},
		"no rows":   {&graph.Selection{Labels: []string{"Project"}, Page: graph.Page{Limit: 500}, Links: []graph.Link{topics}}, 1},
	} {
		statements = nil
		read(t, s, c.sel)
		if len(statements) != c.want {
			t.Errorf("%s: want %d statements, got\n%s", name, c.want, strings.Join(statements, "\n"))
		}
	}
	statements = nil
	for _, name := range []string{"o0001", "o0002"} {
		read(t, s, &graph.Selection{Labels: []string{"Org"}, Where: id(name), Page: graph.Page{Limit: 1}})
	}
	if statements[0] != statements[1] {
		t.Errorf("the text depends on the value:\n%s", strings.Join(statements, "\n"))
	}
}

// What was erased is in no term table any more.
func TestTermsAreErased(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	s := openAt(t, path, storetest.Model(), sqlite.Options{})
	apply(t, s, topic("a", "Jansenius netwerk"), topic("b", "netwerk"), topic("c", "Pieterszoon"))
	apply(t, s, graph.Change{Op: graph.DeleteNode, Label: "Topic", ID: "a", Cascade: true}, topic("c", "anders"))
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	var terms string
	if err := db.QueryRowContext(t.Context(), "SELECT group_concat(term, ' ' ORDER BY term) FROM term").Scan(&terms); err != nil {
		t.Fatal(err)
	}
	if terms != "ander netwerk" {
		t.Errorf("the terms are %q", terms)
	}
	apply(t, s, topic("d", "jansenius"))
	finds(t, s, graph.Matches{Text: "jansenius", Mode: graph.AllWords}, "d")
}

// A word itself comes before a compound that it is part of, though that is rarer.
func TestExactWordsComeFirst(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "s.db"), storetest.Model(), sqlite.Options{})
	changes := []graph.Change{topic("a", "netwerkbeveiliging")}
	for i := range 100 {
		changes = append(changes, topic(fmt.Sprintf("b%02d", i), []string{"beveiliging", "energie", "water", "zorg"}[i%4]))
	}
	apply(t, s, changes...)
	m := matches("beveiliging")
	rows := read(t, s, &graph.Selection{Labels: []string{"Topic"}, Where: m, Order: []graph.Order{{Relevance: &m, Desc: true}}, Page: graph.Page{Limit: graph.All}}).Rows
	if len(rows) != 26 || rows[25].Node.ID != "a" {
		t.Errorf("the last of %d is %s", len(rows), rows[len(rows)-1].Node.ID)
	}
}

// When the model changes, indexes and full-text search follow at the next Open.
func TestModelChanges(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	old := storetest.Model()
	for _, p := range old.Types["Topic"].Properties {
		p.Search, p.Suggest = 0, false
	}
	s, err := sqlite.Open(t.Context(), path, old, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	apply(t, s, topic("a", "netwerkbeveiliging"))
	finds(t, s, matches("beveiliging"))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	m := storetest.Model()
	m.Types["Topic"].Property("nameEN").Index = true
	again := openAt(t, path, m, sqlite.Options{})
	finds(t, again, matches("beveiliging"), "a")
	finds(t, again, graph.Matches{Text: "netw", Mode: graph.Prefix}, "a")
	_, plan, err := again.Text(graph.Query{Root: &graph.Selection{
		Labels: []string{"Topic"}, Where: graph.Compare{Prop: "nameEN", Op: graph.Eq, Value: "x"}, Page: graph.Page{Limit: 1},
	}})
	if err != nil || !strings.Contains(plan, "model:Topic:nameEN") {
		t.Errorf("%s %v", plan, err)
	}
}

// Several stores, here in one process, work on one file and see each other's writes.
func TestTwoStores(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	a, b := openAt(t, path, storetest.Model(), sqlite.Options{}), openAt(t, path, storetest.Model(), sqlite.Options{})
	apply(t, a, topic("a", "cyberbeveiliging"))
	finds(t, b, matches("beveiliging"), "a")
	apply(t, b, topic("b", "waterbeveiliging"))
	finds(t, a, matches("beveiliging"), "a", "b")
	log, err := b.Log(t.Context(), graph.LogQuery{Limit: 10})
	if err != nil || len(log) != 2 || log[0].Seq >= log[1].Seq {
		t.Errorf("%v %v", log, err)
	}
}

// Processes that start together on a new file do not get in each other's way.
func TestOpenTogether(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			s, err := sqlite.Open(t.Context(), path, storetest.Model(), sqlite.Options{})
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := s.Apply(t.Context(), "tester", []graph.Change{topic(fmt.Sprint(i), "x")}); err != nil {
				t.Error(err)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	finds(t, openAt(t, path, storetest.Model(), sqlite.Options{}), matches("x"), "0", "1", "2", "3")
}

// A write while another process writes is unavailable, once the wait is over.
func TestBusy(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	s := openAt(t, path, storetest.Model(), sqlite.Options{BusyTimeout: 30 * time.Millisecond})
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	db.SetMaxOpenConns(1)
	if _, err := db.ExecContext(t.Context(), "BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Apply(t.Context(), "tester", []graph.Change{topic("a", "x")}); graph.CodeOf(err) != graph.StoreUnavailable {
		t.Errorf("got %v", err)
	}
	finds(t, s, matches("x"))
	if _, err := db.ExecContext(t.Context(), "ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	apply(t, s, topic("a", "x"))
	finds(t, s, matches("x"), "a")
}

// The clock of the options is the one that counts, to the millisecond and in UTC.
func TestClock(t *testing.T) {
	now := time.Date(2021, 5, 1, 14, 0, 0, 123456789, time.FixedZone("CEST", 7200))
	s := openAt(t, filepath.Join(t.TempDir(), "s.db"), storetest.Model(), sqlite.Options{Clock: func() time.Time { return now }})
	r := apply(t, s, topic("a", "x"))
	const want = "2021-05-01T12:00:00.123Z"
	if e := r.Entries[0]; e.After["createdAt"] != want || e.After["updatedAt"] != want || !e.At.Equal(now.Truncate(time.Millisecond)) {
		t.Errorf("got %+v", e)
	}
}

// A read that takes long ends when its deadline passes, and the store goes on.
func TestDeadline(t *testing.T) {
	s := openLarge(t, 5000, sqlite.Options{})
	q := people(graph.Selection{Order: []graph.Order{{Count: &about, Desc: true}}})
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Millisecond)
	defer cancel()
	begin := time.Now()
	if _, err := s.Read(ctx, q); graph.CodeOf(err) != graph.Timeout {
		t.Errorf("got %v", err)
	}
	if took := time.Since(begin); took > time.Minute {
		t.Errorf("it took %v", took)
	}
	if _, err := s.Read(t.Context(), people(graph.Selection{Where: id("p000001")})); err != nil {
		t.Error(err)
	}
}

// A path search over hubs ends with a clear error when it would read too much.
func TestPathsAreBounded(t *testing.T) {
	s := openLarge(t, 5000, sqlite.Options{MaxPathEdges: 1000})
	_, err := s.Paths(t.Context(), graph.PathQuery{From: "p000001", To: "p004998", MaxHops: 6, Limit: 3})
	if graph.CodeOf(err) != graph.TooComplex || !strings.Contains(err.Error(), "fewer hops") {
		t.Errorf("got %v", err)
	}
	paths, err := s.Paths(t.Context(), graph.PathQuery{From: "p000001", To: "o0001", MaxHops: 6, Limit: 1})
	if err != nil || len(paths) != 1 || len(paths[0].Steps) != 1 {
		t.Errorf("the near path: %v %v", paths, err)
	}
}

// Close waits for what is under way, and is safe to call again.
func TestCloseWaits(t *testing.T) {
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "s.db"), storetest.Model(), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	apply(t, s, largeChanges(0)[:2000]...)
	var wg sync.WaitGroup
	var done atomic.Int32
	for range 8 {
		wg.Go(func() {
			for {
				_, err := s.Read(t.Context(), graph.Query{Root: &graph.Selection{Labels: []string{"Org"}, Count: true, Page: graph.Page{Limit: 100}}})
				if err != nil {
					if graph.CodeOf(err) != graph.StoreUnavailable {
						t.Error(err)
					}
					return
				}
				done.Add(1)
			}
		})
	}
	for done.Load() < 20 {
		time.Sleep(time.Millisecond)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	wg.Wait()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if err := s.Ready(t.Context()); graph.CodeOf(err) != graph.StoreUnavailable {
		t.Errorf("Ready: %v", err)
	}
}

// Long conditions work; deep ones are refused before SQLite would.
func TestLargeConditions(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "s.db"), storetest.Model(), sqlite.Options{})
	apply(t, s, topic("a", "x"))
	ask := func(f graph.Filter) error {
		_, err := s.Read(t.Context(), graph.Query{Root: &graph.Selection{Labels: []string{"Topic"}, Where: f, Page: graph.Page{Limit: 1}}})
		return err
	}
	var wide graph.Or
	for range 5000 {
		wide = append(wide, id("a"))
	}
	if err := ask(wide); err != nil {
		t.Errorf("wide: %v", err)
	}
	var deep graph.Filter = id("a")
	for range 50 {
		deep = graph.Not{Filter: deep}
	}
	if err := ask(deep); graph.CodeOf(err) != graph.TooComplex {
		t.Errorf("deep: %v", err)
	}
	for _, q := range []graph.Quantifier{graph.Some, graph.None, graph.EachOf, graph.Single, graph.Number} {
		var f graph.Filter = graph.Compare{Prop: "name", Op: graph.Eq, Value: "x"}
		for range 9 {
			r := graph.Related{Hop: graph.Hop{Type: "BROADER", Direction: graph.Both, Labels: []string{"Topic"}}, Quantifier: q, Filter: f, Where: f}
			if q == graph.Number {
				r.Filter, r.Count = nil, []graph.Compare{{Op: graph.Gte, Value: int64(0)}, {Op: graph.Lt, Value: int64(9)}}
			} else {
				r.Where = nil
			}
			f = graph.Not{Filter: r}
		}
		if err := ask(f); err != nil {
			t.Errorf("%s through relations: %v", q, err)
		}
	}
}
