package resolvers

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
)

// AsOf is a gqlgen extension that has an answer say which of its fields show the network
// as it was on a day, and what that covers, in extensions.asOf.
type AsOf struct{}

var _ interface {
	graphql.HandlerExtension
	graphql.ResponseInterceptor
} = AsOf{}

// ExtensionName names the extension in gqlgen's messages.
func (AsOf) ExtensionName() string { return "AsOf" }

// Validate accepts every schema.
func (AsOf) Validate(graphql.ExecutableSchema) error { return nil }

// InterceptResponse adds extensions.asOf where a root field has the argument asOf.
func (AsOf) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	response := next(ctx)
	if response == nil || !graphql.HasOperationContext(ctx) {
		return response
	}
	oc := graphql.GetOperationContext(ctx)
	if oc.Operation == nil {
		return response
	}
	days := map[string]any{}
	for _, f := range graphql.CollectFields(oc, oc.Operation.SelectionSet, []string{"Query"}) {
		if f.Definition == nil || f.Definition.Arguments.ForName("asOf") == nil {
			continue
		}
		if day := f.ArgumentMap(oc.Variables)["asOf"]; day != nil {
			days[f.Alias] = day
		}
	}
	if len(days) > 0 {
		if response.Extensions == nil {
			response.Extensions = map[string]any{}
		}
		response.Extensions["asOf"] = map[string]any{
			"days": days,
			"en":   "Relations with since or until are those of the day; nodes, their properties and relations without dates are those of now.",
			"nl":   "Relaties met since of until zijn die van de dag; knopen, hun eigenschappen en relaties zonder datums zijn die van nu.",
		}
	}
	return response
}
