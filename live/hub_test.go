package live_test

import (
	"context"
	"fmt"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server/servertest"
	"github.com/i-partnerschap/kennisgraaf/graph/sqlite"
	"github.com/i-partnerschap/kennisgraaf/graph/storetest"
	"github.com/i-partnerschap/kennisgraaf/live"
)

// patience is how long a test waits for what must come.
const patience = 2 * time.Minute

// world is a hub on a store, as one server process has it.
type world struct {
	t     *testing.T
	ctx   context.Context
	hub   *live.Hub
	store graph.Store
}

func newWorld(t *testing.T, store graph.Store, o live.Options) *world {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	hub := live.New(store, o)
	var work sync.WaitGroup
	work.Go(func() { hub.Run(ctx) })
	t.Cleanup(func() {
		cancel()
		work.Wait()
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return &world{t, ctx, hub, hub.Store()}
}

func openSQLite(t *testing.T, path string) graph.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), path, storetest.Model(), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// write writes n people whose ids begin with a prefix, each in a write of its own.
func (w *world) write(prefix string, n int) {
	w.t.Helper()
	for i := range n {
		if _, err := w.store.Apply(w.ctx, "tester", []graph.Change{person(prefix + strconv.Itoa(i))}); err != nil {
			w.t.Error(err)
			return
		}
	}
}

// people returns the changes that make n people, in one write.
func people(prefix string, n int) []graph.Change {
	changes := make([]graph.Change, n)
	for i := range changes {
		changes[i] = person(prefix + strconv.Itoa(i))
	}
	return changes
}

func person(id string) graph.Change {
	return graph.Change{Op: graph.CreateNode, Label: "Person", ID: id, Props: map[string]any{"name": id, "rank": int64(1)}}
}

func (w *world) subscribe(after ...int64) *live.Subscription {
	w.t.Helper()
	var from *int64
	if len(after) > 0 {
		from = &after[0]
	}
	s, err := w.hub.Subscribe(w.ctx, from)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(s.Close)
	return s
}

// take takes n entries, and expects that they follow each other from after.
func (w *world) take(s *live.Subscription, after int64, n int) {
	w.t.Helper()
	for n > 0 {
		entries, err := s.Next(w.ctx)
		if err != nil {
			w.t.Fatalf("%v, with %d to come", err, n)
		}
		for _, e := range entries {
			if after++; e.Seq != after {
				w.t.Fatalf("entry %d comes where %d should", e.Seq, after)
			}
		}
		n -= len(entries)
	}
	if n < 0 {
		w.t.Fatalf("%d entries too many", -n)
	}
}

// ends waits until a subscription ends, and returns the code.
func (w *world) ends(s *live.Subscription) graph.Code {
	w.t.Helper()
	for {
		if _, err := s.Next(w.ctx); err != nil {
			return graph.CodeOf(err)
		}
	}
}

// Everybody is told of everything that is written after the subscription, in order, once.
func TestEverythingInOrder(t *testing.T) {
	ignore := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, ignore) })
	w := newWorld(t, openSQLite(t, t.TempDir()+"/s.db"), live.Options{})
	w.write("before", 3)
	var done sync.WaitGroup
	for range 10 {
		s := w.subscribe()
		done.Go(func() { w.take(s, 3, 50) })
	}
	w.write("after", 50)
	done.Wait()
}

// A subscription that begins at a cursor is told of everything after it, whether that is
// long ago, in the window or still to come, and whether others are there or not.
func TestFromACursor(t *testing.T) {
	w := newWorld(t, openSQLite(t, t.TempDir()+"/s.db"), live.Options{Window: 100})
	if _, err := w.store.Apply(w.ctx, "tester", people("old", 3000)); err != nil {
		t.Fatal(err)
	}
	w.take(w.subscribe(0), 0, 3000)
	live := w.subscribe()
	w.write("new", 20)
	w.take(live, 3000, 20)
	for _, after := range []int64{0, 1, 2900, 2999, 3000, 3010, 3019} {
		w.take(w.subscribe(after), after, 3020-int(after))
	}
	atEnd := w.subscribe(3020)
	w.write("later", 5)
	w.take(atEnd, 3020, 5)
	beyond := int64(4000)
	if _, err := w.hub.Subscribe(w.ctx, &beyond); graph.CodeOf(err) != graph.BadUserInput {
		t.Errorf("a cursor that the log has not got to: %v", err)
	}
}

// Cut off while others write: whoever goes on from the last number misses and repeats nothing.
func TestGoingOnMissesNothing(t *testing.T) {
	w := newWorld(t, openSQLite(t, t.TempDir()+"/s.db"), live.Options{Window: 64})
	const total = 600
	var writers sync.WaitGroup
	for i := range 3 {
		writers.Go(func() { w.write(fmt.Sprintf("w%d-", i), total/3) })
	}
	var at int64
	for at < total {
		s := w.subscribe(at)
		for range 3 {
			if at == total {
				break
			}
			entries, err := s.Next(w.ctx)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range entries {
				if at++; e.Seq != at {
					t.Fatalf("entry %d comes where %d should", e.Seq, at)
				}
			}
		}
		s.Close()
	}
	writers.Wait()
}

// Whoever does not take in what is written is told, and cut off; the others are not.
func TestSlowSubscriber(t *testing.T) {
	w := newWorld(t, openSQLite(t, t.TempDir()+"/s.db"), live.Options{Window: 100, Patience: time.Millisecond})
	slow, quick := w.subscribe(), w.subscribe()
	w.write("first", 1)
	w.take(slow, 0, 1)
	w.take(quick, 0, 1)
	for i := range 30 {
		if _, err := w.store.Apply(w.ctx, "tester", people(fmt.Sprint(i, "-"), 10)); err != nil {
			t.Fatal(err)
		}
		w.take(quick, int64(1+10*i), 10)
	}
	select {
	case <-slow.Failed():
	case <-w.ctx.Done():
		t.Fatal("it is not cut off")
	}
	if code := w.ends(slow); code != graph.Timeout {
		t.Errorf("it is told %s", code)
	}
	w.take(w.subscribe(1), 1, 300) // and can go on
}

// A write that is larger than the window reaches those who take it in.
func TestOneWriteLargerThanTheWindow(t *testing.T) {
	w := newWorld(t, openSQLite(t, t.TempDir()+"/s.db"), live.Options{Window: 50})
	s, other := w.subscribe(), w.subscribe()
	var done sync.WaitGroup
	done.Go(func() { w.take(other, 0, 5000) })
	if _, err := w.store.Apply(w.ctx, "tester", people("p", 5000)); err != nil {
		t.Fatal(err)
	}
	w.take(s, 0, 5000)
	done.Wait()
}

// When the hub stops, everybody is told.
func TestHubStops(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	store := openSQLite(t, t.TempDir()+"/s.db")
	defer store.Close()
	ctx, stop := context.WithCancel(t.Context())
	hub := live.New(store, live.Options{})
	w := &world{t, t.Context(), hub, hub.Store()}
	s := w.subscribe()
	var work sync.WaitGroup
	work.Go(func() { hub.Run(ctx) })
	w.write("a", 1)
	w.take(s, 0, 1)
	stop()
	if code := w.ends(s); code != graph.StoreUnavailable {
		t.Errorf("told %s", code)
	}
	work.Wait()
	if code := w.ends(w.subscribe()); code != graph.StoreUnavailable {
		t.Errorf("one that comes later is told %s", code)
	}
}

// countingStore counts the reads of the log.
type countingStore struct {
	graph.Store
	reads atomic.Int64
}

func (c *countingStore) Log(ctx context.Context, q graph.LogQuery) ([]graph.LogEntry, error) {
	c.reads.Add(1)
	return c.Store.Log(ctx, q)
}

// A thousand subscribers read the log as often as one, and share what it says: each costs
// its own place and no copy.
func TestAThousandSubscribers(t *testing.T) {
	const subscribers, writes = 1000, 40
	counting := &countingStore{Store: openSQLite(t, t.TempDir()+"/s.db")}
	w := newWorld(t, counting, live.Options{Seldom: time.Hour, Often: time.Hour})
	subs := make([]*live.Subscription, subscribers)
	for i := range subs {
		subs[i] = w.subscribe()
	}
	begin, heap := counting.reads.Load(), heapInUse()
	var done sync.WaitGroup
	for _, s := range subs {
		done.Go(func() { w.take(s, 0, writes) })
	}
	text := make([]byte, 20_000)
	for i := range text {
		text[i] = 'x'
	}
	for i := range writes {
		c := person(strconv.Itoa(i))
		c.Props["bio"] = string(text)
		if _, err := w.store.Apply(w.ctx, "tester", []graph.Change{c}); err != nil {
			t.Fatal(err)
		}
	}
	done.Wait()
	// Woken once a write at most, and once by each subscriber that finds nobody there.
	if reads := counting.reads.Load() - begin; reads > 2*writes+10 {
		t.Errorf("the log was read %d times for %d writes", reads, writes)
	}
	// A copy for each would be 800 MB.
	grown := heapInUse() - heap
	t.Logf("%d subscribers, %d entries of 20 kB: the heap grew by %d kB", subscribers, writes, grown/1000)
	if grown > 40_000_000 {
		t.Errorf("the heap grew by %d bytes", grown)
	}
	runtime.KeepAlive(subs)
}

func heapInUse() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// Several server processes on one file are told of each other's writes, in one order.
func TestSeveralProcessesOnOneFile(t *testing.T) {
	path := t.TempDir() + "/s.db"
	severalProcesses(t, func(t *testing.T) graph.Store { return openSQLite(t, path) })
}

// Several server processes on one Neo4j are told of each other's writes, in one order.
func TestSeveralProcessesOnOneNeo4j(t *testing.T) {
	db := servertest.Use(t)
	severalProcesses(t, func(t *testing.T) graph.Store {
		s, err := neo4j.Open(t.Context(), neo4j.Options{URI: db.URI()}, storetest.Model())
		if err != nil {
			t.Fatal(err)
		}
		return s
	})
}

func severalProcesses(t *testing.T, open func(*testing.T) graph.Store) {
	const processes, each = 3, 30
	var worlds []*world
	for range processes {
		worlds = append(worlds, newWorld(t, open(t), live.Options{}))
	}
	var work sync.WaitGroup
	for _, w := range worlds {
		s := w.subscribe()
		work.Go(func() { w.take(s, 0, processes*each) })
	}
	for i, w := range worlds {
		work.Go(func() { w.write(fmt.Sprintf("p%d-", i), each) })
	}
	work.Wait()
}
