package corpus

import (
	"context"
	"sync"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Cache keeps the image of one store, and is safe for concurrent use.
type Cache struct {
	store graph.Store
	mu    sync.RWMutex
	at    *Corpus
	// building is not nil while the first image is made. Who asks waits for it, each as
	// long as its own context lasts: the image is made for all, so it outlives the request
	// that happened to come first.
	building *build
	starting sync.Mutex
}

type build struct {
	done chan struct{}
	err  error
}

// New returns an empty Cache, which fills itself at the first use.
func New(store graph.Store) *Cache { return &Cache{store: store} }

// Use calls f with the image of the store as it is now. f must not keep it, nor
// change it. Errors are those of the store and of f.
func (c *Cache) Use(ctx context.Context, f func(*Corpus) error) error {
	if err := c.fill(ctx); err != nil {
		return err
	}
	if err := c.refresh(ctx); err != nil {
		return err
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	return f(c.at)
}

// fill makes the first image.
func (c *Cache) fill(ctx context.Context) error {
	c.starting.Lock()
	b := c.building
	if b == nil {
		b = &build{done: make(chan struct{})}
		c.building = b
		go c.build(context.WithoutCancel(ctx), b)
	}
	c.starting.Unlock()
	select {
	case <-b.done:
		return b.err
	case <-ctx.Done():
		return graph.Wrap(graph.Timeout, ctx.Err(), "matching is still reading the graph for the first time; try again in a moment")
	}
}

func (c *Cache) build(ctx context.Context, b *build) {
	defer close(b.done)
	at, err := load(ctx, c.store)
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
	seq := c.at.seq
	c.mu.RUnlock()
	entries, err := c.store.Log(ctx, graph.LogQuery{After: seq, Limit: logPage})
	if err != nil || len(entries) == 0 {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for len(entries) > 0 {
		for _, e := range entries {
			if e.Seq > c.at.seq { // another request may have been first
				c.at.apply(e)
				c.at.seq = e.Seq
			}
		}
		if len(entries) < logPage {
			break
		}
		if entries, err = c.store.Log(ctx, graph.LogQuery{After: c.at.seq, Limit: logPage}); err != nil {
			break
		}
	}
	c.at.prepare()
	return err
}
