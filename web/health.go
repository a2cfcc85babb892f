package web

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/web/apierror"
	"github.com/i-partnerschap/kennisgraaf/web/request"
)

// Where an orchestrator asks after the service.
const (
	healthPath = "/healthz"
	readyPath  = "/readyz"
)

// readyTimeout is how long a check of readiness may take; who asks asks every few seconds.
const readyTimeout = 2 * time.Second

// healthz says that the process lives. It asks nothing of the store: restarting this process does not mend that.
func healthz() http.Handler {
	return readOnly(func(w http.ResponseWriter, _ *http.Request) {
		apierror.WriteJSON(w, http.StatusOK, map[string]string{"status": "ok"})
	})
}

// readyz says whether the service can answer queries now; if not, with status 503 and the code of the reason. The
// cause is in the log only.
func readyz(ready func(context.Context) error, log *slog.Logger) http.Handler {
	return readOnly(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), readyTimeout)
		defer cancel()
		if ready == nil {
			ready = func(context.Context) error { return nil }
		}
		err := ready(ctx)
		if err == nil {
			apierror.WriteJSON(w, http.StatusOK, map[string]string{"status": "ready"})
			return
		}
		code := graph.CodeOf(err)
		log.LogAttrs(ctx, slog.LevelWarn, "not ready", slog.String("code", string(code)),
			slog.String("cause", err.Error()), slog.String("request", request.From(ctx).ID()))
		w.Header().Set("Retry-After", "5")
		apierror.WriteJSON(w, http.StatusServiceUnavailable, map[string]string{"status": "not ready", "code": string(code)})
	})
}

// readOnly refuses everything but GET and HEAD.
func readOnly(next http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			apierror.Write(w, http.StatusMethodNotAllowed, graph.Errorf(graph.BadUserInput, "use GET or HEAD here"))
			return
		}
		next(w, r)
	})
}
