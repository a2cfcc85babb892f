package transport

import (
	"context"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/web/apierror"
)

// open begins an answer and settles its media type; if the client takes none that there is, it has answered 406.
func open(w http.ResponseWriter, r *http.Request) (mediaType string, ok bool) {
	mediaType, ok = negotiate(r)
	begin(w, mediaType)
	if !ok {
		refuse(w, http.StatusNotAcceptable, bad("the answer can be %s or %s; the Accept header takes neither",
			graphQLResponse, plainJSON))
	}
	return mediaType, ok
}

// run executes a request and answers it. allowed says which kinds of operation may come this way.
func run(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor, mediaType string, raw *graphql.RawParams,
	allowed func(ast.Operation) *refusal,
) {
	ctx := r.Context()
	raw.Headers = r.Header
	op, errs := exec.CreateOperationContext(ctx, raw)
	if len(errs) > 0 {
		response := exec.DispatchError(graphql.WithOperationContext(ctx, op), errs)
		write(w, statusOf(mediaType, response), response)
		return
	}
	if no := allowed(op.Operation.Operation); no != nil {
		if no.allow != "" {
			w.Header().Set("Allow", no.allow)
		}
		refuse(w, no.status, no.err)
		return
	}
	responses, ctx := exec.DispatchOperation(ctx, op)
	response := responses(ctx)
	if response == nil {
		response = ended(ctx)
	}
	write(w, statusOf(mediaType, response), response)
}

// ended is the answer where gqlgen gives none, because the context ended before it began.
func ended(ctx context.Context) *graphql.Response {
	err := graph.Wrap(graph.Timeout, context.Cause(ctx), "the query took longer than is allowed")
	return &graphql.Response{Errors: gqlerror.List{apierror.From(err)}}
}

// refusal is why an operation may not come by a method.
type refusal struct {
	status int
	allow  string // the Allow header, where the method is what is wrong
	err    *graph.Error
}

// noSubscription refuses a subscription: an answer in one piece has no room for it.
func noSubscription() *refusal {
	return &refusal{
		status: http.StatusBadRequest,
		err:    bad("a subscription needs a stream: use a WebSocket (graphql-transport-ws) or Accept: text/event-stream"),
	}
}
