// Package report serves the report of regional coverage to browsers.
package report

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/report"
	"github.com/i-partnerschap/kennisgraaf/report/document"
)

// policy suits a page without scripts whose style stands in the page itself.
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Timeout is how long one report may take. Neo4j plans its statements at the first request,
// which takes seconds, and much longer on a busy machine. It must stay below the time that a
// connection has for writing.
const Timeout = 90 * time.Second

// Handler serves the report at its own path, as HTML or by ?format= as xlsx, csv or
// json. The other parameters are those of the command line: lang, as-of, compare,
// regions, level, km, branches, map, heat, gaps and excel. A PDF needs a browser, which
// a server does not start for whoever asks; the page prints well.
func Handler(store graph.Store, model *graph.Model, log *slog.Logger) http.Handler {
	reporter := report.New(store, model)
	return page(log, func(ctx context.Context, q url.Values, h http.Header, body io.Writer) error {
		format, err := write(ctx, body, reporter, q)
		h.Set("Content-Type", document.ContentTypes[format])
		if format != "html" {
			h.Set("Content-Disposition", `attachment; filename="regionale-dekking.`+format+`"`)
		}
		return err
	})
}

// page serves what write makes of the parameters, whole or not at all.
func page(log *slog.Logger, write func(context.Context, url.Values, http.Header, io.Writer) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("Cache-Control", "no-store")
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			h.Set("Allow", "GET, HEAD")
			http.Error(w, "405: GET or HEAD", http.StatusMethodNotAllowed)
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), Timeout)
		defer cancel()
		var body bytes.Buffer
		if err := write(ctx, r.URL.Query(), h, &body); err != nil {
			h.Del("Content-Disposition")
			fail(w, err, log)
			return
		}
		h.Set("Content-Length", strconv.Itoa(body.Len()))
		if r.Method == http.MethodGet {
			_, _ = body.WriteTo(w) // a client that went away is not an error of ours
		}
	})
}

func write(ctx context.Context, body io.Writer, reporter *report.Reporter, q url.Values) (format string, err error) {
	format = q.Get("format")
	if format == "" {
		format = "html"
	}
	if format == "pdf" {
		return "", graph.Errorf(graph.BadUserInput, "a PDF is made by the command report coverage --format pdf; in a browser, print the page")
	}
	if document.ContentTypes[format] == "" {
		return "", graph.Errorf(graph.BadUserInput, "there is no format %q; take html, xlsx, csv or json", format)
	}
	options, lang, err := parse(q)
	if err != nil {
		return "", err
	}
	made, err := reporter.Report(ctx, options)
	if err != nil {
		return "", err
	}
	return format, document.Write(ctx, body, made, format, document.Options{Lang: lang, CSV: document.CSVOptions{Excel: q.Get("excel") == "true"}})
}

// parse reads the parameters.
func parse(q url.Values) (report.Options, document.Lang, error) {
	o := report.Options{
		Today: time.Now(), AsOf: q.Get("as-of"), Compare: q.Get("compare"), Branches: q.Get("branches") == "true",
		RegionKind: strings.ToUpper(q.Get("regions")), Map: report.Measure(strings.ToUpper(q.Get("map"))), Heat: report.Measure(strings.ToUpper(q.Get("heat"))),
	}
	lang, err := language(q)
	if err != nil {
		return o, lang, err
	}
	for name, to := range map[string]*int{"level": &o.Level, "gaps": &o.Gaps} {
		if text := q.Get(name); text != "" {
			n, err := strconv.Atoi(text)
			if err != nil {
				return o, lang, graph.Errorf(graph.BadUserInput, "%s: %q is not a whole number", name, text)
			}
			*to = n
		}
	}
	if text := q.Get("km"); text != "" {
		km, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return o, lang, graph.Errorf(graph.BadUserInput, "km: %q is not a number", text)
		}
		o.Km = km
	}
	return o, lang, nil
}

// language reads the language; Dutch where none is named.
func language(q url.Values) (document.Lang, error) {
	switch lang := document.Lang(strings.ToUpper(q.Get("lang"))); lang {
	case "", document.NL:
		return document.NL, nil
	case document.EN:
		return document.EN, nil
	}
	return "", graph.Errorf(graph.BadUserInput, "there is no language %q; take nl or en", q.Get("lang"))
}

// fail answers in text, since people read this page.
func fail(w http.ResponseWriter, err error, log *slog.Logger) {
	status, message := http.StatusInternalServerError, "the report cannot be made; the log says why"
	switch graph.CodeOf(err) {
	case graph.BadUserInput, graph.NotFound, graph.TooComplex:
		status, message = http.StatusBadRequest, err.Error()
	case graph.Timeout, graph.StoreUnavailable:
		status, message = http.StatusServiceUnavailable, "the report cannot be made now; try again later"
	}
	if status != http.StatusBadRequest {
		log.Error("report", "error", err)
	}
	http.Error(w, message, status)
}
