package sqlite

import (
	"context"
	"errors"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"modernc.org/sqlite"
)

// The primary result codes of SQLite that the store tells apart (https://sqlite.org/rescode.html).
const (
	codePerm       = 3
	codeBusy       = 5
	codeLocked     = 6
	codeReadOnly   = 8
	codeIOError    = 10
	codeCorrupt    = 11
	codeFull       = 13
	codeCantOpen   = 14
	codeProtocol   = 15
	codeTooBig     = 18
	codeConstraint = 19
	codeNotADB     = 26
)

// codeOf returns the primary result code of an error, 0 where it has none.
func codeOf(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code() & 0xff
	}
	return 0
}

// mapError makes every error a *graph.Error.
func mapError(err error) error {
	if err == nil {
		return nil
	}
	var e *graph.Error
	switch {
	case errors.As(err, &e):
		return err
	case errors.Is(err, context.DeadlineExceeded):
		return graph.Wrap(graph.Timeout, err, "the store did not finish in time; ask for less, or allow more time")
	case errors.Is(err, context.Canceled):
		return graph.Wrap(graph.Timeout, err, "the caller gave up before the store had finished")
	}
	switch codeOf(err) {
	case codeBusy, codeLocked, codeProtocol:
		return graph.Wrap(graph.StoreUnavailable, err, "the database file is locked by another process; try again later")
	case codeFull:
		return graph.Wrap(graph.StoreUnavailable, err, "the disk with the database file is full; free some space and try again")
	case codeIOError:
		return graph.Wrap(graph.StoreUnavailable, err, "the database file cannot be read or written now; try again later")
	case codeReadOnly, codePerm, codeCantOpen:
		return graph.Wrap(graph.StoreUnavailable, err, "the database file cannot be written; check its permissions and those of its directory")
	case codeTooBig:
		return graph.Wrap(graph.BadUserInput, err, "a value or a query is too large for the store; make it smaller")
	}
	return graph.Wrap(graph.Internal, err, "the store failed")
}

func errClosed() error {
	return graph.Errorf(graph.StoreUnavailable, "the store is closed")
}
