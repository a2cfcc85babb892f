// Package auth decides who may come in and what they may do there. A Gate verifies the bearer tokens (RFC 6750, signed
// JWTs) of an OpenID Connect issuer and puts the Caller into the context; the Policy says what each may do.
package auth

import (
	"context"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/web/apierror"
	"github.com/i-partnerschap/kennisgraaf/web/request"
	"github.com/i-partnerschap/kennisgraaf/write"
)

// issuerTimeout is how long the issuer may take to answer.
const issuerTimeout = 10 * time.Second

// Gate lets callers in. A nil Gate lets everyone in, and says nothing of who it is. It is safe for concurrent use.
type Gate struct {
	options  Options
	personal func(context.Context) context.Context
	log      *slog.Logger
	// verifier is nil until the issuer has said what its keys are.
	verifier atomic.Pointer[oidc.IDTokenVerifier]
}

// New makes a Gate that lets nobody with a token in before Discover has succeeded. personal returns a context under
// which personal data may be read. The error says which of the options is wrong.
func New(o Options, personal func(context.Context) context.Context, log *slog.Logger) (*Gate, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	return &Gate{options: o, personal: personal, log: log}, nil
}

// Discover asks the issuer where its keys are. Call it again after an error; once it has succeeded, keys that are new
// are fetched when they are needed.
func (g *Gate) Discover(ctx context.Context) error {
	ctx = oidc.ClientContext(ctx, &http.Client{Timeout: issuerTimeout})
	provider, err := oidc.NewProvider(ctx, g.options.Issuer)
	var found struct {
		Keys string `json:"jwks_uri"`
	}
	if err == nil {
		err = provider.Claims(&found)
	}
	if err != nil {
		return graph.Wrap(graph.StoreUnavailable, err, "the issuer of tokens at --oidc-issuer gives no answer that makes sense")
	}
	keys := keySet{oidc.NewRemoteKeySet(ctx, found.Keys)}
	g.verifier.Store(oidc.NewVerifier(g.options.Issuer, keys, &oidc.Config{ClientID: g.options.Audience, SupportedSigningAlgs: algorithms}))
	return nil
}

// Ready returns an error while the issuer has not been reached yet.
func (g *Gate) Ready() error {
	if g != nil && g.verifier.Load() == nil {
		return errNoIssuer(nil)
	}
	return nil
}

// Handler lets requests through to next that may read, with their Caller in the context.
func (g *Gate) Handler(next http.Handler) http.Handler {
	if g == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, err := g.admit(r.Context(), r.Header.Values("Authorization"))
		if err != nil {
			refuse(w, r, err)
			return
		}
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// GraphQL is Handler for the GraphQL endpoint, where a WebSocket may bring its token later: Greet lets that in.
func (g *Gate) GraphQL(next http.Handler) http.Handler {
	if g == nil {
		return next
	}
	guarded := g.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !request.WantsWebSocket(r) {
			guarded.ServeHTTP(w, r)
			return
		}
		r = r.WithContext(context.WithValue(r.Context(), greeterKey{}, g))
		if len(r.Header.Values("Authorization")) > 0 {
			guarded.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// admit finds out who asks, by the values of the Authorization header, and returns a context that says so.
func (g *Gate) admit(ctx context.Context, authorization []string) (context.Context, *graph.Error) {
	var caller Caller
	if len(authorization) > 0 {
		var err *graph.Error
		if caller, err = g.verify(ctx, authorization); err != nil {
			return nil, err
		}
	} else if !g.options.Anonymous {
		return nil, errNoToken()
	}
	ctx = context.WithValue(ctx, callerKey{}, caller)
	if caller.Personal {
		ctx = g.personal(ctx)
	}
	return write.WithActor(ctx, caller.Actor), nil
}

// refuse answers a request that is not let in, as RFC 6750, section 3, has it.
func refuse(w http.ResponseWriter, r *http.Request, err *graph.Error) {
	if err.Code != graph.Unauthenticated {
		w.Header().Set("Retry-After", "5")
		apierror.Write(w, http.StatusServiceUnavailable, err)
		return
	}
	challenge := `Bearer realm="kennisgraaf"`
	if len(r.Header.Values("Authorization")) > 0 {
		challenge += `, error="invalid_token"`
	}
	w.Header().Set("WWW-Authenticate", challenge)
	apierror.Write(w, http.StatusUnauthorized, err)
}

func errNoToken() *graph.Error {
	return graph.Errorf(graph.Unauthenticated, "this needs a token; send the header Authorization: Bearer and a token of the issuer")
}

func errNoIssuer(cause error) *graph.Error {
	return graph.Wrap(graph.StoreUnavailable, cause, "tokens cannot be checked now, because their issuer cannot be reached; try again later")
}
