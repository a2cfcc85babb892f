// Package request carries what the parts of one HTTP request tell each other: its id, which every log line and
// answer shows, and what the access log wants to know of the GraphQL operation inside it.
package request

import (
	"context"
	"net/http"
	"strings"
	"sync/atomic"
)

// Info belongs to one request. Its methods may be called from several goroutines, and on nil, which is what code that
// runs outside a request gets.
type Info struct {
	id        string
	operation atomic.Pointer[string]
	errors    atomic.Int64
}

type key struct{}

// New makes the Info of a request with an id.
func New(id string) *Info { return &Info{id: id} }

// With returns a context that carries the Info.
func With(ctx context.Context, info *Info) context.Context {
	return context.WithValue(ctx, key{}, info)
}

// From returns the Info of the request, and nil outside a request.
func From(ctx context.Context) *Info {
	info, _ := ctx.Value(key{}).(*Info)
	return info
}

// ID returns the id of the request, and "" outside a request.
func (i *Info) ID() string {
	if i == nil {
		return ""
	}
	return i.id
}

// SetOperation notes the name of the GraphQL operation for the access log.
func (i *Info) SetOperation(name string) {
	if i != nil {
		i.operation.Store(&name)
	}
}

// Operation returns the name that SetOperation noted, and "" where there is none.
func (i *Info) Operation() string {
	if i == nil {
		return ""
	}
	if name := i.operation.Load(); name != nil {
		return *name
	}
	return ""
}

// CountError notes one more error in the answer and returns how many there are now; outside a request always 0.
func (i *Info) CountError() int64 {
	if i == nil {
		return 0
	}
	return i.errors.Add(1)
}

// Errors returns how many errors were noted.
func (i *Info) Errors() int64 {
	if i == nil {
		return 0
	}
	return i.errors.Load()
}

// WantsWebSocket tells whether a request asks for a WebSocket.
func WantsWebSocket(r *http.Request) bool {
	return strings.EqualFold(r.Header.Get("Upgrade"), "websocket")
}
