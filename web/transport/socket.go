package transport

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/coder/websocket"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/web/apierror"
	"github.com/i-partnerschap/kennisgraaf/web/auth"
)

// socket is one connection. One goroutine reads, one watches over it, and each operation has one of its own.
type socket struct {
	*Streams
	conn    *websocket.Conn
	exec    graphql.GraphExecutor
	headers http.Header

	ctx    context.Context
	cancel context.CancelFunc
	// admitted is ctx with who it is that operations run for, from connection_init on.
	admitted context.Context
	// begun closes when connection_init has come; then expires tells when the caller's token does.
	begun        chan struct{}
	expires      chan time.Time
	initialised  bool
	acknowledged atomic.Bool
	work         sync.WaitGroup

	mu         sync.Mutex
	operations map[string]*operation
}

// operation is one operation under way.
type operation struct {
	cancel context.CancelFunc
	// leave gives its place to another.
	leave func()
}

func newSocket(ctx context.Context, s *Streams, conn *websocket.Conn, exec graphql.GraphExecutor, headers http.Header) *socket {
	c := &socket{Streams: s, conn: conn, exec: exec, headers: headers, begun: make(chan struct{}), expires: make(chan time.Time, 1), operations: map[string]*operation{}}
	c.ctx, c.cancel = context.WithCancel(ctx)
	return c
}

// serve reads messages until the connection is closed, and waits for what it began.
func (c *socket) serve() {
	defer c.work.Wait()
	defer c.cancel()
	c.work.Go(c.watch)
	for {
		// Not c.ctx: when a read ends with its context, the connection goes without a close frame.
		kind, text, err := c.conn.Read(context.WithoutCancel(c.ctx))
		if err != nil {
			return
		}
		m, ok := readMessage(text)
		if !ok || kind != websocket.MessageText {
			c.close(closeBadMessage, "Invalid message received")
			return
		}
		if !c.take(m) {
			return
		}
	}
}

// watch closes the connection when connection_init does not come, when the caller's token expires, when the client is
// gone, and when the server stops.
func (c *socket) watch() {
	begun, draining, expired := c.begun, c.draining(c.ctx), (<-chan time.Time)(nil)
	first := time.NewTimer(orDefault(c.Init, defaultInit))
	defer first.Stop()
	quiet := time.NewTicker(orDefault(c.Quiet, defaultQuiet))
	defer quiet.Stop()
	for {
		select {
		case <-c.ctx.Done():
			_ = c.conn.CloseNow()
			return
		case <-draining:
			// Not complete: a client takes that for the end, and this for a reason to come back.
			c.close(closeGoingAway, "The server stops")
			return
		case <-begun:
			begun = nil
			first.Stop()
		case <-first.C:
			if begun != nil {
				c.close(closeInitTimeout, "Connection initialisation timeout")
				return
			}
		case at := <-c.expires:
			expired = timeUntil(at)
		case <-expired:
			c.close(closeForbidden, auth.Expired().Message)
			return
		case <-quiet.C:
			ctx, cancel := context.WithTimeout(c.ctx, orDefault(c.Write, defaultWrite))
			err := c.conn.Ping(ctx)
			cancel()
			if err != nil {
				_ = c.conn.CloseNow()
				return
			}
		}
	}
}

// take acts on a message; false ends the connection.
func (c *socket) take(m message) bool {
	switch m.Type {
	case messageInit:
		if c.initialised {
			return c.close(closeTooManyInits, "Too many initialisation requests")
		}
		c.initialised = true
		close(c.begun)
		if !c.admit(m.Payload) {
			return false
		}
		if c.send(message{Type: messageAck}) != nil {
			return false
		}
		c.acknowledged.Store(true)
	case messagePing:
		return c.send(message{Type: messagePong, Payload: m.Payload}) == nil
	case messageSubscribe:
		return c.subscribe(m)
	case messageComplete:
		c.mu.Lock()
		defer c.mu.Unlock()
		if op := c.operations[m.ID]; op != nil {
			op.cancel()
			delete(c.operations, m.ID)
		}
	}
	return true
}

// admit finds out who it is that operations run for; false ends the connection.
func (c *socket) admit(payload json.RawMessage) bool {
	ctx, err := auth.Greet(c.ctx, payload)
	switch {
	case err == nil:
		c.admitted = ctx
		caller, _ := auth.From(ctx)
		c.expires <- caller.Expires
		return true
	case err.Code == graph.Unauthenticated:
		return c.close(closeForbidden, err.Message)
	}
	return c.close(closeTryAgain, err.Message)
}

// subscribe begins an operation.
func (c *socket) subscribe(m message) bool {
	if !c.acknowledged.Load() {
		return c.close(closeUnauthorized, "Unauthorized")
	}
	raw, ok := subscribeParams(m.Payload)
	if !ok {
		return c.close(closeBadMessage, "Invalid message received")
	}
	raw.Headers = c.headers
	op, ctx, full := c.begin(m.ID)
	switch {
	case full != nil:
		return c.send(message{ID: m.ID, Type: messageError, Payload: encode(gqlerror.List{apierror.From(full)})}) == nil
	case op == nil:
		return c.close(closeSameID, "Subscriber for "+m.ID+" already exists")
	}
	c.work.Go(func() {
		defer op.leave()
		defer op.cancel()
		c.run(ctx, m.ID, op, raw)
	})
	return true
}

// begin makes room for an operation. It returns nil where one with the same id is under way, and an error where there
// are too many.
func (c *socket) begin(id string) (*operation, context.Context, *graph.Error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.operations[id] != nil {
		return nil, nil, nil
	}
	if c.Subscriptions > 0 && len(c.operations) >= c.Subscriptions {
		return nil, nil, graph.Errorf(graph.TooComplex, "there are %d operations on this connection, the most that is allowed; complete one first", c.Subscriptions)
	}
	leave, full := c.Streams.subscribe()
	if full != nil {
		return nil, nil, full
	}
	ctx, cancel := context.WithCancel(c.admitted)
	op := &operation{cancel: cancel, leave: leave}
	c.operations[id] = op
	return op, ctx, nil
}

// run executes an operation and sends what it yields.
func (c *socket) run(ctx context.Context, id string, op *operation, raw *graphql.RawParams) {
	failed := false
	stream(ctx, c.exec, raw, anyOperation, func() {}, func(r *graphql.Response, last bool) error {
		if ctx.Err() != nil { // completed by the client, who wants to hear no more
			return ctx.Err()
		}
		if !last {
			return c.send(message{ID: id, Type: messageNext, Payload: encodeResponse(r)})
		}
		failed = true
		if !c.done(id, op) {
			return context.Canceled
		}
		return c.send(message{ID: id, Type: messageError, Payload: encode(r.Errors)})
	})
	if !failed && c.done(id, op) {
		_ = c.send(message{ID: id, Type: messageComplete})
	}
}

// done frees the id of an operation, before its last message goes out; false where the client or the server has ended
// it already.
func (c *socket) done(id string, op *operation) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.operations[id] != op || c.ctx.Err() != nil {
		return false
	}
	select {
	case <-c.draining(c.ctx):
		return false // the connection closes, and that says it
	default:
	}
	delete(c.operations, id)
	return true
}

// send sends a message. A client that does not take it in time is cut off.
func (c *socket) send(m message) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.ctx), orDefault(c.Write, defaultWrite))
	defer cancel()
	text, err := json.Marshal(m)
	if err == nil {
		err = c.conn.Write(ctx, websocket.MessageText, text)
	}
	if errors.Is(err, context.DeadlineExceeded) {
		c.close(closeNotReading, "Messages are not read")
	}
	if err != nil {
		c.cancel()
	}
	return err
}

// close closes the connection with a code; it returns false, for take.
func (c *socket) close(code websocket.StatusCode, reason string) bool {
	if len(reason) > closeReasonTooLarge {
		reason = reason[:closeReasonTooLarge]
	}
	_ = c.conn.Close(code, reason)
	return false
}
