package transport

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/web/apierror"
	"github.com/i-partnerschap/kennisgraaf/web/request"
)

// stream executes an operation. It calls begun when a subscription has begun, so that nothing written from then on is
// missed, and send with each response; last says that the operation ended with it, by an error
// before or during it, and that there is no data. It returns when the operation is over, ctx has ended, or send fails.
func stream(ctx context.Context, exec graphql.GraphExecutor, raw *graphql.RawParams, allowed func(ast.Operation) *graph.Error, begun func(), send func(r *graphql.Response, last bool) error) {
	// Errors are counted and logged an operation, not a connection, which may live for days.
	ctx = request.With(ctx, request.New(request.From(ctx).ID()))
	var op *graphql.OperationContext
	defer func() {
		if fault := recover(); fault != nil {
			// gqlgen recovers what resolvers do; this is for what it does itself.
			err := graph.Errorf(graph.Internal, "panic")
			if op != nil && op.RecoverFunc != nil {
				_ = op.Recover(ctx, fault) // logs it
			}
			_ = send(exec.DispatchError(ctx, gqlerror.List{apierror.From(err)}), true)
		}
	}()
	op, errs := exec.CreateOperationContext(ctx, raw)
	if len(errs) > 0 {
		_ = send(exec.DispatchError(graphql.WithOperationContext(ctx, op), errs), true)
		return
	}
	if err := allowed(op.Operation.Operation); err != nil {
		_ = send(&graphql.Response{Errors: gqlerror.List{apierror.From(err)}}, true)
		return
	}
	responses, ctx := exec.DispatchOperation(ctx, op)
	begun()
	for {
		response := responses(ctx)
		if response == nil {
			return
		}
		last := len(response.Data) == 0
		if send(response, last) != nil || last {
			return
		}
		if op.Operation.Operation != ast.Subscription && (response.HasNext == nil || !*response.HasNext) {
			return
		}
	}
}

// anyOperation allows every kind of operation.
func anyOperation(ast.Operation) *graph.Error { return nil }
