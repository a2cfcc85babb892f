package web_test

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/web"
	"github.com/i-partnerschap/kennisgraaf/web/limits"
	"github.com/i-partnerschap/kennisgraaf/web/testdata/fixture"
	"github.com/i-partnerschap/kennisgraaf/web/transport"
)

// listen sends a request for events.
func listen(t *testing.T, method, address, body string) (*http.Response, *bufio.Scanner) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	request, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept", "text/event-stream")
	if method == http.MethodPost {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { response.Body.Close() })
	return response, bufio.NewScanner(response.Body)
}

// event reads the next event, without comments.
func event(s *bufio.Scanner) (name, data string) {
	for s.Scan() {
		switch line := s.Text(); {
		case line == "" && name != "":
			return name, data
		case strings.HasPrefix(line, "event: "):
			name = line[len("event: "):]
		case strings.HasPrefix(line, "data: "):
			data = line[len("data: "):]
		}
	}
	return "", ""
}

// Operations of all kinds are answered with events, and what is wrong with the request itself with a status.
func TestServerSentEvents(t *testing.T) {
	address, _ := startGraphQL(t, limits.Default(), streams(&transport.Streams{MaxBytes: 1000})...)
	query := func(q string) string { return address + "?query=" + url.QueryEscape(q) }
	for name, test := range map[string]struct {
		method, url, body string
		data              string
	}{
		"query":      {http.MethodPost, address, `{"query":"{ hello }"}`, `{"data":{"hello":"hallo"}}`},
		"by GET":     {http.MethodGet, query("{ hello }"), "", `{"data":{"hello":"hallo"}}`},
		"mutation":   {http.MethodPost, address, `{"query":"mutation { rename(id: 1, name: \"x\") { id } }"}`, `"id":"1"`},
		"validation": {http.MethodPost, address, `{"query":"{ nothing }"}`, `BAD_USER_INPUT`},
		"by the way": {http.MethodGet, query(`mutation { rename(id: 1, name: "x") { id } }`), "", `a mutation must be sent with POST`},
	} {
		response, events := listen(t, test.method, test.url, test.body)
		if got := response.Header.Get("Content-Type"); response.StatusCode != http.StatusOK || !strings.HasPrefix(got, "text/event-stream") {
			t.Errorf("%s: %d %s", name, response.StatusCode, got)
		}
		if kind, data := event(events); kind != "next" || !strings.Contains(data, test.data) {
			t.Errorf("%s: %s %s", name, kind, data)
		}
		if kind, data := event(events); kind != "complete" || data != "" {
			t.Errorf("%s: ends with %s %s", name, kind, data)
		}
		if rest, err := io.ReadAll(response.Body); len(rest) > 0 || err != nil {
			t.Errorf("%s: %q %v", name, rest, err)
		}
	}
	for name, test := range map[string]struct {
		method, url, body string
		status            int
	}{
		"no query":  {http.MethodPost, address, `{}`, http.StatusBadRequest},
		"no JSON":   {http.MethodPost, address, `x`, http.StatusBadRequest},
		"too large": {http.MethodPost, address, `{"query":"` + strings.Repeat(" ", 1000) + `"}`, http.StatusRequestEntityTooLarge},
		"empty GET": {http.MethodGet, address, "", http.StatusBadRequest},
	} {
		response, _ := listen(t, test.method, test.url, test.body)
		if got := response.Header.Get("Content-Type"); response.StatusCode != test.status || !strings.HasPrefix(got, "application/json") {
			t.Errorf("%s: %d %s", name, response.StatusCode, got)
		}
	}
	_, events := listen(t, http.MethodPost, address, `{"query":"subscription { ticks }"}`)
	for _, want := range []string{`{"data":{"ticks":0}}`, `{"data":{"ticks":1}}`} {
		if kind, data := event(events); kind != "next" || data != want {
			t.Errorf("subscription: %s %s", kind, data)
		}
	}
}

// A stream ends without complete when the server stops, so that the client comes back.
func TestServerSentEventsWhenTheServerStops(t *testing.T) {
	l, log := limits.Default(), &logBuffer{}
	endpoint := web.NewGraphQL(fixture.New(), l, log.logger(), web.WithStreams(l, nil))
	address, stop := serve(t, web.Routes(web.Config{GraphQL: endpoint, Log: log.logger()}))
	_, events := listen(t, http.MethodPost, address+"/graphql", `{"query":"subscription { ticks }"}`)
	if kind, _ := event(events); kind != "next" {
		t.Fatalf("heard %s", kind)
	}
	stopped := make(chan error, 1)
	go func() { stopped <- stop() }()
	for kind, _ := event(events); kind != ""; kind, _ = event(events) {
		if kind != "next" {
			t.Errorf("heard %s", kind)
		}
	}
	if err := <-stopped; err != nil {
		t.Error(err)
	}
}
