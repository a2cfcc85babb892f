package playground_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/web/playground"
)

// request sends one request over real HTTP, without the client's own gzip and without following redirects.
func request(t *testing.T, handler http.Handler, method, path string, header http.Header) (*http.Response, string) {
	t.Helper()
	server := httptest.NewServer(handler)
	defer server.Close()
	req, err := http.NewRequest(method, server.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, values := range header {
		req.Header[name] = values
	}
	client := http.Client{
		Transport:     &http.Transport{DisableCompression: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	defer client.CloseIdleConnections()
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(body)
}

func get(t *testing.T, path string) (*http.Response, string) {
	t.Helper()
	return request(t, playground.Handler(), http.MethodGet, path, nil)
}

var reference = regexp.MustCompile(`(?:src|href)="\./(assets/[^"]+)"`)

// TestPageAndItsAssets: the page and all that it refers to are there, with the right type and cache rule.
func TestPageAndItsAssets(t *testing.T) {
	page, html := get(t, "/playground/")
	if page.StatusCode != http.StatusOK || page.Header.Get("Content-Type") != "text/html; charset=utf-8" {
		t.Fatalf("page: %d %q", page.StatusCode, page.Header.Get("Content-Type"))
	}
	if got := page.Header.Get("Cache-Control"); got != "no-cache" {
		t.Errorf("the page must be asked after each time, but Cache-Control is %q", got)
	}
	for _, want := range []string{`<html lang="en">`, "<title>", "<noscript>"} {
		if !strings.Contains(html, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	types := map[string]string{"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}
	references := reference.FindAllStringSubmatch(html, -1)
	if len(references) < 2 {
		t.Fatalf("the page refers to %d assets, so at least its script or its style is missing", len(references))
	}
	for _, match := range references {
		asset, body := get(t, "/playground/"+match[1])
		extension := match[1][strings.LastIndex(match[1], ".")+1:]
		if asset.StatusCode != http.StatusOK || body == "" || asset.Header.Get("Content-Type") != types[extension] {
			t.Errorf("%s: %d, %d bytes of %q", match[1], asset.StatusCode, len(body), asset.Header.Get("Content-Type"))
		}
		if got := asset.Header.Get("Cache-Control"); !strings.Contains(got, "immutable") {
			t.Errorf("%s has a hash in its name, but Cache-Control is %q", match[1], got)
		}
	}
}

func TestRedirectToTheSlash(t *testing.T) {
	resp, _ := get(t, "/playground?example=Suggesties")
	if resp.StatusCode != http.StatusMovedPermanently {
		t.Fatalf("status %d", resp.StatusCode)
	}
	target, err := resp.Location() // resolved against the request, as a browser does
	if err != nil || target.RequestURI() != "/playground/?example=Suggesties" {
		t.Errorf("redirected to %v, %v", target, err)
	}
}

func TestUnknownPaths(t *testing.T) {
	for _, path := range []string{
		"/playground/nothing", "/playground/assets/", "/playground/dist/index.html", "/playground/index.html.gz",
		"/", "/index.html", "/playgroundindex.html", "/playground/..%2fexamples.go",
	} {
		if resp, _ := get(t, path); resp.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d, want 404", path, resp.StatusCode)
		} else if resp.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: an error lacks nosniff", path)
		}
	}
}

func TestMethods(t *testing.T) {
	for name, c := range map[string]struct {
		handler http.Handler
		path    string
	}{"playground": {playground.Handler(), "/playground/"}, "start": {playground.Start(), "/"}} {
		t.Run(name, func(t *testing.T) {
			resp, body := request(t, c.handler, http.MethodHead, c.path, nil)
			if resp.StatusCode != http.StatusOK || body != "" || resp.Header.Get("Content-Type") == "" {
				t.Errorf("HEAD: %d, %d bytes of %q", resp.StatusCode, len(body), resp.Header.Get("Content-Type"))
			}
			resp, _ = request(t, c.handler, http.MethodPost, c.path, nil)
			if resp.StatusCode != http.StatusMethodNotAllowed || resp.Header.Get("Allow") != "GET, HEAD" {
				t.Errorf("POST: %d, Allow %q", resp.StatusCode, resp.Header.Get("Allow"))
			}
		})
	}
}

// TestEncodings: a client gets gzip only if it asks for it, and both forms are the same file.
func TestEncodings(t *testing.T) {
	_, plain := get(t, "/playground/")
	for accept, wantGzip := range map[string]bool{
		"gzip": true, "br, GZIP;q=0.5": true, "deflate, gzip; q=1": true,
		"": false, "br": false, "gzip;q=0": false, "gzip;q=0.0, br": false, "x-gzip2": false,
	} {
		header := http.Header{"Accept-Encoding": {accept}}
		resp, body := request(t, playground.Handler(), http.MethodGet, "/playground/", header)
		if got := resp.Header.Get("Content-Encoding") == "gzip"; got != wantGzip {
			t.Errorf("Accept-Encoding %q: gzip is %t, want %t", accept, got, wantGzip)
			continue
		}
		if wantGzip {
			unzipped, err := gzip.NewReader(strings.NewReader(body))
			if err != nil {
				t.Fatalf("Accept-Encoding %q: %v", accept, err)
			}
			content, err := io.ReadAll(unzipped)
			if err != nil {
				t.Fatal(err)
			}
			body = string(content)
		}
		if body != plain {
			t.Errorf("Accept-Encoding %q: another content", accept)
		}
		if resp.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("Accept-Encoding %q: Vary is %q", accept, resp.Header.Get("Vary"))
		}
	}
}

func TestConditionalRequests(t *testing.T) {
	resp, _ := get(t, "/playground/")
	etag := resp.Header.Get("ETag")
	if etag == "" {
		t.Fatal("no ETag")
	}
	for given, want := range map[string]int{
		etag: 304, `"x", ` + etag: 304, strings.TrimPrefix(etag, "W/"): 304, "*": 304, `W/"other"`: 200,
	} {
		resp, body := request(t, playground.Handler(), http.MethodGet, "/playground/", http.Header{"If-None-Match": {given}})
		if resp.StatusCode != want || (want == 304 && body != "") {
			t.Errorf("If-None-Match %s: %d with %d bytes, want %d", given, resp.StatusCode, len(body), want)
		}
	}
	if other, _ := get(t, "/playground/examples.json"); other.Header.Get("ETag") == etag {
		t.Error("two files share an ETag")
	}
}

// TestSecurityHeaders: nothing may come from another origin, and no other page may frame these.
func TestSecurityHeaders(t *testing.T) {
	for name, resp := range map[string]*http.Response{
		"playground": first(get(t, "/playground/")),
		"start":      first(request(t, playground.Start(), http.MethodGet, "/", nil)),
	} {
		csp := resp.Header.Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"} {
			if !strings.Contains(csp, want) {
				t.Errorf("%s: the policy lacks %s", name, want)
			}
		}
		for _, never := range []string{"http", "*", "'unsafe-eval'", "script-src 'self' 'unsafe-inline'"} {
			if strings.Contains(csp, never) {
				t.Errorf("%s: the policy has %s: %s", name, never, csp)
			}
		}
		if resp.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: no nosniff", name)
		}
	}
}

func first(resp *http.Response, _ string) *http.Response { return resp }
