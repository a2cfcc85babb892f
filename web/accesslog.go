package web

import (
	"bufio"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/i-partnerschap/kennisgraaf/web/request"
)

// withAccessLog writes one line a request. It writes neither the query text nor variables, nor the query of the URL,
// nor an address: they tell who asked for whom.
func withAccessLog(log *slog.Logger) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			start := time.Now()
			watched := &watchedWriter{ResponseWriter: w}
			defer func() {
				info := request.From(r.Context())
				log.LogAttrs(r.Context(), accessLevel(r.URL.Path, watched.code()), "request",
					slog.String("method", r.Method), slog.String("path", r.URL.Path), slog.Int("status", watched.code()),
					slog.Duration("duration", time.Since(start)), slog.Int64("bytes", watched.bytes),
					slog.String("operation", info.Operation()), slog.Int64("errors", info.Errors()),
					slog.String("request", info.ID()))
			}()
			next.ServeHTTP(watched, r)
		})
	}
}

// accessLevel keeps the probes of an orchestrator, one every few seconds, out of the log; readyz logs for itself what
// is wrong.
func accessLevel(path string, status int) slog.Level {
	switch {
	case path == healthPath || path == readyPath:
		return slog.LevelDebug
	case status >= http.StatusInternalServerError:
		return slog.LevelError
	default:
		return slog.LevelInfo
	}
}

// watchedWriter notes the status and size of an answer. It is transparent to http.ResponseController, so that streams
// can flush and WebSockets can take the connection over.
type watchedWriter struct {
	http.ResponseWriter
	status int
	bytes  int64
}

// WriteHeader notes the first final status.
func (w *watchedWriter) WriteHeader(status int) {
	if w.status == 0 && (status >= http.StatusOK || status == http.StatusSwitchingProtocols) {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write counts the bytes.
func (w *watchedWriter) Write(p []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(p)
	w.bytes += int64(n)
	return n, err
}

// Flush passes on to the writer below; some libraries ask for http.Flusher rather than for http.ResponseController.
func (w *watchedWriter) Flush() { _ = http.NewResponseController(w.ResponseWriter).Flush() }

// Hijack hands the connection over, for WebSockets.
func (w *watchedWriter) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	if w.status == 0 {
		w.status = http.StatusSwitchingProtocols
	}
	return http.NewResponseController(w.ResponseWriter).Hijack()
}

// Unwrap leads http.ResponseController to the writer below.
func (w *watchedWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// code is the status that the client saw: net/http sends 200 where a handler wrote nothing.
func (w *watchedWriter) code() int {
	if w.status == 0 {
		return http.StatusOK
	}
	return w.status
}
