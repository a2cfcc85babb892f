package web

import (
	"crypto/rand"
	"net/http"
	"regexp"

	"github.com/i-partnerschap/kennisgraaf/web/request"
)

// requestIDHeader is the header that a request's id comes in and goes out with.
const requestIDHeader = "X-Request-Id"

// saneRequestID is an id of somebody else's that may go into our log lines: no spaces, no control characters, no end.
var saneRequestID = regexp.MustCompile(`^[A-Za-z0-9._:/+=-]{1,100}$`)

// withRequestID gives every request an id, that of the proxy in front where it is sane, and says it in the answer.
func withRequestID(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := r.Header.Get(requestIDHeader)
		if !saneRequestID.MatchString(id) {
			id = rand.Text()
		}
		w.Header().Set(requestIDHeader, id)
		next.ServeHTTP(w, r.WithContext(request.With(r.Context(), request.New(id))))
	})
}
