package limits

import (
	"context"
	"errors"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// Timeout is a gqlgen extension that ends the context of a query or mutation after a time. A subscription goes on for
// as long as the client stays.
type Timeout struct{ After time.Duration }

var _ interface {
	graphql.HandlerExtension
	graphql.OperationInterceptor
} = Timeout{}

// ExtensionName names the extension in gqlgen's messages.
func (Timeout) ExtensionName() string { return "OperationTimeout" }

// Validate refuses a time in which nothing can be answered.
func (t Timeout) Validate(graphql.ExecutableSchema) error {
	if t.After <= 0 {
		return errors.New("the time that a query may take must be more than zero")
	}
	return nil
}

// InterceptOperation runs the operation under a deadline and releases it with the last part of the answer.
func (t Timeout) InterceptOperation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	if graphql.GetOperationContext(ctx).Operation.Operation == ast.Subscription {
		return next(ctx)
	}
	ctx, cancel := context.WithTimeout(ctx, t.After)
	// Where no response is ever asked for, the timer ends the context.
	responses := next(ctx)
	return func(ctx context.Context) *graphql.Response {
		response := responses(ctx)
		if response == nil || response.HasNext == nil || !*response.HasNext {
			cancel()
		}
		return response
	}
}
