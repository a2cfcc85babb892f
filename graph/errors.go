package graph

import (
	"errors"
	"fmt"
)

// Code is the machine-readable part of an error, as the API shows it in
// extensions.code.
type Code string

// The codes of the API.
const (
	BadUserInput     Code = "BAD_USER_INPUT"
	NotFound         Code = "NOT_FOUND"
	Conflict         Code = "CONFLICT"
	Unauthenticated  Code = "UNAUTHENTICATED"
	Forbidden        Code = "FORBIDDEN"
	TooComplex       Code = "QUERY_TOO_COMPLEX"
	Timeout          Code = "TIMEOUT"
	StoreUnavailable Code = "STORE_UNAVAILABLE"
	Internal         Code = "INTERNAL"
)

// Error is the one error type of the service. Message is for the caller: what was
// wrong and what would be right. Cause is for the log only.
type Error struct {
	Code    Code
	Message string
	Cause   error
	// Change is the number of the change of a write that could not be made, from 1; 0
	// where it is not about one. Plain is the Message without that number.
	Change int
	Plain  string
}

// Error returns the message and the cause, for the log.
func (e *Error) Error() string {
	if e.Cause != nil {
		return e.Message + ": " + e.Cause.Error()
	}
	return e.Message
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Errorf makes an Error for the caller to read.
func Errorf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// Wrap makes an Error with a cause that only the log shows.
func Wrap(code Code, cause error, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...), Cause: cause}
}

// AtChange says of an error that it is about the change with the index i of a write.
func AtChange(i int, err error) error {
	var e *Error
	if !errors.As(err, &e) {
		return err
	}
	return &Error{Code: e.Code, Message: fmt.Sprintf("change %d: %s", i, e.Message), Cause: e.Cause, Change: i + 1, Plain: e.Message}
}

// CodeOf returns the code of the first Error in the chain, and Internal where there is none.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Internal
}
