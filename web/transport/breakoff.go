package transport

import (
	"context"
	"net/http"
	"sync/atomic"
)

// breakKey is the key of the mark that breakOff sets.
type breakKey struct{}

// Breakable lets a transport of next break off an answer that it had begun: the
// connection is cut, which is the only way to say that what was sent is not all. gqlgen
// takes a panic with http.ErrAbortHandler for a fault of a resolver, so it is raised here.
func Breakable(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var broken atomic.Bool
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), breakKey{}, &broken)))
		if broken.Load() {
			panic(http.ErrAbortHandler)
		}
	})
}

// breakOff marks the answer as one that is not whole.
func breakOff(ctx context.Context) {
	if mark, ok := ctx.Value(breakKey{}).(*atomic.Bool); ok {
		mark.Store(true)
	}
}
