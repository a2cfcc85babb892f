package apierror

import (
	"encoding/json"
	"net/http"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Write answers a request that no GraphQL handler answers, in the form that GraphQL clients read.
func Write(w http.ResponseWriter, status int, err *graph.Error) {
	WriteJSON(w, status, struct {
		Errors gqlerror.List `json:"errors"`
	}{gqlerror.List{From(err)}})
}

// WriteJSON answers with a small JSON object that nobody may keep.
func WriteJSON(w http.ResponseWriter, status int, value any) {
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value) // a client that went away is not an error of ours
}
