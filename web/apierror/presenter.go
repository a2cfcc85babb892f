package apierror

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/web/request"
)

// Presenter turns every error into what the caller may read of it, and logs the rest. Of one request it logs no more
// than perRequest errors, since a fault in the resolver of a list comes once for each of its elements.
func Presenter(log *slog.Logger, perRequest int) graphql.ErrorPresenterFunc {
	return func(ctx context.Context, err error) *gqlerror.Error {
		if err == nil {
			return nil
		}
		var original *gqlerror.Error
		if !errors.As(err, &original) {
			original = gqlerror.WrapPath(graphql.GetPath(ctx), err)
		}
		code, message := classify(ctx, err)
		if request.From(ctx).CountError() <= int64(perRequest) {
			record(ctx, log, code, original)
		}
		return answer(original, code, message)
	}
}

// record logs what the caller does not get to read. An error of the caller's own is not logged: its text may hold what
// the caller typed.
func record(ctx context.Context, log *slog.Logger, code graph.Code, err *gqlerror.Error) {
	level := slog.LevelError
	switch {
	case code == graph.Internal:
	case errors.Unwrap(err) != nil && (code == graph.StoreUnavailable || code == graph.Timeout):
		level = slog.LevelWarn
	default:
		return
	}
	var panicked *panicError
	if errors.As(err, &panicked) {
		return // Recover has logged it, with its stack
	}
	cause := error(err)
	if err.Err != nil {
		cause = err.Err
	}
	info := request.From(ctx)
	log.LogAttrs(ctx, level, "GraphQL error",
		slog.String("code", string(code)), slog.String("cause", cause.Error()), slog.String("path", err.Path.String()),
		slog.String("operation", info.Operation()), slog.String("request", info.ID()))
}

// panicError marks a cause that Recover has logged already.
type panicError struct{ value any }

// Error describes the panic, for the log.
func (p *panicError) Error() string { return fmt.Sprintf("panic: %v", p.value) }

// Recover logs a panic with its stack and makes the INTERNAL error that the caller gets instead.
func Recover(log *slog.Logger) graphql.RecoverFunc {
	return func(ctx context.Context, value any) error {
		info := request.From(ctx)
		log.LogAttrs(ctx, slog.LevelError, "panic while answering a query",
			slog.String("cause", fmt.Sprint(value)), slog.String("operation", info.Operation()),
			slog.String("request", info.ID()), slog.String("stack", string(debug.Stack())))
		return graph.Wrap(graph.Internal, &panicError{value}, "panic")
	}
}
