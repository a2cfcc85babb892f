package web_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/i-partnerschap/kennisgraaf/web"
)

// serve runs Serve on a free port; stop ends its context and returns what Serve returned.
func serve(t *testing.T, handler http.Handler) (url string, stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ready, stopped := make(chan net.Addr, 1), make(chan error, 1)
	log := &logBuffer{}
	go func() {
		stopped <- web.Serve(ctx, "127.0.0.1:0", handler, log.logger(), func(a net.Addr) { ready <- a })
	}()
	t.Cleanup(http.DefaultClient.CloseIdleConnections)
	select {
	case addr := <-ready:
		return "http://" + addr.String(), func() error { cancel(); return <-stopped }
	case err := <-stopped:
		cancel()
		t.Fatal(err)
		return "", nil
	}
}

// When its context ends, the server takes no more requests and lets the one under way finish.
func TestGracefulShutdown(t *testing.T) {
	started, release := make(chan struct{}), make(chan struct{})
	url, stop := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(started)
		<-web.Draining(r.Context())
		<-release
		if r.Context().Err() != nil {
			t.Error("the request was cancelled")
		}
		_, _ = io.WriteString(w, "done")
	}))
	body := make(chan string, 1)
	go func() {
		response, err := http.Get(url)
		if err != nil {
			body <- err.Error()
			return
		}
		defer response.Body.Close()
		text, _ := io.ReadAll(response.Body)
		body <- string(text)
	}()
	<-started
	stopped := make(chan error, 1)
	go func() { stopped <- stop() }()
	time.Sleep(50 * time.Millisecond)
	if _, err := http.Get(url); err == nil {
		t.Error("a request was taken while stopping")
	}
	close(release)
	if got := <-body; got != "done" {
		t.Errorf("the request under way got %q", got)
	}
	if err := <-stopped; err != nil {
		t.Errorf("Serve returned %v", err)
	}
}

// A port that is taken is reported with the flag to change.
func TestPortTaken(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	log := &logBuffer{}
	for addr, want := range map[string]string{
		listener.Addr().String(): "another program listens on", "192.0.2.1:0": "is not an address of this machine", "nonsense": "cannot listen",
	} {
		err := web.Serve(t.Context(), addr, http.NotFoundHandler(), log.logger(), nil)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "--addr") {
			t.Errorf("%s: %v", addr, err)
		}
	}
}

// Headers that are too large are refused, and outside Serve nothing ever drains.
func TestServerBounds(t *testing.T) {
	url, stop := serve(t, http.NotFoundHandler())
	request, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	request.Header.Set("X-Large", strings.Repeat("x", 128<<10))
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("status %d", response.StatusCode)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
	select {
	case <-web.Draining(t.Context()):
		t.Error("draining outside Serve")
	default:
	}
}
