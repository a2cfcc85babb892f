package auth_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/coreos/go-oidc/v3/oidc/oidctest"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/web/auth"
	"github.com/i-partnerschap/kennisgraaf/web/auth/authtest"
	"github.com/i-partnerschap/kennisgraaf/write"
)

type personalKey struct{}

// door is a server behind a gate that answers who came in.
type door struct {
	url  string
	gate *auth.Gate
	mu   sync.Mutex
	log  bytes.Buffer
}

func (d *door) Write(p []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.log.Write(p)
}

// logged returns what the gate wrote to the log.
func (d *door) logged() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.log.String()
}

// open makes a door for the tokens of an issuer. Options that are empty have their defaults.
func open(t *testing.T, issuer *authtest.Issuer, o auth.Options) *door {
	t.Helper()
	o.Issuer, o.Audience, o.EditorRole, o.PersonalRole = issuer.URL, authtest.Audience, "editor", "personal"
	if o.RolesClaim == "" {
		o.RolesClaim = "roles"
	}
	if o.ActorClaim == "" {
		o.ActorClaim = "sub"
	}
	d := &door{}
	personal := func(ctx context.Context) context.Context { return context.WithValue(ctx, personalKey{}, true) }
	var err error
	d.gate, err = auth.New(o, personal, slog.New(slog.NewTextHandler(d, &slog.HandlerOptions{Level: slog.LevelDebug})))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(d.gate.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		caller, _ := auth.From(r.Context())
		personal, _ := r.Context().Value(personalKey{}).(bool)
		fmt.Fprintf(w, "%s editor=%t personal=%t", write.Actor(r.Context()), caller.Editor, personal)
	})))
	t.Cleanup(server.Close)
	d.url = server.URL
	return d
}

// discovered is open with the issuer found.
func discovered(t *testing.T, issuer *authtest.Issuer, o auth.Options) *door {
	t.Helper()
	d := open(t, issuer, o)
	if err := d.gate.Discover(t.Context()); err != nil {
		t.Fatal(err)
	}
	return d
}

// knock sends a request with Authorization headers and returns the answer.
func (d *door) knock(t *testing.T, authorization ...string) (*http.Response, string) {
	t.Helper()
	return d.ask(t, d.url, authorization...)
}

func (d *door) ask(t *testing.T, url string, authorization ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header["Authorization"] = authorization
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(body)
}

// codeOf is the code of the one error in an answer.
func codeOf(t *testing.T, body string) string {
	t.Helper()
	var answer struct {
		Errors []struct {
			Message    string
			Extensions struct{ Code string }
		}
	}
	if err := json.Unmarshal([]byte(body), &answer); err != nil || len(answer.Errors) != 1 || answer.Errors[0].Message == "" {
		t.Fatalf("no error in the form of the API: %v in %s", err, body)
	}
	return answer.Errors[0].Extensions.Code
}

// jwt puts a token together from its parts, signed with a secret, or not at all.
func jwt(header, claims string, secret []byte) string {
	encode := base64.RawURLEncoding.EncodeToString
	text := encode([]byte(header)) + "." + encode([]byte(claims))
	if secret == nil {
		return text + "."
	}
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(text))
	return text + "." + encode(mac.Sum(nil))
}

// A token counts only as the issuer made it, for this service, and while it lasts. Neither the answer nor the log holds it.
func TestHostileTokens(t *testing.T) {
	issuer := authtest.Start(t)
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKIXPublicKey(issuer.Public())
	if err != nil {
		t.Fatal(err)
	}
	public := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
	good, claims := issuer.Token(nil), issuer.Claims(nil)
	at := func(d time.Duration) int64 { return time.Now().Add(d).Unix() }
	parts := strings.Split(good, ".")
	bearer := func(token string) []string { return []string{"Bearer " + token} }
	for name, authorization := range map[string][]string{
		"alg none":                     bearer(jwt(`{"alg":"none","typ":"JWT"}`, claims, nil)),
		"alg None":                     bearer(jwt(`{"alg":"None","kid":"key-1"}`, claims, nil)),
		"HS256 with the public key":    bearer(jwt(`{"alg":"HS256","kid":"key-1"}`, claims, public)),
		"HS256 with the key as DER":    bearer(jwt(`{"alg":"HS256","kid":"key-1"}`, claims, der)),
		"HS256 said to be RS256":       bearer(jwt(`{"alg":"RS256","kid":"key-1"}`, claims, public)),
		"a key that it brings itself":  bearer(jwt(`{"alg":"RS256","jwk":{"kty":"oct","k":"c2VjcmV0"}}`, claims, []byte("secret"))),
		"another's key":                bearer(oidctest.SignIDToken(other, "key-1", oidc.RS256, claims)),
		"an unknown kid":               bearer(oidctest.SignIDToken(other, "key-9", oidc.RS256, claims)),
		"no kid, another's key":        bearer(oidctest.SignIDToken(other, "", oidc.RS256, claims)),
		"no signature":                 bearer(parts[0] + "." + parts[1] + "."),
		"another signature":            bearer(parts[0] + "." + parts[1] + "." + base64.RawURLEncoding.EncodeToString(make([]byte, 256))),
		"other claims":                 bearer(parts[0] + "." + base64.RawURLEncoding.EncodeToString([]byte(issuer.Claims(authtest.Claims{"roles": []string{"editor"}}))) + "." + parts[2]),
		"another audience":             bearer(issuer.Token(authtest.Claims{"aud": "another"})),
		"other audiences":              bearer(issuer.Token(authtest.Claims{"aud": []string{"another", "kennisgraaf2"}})),
		"no audience":                  bearer(issuer.Token(authtest.Claims{"aud": nil})),
		"another issuer":               bearer(issuer.Token(authtest.Claims{"iss": "https://evil.example"})),
		"the issuer with a slash":      bearer(issuer.Token(authtest.Claims{"iss": issuer.URL + "/"})),
		"no issuer":                    bearer(issuer.Token(authtest.Claims{"iss": nil})),
		"expired":                      bearer(issuer.Token(authtest.Claims{"exp": at(-time.Minute)})),
		"no expiry":                    bearer(issuer.Token(authtest.Claims{"exp": nil})),
		"an expiry that is no number":  bearer(issuer.Token(authtest.Claims{"exp": "tomorrow"})),
		"not yet valid":                bearer(issuer.Token(authtest.Claims{"nbf": at(time.Hour)})),
		"no subject":                   bearer(issuer.Token(authtest.Claims{"sub": nil})),
		"an empty subject":             bearer(issuer.Token(authtest.Claims{"sub": ""})),
		"a subject with a line break":  bearer(issuer.Token(authtest.Claims{"sub": "anna\nINFO"})),
		"a subject that is a number":   bearer(issuer.Token(authtest.Claims{"sub": 7})),
		"a long subject":               bearer(issuer.Token(authtest.Claims{"sub": strings.Repeat("a", 201)})),
		"garbage":                      bearer("garbage"),
		"dots":                         bearer(".."),
		"garbage in three parts":       bearer("e30.e30.e30"),
		"zeroes":                       bearer(strings.Repeat("\xff", 40)),
		"the JSON form of a signature": bearer(`{"payload":"` + parts[1] + `","protected":"` + parts[0] + `","signature":"` + parts[2] + `"}`),
		"two tokens":                   bearer(good + " " + good),
		"two headers":                  append(bearer(good), bearer(good)...),
		"a good and a bad header":      append(bearer(good), "Bearer x"),
		"a huge header":                bearer(good + strings.Repeat("x", 50_000)),
		"a good token that is huge":    bearer(issuer.Token(authtest.Claims{"more": strings.Repeat("x", 50_000)})),
		"no token":                     {"Bearer"},
		"an empty token":               {"Bearer "},
		"an empty header":              {""},
		"no scheme":                    {good},
		"another scheme":               {"Basic " + base64.StdEncoding.EncodeToString([]byte("anna:secret"))},
	} {
		t.Run(name, func(t *testing.T) {
			// Whoever sends a token that is wrong is told, also where one may come without.
			for _, anonymous := range []bool{false, true} {
				d := discovered(t, issuer, auth.Options{Anonymous: anonymous})
				response, body := d.knock(t, authorization...)
				if response.StatusCode != http.StatusUnauthorized || codeOf(t, body) != "UNAUTHENTICATED" ||
					response.Header.Get("WWW-Authenticate") != `Bearer realm="kennisgraaf", error="invalid_token"` ||
					response.Header.Get("Cache-Control") != "no-store" {
					t.Errorf("%s %v %s", response.Status, response.Header, body)
				}
				for _, value := range authorization {
					_, token, _ := strings.Cut(value, " ")
					if len(token) > 10 && (strings.Contains(body, token) || strings.Contains(d.logged(), token)) {
						t.Errorf("the token is told again: %s\n%s", body, d.logged())
					}
				}
			}
		})
	}
}

// Without a token one is asked for one, unless everyone may read; one in the address counts for nothing.
func TestWithoutAToken(t *testing.T) {
	issuer := authtest.Start(t)
	token := issuer.Token(authtest.Claims{"roles": []string{"editor", "personal"}})
	for anonymous, want := range map[bool]int{false: http.StatusUnauthorized, true: http.StatusOK} {
		d := discovered(t, issuer, auth.Options{Anonymous: anonymous})
		for _, url := range []string{d.url, d.url + "/?access_token=" + token} {
			response, body := d.ask(t, url)
			if response.StatusCode != want {
				t.Errorf("%s: %s", response.Status, body)
			}
			if anonymous && body != "local editor=false personal=false" {
				t.Errorf("without a token one is %s", body)
			}
			if !anonymous && (response.Header.Get("WWW-Authenticate") != `Bearer realm="kennisgraaf"` || codeOf(t, body) != "UNAUTHENTICATED") {
				t.Errorf("%v %s", response.Header, body)
			}
		}
	}
}

// Tokens of a new key count as soon as the issuer has it, and those of the old one no longer than it is told.
func TestRotatedKey(t *testing.T) {
	issuer := authtest.Start(t)
	d := discovered(t, issuer, auth.Options{})
	old := issuer.Token(nil)
	if response, body := d.knock(t, "Bearer "+old); response.StatusCode != http.StatusOK {
		t.Fatal(body)
	}
	issuer.Rotate(t)
	if response, body := d.knock(t, "bearer "+issuer.Token(nil)); response.StatusCode != http.StatusOK {
		t.Errorf("a token of the new key: %s", body)
	}
	if response, body := d.knock(t, "Bearer "+old); response.StatusCode != http.StatusUnauthorized {
		t.Errorf("a token of a key that is gone: %s %s", response.Status, body)
	}
}

// An issuer that is down is no fault of the token: that is said, and the gate goes on with the keys that it has.
func TestIssuerIsDown(t *testing.T) {
	issuer := authtest.Start(t)
	issuer.SetDown(true)
	d := open(t, issuer, auth.Options{})
	token := "Bearer " + issuer.Token(nil)
	unavailable := func(why string) {
		t.Helper()
		response, body := d.knock(t, token)
		if response.StatusCode != http.StatusServiceUnavailable || codeOf(t, body) != "STORE_UNAVAILABLE" || response.Header.Get("Retry-After") == "" {
			t.Errorf("%s: %s %s", why, response.Status, body)
		}
	}
	if err := d.gate.Discover(t.Context()); graph.CodeOf(err) != graph.StoreUnavailable {
		t.Errorf("discovery: %v", err)
	}
	if err := d.gate.Ready(); graph.CodeOf(err) != graph.StoreUnavailable {
		t.Errorf("ready: %v", err)
	}
	unavailable("before discovery")
	if response, _ := d.knock(t); response.StatusCode != http.StatusUnauthorized {
		t.Errorf("without a token: %s", response.Status)
	}
	issuer.SetDown(false)
	if err := d.gate.Discover(t.Context()); err != nil || d.gate.Ready() != nil {
		t.Fatal(err, d.gate.Ready())
	}
	issuer.SetDown(true)
	unavailable("before the keys were fetched")
	issuer.SetDown(false)
	// go-oidc answers with the failure it has just told until it has put it away.
	for end := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
		response, body := d.knock(t, token)
		if response.StatusCode == http.StatusOK {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("up again: %s", body)
		}
	}
	issuer.SetDown(true)
	if response, body := d.knock(t, token); response.StatusCode != http.StatusOK {
		t.Errorf("a key that is known: %s", body)
	}
	issuer.Rotate(t)
	token = "Bearer " + issuer.Token(nil)
	unavailable("a key that is not known")
}

// Roles and the actor stand where the options say.
func TestClaims(t *testing.T) {
	issuer := authtest.Start(t)
	for name, test := range map[string]struct {
		roles, actor string
		claims       authtest.Claims
		want         string
	}{
		"none":                  {"", "", nil, "somebody editor=false personal=false"},
		"a list":                {"", "", authtest.Claims{"roles": []any{"editor", 7, "other"}}, "somebody editor=true personal=false"},
		"both":                  {"", "", authtest.Claims{"roles": []string{"personal", "editor"}}, "somebody editor=true personal=true"},
		"a text":                {"scope", "", authtest.Claims{"scope": "openid personal"}, "somebody editor=false personal=true"},
		"part of a name":        {"", "", authtest.Claims{"roles": []string{"editors", "Editor"}}, "somebody editor=false personal=false"},
		"an object":             {"", "", authtest.Claims{"roles": map[string]any{"editor": true}}, "somebody editor=false personal=false"},
		"within":                {"realm_access.roles", "", authtest.Claims{"realm_access": map[string]any{"roles": []string{"editor"}}}, "somebody editor=true personal=false"},
		"another claim":         {"realm_access.roles", "", authtest.Claims{"roles": []string{"editor"}}, "somebody editor=false personal=false"},
		"a client with a dot":   {"resource_access.a.nl.roles", "", authtest.Claims{"resource_access": map[string]any{"a.nl": map[string]any{"roles": []string{"editor"}}}}, "somebody editor=true personal=false"},
		"an address":            {"https://a.nl/roles", "", authtest.Claims{"https://a.nl/roles": []string{"editor"}}, "somebody editor=true personal=false"},
		"beyond a text":         {"roles.roles", "", authtest.Claims{"roles": "editor"}, "somebody editor=false personal=false"},
		"a name":                {"", "preferred_username", authtest.Claims{"preferred_username": "anna"}, "anna editor=false personal=false"},
		"an actor within":       {"", "act.name", authtest.Claims{"act": map[string]any{"name": "bot é"}}, "bot é editor=false personal=false"},
		"one of some audiences": {"", "", authtest.Claims{"aud": []string{"account", authtest.Audience}}, "somebody editor=false personal=false"},
	} {
		t.Run(name, func(t *testing.T) {
			d := discovered(t, issuer, auth.Options{RolesClaim: test.roles, ActorClaim: test.actor})
			if _, body := d.knock(t, "Bearer "+issuer.Token(test.claims)); body != test.want {
				t.Errorf("got %s, want %s", body, test.want)
			}
		})
	}
}

// What cannot be right is reported at the start, with what would be.
func TestOptions(t *testing.T) {
	right := auth.Options{Issuer: "https://login.example.nl/realms/rijk", Audience: "a", RolesClaim: "r", EditorRole: "e", PersonalRole: "p", ActorClaim: "s"}
	for name, test := range map[string]struct {
		change func(*auth.Options)
		want   string
	}{
		"right":           {func(*auth.Options) {}, ""},
		"http here":       {func(o *auth.Options) { o.Issuer = "http://localhost:8081/realms/rijk" }, ""},
		"http here by IP": {func(o *auth.Options) { o.Issuer = "http://[::1]:8081" }, ""},
		"no issuer":       {func(o *auth.Options) { o.Issuer = "" }, "needs --oidc-issuer"},
		"http elsewhere":  {func(o *auth.Options) { o.Issuer = "http://login.example.nl" }, "must be https"},
		"ftp":             {func(o *auth.Options) { o.Issuer = "ftp://localhost" }, "must be https"},
		"no host":         {func(o *auth.Options) { o.Issuer = "login.example.nl" }, "is not an address"},
		"no URL":          {func(o *auth.Options) { o.Issuer = "https://%zz" }, "is not an address"},
		"a query":         {func(o *auth.Options) { o.Issuer += "?x=1" }, "is not an address"},
		"a password":      {func(o *auth.Options) { o.Issuer = "https://anna:hunter2@login.example.nl" }, "is not an address"},
		"no audience":     {func(o *auth.Options) { o.Audience = "" }, "needs --oidc-audience"},
		"no roles":        {func(o *auth.Options) { o.RolesClaim = "" }, "--oidc-roles-claim"},
		"no editor":       {func(o *auth.Options) { o.EditorRole = "" }, "--oidc-editor-role"},
		"nobody personal": {func(o *auth.Options) { o.PersonalRole = "" }, "--oidc-personal-role"},
		"no actor":        {func(o *auth.Options) { o.ActorClaim = "" }, "--oidc-actor-claim"},
	} {
		o := right
		test.change(&o)
		_, err := auth.New(o, nil, slog.New(slog.DiscardHandler))
		if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", name, err, test.want)
		}
		if err != nil && strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
