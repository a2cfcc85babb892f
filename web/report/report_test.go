package report_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
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
