package transport

import (
	"bytes"
	"encoding/json"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/web/apierror"
)

// begin sets the headers of every answer. An answer depends on who asks and on when, so nobody may keep it.
func begin(w http.ResponseWriter, mediaType string) {
	h := w.Header()
	h.Set("Content-Type", mediaType+"; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Add("Vary", "Accept")
}

// refuse answers a request that is not a well-formed GraphQL request.
func refuse(w http.ResponseWriter, status int, err *graph.Error) {
	write(w, status, &graphql.Response{Errors: gqlerror.List{apierror.From(err)}})
}

// write sends an answer. An answer without data has no data entry, which is how a client tells a request that was
// refused from one that failed on the way (the spec, section "application/graphql-response+json"). Data goes out as
// gqlgen made it: encoding/json would read and copy all of it once more.
func write(w http.ResponseWriter, status int, response *graphql.Response) {
	body := encodeResponse(response)
	w.WriteHeader(status)
	_, _ = w.Write(body) // a client that went away is not an error of ours
}

// encodeResponse makes the JSON of an answer.
func encodeResponse(response *graphql.Response) []byte {
	var body bytes.Buffer
	body.Grow(len(response.Data) + 512)
	entry := func(name string, value []byte) {
		separator := byte(',')
		if body.Len() == 0 {
			separator = '{'
		}
		body.WriteByte(separator)
		body.WriteString(`"` + name + `":`)
		body.Write(value)
	}
	if len(response.Errors) > 0 {
		entry("errors", encode(response.Errors))
	}
	if len(response.Data) > 0 {
		entry("data", response.Data)
	}
	if len(response.Extensions) > 0 || body.Len() == 0 {
		entry("extensions", encode(response.Extensions))
	}
	body.WriteByte('}')
	return body.Bytes()
}

// encode makes JSON of what should always have one. What has none is a fault of ours, and the server's recovery
// answers and logs it.
func encode(value any) []byte {
	out, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return out
}

// statusOf is the status of a GraphQL answer. In application/json every well-formed request is answered with 200; in
// application/graphql-response+json an answer without data is not (the spec, sections "application/json" and
// "application/graphql-response+json").
func statusOf(mediaType string, response *graphql.Response) int {
	if mediaType != graphQLResponse || len(response.Data) > 0 || len(response.Errors) == 0 {
		return http.StatusOK
	}
	switch apierror.CodeOf(response.Errors[0]) {
	case graph.Unauthenticated:
		return http.StatusUnauthorized
	case graph.Forbidden:
		return http.StatusForbidden
	case graph.StoreUnavailable:
		return http.StatusServiceUnavailable
	case graph.Timeout:
		return http.StatusGatewayTimeout
	case graph.Internal:
		return http.StatusInternalServerError
	default:
		return http.StatusBadRequest
	}
}
