// Package cypher sends hand-written Cypher, for the benchmarks that compare with it.
package cypher

import (
	"context"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// Hand sends hand-written Cypher.
type Hand struct{ Driver neo4j.DriverWithContext }

// Ask sends one auto-commit statement, which is the quickest way, and reads all it yields.
func (h Hand) Ask(ctx context.Context, text string, params map[string]any) error {
	session := h.Driver.NewSession(ctx, neo4j.SessionConfig{})
	defer func() { _ = session.Close(ctx) }()
	result, err := session.Run(ctx, text, params)
	if err != nil {
		return err
	}
	_, err = result.Collect(ctx)
	return err
}
