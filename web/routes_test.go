package web_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/web"
	"github.com/i-partnerschap/kennisgraaf/web/limits"
	"github.com/i-partnerschap/kennisgraaf/web/testdata/fixture"
)

// says answers with a text.
func says(text string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, text) })
}

// routes makes the handler of a service on the fixture.
func routes(change func(*web.Config)) (http.Handler, *logBuffer) {
	log := &logBuffer{}
	c := web.Config{
		GraphQL: web.NewGraphQL(fixture.New(), limits.Default(), log.logger()), Log: log.logger(),
		Start: says("start"), Playground: says("playground"), Explorer: says("explorer"),
	}
	if change != nil {
		change(&c)
	}
	return web.Routes(c), log
}

// get asks a handler without a network.
func get(handler http.Handler, method, path, body string, headers ...string) *httptest.ResponseRecorder {
	request := httptest.NewRequest(method, path, strings.NewReader(body))
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		if name == "Host" {
			request.Host = value
		}
		request.Header.Add(name, value)
	}
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, request)
	return recorder
}

// Each path leads where it should.
func TestRoutes(t *testing.T) {
	handler, _ := routes(func(c *web.Config) {
		c.Mount = map[string]http.Handler{"GET /metrics": says("metrics"), "/folder/": says("folder")}
	})
	const browser = "Accept: text/html,*/*;q=0.8"
	for name, c := range map[string]struct {
		method, path, header string
		status               int
		body                 string
	}{
		"start":              {"GET", "/", browser, 200, "start"},
		"playground":         {"GET", "/playground/x.js", "", 200, "playground"},
		"playground, bare":   {"GET", "/playground", "", 200, "playground"},
		"mounted":            {"GET", "/metrics", "", 200, "metrics"},
		"mounted folder":     {"GET", "/folder/x", "", 200, "folder"},
		"explorer":           {"GET", "/explorer/x.js", "", 200, "explorer"},
		"explorer, bare":     {"GET", "/explorer", "", 200, "explorer"},
		"graphql":            {"GET", "/graphql?query={hello}", "", 200, `{"data":{"hello":"hallo"}}`},
		"graphql, a person":  {"GET", "/graphql", browser, 303, ""},
		"graphql, a program": {"GET", "/graphql", "Accept: application/json", 400, "query is missing"},
		"graphql, OPTIONS":   {"OPTIONS", "/graphql", "", 204, ""},
		"alive":              {"GET", "/healthz", "", 200, `{"status":"ok"}`},
		"alive, HEAD":        {"HEAD", "/healthz", "", 200, ""},
		"alive, POST":        {"POST", "/healthz", "", 405, "BAD_USER_INPUT"},
		"ready":              {"GET", "/readyz", "", 200, `{"status":"ready"}`},
		"nothing, program":   {"GET", "/nope", "", 404, `"NOT_FOUND"`},
		"nothing, person":    {"GET", "/nope", browser, 404, "404: there is nothing"},
		"nothing below":      {"GET", "/graphql/x", "", 404, "NOT_FOUND"},
	} {
		t.Run(name, func(t *testing.T) {
			var headers []string
			if c.header != "" {
				headers = append(headers, c.header)
			}
			got := get(handler, c.method, c.path, "", headers...)
			if got.Code != c.status || !strings.Contains(got.Body.String(), c.body) {
				t.Errorf("got %d %s, want %d %s", got.Code, got.Body, c.status, c.body)
			}
			for header, want := range map[string]string{
				"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "X-Frame-Options": "DENY",
			} {
				if got.Header().Get(header) != want {
					t.Errorf("%s: %q, want %q", header, got.Header().Get(header), want)
				}
			}
			if !strings.Contains(got.Header().Get("Content-Security-Policy"), "frame-ancestors 'none'") {
				t.Errorf("Content-Security-Policy: %q", got.Header().Get("Content-Security-Policy"))
			}
		})
	}
}

// Not being ready shows the code of the reason and keeps its cause for the log.
func TestNotReady(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		code string
	}{
		"coded":   {graph.Wrap(graph.StoreUnavailable, errors.New(fixture.Secret), "the store does not answer"), "STORE_UNAVAILABLE"},
		"uncoded": {errors.New(fixture.Secret), "INTERNAL"},
	} {
		t.Run(name, func(t *testing.T) {
			handler, log := routes(func(config *web.Config) {
				config.Ready = func(context.Context) error { return c.err }
			})
			got := get(handler, http.MethodGet, "/readyz", "")
			if got.Code != http.StatusServiceUnavailable || !strings.Contains(got.Body.String(), `"code":"`+c.code+`"`) {
				t.Errorf("got %d %s", got.Code, got.Body)
			}
			if strings.Contains(got.Body.String(), "hunter2") || !strings.Contains(log.String(), "hunter2") {
				t.Errorf("the cause belongs in the log only: %s", got.Body)
			}
		})
	}
}

// A sane id from outside is kept, any other is replaced, and the log shows it.
func TestRequestID(t *testing.T) {
	handler, log := routes(nil)
	for id, keep := range map[string]bool{
		"abc-123": true, "01J.A_b:c/d+e=": true, "": false, "a b": false, "a\"b": false, strings.Repeat("x", 101): false, "é": false,
	} {
		got := get(handler, http.MethodGet, "/", "", "X-Request-Id: "+id).Header().Get("X-Request-Id")
		if (got == id) != keep || got == "" || !strings.Contains(log.String(), `"request":"`+got+`"`) {
			t.Errorf("%q became %q", id, got)
		}
	}
}

// A panic becomes 500 with a code, is logged with its stack, and cuts off an answer that had begun.
func TestPanicInHandler(t *testing.T) {
	handler, log := routes(func(c *web.Config) {
		c.Start = http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(fixture.Secret) })
		c.Playground = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, "half")
			panic(fixture.Secret)
		})
	})
	got := get(handler, http.MethodGet, "/", "")
	if got.Code != http.StatusInternalServerError || !strings.Contains(got.Body.String(), `"INTERNAL"`) || strings.Contains(got.Body.String(), "hunter2") {
		t.Errorf("got %d %s", got.Code, got.Body)
	}
	if !strings.Contains(log.String(), "hunter2") || !strings.Contains(log.String(), "routes_test.go") {
		t.Errorf("log: %s", log)
	}
	defer func() {
		if value := recover(); value != http.ErrAbortHandler {
			t.Errorf("recovered %v, want http.ErrAbortHandler", value)
		}
	}()
	get(handler, http.MethodGet, "/playground/", "")
}

// Large answers are compressed for who can read that, and small ones are not.
func TestGzip(t *testing.T) {
	handler, _ := routes(nil)
	const large = "/graphql?query={things(first:500){nodes{id+name}}}"
	got := get(handler, http.MethodGet, large, "", "Accept-Encoding: gzip")
	if got.Header().Get("Content-Encoding") != "gzip" || got.Body.Len() > 5000 {
		t.Errorf("%d bytes, %v", got.Body.Len(), got.Header())
	}
	if got := get(handler, http.MethodGet, large, ""); got.Header().Get("Content-Encoding") != "" {
		t.Errorf("compressed without being asked: %v", got.Header())
	}
	got = get(handler, http.MethodGet, "/graphql?query={hello}", "", "Accept-Encoding: gzip")
	if got.Header().Get("Content-Encoding") != "" {
		t.Errorf("%d bytes compressed", got.Body.Len())
	}
}

// A WebSocket can take the connection over, and a stream can flush, through everything that wraps the answer.
func TestHijackAndFlush(t *testing.T) {
	handler, log := routes(func(c *web.Config) {
		c.Start = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			conn, buffer, err := w.(http.Hijacker).Hijack()
			if err != nil {
				t.Error(err)
				return
			}
			defer conn.Close()
			_, _ = buffer.WriteString("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\nhello")
			_ = buffer.Flush()
		})
		c.Playground = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.(http.Flusher).Flush()
			if err := http.NewResponseController(w).Flush(); err != nil {
				t.Error(err)
			}
		})
	})
	// A hijacked connection is not one that closing the server waits for.
	handled := make(chan struct{}, 2)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handler.ServeHTTP(w, r)
		handled <- struct{}{}
	}))
	defer server.Close()
	request, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL, nil)
	request.Header.Set("Connection", "Upgrade")
	request.Header.Set("Upgrade", "x")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusSwitchingProtocols {
		t.Errorf("status %d", response.StatusCode)
	}
	if got := send(t, http.MethodGet, server.URL+"/playground/", ""); got.Status != http.StatusOK {
		t.Errorf("status %d", got.Status)
	}
	<-handled
	<-handled
	if !strings.Contains(log.String(), `"status":101`) {
		t.Errorf("log: %s", log)
	}
}
