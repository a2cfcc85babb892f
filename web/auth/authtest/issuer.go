// Package authtest runs a real OpenID Connect issuer for tests.
package authtest

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/coreos/go-oidc/v3/oidc/oidctest"
)

// Audience is whom the tokens are for.
const Audience = "kennisgraaf"

// Claims are those of a token.
type Claims map[string]any

// Issuer answers discovery and the request for its keys over HTTP, and signs tokens. It is safe for concurrent use.
type Issuer struct {
	// URL is the issuer's address, on this machine.
	URL string

	mu     sync.Mutex
	server oidctest.Server
	key    *rsa.PrivateKey
	// keys counts the keys that there were.
	keys int
	down bool
}

// Start runs an issuer until the test is over.
func Start(t testing.TB) *Issuer {
	t.Helper()
	i := &Issuer{}
	i.Rotate(t)
	server := httptest.NewServer(i)
	t.Cleanup(server.Close)
	i.URL = server.URL
	i.server.SetIssuer(server.URL)
	return i
}

// ServeHTTP answers as an issuer does; with 503 while it is down.
func (i *Issuer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.down {
		http.Error(w, "down", http.StatusServiceUnavailable)
		return
	}
	i.server.ServeHTTP(w, r)
}

// SetDown has the issuer answer no more, or again.
func (i *Issuer) SetDown(down bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.down = down
}

// Rotate replaces the key by a new one with a new id.
func (i *Issuer) Rotate(t testing.TB) {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	i.keys++
	i.key = key
	i.server.PublicKeys = []oidctest.PublicKey{{PublicKey: key.Public(), KeyID: i.keyID(), Algorithm: oidc.RS256}}
}

func (i *Issuer) keyID() string { return "key-" + strconv.Itoa(i.keys) }

// Public returns the key that tokens are checked with.
func (i *Issuer) Public() *rsa.PublicKey {
	i.mu.Lock()
	defer i.mu.Unlock()
	return &i.key.PublicKey
}

// Claims returns those of a token for an hour, with others added or put in their place; a nil value leaves one out.
func (i *Issuer) Claims(others Claims) string {
	claims := Claims{"iss": i.URL, "aud": Audience, "sub": "somebody", "exp": time.Now().Add(time.Hour).Unix()}
	maps.Copy(claims, others)
	maps.DeleteFunc(claims, func(_ string, value any) bool { return value == nil })
	text, err := json.Marshal(claims)
	if err != nil {
		panic(err) // the test gave what JSON has no form for
	}
	return string(text)
}

// Token returns a token with the Claims.
func (i *Issuer) Token(others Claims) string {
	claims := i.Claims(others)
	i.mu.Lock()
	defer i.mu.Unlock()
	return oidctest.SignIDToken(i.key, i.keyID(), oidc.RS256, claims)
}
