package playground_test

import (
	"html"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/web/playground"
)

func TestStartPage(t *testing.T) {
	resp, body := request(t, playground.Start(), http.MethodGet, "/", nil)
	if resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Type") != "text/html; charset=utf-8" {
		t.Fatalf("%d %q", resp.StatusCode, resp.Header.Get("Content-Type"))
	}
	for _, want := range []string{
		`<html lang="nl">`, `lang="en"`, `href="playground/"`, `href="healthz"`, "curl -s http://127.0.0.1:",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	for _, never := range []string{"<script", "ZgotmplZ", "{{"} {
		if strings.Contains(body, never) {
			t.Errorf("the page has %s", never)
		}
	}
	examples, err := playground.Examples()
	if err != nil {
		t.Fatal(err)
	}
	for _, example := range examples {
		link := `<a href="playground/?example=` + example.Operation + `">` + html.EscapeString(example.TitleNL) + `</a>`
		if !strings.Contains(body, link) {
			t.Errorf("the page lacks %s", link)
		}
	}
}

func TestStartPageOnlyAtTheRoot(t *testing.T) {
	for _, path := range []string{"/start.html", "/nothing", "//"} {
		if resp, _ := request(t, playground.Start(), http.MethodGet, path, nil); resp.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d, want 404", path, resp.StatusCode)
		}
	}
}

// TestStartPageOrigin: the command to paste names the address that the client used, and nothing that a shell would run.
func TestStartPageOrigin(t *testing.T) {
	for _, c := range []struct{ host, proto, want string }{
		{"graaf.example.nl", "", "curl -s http://graaf.example.nl/graphql "},
		{"graaf.example.nl", "https", "curl -s https://graaf.example.nl/graphql "},
		{"graaf.example.nl", "javascript", "curl -s http://graaf.example.nl/graphql "},
		{"[::1]:8080", "", "curl -s http://[::1]:8080/graphql "},
		{"x;reboot", "", "curl -s http://127.0.0.1:8080/graphql "},
		{"x$(reboot)", "", "curl -s http://127.0.0.1:8080/graphql "},
		{"", "", "curl -s http://127.0.0.1:8080/graphql "},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Host = c.host
		r.Header.Set("X-Forwarded-Proto", c.proto)
		w := httptest.NewRecorder()
		playground.Start().ServeHTTP(w, r)
		if !strings.Contains(w.Body.String(), c.want) {
			t.Errorf("host %q, proto %q: the page lacks %q", c.host, c.proto, c.want)
		}
	}
}
