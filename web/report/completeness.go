package report

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/report"
	"github.com/i-partnerschap/kennisgraaf/report/document"
)

// perPage is how many lines a list has on a page.
const perPage = 100

// Completeness serves the page that counts what is missing, and the lists behind the
// numbers: ?type=Project&lacks=themes, with after for the next page. lang is nl or en.
func Completeness(store graph.Store, model *graph.Model, log *slog.Logger) http.Handler {
	reporter := report.New(store, model)
	return page(log, func(ctx context.Context, q url.Values, h http.Header, body io.Writer) error {
		lang, err := language(q)
		if err != nil {
			return err
		}
		h.Set("Content-Type", document.ContentTypes["html"])
		if !q.Has("lacks") {
			types, err := reporter.Completeness(ctx, q.Get("type"))
			if err != nil {
				return err
			}
			return document.Completeness(body, types, lang)
		}
		list, err := reporter.Lacking(ctx, q.Get("type"), q.Get("lacks"), q.Get("after"), perPage)
		if err != nil {
			return err
		}
		start, err := strconv.Atoi(q.Get("start"))
		if err != nil || start < 1 {
			start = 1 // only the numbers before the lines depend on it
		}
		return document.LackingPage(body, list, start, list.Next, lang)
	})
}
