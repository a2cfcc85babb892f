package transport

import (
	"net/http"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/coder/websocket"

	"github.com/i-partnerschap/kennisgraaf/web/request"
)

// subprotocol is the one that is spoken over WebSockets
// (https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md, "the protocol" below).
const subprotocol = "graphql-transport-ws"

// The codes that the protocol closes a connection with, beside those of WebSocket itself.
const (
	closeBadMessage     = websocket.StatusCode(4400)
	closeUnauthorized   = websocket.StatusCode(4401)
	closeForbidden      = websocket.StatusCode(4403)
	closeSubprotocol    = websocket.StatusCode(4406)
	closeInitTimeout    = websocket.StatusCode(4408)
	closeSameID         = websocket.StatusCode(4409)
	closeTooManyInits   = websocket.StatusCode(4429)
	closeGoingAway      = websocket.StatusGoingAway
	closeTryAgain       = websocket.StatusTryAgainLater
	closeNotReading     = websocket.StatusPolicyViolation
	closeReasonTooLarge = 123 // bytes that a close frame has room for
)

// WebSocket answers operations of all kinds over WebSockets, by the protocol graphql-transport-ws.
type WebSocket struct{ *Streams }

var _ graphql.Transport = WebSocket{}

// Supports takes requests for a WebSocket.
func (WebSocket) Supports(r *http.Request) bool { return request.WantsWebSocket(r) }

// Do serves one connection until it is closed.
func (t WebSocket) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	leave, full := t.connect()
	if full != nil {
		begin(w, plainJSON)
		w.Header().Set("Retry-After", "10")
		refuse(w, http.StatusServiceUnavailable, full)
		return
	}
	defer leave()
	defer t.hold(r.Context())()
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{
		Subprotocols: []string{subprotocol}, OriginPatterns: t.Origins,
		// The reader of a list of origins has agreed to "*" where it stands there.
		InsecureSkipVerify: slices.Contains(t.Origins, "*"),
	})
	if err != nil {
		return // Accept has answered
	}
	defer func() { _ = conn.CloseNow() }()
	if conn.Subprotocol() != subprotocol {
		_ = conn.Close(closeSubprotocol, "Subprotocol not acceptable")
		return
	}
	limit := t.MaxBytes
	if limit == 0 {
		limit = -1
	}
	conn.SetReadLimit(limit)
	newSocket(r.Context(), t.Streams, conn, exec, r.Header).serve()
}
