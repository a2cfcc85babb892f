package explorer_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/schema"
	"github.com/i-partnerschap/kennisgraaf/web/explorer"
)

func model(t *testing.T) *graph.Model {
	t.Helper()
	m, err := schema.Model()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// send asks the handler without a network; headers are "Name: value".
func send(t *testing.T, method, path string, headers ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, path, nil)
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	explorer.Handler(model(t)).ServeHTTP(w, r)
	return w.Result()
}

func read(t *testing.T, r io.Reader) string {
	t.Helper()
	body, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

var reference = regexp.MustCompile(`(?:src|href)="\./(assets/[^"]+\.(js|css))"`)

// TestPageAndItsAssets: the page and all that it refers to are there, with the right type and cache rule, and nothing
// in it needs what its policy forbids.
func TestPageAndItsAssets(t *testing.T) {
	page := send(t, http.MethodGet, "/explorer/")
	html := read(t, page.Body)
	if page.StatusCode != http.StatusOK || page.Header.Get("Content-Type") != "text/html; charset=utf-8" || page.Header.Get("Cache-Control") != "no-cache" {
		t.Fatalf("page: %d %v", page.StatusCode, page.Header)
	}
	for _, want := range []string{`<html lang="nl">`, "<title>", "<noscript>"} {
		if !strings.Contains(html, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if inline := regexp.MustCompile(`<style|style="|<script[^>]*>[^<]|\son\w+="|https?://`).FindString(strings.ReplaceAll(html, "http://www.w3.org/2000/svg", "")); inline != "" {
		t.Errorf("the page has %s", inline)
	}
	types := map[string]string{"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}
	references := reference.FindAllStringSubmatch(html, -1)
	if len(references) != len(types) {
		t.Fatalf("the page refers to %d assets, want its script and its style", len(references))
	}
	for _, match := range references {
		asset := send(t, http.MethodGet, "/explorer/"+match[1])
		if asset.StatusCode != http.StatusOK || asset.Header.Get("Content-Type") != types[match[2]] || !strings.Contains(asset.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d %v", match[1], asset.StatusCode, asset.Header)
		}
		if read(t, asset.Body) == "" {
			t.Errorf("%s is empty", match[1])
		}
	}
	if licenses := read(t, send(t, http.MethodGet, "/explorer/licenses.md").Body); !strings.Contains(licenses, "## cytoscape ") || !strings.Contains(licenses, "## layout-base ") {
		t.Error("the licences of what is bundled are missing")
	}
}

// TestPolicy: nothing may come from another origin or stand in the page itself, and no other page may frame it.
func TestPolicy(t *testing.T) {
	for _, path := range []string{"/explorer/", "/explorer/model.json", "/explorer/nothing"} {
		header := send(t, http.MethodGet, path).Header
		policy := header.Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'none'", "script-src 'self';", "style-src 'self';", "frame-ancestors 'none'", "base-uri 'none'"} {
			if !strings.Contains(policy, want) {
				t.Errorf("%s: the policy lacks %s", path, want)
			}
		}
		if strings.Contains(policy, "unsafe") || strings.Contains(policy, "http") || strings.Contains(policy, "*") || header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", path, header)
		}
	}
}

func TestPathsAndMethods(t *testing.T) {
	for _, c := range []struct {
		method, path string
		status       int
	}{
		{"GET", "/explorer/", 200}, {"HEAD", "/explorer/", 200}, {"GET", "/explorer", 301}, {"GET", "/explorer/model.json", 200},
		{"GET", "/explorer/nothing", 404}, {"GET", "/explorer/assets/", 404}, {"GET", "/explorer/dist/index.html", 404},
		{"GET", "/explorer/index.html.gz", 404}, {"GET", "/explorer/operations/Match.graphql", 404}, {"GET", "/", 404},
		{"POST", "/explorer/", 405}, {"PUT", "/explorer/model.json", 405}, {"DELETE", "/explorer/nothing", 405},
	} {
		got := send(t, c.method, c.path)
		if got.StatusCode != c.status {
			t.Errorf("%s %s: %d, want %d", c.method, c.path, got.StatusCode, c.status)
		}
		if allow := got.Header.Get("Allow"); (allow == "GET, HEAD") != (c.status == http.StatusMethodNotAllowed) {
			t.Errorf("%s %s: Allow is %q", c.method, c.path, allow)
		}
		if body := read(t, got.Body); c.method == http.MethodHead && body != "" {
			t.Errorf("HEAD %s has a body", c.path)
		}
	}
	if to := send(t, http.MethodGet, "/explorer?id=logius").Header.Get("Location"); to != "explorer/?id=logius" {
		t.Errorf("redirected to %s", to)
	}
}

// TestModelOverHTTP: the page gets the types and operations, compressed where that is asked for, and keeps them while
// they stay the same.
func TestModelOverHTTP(t *testing.T) {
	plain := send(t, http.MethodGet, "/explorer/model.json")
	body := read(t, plain.Body)
	var got struct {
		Types      []struct{ Name string }
		Candidates []string
		Operations map[string]string
	}
	if err := json.Unmarshal([]byte(body), &got); err != nil {
		t.Fatal(err)
	}
	if want := model(t); len(got.Types) != len(want.Names()) || len(got.Candidates) != len(want.Labels("MatchCandidate")) || got.Operations["Match"] == "" {
		t.Errorf("%d types, %d candidates, %d operations", len(got.Types), len(got.Candidates), len(got.Operations))
	}
	zipped := send(t, http.MethodGet, "/explorer/model.json", "Accept-Encoding: gzip")
	unzipped, err := gzip.NewReader(bytes.NewReader([]byte(read(t, zipped.Body))))
	if err != nil {
		t.Fatal(err)
	}
	if read(t, unzipped) != body || zipped.Header.Get("Content-Encoding") != "gzip" || zipped.Header.Get("Vary") != "Accept-Encoding" {
		t.Errorf("compressed: %v", zipped.Header)
	}
	if again := send(t, http.MethodGet, "/explorer/model.json", "If-None-Match: "+plain.Header.Get("ETag")); again.StatusCode != http.StatusNotModified {
		t.Errorf("asked again: %d", again.StatusCode)
	}
}
