package apierror

import (
	"context"
	"errors"

	"github.com/99designs/gqlgen/graphql"
)

// Cap is a gqlgen extension that keeps an answer from drowning in errors: at most Max stay, and extensions.errorsLeftOut
// of the answer says how many did not.
type Cap struct{ Max int }

var _ interface {
	graphql.HandlerExtension
	graphql.ResponseInterceptor
} = Cap{}

// ExtensionName names the extension in gqlgen's messages.
func (Cap) ExtensionName() string { return "ErrorCap" }

// Validate refuses a cap that would leave out every error.
func (c Cap) Validate(graphql.ExecutableSchema) error {
	if c.Max < 1 {
		return errors.New("an answer must be able to hold at least one error")
	}
	return nil
}

// InterceptResponse shortens the errors of an answer.
func (c Cap) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	response := next(ctx)
	if response == nil || len(response.Errors) <= c.Max {
		return response
	}
	if response.Extensions == nil {
		response.Extensions = map[string]any{}
	}
	response.Extensions["errorsLeftOut"] = len(response.Errors) - c.Max
	response.Errors = response.Errors[:c.Max]
	return response
}
