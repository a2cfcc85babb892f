package apierror

import (
	"context"
	"errors"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// classify decides which code and message the caller gets for an error.
func classify(ctx context.Context, err error) (graph.Code, string) {
	var ours *graph.Error
	if errors.As(err, &ours) && ours.Code != graph.Internal {
		return ours.Code, ours.Message
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return graph.Timeout, "the query took longer than is allowed; ask for fewer nodes or levels, or filter more"
	case errors.Is(err, context.Canceled):
		return graph.Timeout, "the query was cancelled before it was done"
	case ours != nil:
		return graph.Internal, internalMessage
	}
	var protocol *gqlerror.Error
	if errors.As(err, &protocol) && isAboutTheRequest(ctx, protocol) {
		return requestCode(protocol), protocol.Message
	}
	return graph.Internal, internalMessage
}

// isAboutTheRequest tells the errors that gqlgen and gqlparser raise about a query, which the caller must read, from
// those that a resolver returned, which it must not.
func isAboutTheRequest(ctx context.Context, err *gqlerror.Error) bool {
	if err.Rule != "" || err.Extensions[codeKey] != nil {
		return true
	}
	field := graphql.GetFieldContext(ctx)
	if field == nil {
		// Before any field runs there is only the request: its document, its variables, its persisted query.
		return err.Err == nil
	}
	// gqlgen reads the arguments of a field before it sets Args, and puts the argument behind the field in the path:
	// a value of a scalar that did not parse.
	return field.Args == nil && len(err.Path) > len(graphql.GetPath(ctx))
}

// requestCode keeps a code of ours and translates those of gqlgen. It also keeps PERSISTED_QUERY_NOT_FOUND, the one code
// outside graph.Code: clients of automatic persisted queries wait for it before they send the whole query.
func requestCode(err *gqlerror.Error) graph.Code {
	code, _ := err.Extensions[codeKey].(string)
	switch code {
	case "", errcode.ValidationFailed, errcode.ParseFailed:
		return graph.BadUserInput
	default:
		return graph.Code(code)
	}
}
