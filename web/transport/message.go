package transport

import (
	"encoding/json"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
)

// The types of messages of the protocol graphql-transport-ws.
const (
	messageInit      = "connection_init"
	messageAck       = "connection_ack"
	messagePing      = "ping"
	messagePong      = "pong"
	messageSubscribe = "subscribe"
	messageNext      = "next"
	messageError     = "error"
	messageComplete  = "complete"
)

// message is one message of the protocol, either way.
type message struct {
	ID      string          `json:"id,omitempty"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

// readMessage reads a client's message; false where it is none of the protocol.
func readMessage(text []byte) (message, bool) {
	var m message
	if !utf8.Valid(text) || json.Unmarshal(text, &m) != nil {
		return m, false
	}
	if string(m.Payload) == "null" {
		m.Payload = nil
	}
	object := len(m.Payload) == 0 || m.Payload[0] == '{'
	switch m.Type {
	case messageInit, messagePing, messagePong:
		return m, object
	case messageSubscribe:
		return m, object && m.ID != "" && len(m.Payload) > 0
	case messageComplete:
		return m, m.ID != ""
	}
	return m, false
}

// subscribeParams reads the payload of a subscribe message.
func subscribeParams(payload json.RawMessage) (*graphql.RawParams, bool) {
	var fields map[string]json.RawMessage
	if json.Unmarshal(payload, &fields) != nil {
		return nil, false
	}
	raw, err := fromFields(fields)
	return raw, err == nil
}
