package auth

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/web/apierror"
)

// Policy is the gqlgen extension that says what a Caller may do: whoever is let in reads and listens, an editor writes.
// It refuses a field before anything of it runs. Without a Gate before it, it refuses everything.
type Policy struct{}

var _ interface {
	graphql.HandlerExtension
	graphql.OperationContextMutator
	graphql.RootFieldInterceptor
} = Policy{}

// editorsRead are the queries that only an editor may ask: the address of a webhook is often all that guards it.
var editorsRead = []string{"savedSearch", "savedSearches"}

// ExtensionName names the extension in gqlgen's messages.
func (Policy) ExtensionName() string { return "Policy" }

// Validate accepts every schema.
func (Policy) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext refuses an operation of somebody who was not let in; it changes nothing.
func (Policy) MutateOperationContext(ctx context.Context, _ *graphql.OperationContext) *gqlerror.Error {
	if _, ok := From(ctx); !ok {
		return apierror.From(errNoToken())
	}
	return nil
}

// InterceptRootField refuses a field that needs an editor, also in a dry run: that tells what is in the graph.
func (Policy) InterceptRootField(ctx context.Context, next graphql.RootResolver) graphql.Marshaler {
	field := graphql.GetRootFieldContext(ctx).Field
	writes := graphql.GetOperationContext(ctx).Operation.Operation == ast.Mutation
	caller, _ := From(ctx)
	if caller.Editor || !writes && !slices.Contains(editorsRead, field.Name) {
		return next(ctx)
	}
	why := graph.Errorf(graph.Forbidden, "%s is for editors, and the token does not say that you are one", field.Name)
	if caller == (Caller{}) {
		why = errNoToken()
	}
	err := &gqlerror.Error{Err: why, Path: ast.Path{ast.PathName(field.Alias)}}
	if at := field.Position; at != nil {
		err.Locations = []gqlerror.Location{{Line: at.Line, Column: at.Column}}
	}
	graphql.AddError(ctx, err)
	return graphql.Null
}
