package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/xuri/excelize/v2"

	"github.com/i-partnerschap/kennisgraaf/web/auth/authtest"
)

// guarded is a server that asks for tokens, with one person in its graph.
type guarded struct {
	t      *testing.T
	url    string
	issuer *authtest.Issuer
}

// Who comes to a guarded server, by their roles; visitor has no token.
var (
	visitor  = []string{"visitor"}
	reader   = []string{"offline_access"}
	editor   = []string{"editor"}
	personal = []string{"personal"}
	everyone = map[string][]string{"visitor": visitor, "reader": reader, "editor": editor, "personal": personal}
)

// secret is what is personal of that person.
const secret = "geheim@example.nl"

// guard starts a server for the tokens of an issuer, waits until it can check them, and has an editor write a person.
func guard(t *testing.T, args ...string) *guarded {
	t.Helper()
	g := &guarded{t: t, issuer: authtest.Start(t)}
	g.serve(args...)
	g.ready()
	if a := g.ask(editor, `mutation { createPerson(input: {id: "p", name: "P. Voorbeeld-Test", roles: [DOCENT], email: "`+secret+`"}) { node { id } } }`); len(a.Errors) > 0 {
		t.Fatal(a.Errors)
	}
	return g
}

// serve starts a server for the tokens of the issuer.
func (g *guarded) serve(args ...string) {
	g.t.Helper()
	g.url = start(g.t, append([]string{
		"--store=sqlite:" + filepath.Join(g.t.TempDir(), "g.db"), "--dataset=none", "--auth=oidc", "--oidc-issuer=" + g.issuer.URL, "--oidc-audience=" + authtest.Audience,
		"--oidc-roles-claim=realm_access.roles", "--oidc-actor-claim=preferred_username",
	}, args...)...)
}

// ready waits until the server says that it is.
func (g *guarded) ready() {
	g.t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		status, body := get(g.t, g.url+"/readyz")
		if status == http.StatusOK {
			return
		}
		if !strings.Contains(body, "STORE_UNAVAILABLE") || time.Now().After(deadline) {
			g.t.Fatalf("/readyz: %d %s", status, body)
		}
	}
}

// token is an Authorization for an hour, "" for a visitor.
func (g *guarded) token(roles []string) string {
	if roles[0] == visitor[0] {
		return ""
	}
	return g.tokenFor(time.Hour, roles)
}

// tokenFor is an Authorization for a time with the claims that Keycloak makes.
func (g *guarded) tokenFor(life time.Duration, roles []string) string {
	return "Bearer " + g.issuer.Token(authtest.Claims{
		"preferred_username": "the " + roles[0], "realm_access": map[string]any{"roles": roles}, "exp": time.Now().Add(life).Unix(),
	})
}

// request sends one with the token of somebody with roles.
func (g *guarded) request(ctx context.Context, roles []string, method, path, body string, headers ...string) *http.Response {
	g.t.Helper()
	r, err := http.NewRequestWithContext(ctx, method, g.url+path, strings.NewReader(body))
	if err != nil {
		g.t.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		r.Header.Set(name, value)
	}
	if token := g.token(roles); token != "" {
		r.Header.Set("Authorization", token)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		g.t.Fatal(err)
	}
	return response
}

// read is request with the whole answer. No answer may be kept by a cache.
func (g *guarded) read(roles []string, method, path, body string, headers ...string) (*http.Response, string) {
	g.t.Helper()
	response := g.request(g.t.Context(), roles, method, path, body, headers...)
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		g.t.Fatal(err)
	}
	if response.Header.Get("Cache-Control") != "no-store" {
		g.t.Errorf("%s may be kept: %v", path, response.Header)
	}
	return response, string(content)
}

// query makes the body of a request.
func query(text string) string {
	body, err := json.Marshal(map[string]string{"query": text})
	if err != nil {
		panic(err) // a text always has a form in JSON
	}
	return string(body)
}

// reply is an answer of the API.
type reply struct {
	Data   map[string]any
	Errors []struct {
		Message    string
		Path       []any
		Extensions struct{ Code string }
	}
}

// code is that of the first error, "" for none.
func (r reply) code() string {
	if len(r.Errors) == 0 {
		return ""
	}
	return r.Errors[0].Extensions.Code
}

func (g *guarded) ask(roles []string, text string) reply {
	g.t.Helper()
	_, content := g.read(roles, http.MethodPost, "/graphql", query(text))
	var a reply
	if err := json.Unmarshal([]byte(content), &a); err != nil {
		g.t.Fatalf("%v in %s", err, content)
	}
	return a
}

// cells is the text of a workbook.
func cells(t *testing.T, content string) string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader([]byte(content)))
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			text.WriteString(strings.Join(row, " ") + "\n")
		}
	}
	return text.String()
}

// socket is a client of graphql-transport-ws.
type socket struct {
	g    *guarded
	conn *websocket.Conn
	ctx  context.Context
}

// dial opens a WebSocket and sends the token in connection_init, or else in the header.
func (g *guarded) dial(token string, init bool) *socket {
	g.t.Helper()
	ctx, cancel := context.WithTimeout(g.t.Context(), time.Minute)
	g.t.Cleanup(cancel)
	options := &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}, HTTPHeader: http.Header{}}
	hello := `{"type":"connection_init"}`
	if init && token != "" {
		hello = `{"type":"connection_init","payload":{"Authorization":"` + token + `"}}`
	} else if token != "" {
		options.HTTPHeader.Set("Authorization", token)
	}
	conn, _, err := websocket.Dial(ctx, g.url+"/graphql", options)
	if err != nil {
		g.t.Fatal(err)
	}
	g.t.Cleanup(func() { _ = conn.CloseNow() })
	s := &socket{g, conn, ctx}
	s.say(hello)
	return s
}

func (s *socket) say(text string) {
	s.g.t.Helper()
	if err := s.conn.Write(s.ctx, websocket.MessageText, []byte(text)); err != nil {
		s.g.t.Fatal(err)
	}
}

// ask sends an operation and returns its first answer.
func (s *socket) ask(text string) string {
	s.g.t.Helper()
	s.say(`{"id":"1","type":"subscribe","payload":` + query(text) + `}`)
	for {
		_, message, err := s.conn.Read(s.ctx)
		if err != nil {
			s.g.t.Fatal(err)
		}
		if !strings.Contains(string(message), "connection_ack") {
			return string(message)
		}
	}
}

// closed reads on until the connection is closed, and returns why.
func (s *socket) closed() (why websocket.CloseError) {
	s.g.t.Helper()
	for {
		if _, _, err := s.conn.Read(s.ctx); err != nil {
			if !errors.As(err, &why) {
				s.g.t.Fatal(err)
			}
			return why
		}
	}
}
