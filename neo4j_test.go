package main

import (
	"context"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server/servertest"
)

// freePort returns a port on which nothing listens.
func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// The service starts while its database is down, says that it is not ready, and is ready
// with its dataset once the database is up. A wrong password is refused at once.
func TestServeWaitsForTheDatabase(t *testing.T) {
	o := server.Options{Port: freePort(t), Password: "geheim-genoeg", Heap: "512m"}
	store := "--store=bolt://" + net.JoinHostPort("127.0.0.1", strconv.Itoa(o.Port))
	url := start(t, store, "--neo4j-password="+o.Password, "--log-level=error")
	if status, body := get(t, url+"/readyz"); status != http.StatusServiceUnavailable || !strings.Contains(body, "STORE_UNAVAILABLE") {
		t.Errorf("with the database down: %d %s", status, body)
	}
	if status, body := get(t, url+"/graphql?query=%7Bregion(id:%22nl-ov%22)%7Bname%7D%7D"); status != http.StatusOK || !strings.Contains(body, "STORE_UNAVAILABLE") {
		t.Errorf("with the database down: %d %s", status, body)
	}
	servertest.Start(t, o)
	const want = `{"data":{"region":{"name":"Overijssel"}}}`
	var body string
	for begin := time.Now(); body != want && time.Since(begin) < 3*time.Minute; time.Sleep(200 * time.Millisecond) {
		_, body = get(t, url+"/graphql?query=%7Bregion(id:%22nl-ov%22)%7Bname%7D%7D")
	}
	if body != want {
		t.Errorf("three minutes after the database came up: %s", body)
	}
	if status, body := get(t, url+"/readyz"); status != http.StatusOK {
		t.Errorf("with the database up: %d %s", status, body)
	}
	_, err := output(t, t.Context(), "match", store, "--neo4j-password=verkeerd-woord", "ransomware?")
	if err == nil || !strings.Contains(err.Error(), "NEO4J_PASSWORD") {
		t.Errorf("with a wrong password: %v", err)
	}
}

// A service that cannot listen ends, also while it waits for its database.
func TestServeEndsWhenItsPortIsTaken(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	_, err = output(t, ctx, "serve", "--store=bolt://"+net.JoinHostPort("127.0.0.1", strconv.Itoa(freePort(t))), "--addr="+l.Addr().String(), "--log-level=error")
	if err == nil || ctx.Err() != nil {
		t.Errorf("it ended with %v, its time: %v", err, ctx.Err())
	}
}
