package resolvers

import (
	"context"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// Endings is a gqlgen extension that tells a subscriber where to go on: the cursor of each
// event stands in extensions.cursor. It also tells why a subscription ended, where it
// did not end by itself: as a last response with errors and no data.
type Endings struct{}

var _ interface {
	graphql.HandlerExtension
	graphql.OperationInterceptor
	graphql.ResponseInterceptor
} = Endings{}

// ending holds what a subscription has to tell beside its events.
type ending struct {
	mu sync.Mutex
	// cursors are those of the events that are on their way, in order.
	cursors []string
	err     error
}

type endingKey struct{}

// sending notes the cursor of an event before it is sent.
func sending(ctx context.Context, cursor string) {
	if e, ok := ctx.Value(endingKey{}).(*ending); ok {
		e.mu.Lock()
		defer e.mu.Unlock()
		e.cursors = append(e.cursors, cursor)
	}
}

// endWith notes why the subscription of ctx ended.
func endWith(ctx context.Context, err error) {
	if e, ok := ctx.Value(endingKey{}).(*ending); ok {
		e.mu.Lock()
		defer e.mu.Unlock()
		e.err = err
	}
}

// ExtensionName names the extension in gqlgen's messages.
func (Endings) ExtensionName() string { return "SubscriptionEndings" }

// Validate accepts every schema.
func (Endings) Validate(graphql.ExecutableSchema) error { return nil }

// InterceptOperation gives each subscription room for its error.
func (Endings) InterceptOperation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	if graphql.GetOperationContext(ctx).Operation.Operation == ast.Subscription {
		ctx = context.WithValue(ctx, endingKey{}, &ending{})
	}
	return next(ctx)
}

// InterceptResponse adds the cursor to each event, and the error behind the last.
func (Endings) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	response := next(ctx)
	e, ok := ctx.Value(endingKey{}).(*ending)
	if !ok {
		return response
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	switch {
	case response != nil && len(e.cursors) > 0:
		if response.Extensions == nil {
			response.Extensions = map[string]any{}
		}
		response.Extensions["cursor"] = e.cursors[0]
		e.cursors = e.cursors[1:]
	case response == nil && e.err != nil:
		graphql.AddError(ctx, e.err)
		e.err = nil
		return &graphql.Response{Errors: graphql.GetErrors(ctx)}
	}
	return response
}
