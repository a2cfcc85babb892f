package corpus

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Cache keeps the image of one store, and is safe for concurrent use.
type Cache struct {
	store graph.Store
	mu    sync.RWMutex
	at    *Corpus
	// building is not nil once the first image is being made. Who asks waits for it, each
	// as long as its own context lasts.
	building *build
	starting sync.Mutex
	// read counts the nodes that were read for it.
	read atomic.Int64
}

type build struct {
	done chan struct{}
	err  error
}

// New returns an empty Cache, which fills itself at the first use.
func New(store graph.Store) *Cache { return &Cache{store: store} }

// Warm makes the first image, if there is none yet, and stops when ctx does.
func (c *Cache) Warm(ctx context.Context) error { return c.fill(ctx, ctx) }

// Ready tells whether there is an image; StoreUnavailable says how far it is.
func (c *Cache) Ready() error {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if c.at == nil {
		return c.unready()
	}
	return nil
}

func (c *Cache) unready() error {
	return graph.Errorf(graph.StoreUnavailable, "matching is still reading the graph (%d nodes so far); all else works, so try match again in a moment", c.read.Load())
}

// Use calls f with the image of the store as it is now. f must not keep it, nor
// change it. Errors are those of the store and of f, and StoreUnavailable where the first
// image is not there shortly before the deadline of ctx.
func (c *Cache) Use(ctx context.Context, f func(*Corpus) error) error {
	// The image is made for all, so it outlives the request that happened to come first.
	if err := c.fill(ctx, context.WithoutCancel(ctx)); err != nil {
		return err
	}
	if err := c.refresh(ctx); err != nil {
		return err
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	return f(c.at)
}

// answerTime is the part of a request's time that is kept for saying why there is no answer.
const answerTime = 0.1

// fill waits for the first image, and makes it if nobody does, for as long as work lasts.
func (c *Cache) fill(ctx, work context.Context) error {
	c.starting.Lock()
	b := c.building
	if b == nil {
		b = &build{done: make(chan struct{})}
		c.building = b
		go c.build(work, b)
	}
	c.starting.Unlock()
	var late <-chan time.Time // never, where there is no deadline
	if deadline, ok := ctx.Deadline(); ok {
		left := time.Until(deadline)
		timer := time.NewTimer(left - time.Duration(answerTime*float64(left)))
		defer timer.Stop()
		late = timer.C
	}
	select {
	case <-b.done:
		return b.err
	case <-late:
	case <-ctx.Done():
	}
	return c.unready()
}

func (c *Cache) build(ctx context.Context, b *build) {
	defer close(b.done)
	at, err := load(ctx, c.store, &c.read)
	if b.err = err; err != nil { // the next one tries again
		c.starting.Lock()
		c.building = nil
		c.starting.Unlock()
		return
	}
	at.prepare()
	c.mu.Lock()
	c.at = at
	c.mu.Unlock()
}

// logPage is how many entries of the change log are read at a time.
const logPage = 5_000

// refresh takes in what was written since.
func (c *Cache) refresh(ctx context.Context) error {
	c.mu.RLock()
	seq, unswept := c.at.seq, len(c.at.erased) > 0
	c.mu.RUnlock()
	entries, _, err := graph.FollowLog(ctx, c.store, seq, logPage)
	if err != nil || len(entries) == 0 && !unswept {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for len(entries) > 0 {
		for _, e := range entries {
			if e.Seq > c.at.seq { // another request may have been first
				c.at.apply(e)
				c.at.seq = e.Seq
				if e.Erasure() {
					c.at.erased[e.Label] = sweeps
				}
			}
		}
		if len(entries) < logPage {
			break
		}
		if entries, _, err = graph.FollowLog(ctx, c.store, c.at.seq, logPage); err != nil {
			break
		}
	}
	if err == nil {
		err = c.at.sweep(ctx, c.store)
	}
	c.at.prepare()
	return err
}
