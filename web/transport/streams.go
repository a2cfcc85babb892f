package transport

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Streams is what WebSockets and server-sent events share: how many there may be, and what they ask of the server
// around them. Use one for both transports. The zero value has no limits.
type Streams struct {
	// Connections is how many streams may be open in this process; Subscriptions how many operations may run on one
	// WebSocket, and AllSubscriptions how many on all streams of this process. 0 is no limit.
	Connections, Subscriptions, AllSubscriptions int
	// MaxBytes is how large a message of a client may be; 0 is no limit.
	MaxBytes int64
	// Write is how long sending one message may take before the client is cut off; 0 is 10 seconds.
	Write time.Duration
	// Quiet is after how much silence the connection is tested, and kept open for proxies, by a ping or a comment;
	// 0 is 20 seconds.
	Quiet time.Duration
	// Init is how long a WebSocket may take to send connection_init; 0 is 5 seconds.
	Init time.Duration
	// Origins are the origins whose pages may open a WebSocket, beside those of the server's own.
	Origins []string
	// Draining returns a channel that closes when the server stops, and Hold has it wait for a WebSocket. nil for none.
	Draining func(context.Context) <-chan struct{}
	Hold     func(context.Context) (release func())

	connections, subscriptions atomic.Int64
}

// The defaults of Streams.
const (
	defaultWrite = 10 * time.Second
	defaultQuiet = 20 * time.Second
	defaultInit  = 5 * time.Second
)

func orDefault(d, fallback time.Duration) time.Duration {
	if d == 0 {
		return fallback
	}
	return d
}

// timeUntil returns a channel that tells when a moment has come; never for the zero one.
func timeUntil(at time.Time) <-chan time.Time {
	if at.IsZero() {
		return nil
	}
	return time.After(time.Until(at))
}

// enter counts something that there may be only so many of; leave is nil where there are too many.
func enter(n *atomic.Int64, most int) (leave func()) {
	if n.Add(1) > int64(most) && most > 0 {
		n.Add(-1)
		return nil
	}
	return func() { n.Add(-1) }
}

// connect makes room for one more stream.
func (s *Streams) connect() (leave func(), err *graph.Error) {
	if leave = enter(&s.connections, s.Connections); leave == nil {
		return nil, graph.Errorf(graph.StoreUnavailable, "this server has %d streams open, the most that it allows; try again later", s.Connections)
	}
	return leave, nil
}

// subscribe makes room for one more operation on a stream.
func (s *Streams) subscribe() (leave func(), err *graph.Error) {
	if leave = enter(&s.subscriptions, s.AllSubscriptions); leave == nil {
		return nil, graph.Errorf(graph.StoreUnavailable, "this server has %d subscriptions, the most that it allows; try again later", s.AllSubscriptions)
	}
	return leave, nil
}

// draining returns a channel that closes when the server stops.
func (s *Streams) draining(ctx context.Context) <-chan struct{} {
	if s.Draining == nil {
		return nil
	}
	return s.Draining(ctx)
}

// hold has the server wait for a stream that it does not know of.
func (s *Streams) hold(ctx context.Context) (release func()) {
	if s.Hold == nil {
		return func() {}
	}
	return s.Hold(ctx)
}
