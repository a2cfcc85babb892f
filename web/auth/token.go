package auth

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/coreos/go-oidc/v3/oidc"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/web/request"
)

// The most that a token and the name of its holder may be, in bytes.
const (
	longestToken = 16 << 10
	longestActor = 200
)

// algorithms are those that a token may be signed with. None uses a shared secret: the keys of an issuer are public.
var algorithms = []string{
	oidc.RS256, oidc.RS384, oidc.RS512, oidc.ES256, oidc.ES384, oidc.ES512, oidc.PS256, oidc.PS384, oidc.PS512, oidc.EdDSA,
}

// compact is the one form of a token (RFC 7515, section 7.1). The JSON form has room for what is not signed.
var compact = regexp.MustCompile(`^[\w-]+\.[\w-]+\.[\w-]+$`)

// verify returns the holder of the token in the values of an Authorization header.
func (g *Gate) verify(ctx context.Context, authorization []string) (Caller, *graph.Error) {
	if len(authorization) > 1 {
		return Caller{}, graph.Errorf(graph.Unauthenticated, "there are %d Authorization headers; send one", len(authorization))
	}
	scheme, raw, _ := strings.Cut(authorization[0], " ")
	switch {
	case len(raw) > longestToken:
		return Caller{}, graph.Errorf(graph.Unauthenticated, "the token has %d bytes; at most %d are allowed", len(raw), longestToken)
	case !strings.EqualFold(scheme, "Bearer") || !compact.MatchString(raw):
		return Caller{}, graph.Errorf(graph.Unauthenticated, "the Authorization header holds no token; it must be Bearer, a space and a signed JWT")
	}
	verifier := g.verifier.Load()
	if verifier == nil {
		return Caller{}, errNoIssuer(nil)
	}
	var unreachable error
	token, err := verifier.Verify(context.WithValue(ctx, unreachableKey{}, &unreachable), raw)
	if unreachable != nil {
		g.log.Warn("the keys of the issuer of tokens cannot be fetched", "error", unreachable, "request", request.From(ctx).ID())
		return Caller{}, errNoIssuer(unreachable)
	}
	if err != nil {
		g.log.Debug("a token was refused", "reason", err, "request", request.From(ctx).ID())
		return Caller{}, invalid(err)
	}
	return g.caller(token)
}

// invalid says what is wrong with a token, as far as its sender should know.
func invalid(err error) *graph.Error {
	var expired *oidc.TokenExpiredError
	if errors.As(err, &expired) {
		return Expired()
	}
	return graph.Errorf(graph.Unauthenticated, "the token is not valid here; send a JWT that the issuer signed for this service")
}

// Expired is the error of a token that is over.
func Expired() *graph.Error {
	return graph.Errorf(graph.Unauthenticated, "the token has expired; get a new one")
}

// caller reads the claims of a token that is valid.
func (g *Gate) caller(token *oidc.IDToken) (Caller, *graph.Error) {
	var claims map[string]any
	if err := token.Claims(&claims); err != nil {
		return Caller{}, invalid(err)
	}
	actor, _ := claim(claims, g.options.ActorClaim).(string)
	if actor == "" || len(actor) > longestActor || !utf8.ValidString(actor) || strings.ContainsFunc(actor, unicode.IsControl) {
		return Caller{}, graph.Errorf(graph.Unauthenticated, "the token does not say whose it is: its claim %s must be a text of 1 to %d bytes on one line", g.options.ActorClaim, longestActor)
	}
	roles := texts(claim(claims, g.options.RolesClaim))
	return Caller{
		Actor: actor, Expires: token.Expiry,
		Editor: slices.Contains(roles, g.options.EditorRole), Personal: slices.Contains(roles, g.options.PersonalRole),
	}, nil
}

// claim follows a path into claims. A name may hold dots itself, as the names of clients and of claims that are
// addresses do; the longest one that is there counts.
func claim(claims map[string]any, path string) any {
	if value, ok := claims[path]; ok {
		return value
	}
	for i := len(path) - 1; i > 0; i-- {
		if path[i] != '.' {
			continue
		}
		if inner, ok := claims[path[:i]].(map[string]any); ok {
			return claim(inner, path[i+1:])
		}
	}
	return nil
}

// texts reads a list of texts, or a text with spaces between them, as the claim scope has it.
func texts(value any) []string {
	switch v := value.(type) {
	case string:
		return strings.Fields(v)
	case []any:
		var all []string
		for _, element := range v {
			if s, ok := element.(string); ok {
				all = append(all, s)
			}
		}
		return all
	}
	return nil
}

// keySet tells keys that cannot be fetched from a signature that is wrong, which the verifier makes one text of.
type keySet struct{ *oidc.RemoteKeySet }

type unreachableKey struct{}

// VerifySignature implements oidc.KeySet.
func (k keySet) VerifySignature(ctx context.Context, jwt string) ([]byte, error) {
	payload, err := k.RemoteKeySet.VerifySignature(ctx, jwt)
	// Of the errors of a RemoteKeySet only that of fetching has a cause.
	if cause := errors.Unwrap(err); cause != nil {
		if unreachable, ok := ctx.Value(unreachableKey{}).(*error); ok {
			*unreachable = cause
		}
	}
	return payload, err
}
