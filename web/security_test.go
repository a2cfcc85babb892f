package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/web"
)

const mutation = `{"query":"mutation{rename(id:\"1\",name:\"2\"){name}}"}`

// Pages of other origins read nothing and change nothing unless they are allowed to.
func TestOrigins(t *testing.T) {
	const friend, stranger = "https://www.example.nl", "https://evil.example"
	closed, _ := routes(nil)
	open, _ := routes(func(c *web.Config) { c.AllowedOrigins = []string{friend} })
	everyone, _ := routes(func(c *web.Config) { c.AllowedOrigins = []string{"*"} })
	for name, c := range map[string]struct {
		handler http.Handler
		origin  string
		site    string
		status  int
		allowed string
	}{
		"by default, own page":      {closed, "http://example.com", "same-origin", 200, ""},
		"by default, no browser":    {closed, "", "", 200, ""},
		"by default, another page":  {closed, friend, "cross-site", 403, ""},
		"by default, old browser":   {closed, friend, "", 403, ""},
		"by default, null":          {closed, "null", "cross-site", 403, ""},
		"with a list, on it":        {open, friend, "cross-site", 200, friend},
		"with a list, not on it":    {open, stranger, "cross-site", 403, ""},
		"with a list, own page":     {open, "http://example.com", "same-origin", 200, ""},
		"open to all, another page": {everyone, stranger, "cross-site", 200, "*"},
	} {
		t.Run(name, func(t *testing.T) {
			headers := []string{asJSON}
			if c.origin != "" {
				headers = append(headers, "Origin: "+c.origin)
			}
			if c.site != "" {
				headers = append(headers, "Sec-Fetch-Site: "+c.site)
			}
			got := get(c.handler, http.MethodPost, "/graphql", mutation, headers...)
			if got.Code != c.status || got.Header().Get("Access-Control-Allow-Origin") != c.allowed {
				t.Errorf("got %d, allowed %q: %s", got.Code, got.Header().Get("Access-Control-Allow-Origin"), got.Body)
			}
			if got.Header().Get("Access-Control-Allow-Credentials") != "" {
				t.Error("credentials are allowed across origins")
			}
			if c.status == http.StatusForbidden && !strings.Contains(got.Body.String(), `"FORBIDDEN"`) {
				t.Errorf("403 without a code: %s", got.Body)
			}
			preflight := get(c.handler, http.MethodOptions, "/graphql", "", "Origin: "+c.origin,
				"Access-Control-Request-Method: POST", "Access-Control-Request-Headers: content-type")
			if preflight.Header().Get("Access-Control-Allow-Origin") != c.allowed {
				t.Errorf("preflight allows %q", preflight.Header().Get("Access-Control-Allow-Origin"))
			}
		})
	}
}

// An allowed origin that no browser would send is reported at start.
func TestCheckOrigins(t *testing.T) {
	for origin, ok := range map[string]bool{
		"https://www.example.nl": true, "http://localhost:3000": true, "*": true,
		"www.example.nl": false, "https://www.example.nl/": false, "https://*.example.nl": false, "": false, "null": false,
	} {
		if err := web.CheckOrigins([]string{origin}); (err == nil) != ok {
			t.Errorf("%q: %v", origin, err)
		}
	}
}

// What a form of another site can send is refused before it is read, wherever it comes from.
func TestSimpleRequestsAreRefused(t *testing.T) {
	handler, _ := routes(func(c *web.Config) { c.AllowedOrigins = []string{"*"} })
	for _, mediaType := range []string{"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""} {
		got := get(handler, http.MethodPost, "/graphql", mutation, "Content-Type: "+mediaType)
		if got.Code != http.StatusUnsupportedMediaType {
			t.Errorf("%q: %d", mediaType, got.Code)
		}
	}
}

// A server without a login answers to names of this machine only: a page cannot rebind its own name to it.
func TestLocalOnly(t *testing.T) {
	handler, _ := routes(func(c *web.Config) { c.LocalOnly = true })
	for host, ok := range map[string]bool{
		"localhost": true, "localhost:8080": true, "LOCALHOST.": true, "127.0.0.1:8080": true, "127.8.8.8": true, "[::1]:8080": true, "[::1]": true,
		"evil.example": false, "evil.example:8080": false, "localhost.evil.example": false, "127.0.0.1.evil.example": false,
		"10.0.0.1": false, "0.0.0.0:8080": false, "": false, "[::]:8080": false,
	} {
		got := get(handler, http.MethodGet, "/healthz", "", "Host: "+host)
		if (got.Code == http.StatusOK) != ok {
			t.Errorf("%q: %d", host, got.Code)
		}
	}
}

// Only an address that nobody else can reach passes for one without authentication.
func TestRequireLoopback(t *testing.T) {
	for addr, ok := range map[string]bool{
		"127.0.0.1:8080": true, "localhost:0": true, "[::1]:8080": true, "127.1.2.3:80": true, "[::ffff:127.0.0.1]:80": true,
		":8080": false, "0.0.0.0:8080": false, "[::]:8080": false, "192.168.1.4:80": false, "example.nl:80": false,
		"127.0.0.1": false, "": false,
	} {
		err := web.RequireLoopback(addr)
		if (err == nil) != ok {
			t.Errorf("%q: %v", addr, err)
		}
		if err != nil && !strings.Contains(err.Error(), "--addr") {
			t.Errorf("%q: the error does not say what to change: %v", addr, err)
		}
	}
}
