package neo4j_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"go.uber.org/goleak"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server/servertest"
	"github.com/i-partnerschap/kennisgraaf/graph/storetest"
)

// load asks and writes until its context ends, and counts how the calls end.
type load struct {
	store    graph.Store
	ok, down atomic.Int64
	wait     sync.WaitGroup
	mu       sync.Mutex
	other    []error
	// written holds the ids of the nodes that the store said it wrote.
	written []string
}

// loadTimeout is the time-out of a call: that of a patient client.
const loadTimeout = 10 * time.Second

func (l *load) start(ctx context.Context, workers int) {
	for w := range workers {
		l.wait.Go(func() {
			for i := 0; ctx.Err() == nil; i++ {
				l.call(ctx, w, i)
			}
		})
	}
}

// call reads, or writes where it is the first worker's.
func (l *load) call(ctx context.Context, worker, number int) {
	call, cancel := context.WithTimeout(ctx, loadTimeout)
	defer cancel()
	var err error
	id := fmt.Sprint("n", number)
	if worker == 0 {
		_, err = l.store.Apply(call, "load", []graph.Change{{Op: graph.UpsertNode, Label: "Org", ID: id, Props: map[string]any{"name": id}}})
	} else {
		_, err = l.store.Read(call, graph.Query{Root: &graph.Selection{Labels: []string{"Org"}, Page: graph.Page{Limit: 10}}})
	}
	switch code := graph.CodeOf(err); {
	case err == nil:
		l.ok.Add(1)
	case ctx.Err() != nil: // the test is over
		return
	case code == graph.StoreUnavailable || code == graph.Timeout:
		l.down.Add(1)
		time.Sleep(10 * time.Millisecond) // a refusal comes at once, and leaves no time to the others
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if err != nil {
		l.other = append(l.other, err)
	} else if worker == 0 {
		l.written = append(l.written, id)
	}
}

// A database that is killed under load makes calls fail with STORE_UNAVAILABLE or wait
// within their time-out. When it is back so is the store, by itself, with all that it said
// it wrote; no goroutine is left and no more connections than it may have.
func TestKilledDatabase(t *testing.T) {
	home := t.TempDir()
	database := servertest.Start(t, server.Options{Dir: home, Heap: "512m"})
	ignore := goleak.IgnoreCurrent()
	const connections = 8
	s, err := neo4j.Open(t.Context(), neo4j.Options{URI: database.URI(), MaxConnections: connections}, storetest.Model())
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	l := &load{store: s}
	l.start(ctx, 12)
	defer l.wait.Wait()
	defer stop()
	eventually(t, "calls succeed", func() bool { return l.ok.Load() > 100 })

	if err := database.Kill(); err != nil {
		t.Fatal(err)
	}
	down := l.down.Load()
	eventually(t, "calls fail", func() bool { return l.down.Load() > down+20 })
	if err := s.Ready(t.Context()); graph.CodeOf(err) != graph.StoreUnavailable {
		t.Errorf("with the database killed, Ready says %v", err)
	}
	if err := database.Stop(); err != nil { // lets go of its directory
		t.Fatal(err)
	}
	again := servertest.Start(t, server.Options{Dir: home, Port: database.Port(), Heap: "512m"})
	ok := l.ok.Load()
	eventually(t, "calls succeed again", func() bool { return l.ok.Load() > ok+100 })
	if err := s.Ready(t.Context()); err != nil {
		t.Error(err)
	}
	if n := openConnections(t, again); n > connections {
		t.Errorf("%d connections, want %d at most", n, connections)
	}
	stop()
	l.wait.Wait()
	for _, err := range l.other {
		t.Errorf("want STORE_UNAVAILABLE or TIMEOUT, got %v", err)
	}
	kept, err := s.Read(t.Context(), graph.Query{Root: &graph.Selection{Labels: []string{"Org"}, Page: graph.Page{Limit: graph.All}}})
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	for _, row := range kept.Rows {
		there[row.Node.ID] = true
	}
	for _, id := range l.written {
		if !there[id] {
			t.Errorf("%s was written and is not there", id)
		}
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if err := again.Stop(); err != nil {
		t.Error(err)
	}
	goleak.VerifyNone(t, ignore)
}

// eventually waits for something to hold, as long as a busy machine may need.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for begin := time.Now(); !holds(); time.Sleep(20 * time.Millisecond) {
		if time.Since(begin) > time.Minute {
			t.Fatalf("after a minute it is not so yet that %s", what)
		}
	}
}

// openConnections asks the database how many connections it has, but for the one that asks.
func openConnections(t *testing.T, s *server.Server) int64 {
	t.Helper()
	d, err := s.Connect()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close(context.WithoutCancel(t.Context())) }()
	r, err := driver.ExecuteQuery(t.Context(), d, "CALL dbms.listConnections() YIELD connectionId RETURN count(*) - 1", nil, driver.EagerResultTransformer)
	if err != nil {
		t.Fatal(err)
	}
	n, _ := r.Records[0].Values[0].(int64)
	return n
}
