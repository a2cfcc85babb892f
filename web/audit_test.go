package web_test

import (
	"testing"

	"github.com/i-partnerschap/kennisgraaf/web/audit"
	"github.com/i-partnerschap/kennisgraaf/web/limits"
	"github.com/i-partnerschap/kennisgraaf/web/transport"
)

// The endpoint keeps every rule of GraphQL over HTTP that the reference audits check.
func TestGraphQLOverHTTPAudit(t *testing.T) {
	url, _ := startGraphQL(t, limits.Default())
	audit.Run(t, url)
}

// The clients that frontends use understand our streams, and we them.
func TestStreamClients(t *testing.T) {
	url, _ := startGraphQL(t, limits.Default(), streams(&transport.Streams{})...)
	audit.Streams(t, url)
}
