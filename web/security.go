package web

import (
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"

	"github.com/go-chi/cors"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/web/apierror"
	"github.com/i-partnerschap/kennisgraaf/web/loopback"
)

// withSecurityHeaders sets what every answer carries (the Dutch API Design Rules name the same ones). A page that
// needs more than nothing sets a Content-Security-Policy of its own.
func withSecurityHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		h.Set("X-Frame-Options", "DENY")
		next.ServeHTTP(w, r)
	})
}

// anyOrigin, as the only or one of the allowed origins, opens the API to the pages of every site.
const anyOrigin = "*"

// CheckOrigins returns an error for an allowed origin that no browser would send: an origin is a scheme, a host and
// perhaps a port, or "*" for all of them. Patterns are not supported.
func CheckOrigins(origins []string) error {
	for _, origin := range origins {
		if origin == anyOrigin {
			continue
		}
		if err := http.NewCrossOriginProtection().AddTrustedOrigin(origin); err != nil || strings.Contains(origin, anyOrigin) {
			return fmt.Errorf("--origins %q is not an origin such as https://www.example.nl, and not *", origin)
		}
	}
	return nil
}

// withCORS lets the given origins read answers from a browser. Without any, no header is sent and only pages of our
// own origin can read: an API with people in it is not open to every page that its users happen to visit. Credentials
// (cookies) are never allowed across origins; a token in the Authorization header is.
func withCORS(origins []string) func(http.Handler) http.Handler {
	if len(origins) == 0 {
		// go-chi/cors reads an empty list as "every origin".
		return func(next http.Handler) http.Handler { return next }
	}
	return cors.Handler(cors.Options{
		AllowedOrigins: origins,
		AllowedMethods: []string{http.MethodGet, http.MethodHead, http.MethodPost},
		AllowedHeaders: []string{"Accept", "Authorization", "Content-Type", requestIDHeader},
		ExposedHeaders: []string{requestIDHeader, "Retry-After", "WWW-Authenticate"},
		MaxAge:         600,
	})
}

// withCSRFGuard refuses what a page of another origin makes a browser send and what could change something: every
// method but GET, HEAD and OPTIONS, told by Sec-Fetch-Site and Origin. GET changes nothing here (a mutation by GET is
// refused), and a POST must be application/json besides, which a browser does not send elsewhere without asking first.
func withCSRFGuard(origins []string) func(http.Handler) http.Handler {
	guard := http.NewCrossOriginProtection()
	for _, origin := range origins {
		if origin != anyOrigin {
			_ = guard.AddTrustedOrigin(origin) // CheckOrigins has reported it; not trusting it is the safe side
		}
	}
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		apierror.Write(w, http.StatusForbidden, graph.Errorf(graph.Forbidden,
			"a page of another origin may not send this; its origin can be allowed with --origins"))
	}))
	return func(next http.Handler) http.Handler {
		if slices.Contains(origins, anyOrigin) {
			return next // CORS without credentials and the media type remain
		}
		return guard.Handler(next)
	}
}

// withLocalHosts refuses a request whose Host is not this machine. A server that trusts whoever reaches its loopback
// address must do so: a web page can have its own name resolve to 127.0.0.1 and then be of the same origin.
func withLocalHosts(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if name, _, err := net.SplitHostPort(host); err == nil {
			host = name
		}
		if !loopback.Is(strings.Trim(host, "[]")) {
			apierror.Write(w, http.StatusMisdirectedRequest, graph.Errorf(graph.Forbidden,
				"this server asks for no login and so answers only to localhost; use http://localhost or --auth oidc"))
			return
		}
		next.ServeHTTP(w, r)
	})
}
