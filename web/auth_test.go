package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"github.com/i-partnerschap/kennisgraaf/web"
	"github.com/i-partnerschap/kennisgraaf/web/auth"
	"github.com/i-partnerschap/kennisgraaf/web/auth/authtest"
	"github.com/i-partnerschap/kennisgraaf/web/limits"
	"github.com/i-partnerschap/kennisgraaf/web/testdata/fixture"
)

// startGuarded is startGraphQL behind a gate, with a page beside the endpoint; it returns the address of both.
func startGuarded(t *testing.T, issuer *authtest.Issuer, anonymous bool, origins ...string) string {
	t.Helper()
	log := (&logBuffer{}).logger()
	gate, err := auth.New(auth.Options{
		Issuer: issuer.URL, Audience: authtest.Audience, RolesClaim: "roles", EditorRole: "editor", PersonalRole: "personal", ActorClaim: "sub", Anonymous: anonymous,
	}, func(ctx context.Context) context.Context { return ctx }, log)
	if err != nil {
		t.Fatal(err)
	}
	if err := gate.Discover(t.Context()); err != nil {
		t.Fatal(err)
	}
	l := limits.Default()
	server := httptest.NewServer(web.Routes(web.Config{
		GraphQL: web.NewGraphQL(fixture.New(), l, log, web.WithStreams(l, origins), web.WithExtension(auth.Policy{})),
		Mount:   map[string]http.Handler{"/page": http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})},
		Gate:    gate, AllowedOrigins: origins, Log: log,
	}))
	t.Cleanup(func() {
		server.Close()
		http.DefaultClient.CloseIdleConnections()
	})
	return server.URL
}

// bearer makes the header with a token of somebody with roles.
func bearer(issuer *authtest.Issuer, roles ...string) string {
	return "Authorization: Bearer " + issuer.Token(authtest.Claims{"roles": roles})
}

// A WebSocket brings its token in the header or in connection_init, once.
func TestWebSocketTokens(t *testing.T) {
	issuer := authtest.Start(t)
	token := "Bearer " + issuer.Token(nil)
	payload := func(authorization string) string {
		return `{"type":"connection_init","payload":{"Authorization":` + authorization + `}}`
	}
	for name, test := range map[string]struct {
		header, say string
		anonymous   bool
		code        websocket.StatusCode // 0 is let in
	}{
		"in the payload":           {say: payload(`"` + token + `"`)},
		"in lower case":            {say: `{"type":"connection_init","payload":{"authorization":"` + token + `"}}`},
		"in the header":            {header: token, say: initialise},
		"null beside the header":   {header: token, say: payload("null")},
		"none, and none needed":    {say: initialise, anonymous: true},
		"one, and none needed":     {say: payload(`"` + token + `"`), anonymous: true},
		"none":                     {say: initialise, code: 4403},
		"an empty payload":         {say: `{"type":"connection_init","payload":{}}`, code: 4403},
		"null":                     {say: payload("null"), code: 4403},
		"empty":                    {say: payload(`""`), code: 4403},
		"a number":                 {say: payload("5"), code: 4403},
		"a list":                   {say: payload(`["` + token + `"]`), code: 4403},
		"garbage":                  {say: payload(`"Bearer x"`), code: 4403},
		"garbage, and none needed": {say: payload(`"Bearer x"`), anonymous: true, code: 4403},
		"twice":                    {header: token, say: payload(`"` + token + `"`), code: 4403},
		"nothing before a query":   {say: hello, code: 4401},
		"the header and no init":   {header: token, say: hello, code: 4401},
	} {
		t.Run(name, func(t *testing.T) {
			header := http.Header{}
			if test.header != "" {
				header.Set("Authorization", test.header)
			}
			p := dial(t, startGuarded(t, issuer, test.anonymous)+"/graphql", websocket.DialOptions{Subprotocols: graphqlWS.Subprotocols, HTTPHeader: header})
			p.say(test.say)
			if test.code != 0 {
				if code := p.closed(); code != test.code {
					t.Errorf("closed with %d, want %d", code, test.code)
				}
				return
			}
			p.expect("connection_ack")
			p.say(hello)
			p.expect("next", "complete")
		})
	}
	url := startGuarded(t, issuer, true) + "/graphql"
	_, response, err := websocket.Dial(t.Context(), url, &websocket.DialOptions{
		Subprotocols: graphqlWS.Subprotocols, HTTPHeader: http.Header{"Authorization": {"Bearer x"}},
	})
	if err == nil || response.StatusCode != http.StatusUnauthorized || response.Header.Get("WWW-Authenticate") == "" {
		t.Errorf("a bad token in the header: %v %v", response, err)
	}
	issuer.Rotate(t)
	issuer.SetDown(true)
	p := dial(t, url, graphqlWS)
	p.say(payload(`"Bearer ` + issuer.Token(nil) + `"`))
	if code := p.closed(); code != websocket.StatusTryAgainLater {
		t.Errorf("closed with %d while the issuer is down", code)
	}
}

// A header that announces a WebSocket leads around no gate.
func TestUpgradeIsNoWayAround(t *testing.T) {
	url := startGuarded(t, authtest.Start(t), false)
	for _, headers := range [][]string{nil, {"Upgrade: websocket"}, {"Upgrade: WebSocket", "Connection: Upgrade"}, {"Upgrade: h2c"}} {
		headers := append(headers, asJSON, asModern)
		if got := send(t, http.MethodPost, url+"/page", "", headers...); got.Status != http.StatusUnauthorized {
			t.Errorf("%v: the page answers %d", headers, got.Status)
		}
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url+"/graphql", strings.NewReader(`{"query":"{ hello }"}`))
		if err != nil {
			t.Fatal(err)
		}
		for _, header := range headers {
			name, value, _ := strings.Cut(header, ": ")
			request.Header.Add(name, value)
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode < http.StatusBadRequest {
			t.Errorf("%v: GraphQL answers %d", headers, response.StatusCode)
		}
	}
}

// Whoever is let in reads; each field that writes is refused to those who are no editors, where it stands.
func TestPolicy(t *testing.T) {
	issuer := authtest.Start(t)
	url := startGuarded(t, issuer, false) + "/graphql"
	const mutation = `{"query":"mutation { a: rename(id: \"1\", name: \"x\") { name } rename(id: \"2\", name: \"y\") { name } }"}`
	for _, roles := range [][]string{nil, {"personal"}, {"editor"}} {
		token := bearer(issuer, roles...)
		if got := send(t, http.MethodPost, url, `{"query":"{ hello __schema { types { name } } }"}`, asJSON, asModern, token); got.Status != http.StatusOK || len(got.Errors) > 0 {
			t.Errorf("%v: reading: %d %s", roles, got.Status, got.Body)
		}
		got := send(t, http.MethodPost, url, mutation, asJSON, asModern, token)
		if len(roles) > 0 && roles[0] == "editor" {
			if len(got.Errors) > 0 {
				t.Errorf("an editor: %s", got.Body)
			}
			continue
		}
		if len(got.Errors) != 2 || got.code() != "FORBIDDEN" || got.Errors[0].Path[0] != "a" || got.Errors[1].Path[0] != "rename" || len(got.Errors[0].Locations) != 1 ||
			string(got.Data) != `{"a":null,"rename":null}` {
			t.Errorf("%v: %s", roles, got.Body)
		}
	}
}

// Without a gate before it the policy lets nothing through: a route that was forgotten is closed.
func TestPolicyWithoutAGate(t *testing.T) {
	l := limits.Default()
	url, _ := startGraphQL(t, l, web.WithStreams(l, nil), web.WithExtension(auth.Policy{}))
	if got := ask(t, url, "{ hello }", nil); got.Status != http.StatusUnauthorized || got.code() != "UNAUTHENTICATED" {
		t.Errorf("%d %s", got.Status, got.Body)
	}
	_, events := listen(t, http.MethodPost, url, `{"query":"subscription { ticks }"}`)
	if _, data := event(events); !strings.Contains(data, "UNAUTHENTICATED") {
		t.Errorf("a subscription hears %s", data)
	}
}

// A page of an allowed origin may send a token, and read why it was refused.
func TestTokensFromOtherOrigins(t *testing.T) {
	issuer := authtest.Start(t)
	const origin = "https://www.example.nl"
	url := startGuarded(t, issuer, false, origin) + "/graphql"
	preflight := send(t, http.MethodOptions, url, "", "Origin: "+origin, "Access-Control-Request-Method: POST", "Access-Control-Request-Headers: authorization,content-type")
	if allowed := strings.ToLower(preflight.Header.Get("Access-Control-Allow-Headers")); preflight.Status != http.StatusOK || !strings.Contains(allowed, "authorization") {
		t.Errorf("the preflight: %d %v", preflight.Status, preflight.Header)
	}
	refused := send(t, http.MethodPost, url, `{"query":"{ hello }"}`, asJSON, "Origin: "+origin)
	if h := refused.Header; refused.Status != http.StatusUnauthorized || h.Get("Access-Control-Allow-Origin") != origin || !strings.Contains(strings.ToLower(h.Get("Access-Control-Expose-Headers")), "www-authenticate") {
		t.Errorf("without a token: %d %v", refused.Status, h)
	}
	if got := send(t, http.MethodPost, url, `{"query":"{ hello }"}`, asJSON, "Origin: "+origin, bearer(issuer)); got.Status != http.StatusOK || got.Header.Get("Access-Control-Allow-Origin") != origin {
		t.Errorf("with one: %d %v", got.Status, got.Header)
	}
}
