package neo4j

import (
	"context"
	"sync"
	"sync/atomic"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/cypher"
)

// Store is a graph.Store in a Neo4j database. Make one with Open.
type Store struct {
	options  Options
	model    *graph.Model
	driver   neo4j.DriverWithContext
	compiler *cypher.Compiler
	rules    rules
	texts    textIndex
	// bookmarks makes every call see the writes before it, whichever server answers.
	bookmarks neo4j.BookmarkManager
	commits   commits
	// planned holds the searches for paths that the database has a plan for.
	planned *lru.Cache[string, struct{}]
	memory  *memory

	// preparing holds a token while the schema is brought up to date; prepared tells that
	// it is.
	preparing chan struct{}
	prepared  atomic.Bool

	// mu guards closed, and that no call begins after it.
	mu     sync.RWMutex
	closed bool
	calls  sync.WaitGroup
}

var _ graph.Store = (*Store)(nil)

// begin notes a call that Close has to wait for, and makes sure that the schema is there.
// Without an error the caller has to call done.
func (s *Store) begin(ctx context.Context) (done func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, mapError(ctx, err)
	}
	s.mu.RLock()
	if s.closed {
		s.mu.RUnlock()
		return nil, errClosed()
	}
	s.calls.Add(1)
	s.mu.RUnlock()
	if err := s.prepare(ctx); err != nil {
		s.calls.Done()
		return nil, err
	}
	return s.calls.Done, nil
}

// Ready implements graph.Store.
func (s *Store) Ready(ctx context.Context) error {
	done, err := s.begin(ctx)
	if err != nil {
		return err
	}
	defer done()
	return s.read(ctx, statement{text: "RETURN 1"}, func([]any) error { return nil })
}

// Close implements graph.Store.
func (s *Store) Close() error {
	s.mu.Lock()
	first := !s.closed
	s.closed = true
	s.mu.Unlock()
	s.calls.Wait()
	if !first {
		return nil
	}
	if err := s.driver.Close(context.Background()); err != nil {
		return graph.Wrap(graph.Internal, err, "the connections to the database could not be closed in order")
	}
	return nil
}
