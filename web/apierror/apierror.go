// Package apierror is the one place where an error becomes an answer: every error that leaves the service over GraphQL
// gets extensions.code here, and everything that is not meant for the caller goes to the log and no further.
package apierror

import (
	"maps"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// codeKey is where a GraphQL error carries its code: the spec leaves the content of extensions to the service
// (GraphQL, section 7.1.2 "Errors").
const codeKey = "code"

// internalMessage is all that a caller reads of a fault of ours; the request id leads whoever helps to the log.
const internalMessage = "something went wrong on our side; the request id in X-Request-Id helps to find out what"

// From makes the answer to an error of the service. The cause stays reachable with errors.Is and errors.As, and is
// never written into the answer.
func From(err *graph.Error) *gqlerror.Error {
	return &gqlerror.Error{
		Err:        err,
		Message:    err.Message,
		Extensions: map[string]any{codeKey: string(err.Code)},
	}
}

// CodeOf returns the code that an answer carries, and INTERNAL where it has none.
func CodeOf(err *gqlerror.Error) graph.Code {
	if code, ok := err.Extensions[codeKey].(string); ok {
		return graph.Code(code)
	}
	return graph.Internal
}

// answer makes the error that the caller reads out of the one that gqlgen presented: the same place in the query and
// in the result, with the message and code given, and no other extension than those the original had.
func answer(original *gqlerror.Error, code graph.Code, message string) *gqlerror.Error {
	extensions := map[string]any{}
	if original != nil {
		maps.Copy(extensions, original.Extensions)
	}
	extensions[codeKey] = string(code)
	out := &gqlerror.Error{Message: message, Extensions: extensions}
	if original != nil {
		out.Err, out.Path, out.Locations, out.Rule = original.Err, original.Path, original.Locations, original.Rule
	}
	return out
}
