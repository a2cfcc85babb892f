package transport

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// POST answers queries and mutations in a body of application/json (the spec, section "POST"). It takes no other
// media type: a browser sends forms, multipart and text/plain to other sites without asking, so refusing them is what
// stops a page elsewhere from writing with its visitor's rights.
type POST struct {
	// MaxBytes is how large a body may be; 0 is no limit.
	MaxBytes int64
}

var _ graphql.Transport = POST{}

// Supports takes every POST, to answer those of a wrong media type as well.
func (POST) Supports(r *http.Request) bool { return r.Method == http.MethodPost }

// Do answers one request.
func (t POST) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	mediaType, ok := open(w, r)
	if !ok {
		return
	}
	if err := checkContentType(r); err != nil {
		w.Header().Set("Accept-Post", plainJSON)
		refuse(w, http.StatusUnsupportedMediaType, err)
		return
	}
	body, status, err := t.read(w, r)
	if err != nil {
		refuse(w, status, err)
		return
	}
	raw, err := fromBody(body)
	if err != nil {
		refuse(w, http.StatusBadRequest, err)
		return
	}
	run(w, r, exec, mediaType, raw, func(kind ast.Operation) *refusal {
		if kind == ast.Subscription {
			return noSubscription()
		}
		return nil
	})
}

// checkContentType refuses a body that is not application/json in UTF-8, as it is.
func checkContentType(r *http.Request) *graph.Error {
	mediaType, parameters, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case err != nil || mediaType != plainJSON:
		return bad("a POST needs Content-Type: %s and a body such as %s", plainJSON, example)
	case !isUTF8(parameters["charset"]):
		return bad("the body must be UTF-8, not %s", parameters["charset"])
	}
	if encoding := r.Header.Get("Content-Encoding"); encoding != "" && !strings.EqualFold(encoding, "identity") {
		return bad("the body must not be compressed (Content-Encoding: %s)", encoding)
	}
	return nil
}

// read takes the body in, up to the limit.
func (t POST) read(w http.ResponseWriter, r *http.Request) ([]byte, int, *graph.Error) {
	if t.MaxBytes <= 0 {
		t.MaxBytes = 1<<63 - 1
	}
	tooLarge := graph.Errorf(graph.TooComplex, "the body is larger than %d bytes, the most that is allowed", t.MaxBytes)
	if r.ContentLength > t.MaxBytes {
		w.Header().Set("Connection", "close") // not worth reading to the end
		return nil, http.StatusRequestEntityTooLarge, tooLarge
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, t.MaxBytes))
	var over *http.MaxBytesError
	switch {
	case errors.As(err, &over):
		return nil, http.StatusRequestEntityTooLarge, tooLarge
	case err != nil:
		return nil, http.StatusBadRequest, graph.Wrap(graph.BadUserInput, err, "the body could not be read to its end")
	}
	return body, http.StatusOK, nil
}
