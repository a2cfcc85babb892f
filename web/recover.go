package web

import (
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/web/apierror"
	"github.com/i-partnerschap/kennisgraaf/web/request"
)

// withRecover answers 500 where a handler panics, and logs the stack. A handler that meant to cut the connection off
// (http.ErrAbortHandler) gets its way, as does one that had begun to answer: half an answer must not look whole.
func withRecover(log *slog.Logger) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			watched := &watchedWriter{ResponseWriter: w}
			defer func() {
				value := recover()
				if value == nil {
					return
				}
				if value == http.ErrAbortHandler {
					panic(value)
				}
				log.LogAttrs(r.Context(), slog.LevelError, "panic while answering a request",
					slog.String("cause", fmt.Sprint(value)), slog.String("path", r.URL.Path),
					slog.String("request", request.From(r.Context()).ID()), slog.String("stack", string(debug.Stack())))
				if watched.status != 0 {
					panic(http.ErrAbortHandler)
				}
				apierror.Write(w, http.StatusInternalServerError, graph.Errorf(graph.Internal,
					"something went wrong on our side; the request id in X-Request-Id helps to find out what"))
			}()
			next.ServeHTTP(watched, r)
		})
	}
}
