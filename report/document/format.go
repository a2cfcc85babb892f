package document

import (
	"context"
	"io"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/report"
)

// Formats lists the forms of a document, as Write knows them.
var Formats = []string{"html", "xlsx", "csv", "json", "pdf"}

// ContentTypes holds the media type of each format.
var ContentTypes = map[string]string{
	"html": "text/html; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8", "pdf": "application/pdf",
}

// Options says how to write.
type Options struct {
	Lang Lang
	CSV  CSVOptions
	// Browser is the Chromium that prints a PDF; "" looks for one.
	Browser string
}

// Write writes the report in a format.
func Write(ctx context.Context, w io.Writer, r *report.Report, format string, o Options) error {
	switch format {
	case "html":
		return HTML(w, r, o.Lang)
	case "xlsx":
		return XLSX(w, r, o.Lang)
	case "csv":
		return CSV(w, r, o.Lang, o.CSV)
	case "json":
		return JSON(w, r, o.Lang)
	case "pdf":
		return PDF(ctx, w, r, o.Lang, o.Browser)
	}
	return graph.Errorf(graph.BadUserInput, "there is no format %q; take one of %v", format, Formats)
}
