package write

import "context"

// Local is who writes where nobody has to log in.
const Local = "local"

type actorKey struct{}

// WithActor makes the named one the author of what is written under the context.
func WithActor(ctx context.Context, name string) context.Context {
	return context.WithValue(ctx, actorKey{}, name)
}

// Actor returns who writes under the context.
func Actor(ctx context.Context) string {
	if name, ok := ctx.Value(actorKey{}).(string); ok && name != "" {
		return name
	}
	return Local
}
