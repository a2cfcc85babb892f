package transport

import (
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// GET answers queries in a URL (the spec, section "GET"). A mutation is refused with 405: what a GET does must be safe
// to repeat, to prefetch and to follow as a link. HEAD is GET without the body, which net/http leaves out.
type GET struct {
	// MaxBytes is how long the parameters in the URL may be; 0 is no limit.
	MaxBytes int64
}

var _ graphql.Transport = GET{}

// Supports takes GET and HEAD.
func (GET) Supports(r *http.Request) bool {
	return r.Method == http.MethodGet || r.Method == http.MethodHead
}

// Do answers one request.
func (t GET) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	mediaType, ok := open(w, r)
	if !ok {
		return
	}
	if t.MaxBytes > 0 && int64(len(r.URL.RawQuery)) > t.MaxBytes {
		refuse(w, http.StatusRequestURITooLong, bad("the parameters in the URL are %d bytes; at most %d are allowed",
			len(r.URL.RawQuery), t.MaxBytes))
		return
	}
	raw, err := fromURL(r.URL.RawQuery)
	if err != nil {
		refuse(w, http.StatusBadRequest, err)
		return
	}
	run(w, r, exec, mediaType, raw, func(kind ast.Operation) *refusal {
		switch kind {
		case ast.Mutation:
			return &refusal{http.StatusMethodNotAllowed, http.MethodPost, bad("a mutation must be sent with POST")}
		case ast.Subscription:
			return noSubscription()
		default:
			return nil
		}
	})
}
