package auth

import (
	"context"
	"encoding/json"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

type greeterKey struct{}

// Greet lets a WebSocket in by the payload of its connection_init, {"Authorization": "Bearer …"}, or by the header that
// it was opened with, and returns a context that says who it is. Behind no Gate it lets everyone in.
func Greet(ctx context.Context, payload json.RawMessage) (context.Context, *graph.Error) {
	g, ok := ctx.Value(greeterKey{}).(*Gate)
	if !ok {
		return ctx, nil
	}
	var greeting struct{ Authorization *string }
	if len(payload) > 0 && json.Unmarshal(payload, &greeting) != nil {
		return nil, graph.Errorf(graph.Unauthenticated, "Authorization in the payload must be a text")
	}
	_, known := From(ctx)
	switch {
	case greeting.Authorization == nil && known:
		return ctx, nil
	case greeting.Authorization == nil:
		return g.admit(ctx, nil)
	case known:
		return nil, graph.Errorf(graph.Unauthenticated, "there are two tokens; send one, in the header or in the payload")
	}
	return g.admit(ctx, []string{*greeting.Authorization})
}
