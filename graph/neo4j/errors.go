package neo4j

import (
	"context"
	"errors"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// mapError makes every error a *graph.Error. The context of the call tells a deadline from
// a connection that was lost otherwise.
func mapError(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	var own *graph.Error
	if errors.As(err, &own) {
		return err
	}
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded) || errors.Is(err, context.DeadlineExceeded):
		return graph.Wrap(graph.Timeout, err, "the store did not finish in time; ask for less, or allow more time")
	case ctx.Err() != nil || errors.Is(err, context.Canceled):
		return graph.Wrap(graph.Timeout, err, "the caller gave up before the store had finished")
	}
	var server *neo4j.Neo4jError
	if errors.As(err, &server) {
		return mapServerError(server)
	}
	if neo4j.IsConnectivityError(err) || neo4j.IsRetryable(err) {
		return errUnavailable(err)
	}
	return graph.Wrap(graph.Internal, err, "the store failed")
}

// mapServerError maps what the server itself reported, by the code that it gives.
func mapServerError(err *neo4j.Neo4jError) error {
	switch {
	case strings.Contains(err.Code, ".Transaction.TransactionTimedOut"):
		return graph.Wrap(graph.Timeout, err, "the store did not finish in time; ask for less, or allow more time")
	case outOfMemory(err):
		return graph.Wrap(graph.TooComplex, err, "the query needs more memory than the database allows; ask for less")
	case strings.HasPrefix(err.Code, "Neo.ClientError.Security."):
		return graph.Wrap(graph.Internal, err, "the database refuses the user or the password; check NEO4J_USER and NEO4J_PASSWORD")
	case strings.HasPrefix(err.Code, "Neo.ClientError.Database.DatabaseNotFound"):
		return graph.Wrap(graph.Internal, err, "the server has no such database; check NEO4J_DATABASE")
	case err.IsRetriable(), strings.Contains(err.Code, "DatabaseUnavailable"):
		return errUnavailable(err)
	}
	return graph.Wrap(graph.Internal, err, "the store failed")
}

// outOfMemory tells whether a statement wanted more memory than it may have. Neo4j calls
// that a passing error, but the statement would want as much again.
func outOfMemory(err error) bool {
	var server *neo4j.Neo4jError
	return errors.As(err, &server) && (strings.Contains(server.Code, "OutOfMemory") || strings.Contains(server.Code, "MemoryLimit"))
}

func errUnavailable(err error) error {
	return graph.Wrap(graph.StoreUnavailable, err, "the database cannot be reached now; try again later")
}

func errClosed() error {
	return graph.Errorf(graph.StoreUnavailable, "the store is closed")
}

func errNoNode(id string) error {
	return graph.Errorf(graph.NotFound, "there is no node with id %q", id)
}
