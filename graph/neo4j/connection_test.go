package neo4j_test

import (
	"context"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server/servertest"
	"github.com/i-partnerschap/kennisgraaf/graph/storetest"
)

// gate stands between a store and the database, and can be shut.
type gate struct {
	address, target string
	mu              sync.Mutex
	listener        net.Listener
	open            map[net.Conn]bool
	wait            sync.WaitGroup
}

func newGate(t *testing.T, uri string) *gate {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	g := &gate{address: l.Addr().String(), target: strings.TrimPrefix(uri, "bolt://"), open: map[net.Conn]bool{}}
	l.Close()
	t.Cleanup(g.shut)
	return g
}

func (g *gate) unlock(t *testing.T) {
	t.Helper()
	l, err := net.Listen("tcp", g.address)
	if err != nil {
		t.Fatal(err)
	}
	g.listener = l
	g.wait.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			g.join(c)
		}
	})
}

func (g *gate) join(c net.Conn) {
	d, err := net.Dial("tcp", g.target)
	if err != nil {
		c.Close()
		return
	}
	g.mu.Lock()
	g.open[c], g.open[d] = true, true
	g.mu.Unlock()
	for _, p := range [][2]net.Conn{{c, d}, {d, c}} {
		g.wait.Go(func() {
			_, _ = io.Copy(p[0], p[1])
			p[0].Close()
		})
	}
}

// shut breaks all connections and accepts no more.
func (g *gate) shut() {
	if g.listener != nil {
		g.listener.Close()
	}
	g.mu.Lock()
	for c := range g.open {
		c.Close()
	}
	clear(g.open)
	g.mu.Unlock()
	g.wait.Wait()
}

// A store opens while the database is down, says so until it is up, survives that it goes
// away under load, and leaves nothing behind.
func TestDatabaseComesAndGoes(t *testing.T) {
	db := servertest.Use(t)
	ignore := goleak.IgnoreCurrent()
	g := newGate(t, db.URI())
	s, err := neo4j.Open(t.Context(), neo4j.Options{URI: "bolt://" + g.address, Retries: 2}, storetest.Model())
	if err != nil {
		t.Fatal(err)
	}
	unavailable := func(err error) {
		t.Helper()
		if graph.CodeOf(err) != graph.StoreUnavailable {
			t.Errorf("want %s, got %v", graph.StoreUnavailable, err)
		}
	}
	unavailable(s.Ready(t.Context()))
	g.unlock(t)
	if err := s.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	q := graph.Query{Root: &graph.Selection{Labels: []string{"Person"}, Page: graph.Page{Limit: 1}}}
	ctx, cancel := context.WithCancel(t.Context())
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for ctx.Err() == nil {
				if _, err := s.Read(ctx, q); err != nil && ctx.Err() == nil {
					unavailable(err)
				}
			}
		})
	}
	for range 3 {
		time.Sleep(100 * time.Millisecond)
		g.shut()
		unavailable(s.Ready(t.Context()))
		g.unlock(t)
		if err := s.Ready(t.Context()); err != nil {
			t.Error(err)
		}
	}
	cancel()
	wait.Wait()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	g.shut()
	goleak.VerifyNone(t, ignore)
}

// Each read is one statement; one with a text query is two.
func TestStatementCounts(t *testing.T) {
	db := servertest.Use(t)
	db.WipeData(t, "__Schema")
	var mu sync.Mutex
	sent := 0
	s, err := neo4j.Open(t.Context(), neo4j.Options{URI: db.URI(), OnStatement: func(string) {
		mu.Lock()
		defer mu.Unlock()
		sent++
	}}, storetest.Model())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	_, err = s.Apply(t.Context(), "tester", []graph.Change{
		{Op: graph.CreateNode, Label: "Topic", ID: "a", Props: map[string]any{"name": "netwerk"}},
		{Op: graph.CreateNode, Label: "Topic", ID: "b", Props: map[string]any{"name": "b"}},
		{Op: graph.Connect, Type: "BROADER", From: "a", To: "b"},
	})
	if err != nil {
		t.Fatal(err)
	}
	broader := graph.Hop{Type: "BROADER", Direction: graph.Out, Labels: []string{"Topic"}}
	tree := &graph.Selection{
		Labels: []string{"Topic"}, Count: true, Page: graph.Page{Limit: 3}, Links: []graph.Link{
			{Key: "one", Hop: broader, One: true, Selection: &graph.Selection{Labels: broader.Labels}},
			{Key: "many", Hop: broader, Selection: &graph.Selection{Labels: broader.Labels, Page: graph.Page{Limit: 3}, Count: true}},
		},
		Aggregates: []graph.Aggregate{{Key: "k", Limit: graph.All, Dimensions: []graph.Dimension{{Path: []graph.Hop{broader}, Tree: &broader, Level: 1, Empty: true}}}},
	}
	text := *tree
	text.Where = graph.Or{graph.Matches{Text: "netwerk", Mode: graph.AllWords}, graph.Matches{Text: "b", Mode: graph.Prefix}}
	for name, c := range map[string]struct {
		want int
		call func() error
	}{
		"Read":      {1, func() error { _, err := s.Read(t.Context(), graph.Query{Root: tree}); return err }},
		"Read text": {2, func() error { _, err := s.Read(t.Context(), graph.Query{Root: &text}); return err }},
		"Paths": {1, func() error {
			_, err := s.Paths(t.Context(), graph.PathQuery{From: "a", To: "b", MaxHops: 4, Limit: 3})
			return err
		}},
		"Neighbourhood": {1, func() error {
			_, err := s.Neighbourhood(t.Context(), graph.NeighbourhoodQuery{ID: "a", Hops: 2, Limit: 9})
			return err
		}},
		"Log": {1, func() error { _, err := s.Log(t.Context(), graph.LogQuery{Limit: 10}); return err }},
	} {
		sent = 0
		if err := c.call(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if sent != c.want {
			t.Errorf("%s: %d statements, want %d", name, sent, c.want)
		}
	}
}

// A search for paths that takes too long ends by itself, and says what would be right.
func TestPathsTooComplex(t *testing.T) {
	db := servertest.Use(t)
	db.WipeData(t, "__Schema")
	s, err := neo4j.Open(t.Context(), neo4j.Options{URI: db.URI(), PathTimeout: 100 * time.Millisecond}, storetest.Model())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var changes []graph.Change
	const n = 16
	for i := range n {
		changes = append(changes, graph.Change{Op: graph.CreateNode, Label: "Person", ID: string(rune('a' + i)), Props: map[string]any{"name": "x", "rank": int64(1)}})
	}
	for i := range n {
		for j := range i {
			changes = append(changes, graph.Change{Op: graph.Connect, Type: "MENTORS", From: string(rune('a' + i)), To: string(rune('a' + j))})
		}
	}
	if _, err := s.Apply(t.Context(), "tester", changes); err != nil {
		t.Fatal(err)
	}
	_, err = s.Paths(t.Context(), graph.PathQuery{From: "a", To: "b", MaxHops: 12, Limit: graph.All})
	if graph.CodeOf(err) != graph.TooComplex {
		t.Errorf("want %s, got %v", graph.TooComplex, err)
	}
	if _, err := s.Paths(t.Context(), graph.PathQuery{From: "a", To: "b", MaxHops: 33, Limit: 1}); graph.CodeOf(err) != graph.TooComplex {
		t.Errorf("want %s, got %v", graph.TooComplex, err)
	}
}

// A driver that asks for a routing table works as well, with one server.
func TestRouting(t *testing.T) {
	db := servertest.Use(t)
	db.WipeData(t, "__Schema")
	s, err := neo4j.Open(t.Context(), neo4j.Options{URI: strings.Replace(db.URI(), "bolt:", "neo4j:", 1)}, storetest.Model())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Apply(t.Context(), "tester", []graph.Change{{Op: graph.CreateNode, Label: "Org", ID: "o", Props: map[string]any{"name": "o"}}}); err != nil {
		t.Fatal(err)
	}
	r, err := s.Read(t.Context(), graph.Query{Root: &graph.Selection{Labels: []string{"Org"}, Page: graph.Page{Limit: 1}}})
	if err != nil || len(r.Rows) != 1 {
		t.Errorf("got %v, %v", r, err)
	}
}
