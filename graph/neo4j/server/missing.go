package server

import (
	"errors"
	"fmt"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// ErrMissing is in the chain of an error that says that this machine lacks what it
// takes to start Neo4j: Java, Maven, or the way to Maven Central.
var ErrMissing = errors.New("what Neo4j needs is not here")

// missing makes an error with ErrMissing in its chain.
func missing(cause error, format string, args ...any) error {
	err := ErrMissing
	if cause != nil {
		err = fmt.Errorf("%w: %w", ErrMissing, cause)
	}
	return graph.Wrap(graph.StoreUnavailable, err, format, args...)
}
