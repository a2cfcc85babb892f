package sqlite

import (
	"context"
	"errors"
	"sync"
)

// pool hands out connections, each to one user at a time.
type pool struct {
	dial func() (*conn, error)
	// slots holds one token per connection in use.
	slots chan struct{}
	done  chan struct{}

	mu     sync.Mutex
	idle   []*conn
	closed bool
}

func newPool(size int, dial func() (*conn, error)) *pool {
	return &pool{dial: dial, slots: make(chan struct{}, size), done: make(chan struct{})}
}

// get waits for a connection until the context ends or the pool is closed.
func (p *pool) get(ctx context.Context) (*conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case p.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-p.done:
		return nil, errClosed()
	}
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		<-p.slots
		return nil, errClosed()
	}
	if n := len(p.idle); n > 0 {
		c := p.idle[n-1]
		p.idle = p.idle[:n-1]
		p.mu.Unlock()
		return c, nil
	}
	p.mu.Unlock()
	c, err := p.dial()
	if err != nil {
		<-p.slots
		return nil, err
	}
	return c, nil
}

// put takes a connection back. One that is broken is closed instead; a new one will
// take its place.
func (p *pool) put(c *conn) {
	if c.broken {
		_ = c.close()
	} else {
		p.mu.Lock()
		p.idle = append(p.idle, c)
		p.mu.Unlock()
	}
	<-p.slots
}

// close refuses new users, waits for those at work and closes the connections.
func (p *pool) close() error {
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		return nil
	}
	p.closed = true
	p.mu.Unlock()
	close(p.done)
	for range cap(p.slots) {
		p.slots <- struct{}{}
	}
	var errs []error
	for _, c := range p.idle {
		errs = append(errs, c.close())
	}
	p.idle = nil
	return errors.Join(errs...)
}
