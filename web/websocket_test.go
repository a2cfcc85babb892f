package web_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/i-partnerschap/kennisgraaf/web"
	"github.com/i-partnerschap/kennisgraaf/web/limits"
	"github.com/i-partnerschap/kennisgraaf/web/testdata/fixture"
	"github.com/i-partnerschap/kennisgraaf/web/transport"
)

// patience is how long a test waits for what must come.
const patience = time.Minute

// peer is a client that says exactly what a test has it say.
type peer struct {
	t    *testing.T
	conn *websocket.Conn
	ctx  context.Context
}

// dial opens a WebSocket without saying anything.
func dial(t *testing.T, url string, options websocket.DialOptions) *peer {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	conn, _, err := websocket.Dial(ctx, url, &options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.CloseNow() })
	return &peer{t, conn, ctx}
}

var graphqlWS = websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}}

func (p *peer) say(text string) {
	p.t.Helper()
	if err := p.conn.Write(p.ctx, websocket.MessageText, []byte(text)); err != nil {
		p.t.Fatal(err)
	}
}

// heard is a message of the server.
type heard struct {
	ID, Type string
	Payload  json.RawMessage
}

func (p *peer) hear() (heard, error) {
	var h heard
	_, text, err := p.conn.Read(p.ctx)
	if err == nil {
		err = json.Unmarshal(text, &h)
	}
	return h, err
}

// expect hears messages of these types, and returns the last.
func (p *peer) expect(types ...string) heard {
	p.t.Helper()
	var h heard
	for _, want := range types {
		var err error
		if h, err = p.hear(); err != nil || h.Type != want {
			p.t.Fatalf("want %s, got %+v %v", want, h, err)
		}
	}
	return h
}

// closed reads on until the connection is closed, and returns the code.
func (p *peer) closed() websocket.StatusCode {
	for {
		if _, err := p.hear(); err != nil {
			return websocket.CloseStatus(err)
		}
	}
}

// streams are the transports of the test, with options.
func streams(s *transport.Streams) []web.Option {
	return []web.Option{web.WithTransport(transport.WebSocket{Streams: s}), web.WithTransport(transport.SSE{Streams: s})}
}

const (
	initialise = `{"type":"connection_init"}`
	ticks      = `{"id":"1","type":"subscribe","payload":{"query":"subscription { ticks }"}}`
	hello      = `{"id":"q","type":"subscribe","payload":{"query":"{ hello }"}}`
)

// What a client does wrong closes the connection, with the code that the protocol names.
func TestWebSocketCloseCodes(t *testing.T) {
	url, _ := startGraphQL(t, limits.Default(), streams(&transport.Streams{MaxBytes: 1000})...)
	for name, test := range map[string]struct {
		say  []string
		code websocket.StatusCode
	}{
		"not JSON":                    {[]string{`hello`}, 4400},
		"not UTF-8":                   {[]string{"{\"type\":\"ping\",\"x\":\"\xff\"}"}, 4400},
		"empty":                       {[]string{``}, 4400},
		"a list":                      {[]string{`[]`}, 4400},
		"null":                        {[]string{`null`}, 4400},
		"no type":                     {[]string{`{}`}, 4400},
		"type is no text":             {[]string{`{"type":1}`}, 4400},
		"unknown type":                {[]string{initialise, `{"type":"start"}`}, 4400},
		"a server's type":             {[]string{initialise, `{"type":"connection_ack"}`}, 4400},
		"next from a client":          {[]string{initialise, `{"id":"1","type":"next","payload":{}}`}, 4400},
		"init with a text":            {[]string{`{"type":"connection_init","payload":"x"}`}, 4400},
		"init with a list":            {[]string{`{"type":"connection_init","payload":[]}`}, 4400},
		"ping with a number":          {[]string{`{"type":"ping","payload":1}`}, 4400},
		"subscribe without id":        {[]string{initialise, `{"type":"subscribe","payload":{"query":"{ hello }"}}`}, 4400},
		"subscribe with an empty id":  {[]string{initialise, `{"id":"","type":"subscribe","payload":{"query":"{ hello }"}}`}, 4400},
		"subscribe with a number":     {[]string{initialise, `{"id":1,"type":"subscribe","payload":{"query":"{ hello }"}}`}, 4400},
		"subscribe without payload":   {[]string{initialise, `{"id":"1","type":"subscribe"}`}, 4400},
		"subscribe without query":     {[]string{initialise, `{"id":"1","type":"subscribe","payload":{}}`}, 4400},
		"query is no text":            {[]string{initialise, `{"id":"1","type":"subscribe","payload":{"query":1}}`}, 4400},
		"variables are a list":        {[]string{initialise, `{"id":"1","type":"subscribe","payload":{"query":"{ hello }","variables":[]}}`}, 4400},
		"operationName is a number":   {[]string{initialise, `{"id":"1","type":"subscribe","payload":{"query":"{ hello }","operationName":1}}`}, 4400},
		"extensions are a text":       {[]string{initialise, `{"id":"1","type":"subscribe","payload":{"query":"{ hello }","extensions":""}}`}, 4400},
		"complete without id":         {[]string{initialise, `{"type":"complete"}`}, 4400},
		"subscribe before init":       {[]string{ticks}, 4401},
		"init twice":                  {[]string{initialise, initialise}, 4429},
		"the same id twice":           {[]string{initialise, ticks, ticks}, 4409},
		"a message that is too large": {[]string{`{"type":"ping","payload":{"x":"` + strings.Repeat("x", 1000) + `"}}`}, websocket.StatusMessageTooBig},
	} {
		t.Run(name, func(t *testing.T) {
			p := dial(t, url, graphqlWS)
			for _, text := range test.say {
				p.say(text)
			}
			if code := p.closed(); code != test.code {
				t.Errorf("closed with %d, want %d", code, test.code)
			}
		})
	}
	t.Run("binary", func(t *testing.T) {
		p := dial(t, url, graphqlWS)
		if err := p.conn.Write(p.ctx, websocket.MessageBinary, []byte(initialise)); err != nil {
			t.Fatal(err)
		}
		if code := p.closed(); code != 4400 {
			t.Errorf("closed with %d", code)
		}
	})
	for name, protocols := range map[string][]string{"no subprotocol": nil, "the old subprotocol": {"graphql-ws"}} {
		t.Run(name, func(t *testing.T) {
			if code := dial(t, url, websocket.DialOptions{Subprotocols: protocols}).closed(); code != 4406 {
				t.Errorf("closed with %d", code)
			}
		})
	}
}

// A client that opens a connection and says nothing is not waited for.
func TestWebSocketInitTimeout(t *testing.T) {
	url, _ := startGraphQL(t, limits.Default(), streams(&transport.Streams{Init: time.Millisecond})...)
	p := dial(t, url, graphqlWS)
	if code := p.closed(); code != 4408 {
		t.Errorf("closed with %d", code)
	}
}

// One connection, and what the protocol promises of it.
func TestWebSocketConversation(t *testing.T) {
	url, _ := startGraphQL(t, limits.Default(), streams(&transport.Streams{Subscriptions: 2})...)
	p := dial(t, url, graphqlWS)
	p.say(`{"type":"ping","payload":{"n":1}}`) // also before init
	if h := p.expect("pong"); string(h.Payload) != `{"n":1}` {
		t.Errorf("the pong carries %s", h.Payload)
	}
	p.say(`{"type":"pong"}`)
	p.say(`{"type":"connection_init","payload":{"token":"x"}}`)
	p.expect("connection_ack")

	p.say(hello)
	if h := p.expect("next"); h.ID != "q" || string(h.Payload) != `{"data":{"hello":"hallo"}}` {
		t.Errorf("a query answers %+v %s", h, h.Payload)
	}
	if h := p.expect("complete"); h.ID != "q" {
		t.Errorf("complete for %s", h.ID)
	}
	p.say(hello) // the id is free again
	p.expect("next", "complete")
	p.say(`{"id":"m","type":"subscribe","payload":{"query":"mutation ($n: String!) { rename(id: \"1\", name: $n) { name } }","variables":{"n":"x"},"extensions":null}}`)
	p.expect("next", "complete")

	for name, query := range map[string]string{"validation": "{ nothing }", "syntax": "{", "subscription": "subscription { nothing }"} {
		p.say(`{"id":"bad","type":"subscribe","payload":{"query":"` + query + `"}}`)
		h := p.expect("error")
		var errs []struct {
			Message    string
			Extensions map[string]string
		}
		if err := json.Unmarshal(h.Payload, &errs); err != nil || h.ID != "bad" || len(errs) == 0 || errs[0].Extensions["code"] != "BAD_USER_INPUT" {
			t.Errorf("%s: %s", name, h.Payload)
		}
	}
	p.say(`{"id":"nobody","type":"complete"}`) // of nothing: no harm

	p.say(ticks)
	p.expect("next", "next", "next")
	p.say(`{"id":"1","type":"complete"}`)
	p.say(hello)
	for h := p.expect("next"); h.ID != "q"; h = p.expect("next") { // what was under way
	}
	p.expect("complete")

	p.say(strings.Replace(ticks, `"1"`, `"a"`, 1))
	p.say(strings.Replace(ticks, `"1"`, `"b"`, 1))
	p.say(strings.Replace(ticks, `"1"`, `"c"`, 1))
	for {
		h, err := p.hear()
		if err != nil {
			t.Fatal(err)
		}
		if h.ID == "c" {
			if h.Type != "error" || !strings.Contains(string(h.Payload), "QUERY_TOO_COMPLEX") {
				t.Errorf("the third operation: %s %s", h.Type, h.Payload)
			}
			break
		}
	}
}

// A page of another origin cannot open a WebSocket with its visitor's rights, unless its origin is allowed.
func TestWebSocketOrigins(t *testing.T) {
	for name, test := range map[string]struct {
		allowed []string
		origin  string
		opens   bool
	}{
		"no browser":     {nil, "", true},
		"another origin": {nil, "https://evil.example", false},
		"allowed":        {[]string{"https://www.example.nl"}, "https://www.example.nl", true},
		"not allowed":    {[]string{"https://www.example.nl"}, "https://evil.example", false},
		"another scheme": {[]string{"https://www.example.nl"}, "http://www.example.nl", false},
		"all":            {[]string{"*"}, "https://evil.example", true},
	} {
		url, _ := startGraphQL(t, limits.Default(), streams(&transport.Streams{Origins: test.allowed})...)
		header := http.Header{}
		if test.origin != "" {
			header.Set("Origin", test.origin)
		}
		conn, response, err := websocket.Dial(t.Context(), url, &websocket.DialOptions{Subprotocols: graphqlWS.Subprotocols, HTTPHeader: header})
		if (err == nil) != test.opens || !test.opens && response.StatusCode != http.StatusForbidden {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil {
			_ = conn.CloseNow()
		}
	}
}

// There are only so many connections, and a place is free again when one closes.
func TestStreamsAreCounted(t *testing.T) {
	url, _ := startGraphQL(t, limits.Default(), streams(&transport.Streams{Connections: 1})...)
	p := dial(t, url, graphqlWS)
	_, response, err := websocket.Dial(t.Context(), url, &graphqlWS)
	if err == nil || response.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("a second connection: %v", err)
	}
	_ = p.conn.Close(websocket.StatusNormalClosure, "")
	for {
		conn, _, err := websocket.Dial(p.ctx, url, &graphqlWS)
		if err == nil {
			_ = conn.CloseNow()
			return
		}
		if p.ctx.Err() != nil {
			t.Fatal("the place does not become free")
		}
	}
}

// A client that does not read is cut off, and the operations behind its connection end.
func TestWebSocketThatDoesNotRead(t *testing.T) {
	url, _ := startGraphQL(t, limits.Default(), streams(&transport.Streams{Connections: 1, Write: 10 * time.Millisecond})...)
	p := dial(t, url, graphqlWS)
	p.say(initialise)
	p.say(ticks)
	for {
		conn, _, err := websocket.Dial(p.ctx, url, &graphqlWS)
		if err == nil { // its place is free, so it was cut off
			_ = conn.CloseNow()
			return
		}
		if p.ctx.Err() != nil {
			t.Fatal("it goes on")
		}
	}
}

// A server that stops says so with a code that has clients come back, and does not wait for them.
func TestWebSocketWhenTheServerStops(t *testing.T) {
	l := limits.Default()
	log := &logBuffer{}
	endpoint := web.NewGraphQL(fixture.New(), l, log.logger(), web.WithStreams(l, nil))
	url, stop := serve(t, web.Routes(web.Config{GraphQL: endpoint, Log: log.logger()}))
	url += "/graphql"
	p := dial(t, url, graphqlWS)
	p.say(initialise)
	p.expect("connection_ack")
	p.say(ticks)
	p.expect("next")
	stopped := make(chan error, 1)
	go func() { stopped <- stop() }()
	defer func() {
		if err := <-stopped; err != nil {
			t.Error(err)
		}
	}()
	for {
		h, err := p.hear()
		if err != nil {
			if code := websocket.CloseStatus(err); code != websocket.StatusGoingAway {
				t.Errorf("closed with %d: %v", code, err)
			}
			return
		}
		if h.Type != "next" {
			t.Errorf("heard %s", h.Type)
		}
	}
}
