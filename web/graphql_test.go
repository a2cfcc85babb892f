package web_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/i-partnerschap/kennisgraaf/web"
	"github.com/i-partnerschap/kennisgraaf/web/limits"
	"github.com/i-partnerschap/kennisgraaf/web/testdata/fixture"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// logBuffer is a log that a test can read while handlers write to it.
type logBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *logBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *logBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

func (b *logBuffer) logger() *slog.Logger { return slog.New(slog.NewJSONHandler(b, nil)) }

// startGraphQL runs the endpoint of the fixture behind the routes and returns its URL and its log.
func startGraphQL(t testing.TB, l limits.Limits, options ...web.Option) (string, *logBuffer) {
	t.Helper()
	log := &logBuffer{}
	endpoint := web.NewGraphQL(fixture.New(), l, log.logger(), options...)
	server := httptest.NewServer(web.Routes(web.Config{GraphQL: endpoint, Log: log.logger()}))
	t.Cleanup(func() {
		server.Close()
		http.DefaultClient.CloseIdleConnections()
	})
	return server.URL + "/graphql", log
}

// answer is what a client gets.
type answer struct {
	Status int
	Header http.Header
	Body   []byte

	Data       json.RawMessage
	Extensions map[string]any
	Errors     []struct {
		Message    string
		Path       []any
		Locations  []any
		Extensions map[string]any
	}
}

// code is the code of the first error.
func (a answer) code() string {
	if len(a.Errors) == 0 {
		return ""
	}
	code, _ := a.Errors[0].Extensions["code"].(string)
	return code
}

// message is the text of the first error.
func (a answer) message() string {
	if len(a.Errors) == 0 {
		return ""
	}
	return a.Errors[0].Message
}

// send sends a request with headers as "Name: value" and reads the answer, which must be JSON where there is one.
func send(t testing.TB, method, url, body string, headers ...string) answer {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		request.Header.Add(name, value)
	}
	client := http.Client{Timeout: 10 * time.Second} // an endpoint that hangs must fail the test
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	got := answer{Status: response.StatusCode, Header: response.Header}
	if got.Body, err = io.ReadAll(response.Body); err != nil {
		t.Fatal(err)
	}
	if len(got.Body) > 0 {
		if err := json.Unmarshal(got.Body, &got); err != nil {
			t.Fatalf("the answer is not JSON: %v\n%s", err, got.Body)
		}
	}
	return got
}

const (
	asJSON   = "Content-Type: application/json"
	asModern = "Accept: application/graphql-response+json"
)

// ask sends a query with variables, in the modern media type.
func ask(t testing.TB, url, query string, variables map[string]any) answer {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	return send(t, http.MethodPost, url, string(body), asJSON, asModern)
}
