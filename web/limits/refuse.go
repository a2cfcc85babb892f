package limits

import (
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/web/apierror"
)

// tooComplex refuses a query for its size.
func tooComplex(format string, args ...any) *gqlerror.Error {
	return apierror.From(graph.Errorf(graph.TooComplex, format, args...))
}

// wrong refuses a query for what it says.
func wrong(format string, args ...any) *gqlerror.Error {
	return apierror.From(graph.Errorf(graph.BadUserInput, format, args...))
}
