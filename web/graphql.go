package web

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/i-partnerschap/kennisgraaf/web/apierror"
	"github.com/i-partnerschap/kennisgraaf/web/limits"
	"github.com/i-partnerschap/kennisgraaf/web/request"
	"github.com/i-partnerschap/kennisgraaf/web/transport"
)

// WithStreams adds WebSockets and server-sent events, for subscriptions; pages of the given origins may open them, beside
// those of our own.
func WithStreams(l limits.Limits, origins []string) Option {
	streams := &transport.Streams{
		Connections: l.Streams, Subscriptions: l.Subscriptions, AllSubscriptions: l.AllSubscriptions,
		MaxBytes: l.BodyBytes, Write: l.StreamWrite, Origins: origins, Draining: Draining, Hold: Hold,
	}
	return func(s *handler.Server) {
		s.AddTransport(transport.WebSocket{Streams: streams})
		s.AddTransport(transport.SSE{Streams: streams})
	}
}

// An Option adds to the GraphQL endpoint.
type Option func(*handler.Server)

// WithTransport adds a transport, such as one for subscriptions. It is asked before GET and POST, so its Supports must
// take only what is its own (an Upgrade header, Accept: text/event-stream).
func WithTransport(t graphql.Transport) Option {
	return func(s *handler.Server) { s.AddTransport(t) }
}

// WithExtension adds a gqlgen extension. It runs inside the limits: only operations that passed them reach it.
func WithExtension(e graphql.HandlerExtension) Option {
	return func(s *handler.Server) { s.Use(e) }
}

// NewGraphQL makes the GraphQL endpoint of a schema: GraphQL over HTTP by GET and POST, introspection, automatic
// persisted queries, the limits, and one mapping of errors. It panics on limits that make no sense; check them with
// Limits.Validate where they come from outside.
func NewGraphQL(es graphql.ExecutableSchema, l limits.Limits, log *slog.Logger, options ...Option) http.Handler {
	documents := newCache(cachedDocuments, func(query string, _ *ast.QueryDocument) int { return len(query) })
	persisted := newCache(cachedPersisted, func(_, query string) int { return len(query) })

	server := handler.New(es)
	server.SetErrorPresenter(apierror.Presenter(log, l.Errors))
	server.SetRecoverFunc(apierror.Recover(log))
	server.SetQueryCache(documents)
	server.SetParserTokenLimit(l.Tokens)

	// The order matters: a persisted query must be looked up before its document is counted, and counted before gqlgen
	// validates it.
	server.Use(extension.AutomaticPersistedQuery{Cache: persisted})
	server.Use(limits.Document{Limits: l, Known: documents})
	server.Use(&limits.Cost{Limits: l})
	server.Use(limits.Timeout{After: l.Time})
	server.Use(extension.Introspection{})
	server.Use(apierror.Cap{Max: l.Errors})
	server.Use(operationName{})

	for _, option := range options {
		option(server)
	}
	server.AddTransport(transport.Table{MaxBytes: l.BodyBytes, PageSize: l.PageMax, MaxRows: l.TableRows})
	server.AddTransport(transport.GET{MaxBytes: l.BodyBytes})
	server.AddTransport(transport.POST{MaxBytes: l.BodyBytes})
	server.AddTransport(transport.Other{})
	return transport.Breakable(server)
}

// operationName tells the access log which operation runs. The name stands in the document as a name of the GraphQL
// grammar, so it cannot break a log line; a name that the document does not have never gets here.
type operationName struct{}

// ExtensionName names the extension in gqlgen's messages.
func (operationName) ExtensionName() string { return "OperationName" }

// Validate accepts every schema.
func (operationName) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext notes the name; it changes nothing.
func (operationName) MutateOperationContext(ctx context.Context, op *graphql.OperationContext) *gqlerror.Error {
	const longest = 100
	name := op.Operation.Name
	request.From(ctx).SetOperation(name[:min(len(name), longest)])
	return nil
}
