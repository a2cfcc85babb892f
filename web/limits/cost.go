package limits

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// plainListSize is what a list without a page size is taken to hold: in this API those are the short ones, such as the
// factors of a match or the cells of a row; the long ones are connections.
const plainListSize = 5

// Cost is a gqlgen extension that refuses an operation for the number of nodes that it asks for, before any resolver
// runs. A field that is skipped by a directive counts as if it were there.
//
//   - A to-one field costs 1 and what it selects.
//   - A page (a field with first or last) costs 1, and the page size times what each node costs. The size is that of
//     the argument, else the default in the schema, else Limits.PageDefault.
//   - The nodes and edges of a page, and the node of an edge, are the page itself and cost nothing of their own.
//   - A list by ids costs as much as there are ids; any other list counts as one of plainListSize.
//   - Scalars and introspection cost nothing.
type Cost struct {
	Limits Limits
	schema *ast.Schema
}

var _ interface {
	graphql.HandlerExtension
	graphql.OperationContextMutator
} = (*Cost)(nil)

// ExtensionName names the extension in gqlgen's messages.
func (*Cost) ExtensionName() string { return "CostLimit" }

// Validate refuses limits that make no sense and keeps the schema.
func (c *Cost) Validate(es graphql.ExecutableSchema) error {
	c.schema = es.Schema()
	return c.Limits.Validate()
}

// MutateOperationContext refuses an operation that costs too much; it changes nothing.
func (c *Cost) MutateOperationContext(_ context.Context, op *graphql.OperationContext) *gqlerror.Error {
	e := estimator{
		limits: c.Limits, schema: c.schema, fragments: op.Doc.Fragments, variables: op.Variables,
		done: map[string]estimate{},
	}
	cost := e.selections(op.Operation.SelectionSet).plain()
	switch {
	case e.refusal != nil:
		return e.refusal
	case cost >= ceiling:
		return tooComplex("the %s asks for more nodes than can be counted; at most %d are allowed: ask for smaller pages (first) or fewer levels",
			operationTitle(op.Operation), c.Limits.Cost)
	case cost > c.Limits.Cost:
		return tooComplex("the %s may ask for %d nodes; at most %d are allowed: ask for smaller pages (first) or fewer levels",
			operationTitle(op.Operation), cost, c.Limits.Cost)
	}
	return nil
}
