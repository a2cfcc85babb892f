package neo4j

import (
	"sync"
	"sync/atomic"
)

// commits keeps reads from seeing half of a write of this process. Neo4j shows a commit to
// a statement that is under way, and not all of it at once; so a read that a commit
// overlapped is made again, and if that happens often, commits wait for it once.
type commits struct {
	// mu is held for writing during a commit, and for reading by a read that commits wait for.
	mu                sync.RWMutex
	started, finished atomic.Int64
}

// steadyTries is how often a read is made before commits have to wait for it.
const steadyTries = 3

// commit calls f, which commits.
func (c *commits) commit(f func() error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.started.Add(1)
	defer c.finished.Add(1)
	return f()
}

// steady calls f, which reads, until no commit overlapped it.
func (c *commits) steady(f func() error) error {
	for range steadyTries {
		finished := c.finished.Load()
		if c.started.Load() != finished {
			c.mu.RLock() // wait for the commit that is under way
			finished = c.finished.Load()
			c.mu.RUnlock()
		}
		if err := f(); err != nil || c.started.Load() == finished {
			return err
		}
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	return f()
}
