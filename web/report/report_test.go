package report_test

import (
	"html"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/dataset/demotest"
	"github.com/i-partnerschap/kennisgraaf/graph/sqlite"
	"github.com/i-partnerschap/kennisgraaf/web/report"
)

func TestTheReportInABrowser(t *testing.T) {
	store, model := demotest.Open(t, sqlite.Options{})
	h := report.Handler(store, model, slog.New(slog.DiscardHandler))
	for target, want := range map[string]struct {
		status   int
		kind, in string
	}{
		"/report":                                   {200, "text/html; charset=utf-8", "Regionale dekking"},
		"/report?lang=en&as-of=2022-03-01":          {200, "text/html; charset=utf-8", "As of 1 March 2022"},
		"/report?regions=landsdeel&level=2":         {200, "text/html; charset=utf-8", "Noord-Nederland"},
		"/report?map=projects&heat=lectoraten":      {200, "text/html; charset=utf-8", "Kaart: projecten"},
		"/report?format=csv&excel=true":             {200, "text/csv; charset=utf-8", ";"},
		"/report?format=json":                       {200, "application/json; charset=utf-8", `"promises"`},
		"/report?format=xlsx":                       {200, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "PK"},
		"/report?format=pdf":                        {400, "text/plain; charset=utf-8", "report coverage"},
		"/report?format=docx":                       {400, "text/plain; charset=utf-8", "html, xlsx, csv or json"},
		"/report?as-of=morgen":                      {400, "text/plain; charset=utf-8", "2021-03-31"},
		"/report?lang=fr":                           {400, "text/plain; charset=utf-8", "nl or en"},
		"/report?km=ver":                            {400, "text/plain; charset=utf-8", "not a number"},
		"/report?level=x":                           {400, "text/plain; charset=utf-8", "whole number"},
		"/report?map=" + "%3Cscript%3E":             {400, "text/plain; charset=utf-8", "no measure"},
		"/report?heat=geluk":                        {400, "text/plain; charset=utf-8", "no measure"},
		"/report?regions=planeet":                   {400, "text/plain; charset=utf-8", "kind of region"},
		"/report?format=html&compare=2020-01-01":    {200, "text/html; charset=utf-8", "vergeleken met 1 januari 2020"},
		"/report?branches=true&gaps=-1&km=12.5&x=y": {200, "text/html; charset=utf-8", "12,5 km"},
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, target, nil))
		if w.Code != want.status || w.Header().Get("Content-Type") != want.kind || !strings.Contains(w.Body.String(), want.in) {
			t.Errorf("%s: %d %s %.200s", target, w.Code, w.Header().Get("Content-Type"), w.Body)
		}
		if csp := w.Header().Get("Content-Security-Policy"); !strings.HasPrefix(csp, "default-src 'none'") {
			t.Errorf("%s: policy %q", target, csp)
		}
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/report", nil))
	if w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", w.Code)
	}
	w = httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodHead, "/report", nil))
	if w.Code != http.StatusOK || w.Body.Len() != 0 || w.Header().Get("Content-Length") == "" {
		t.Errorf("HEAD: %d, %d bytes", w.Code, w.Body.Len())
	}
}

func TestCompletenessInABrowser(t *testing.T) {
	store, model := demotest.Open(t, sqlite.Options{})
	h := report.Completeness(store, model, slog.New(slog.DiscardHandler))
	get := func(target string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, target, nil))
		return w
	}
	for target, want := range map[string]struct {
		status int
		in     string
	}{
		"/completeness":                                   {200, `lang="nl"`},
		"/completeness?lang=en":                           {200, "Completeness of the knowledge graph"},
		"/completeness?type=Project":                      {200, "type=Project"},
		"/completeness?type=Vraagstuk&lacks=regions":      {200, "vraagstukken(where"},
		"/completeness?type=Agreement&lacks=description":  {200, "Er is niets dat dit mist"},
		"/completeness?type=Unicorn":                      {400, "no type"},
		"/completeness?type=Project&lacks=budget":         {400, "not expected"},
		"/completeness?type=Project&lacks=themes&after=x": {400, "cursor"},
		"/completeness?lang=fr":                           {400, "nl or en"},
	} {
		if w := get(target); w.Code != want.status || !strings.Contains(w.Body.String(), want.in) {
			t.Errorf("%s: %d %.300s", target, w.Code, w.Body)
		}
	}
	// Every link of the overview leads to a list, and every list to its next page.
	link := regexp.MustCompile(`href="(completeness\?[^"]*lacks=[^"]*)"`)
	links := link.FindAllStringSubmatch(get("/completeness").Body.String(), -1)
	if len(links) == 0 {
		t.Error("no list to go to")
	}
	for len(links) > 0 {
		target := "/" + html.UnescapeString(links[0][1])
		w := get(target)
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "<li>") {
			t.Errorf("%s: %d", target, w.Code)
		}
		links = append(links[1:], link.FindAllStringSubmatch(w.Body.String(), -1)...)
	}
}
