package lookahead

import "context"

type personalKey struct{}

// WithPersonal lets reads under the returned context see personal data.
func WithPersonal(ctx context.Context) context.Context {
	return context.WithValue(ctx, personalKey{}, true)
}

// MaySeePersonal tells whether personal data may be shown.
func MaySeePersonal(ctx context.Context) bool {
	may, _ := ctx.Value(personalKey{}).(bool)
	return may
}
