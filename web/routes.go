package web

import (
	"context"
	"log/slog"
	"net/http"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/web/apierror"
	"github.com/i-partnerschap/kennisgraaf/web/auth"
)

// Config is what the routes are made of.
type Config struct {
	// GraphQL answers /graphql: what NewGraphQL makes.
	GraphQL http.Handler
	// Start answers /, and Playground and Explorer everything below /playground/ and /explorer/. Everyone may have these
	// pages, which hold nothing of the graph. Where one is nil its path answers 404.
	Start, Playground, Explorer http.Handler
	// Mount adds handlers by http.ServeMux pattern, such as "GET /metrics" or "/report".
	Mount map[string]http.Handler
	// Ready says whether the service can answer queries; nil means always.
	Ready func(context.Context) error
	// Gate decides who may come in at GraphQL and Mount; nil lets everyone in.
	Gate *auth.Gate
	// AllowedOrigins are the origins ("https://www.example.nl") whose pages may use the API from a browser. None is
	// the default: only pages of the server's own origin may.
	AllowedOrigins []string
	// LocalOnly refuses requests for any host but this machine. Set it where there is no authentication.
	LocalOnly bool
	// Log gets one line a request, and panics.
	Log *slog.Logger
}

// Routes makes the handler of the whole service.
func Routes(c Config) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", http.HandlerFunc(notFound))
	mux.Handle(healthPath, healthz())
	mux.Handle(readyPath, readyz(c.Ready, c.Log))
	if c.GraphQL != nil {
		mux.Handle("/graphql", browserToPlayground(c.Playground != nil, c.Gate.GraphQL(c.GraphQL)))
	}
	if c.Start != nil {
		mux.Handle("/{$}", c.Start)
	}
	if c.Playground != nil {
		mux.Handle("/playground", c.Playground)
		mux.Handle("/playground/", c.Playground)
	}
	if c.Explorer != nil {
		mux.Handle("/explorer", c.Explorer)
		mux.Handle("/explorer/", c.Explorer)
	}
	for pattern, handler := range c.Mount {
		mux.Handle(pattern, c.Gate.Handler(handler))
	}
	return c.wrap(mux)
}

// wrap puts what every request passes around the routes; the first in the list meets a request first.
func (c Config) wrap(next http.Handler) http.Handler {
	layers := []func(http.Handler) http.Handler{
		withRequestID, withAccessLog(c.Log), withRecover(c.Log), withSecurityHeaders,
	}
	if c.LocalOnly {
		layers = append(layers, withLocalHosts)
	}
	layers = append(layers, withCORS(c.AllowedOrigins), withCSRFGuard(c.AllowedOrigins), withGzip)
	for i := len(layers) - 1; i >= 0; i-- {
		next = layers[i](next)
	}
	return next
}

// browserToPlayground sends a person who opens /graphql in a browser to the playground. A client that asks for JSON,
// or that has a query, is none.
func browserToPlayground(enabled bool, next http.Handler) http.Handler {
	if !enabled {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet && r.URL.RawQuery == "" && wantsHTML(r) && r.Header.Get("Upgrade") == "" {
			w.Header().Set("Location", "playground/") // relative: right behind a proxy that adds a prefix
			w.Header().Set("Cache-Control", "no-store")
			w.WriteHeader(http.StatusSeeOther)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// notFound answers a path that there is nothing at: text for a person, JSON for a program.
func notFound(w http.ResponseWriter, r *http.Request) {
	err := graph.Errorf(graph.NotFound, "there is nothing at this path; the API is at /graphql, and /playground/ explains it")
	if !wantsHTML(r) {
		apierror.Write(w, http.StatusNotFound, err)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(http.StatusNotFound)
	_, _ = w.Write([]byte("404: " + err.Message + "\n"))
}

// wantsHTML tells a browser that shows a page from a program; only the former names text/html.
func wantsHTML(r *http.Request) bool { return strings.Contains(r.Header.Get("Accept"), "text/html") }
