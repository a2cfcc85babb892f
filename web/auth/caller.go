package auth

import (
	"context"
	"time"
)

// Caller is who asks, and what that one may do beside reading. The zero value is somebody without a token.
type Caller struct {
	// Actor is how the change log names the caller.
	Actor string
	// Editor may write; Personal may see personal fields.
	Editor, Personal bool
	// Expires is when the token ends; zero for never.
	Expires time.Time
}

type callerKey struct{}

// From returns who asks; ok is false where nobody was let in.
func From(ctx context.Context) (caller Caller, ok bool) {
	caller, ok = ctx.Value(callerKey{}).(Caller)
	return caller, ok
}
