package playground

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"
	"regexp"
	"strconv"

	"github.com/i-partnerschap/kennisgraaf/web/bundle"
)

//go:embed start.html
var startPage string

// startPolicy suits a page without scripts, pictures or forms; its one style sheet stands in the page itself.
const startPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Start serves the start page of the service at "/" and answers 404 for every other path. The page is Dutch with a
// paragraph of English, needs no JavaScript, and links to the playground, the worked examples and /healthz. It panics
// if the embedded page or examples are damaged, which the tests of this package rule out.
func Start() http.Handler {
	page := template.Must(template.New("start.html").Parse(startPage))
	examples, err := Examples()
	if err != nil {
		panic("playground: " + err.Error())
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		bundle.SetSecurityHeaders(w, startPolicy)
		if !bundle.AllowRead(w, r) {
			return
		}
		if r.URL.Path != "/" {
			http.NotFound(w, r)
			return
		}
		var body bytes.Buffer
		err := page.Execute(&body, struct {
			Origin   string
			Examples []Example
		}{origin(r), examples})
		if err != nil {
			http.Error(w, "the start page cannot be shown", http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-cache")
		w.Header().Set("Content-Length", strconv.Itoa(body.Len()))
		if r.Method == http.MethodGet {
			_, _ = body.WriteTo(w) // a client that went away is not an error of ours
		}
	})
}

// hostname is what may stand in the command that the page offers for pasting into a shell: a name or address with an
// optional port, and no character that a shell could take for its own.
var hostname = regexp.MustCompile(`^(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]+)?$`)

// origin is the address at which the client reached the service, as far as it can be known.
func origin(r *http.Request) string {
	host := r.Host
	if !hostname.MatchString(host) {
		host = "127.0.0.1:8080"
	}
	if r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" {
		return "https://" + host
	}
	return "http://" + host
}
