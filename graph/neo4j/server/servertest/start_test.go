package servertest_test

import (
	"testing"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server/servertest"
)

// A test can have a server of its own, with other settings.
func TestStart(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a server")
	}
	s := servertest.Start(t, server.Options{Heap: "300m", Settings: map[string]string{"db.transaction.timeout": "77s"}})
	d, err := s.Connect()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close(t.Context()) }()
	r, err := neo4j.ExecuteQuery(t.Context(), d, "SHOW SETTINGS 'db.transaction.timeout' YIELD value", nil, neo4j.EagerResultTransformer)
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Records[0].Values[0]; got != "1m17s" {
		t.Errorf("got %v", got)
	}
}
