// Package playground holds what a visitor of the service sees first: the start page, and GraphiQL with worked
// examples. Both are embedded in the binary, and neither asks anything of another server.
//
// The GraphiQL bundle is built from app/ into dist/ with `npm ci && npm run build`; dist/ is committed, so that a
// machine with only Go can build the service. The examples are in examples.json and need no rebuild of the bundle.
package playground

import (
	"net/http"
	"strings"
)

// MountPath is where [Handler] expects to be mounted; the path without its last slash redirects to it. The GraphQL
// endpoint is expected beside it, as /graphql.
const MountPath = "/playground/"

// policy lets GraphiQL run from its own origin and keeps everything else out. Monaco writes style elements at run
// time, hence 'unsafe-inline' for styles; images may be data because Monaco's style sheet draws with them.
const policy = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; " +
	"font-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Handler serves GraphiQL below [MountPath] and the worked examples as MountPath + "examples.json". It answers GET and
// HEAD, and 404 for every path that it does not have. It panics if the embedded files are damaged, which the tests of
// this package rule out.
func Handler() http.Handler {
	assets, err := loadAssets()
	if err != nil {
		panic("playground: " + err.Error())
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		setSecurityHeaders(w, policy)
		if !allowRead(w, r) {
			return
		}
		if r.URL.Path+"/" == MountPath {
			redirectToMount(w, r)
			return
		}
		name, below := strings.CutPrefix(r.URL.Path, MountPath)
		if name == "" {
			name = "index.html"
		}
		asset, found := assets[name]
		if !below || !found {
			http.NotFound(w, r)
			return
		}
		asset.serve(w, r)
	})
}

// redirectToMount sends a relative address, which stays right behind a proxy that adds a prefix.
func redirectToMount(w http.ResponseWriter, r *http.Request) {
	target := "playground/"
	if r.URL.RawQuery != "" {
		target += "?" + r.URL.RawQuery
	}
	w.Header().Set("Location", target)
	w.WriteHeader(http.StatusMovedPermanently)
}

// setSecurityHeaders sets the headers that every answer of this package carries.
func setSecurityHeaders(w http.ResponseWriter, contentSecurityPolicy string) {
	h := w.Header()
	h.Set("Content-Security-Policy", contentSecurityPolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
}

// allowRead reports whether the request only reads; if not, it has answered 405.
func allowRead(w http.ResponseWriter, r *http.Request) bool {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return true
	}
	w.Header().Set("Allow", "GET, HEAD")
	http.Error(w, "this page can only be read: use GET or HEAD", http.StatusMethodNotAllowed)
	return false
}
