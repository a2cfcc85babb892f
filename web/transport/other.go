package transport

import (
	"net/http"

	"github.com/99designs/gqlgen/graphql"
)

// allow is what OPTIONS and 405 answer.
const allow = "GET, HEAD, OPTIONS, POST"

// Other answers OPTIONS, and refuses every method that the spec does not know with 405. Add it last: it takes
// everything.
type Other struct{}

var _ graphql.Transport = Other{}

// Supports takes every request.
func (Other) Supports(*http.Request) bool { return true }

// Do answers one request.
func (Other) Do(w http.ResponseWriter, r *http.Request, _ graphql.GraphExecutor) {
	begin(w, plainJSON)
	w.Header().Set("Allow", allow)
	if r.Method == http.MethodOptions {
		w.Header().Del("Content-Type")
		w.WriteHeader(http.StatusNoContent)
		return
	}
	refuse(w, http.StatusMethodNotAllowed, bad("the method %s is not supported here; use POST, or GET for queries", r.Method))
}
