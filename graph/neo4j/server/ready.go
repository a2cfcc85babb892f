package server

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// factory is the password that Neo4j gives its user in a new directory.
const factory = "neo4j"

// tick is the time between two attempts to reach a server that starts.
const tick = 25 * time.Millisecond

// await returns when the server answers with the password that was asked for.
func (s *Server) await(ctx context.Context) error {
	if s.password != "" && s.fresh {
		if err := s.retry(ctx, s.setPassword); err != nil {
			return err
		}
	}
	err := s.retry(ctx, s.ask)
	if unauthorized(err) && s.setPassword(ctx) == nil { // an earlier start broke off before it set one
		err = s.retry(ctx, s.ask)
	}
	if unauthorized(err) {
		return graph.Wrap(graph.Unauthenticated, err, "the data in %s has another password: give that one, or remove the directory", s.home)
	}
	return err
}

// retry calls f until it succeeds, the password is refused, or the server is gone.
func (s *Server) retry(ctx context.Context, f func(context.Context) error) error {
	for {
		err := f(ctx)
		if err == nil || unauthorized(err) {
			return err
		}
		select {
		case <-s.child.done:
			return s.failed()
		case <-ctx.Done():
			cause := context.Cause(ctx)
			return graph.Wrap(graph.StoreUnavailable, fmt.Errorf("%w: %w\n%s", cause, err, s.Log()), "Neo4j did not answer in time")
		case <-time.After(tick):
		}
	}
}

// ask sends a statement that does nothing.
func (s *Server) ask(ctx context.Context) error {
	return s.run(ctx, s.password, "neo4j", "RETURN 1", nil)
}

// setPassword replaces the password of a new directory.
func (s *Server) setPassword(ctx context.Context) error {
	return s.run(ctx, factory, "system", "ALTER CURRENT USER SET PASSWORD FROM $old TO $new", map[string]any{"old": factory, "new": s.password})
}

// run sends one statement on a connection of its own.
func (s *Server) run(ctx context.Context, password, database, cypher string, params map[string]any) (err error) {
	d, err := s.connect(password)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close(ctx)) }()
	session := d.NewSession(ctx, neo4j.SessionConfig{DatabaseName: database})
	defer func() { err = errors.Join(err, session.Close(ctx)) }()
	result, err := session.Run(ctx, cypher, params)
	if err != nil {
		return err
	}
	_, err = result.Consume(ctx)
	return err
}

// unauthorized says whether the server refused the password.
func unauthorized(err error) bool {
	var e *neo4j.Neo4jError
	return errors.As(err, &e) && e.Code == "Neo.ClientError.Security.Unauthorized"
}
