package transport

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/sheet"
	"github.com/i-partnerschap/kennisgraaf/web/apierror"
	"github.com/i-partnerschap/kennisgraaf/web/table"
)

// The media types of a table.
const (
	csvType  = "text/csv"
	xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// Table answers a query for one connection with all its rows, as CSV (RFC 4180) or XLSX,
// where Accept asks for that. It fetches page after page through the executor, so that
// every page keeps to the limits and to what the caller may see. What is wrong before the
// first row is an answer of GraphQL over HTTP, also that a connection which knows its
// totalCount has more than MaxRows; a CSV that breaks off later ends without the end of its
// transfer, so that no client takes it for whole.
type Table struct {
	// MaxBytes is how large a request may be; 0 is no limit.
	MaxBytes int64
	// PageSize is how many rows are fetched at once, where the limit on cost allows it.
	PageSize int
	// MaxRows is how many rows a table has at most; one that has more is refused, or breaks
	// off there where that is not known in advance.
	MaxRows int
}

var _ graphql.Transport = Table{}

// Supports takes a GET or POST whose Accept header names a table, and JSON no more than that.
func (Table) Supports(r *http.Request) bool {
	return (r.Method == http.MethodGet || r.Method == http.MethodPost) && tableType(r) != ""
}

// tableType is the media type of the table that the client prefers, "" for none.
func tableType(r *http.Request) string {
	best, quality := "", 0.0
	for part := range strings.SplitSeq(strings.Join(r.Header.Values("Accept"), ","), ",") {
		mediaType, parameters, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		q := parseQuality(parameters["q"])
		switch mediaType {
		case csvType, xlsxType, plainJSON, graphQLResponse:
			if q > quality {
				best, quality = mediaType, q
			}
		}
	}
	if best == csvType || best == xlsxType {
		return best
	}
	return ""
}

// Do answers one request.
func (t Table) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	begin(w, graphQLResponse)
	raw, status, err := t.params(w, r)
	if err != nil {
		refuse(w, status, err)
		return
	}
	raw.Headers = r.Header
	ctx := r.Context()
	op, errs := exec.CreateOperationContext(ctx, raw)
	if len(errs) > 0 {
		t.failed(w, exec.DispatchError(graphql.WithOperationContext(ctx, op), errs))
		return
	}
	plan, planErr := table.New(op.Operation, op.Variables)
	if planErr != nil {
		refuse(w, http.StatusBadRequest, asError(planErr))
		return
	}
	query, planErr := plan.Query(op.RawQuery, op.Operation.Name)
	if planErr != nil {
		refuse(w, http.StatusBadRequest, asError(planErr))
		return
	}
	p := &pager{Table: t, exec: exec, plan: plan, raw: graphql.RawParams{Query: query, OperationName: raw.OperationName, Headers: raw.Headers}, variables: raw.Variables}
	p.send(ctx, w, tableType(r))
}

// params reads the request, as GET and POST do.
func (t Table) params(w http.ResponseWriter, r *http.Request) (*graphql.RawParams, int, *graph.Error) {
	if r.Method == http.MethodGet {
		if t.MaxBytes > 0 && int64(len(r.URL.RawQuery)) > t.MaxBytes {
			return nil, http.StatusRequestURITooLong, bad("the parameters in the URL are more than %d bytes", t.MaxBytes)
		}
		raw, err := fromURL(r.URL.RawQuery)
		return raw, http.StatusBadRequest, err
	}
	if err := checkContentType(r); err != nil {
		return nil, http.StatusUnsupportedMediaType, err
	}
	body, status, err := POST{MaxBytes: t.MaxBytes}.read(w, r)
	if err != nil {
		return nil, status, err
	}
	raw, err := fromBody(body)
	return raw, http.StatusBadRequest, err
}

// failed answers with the errors of a response, also where it has data beside them.
func (Table) failed(w http.ResponseWriter, response *graphql.Response) {
	response = &graphql.Response{Errors: response.Errors}
	write(w, statusOf(graphQLResponse, response), response)
}

// pager fetches the pages of one table.
type pager struct {
	Table
	exec      graphql.GraphExecutor
	plan      *table.Plan
	raw       graphql.RawParams
	variables map[string]any
	written   int
}

// fetch reads a page.
func (p *pager) fetch(ctx context.Context, after string) (*table.Page, *graphql.Response) {
	for {
		raw := p.raw
		raw.Variables = table.Variables(p.variables, p.plan.Size(p.PageSize, p.MaxRows, p.written), after)
		response := p.run(ctx, &raw)
		if len(response.Errors) > 0 {
			// A page that costs too much is made smaller.
			if apierror.CodeOf(response.Errors[0]) == graph.TooComplex && p.PageSize > 1 {
				p.PageSize /= 2
				continue
			}
			return nil, response
		}
		page, err := p.plan.Read(response.Data)
		if err != nil {
			return nil, responseOf(err)
		}
		return page, nil
	}
}

func (p *pager) run(ctx context.Context, raw *graphql.RawParams) *graphql.Response {
	ctx = graphql.StartOperationTrace(ctx)
	op, errs := p.exec.CreateOperationContext(ctx, raw)
	if len(errs) > 0 {
		return p.exec.DispatchError(graphql.WithOperationContext(ctx, op), errs)
	}
	responses, ctx := p.exec.DispatchOperation(ctx, op)
	if response := responses(ctx); response != nil {
		return response
	}
	return ended(ctx)
}

// send fetches and writes all pages.
func (p *pager) send(ctx context.Context, w http.ResponseWriter, mediaType string) {
	page, failure := p.fetch(ctx, "")
	if failure != nil {
		p.failed(w, failure)
		return
	}
	if p.plan.Exceeds(p.MaxRows, page.Total) {
		p.failed(w, responseOf(p.tooMany(fmt.Sprintf("%d rows, and %d are", page.Total, p.MaxRows))))
		return
	}
	if mediaType == xlsxType {
		p.workbook(ctx, w, page)
		return
	}
	p.head(w, csvType+"; charset=utf-8; header=present", "csv")
	out, err := sheet.NewCSV(w, false)
	if err == nil {
		err = p.rows(ctx, out, page)
	}
	if err == nil {
		err = out.Close()
	}
	if err != nil {
		breakOff(ctx)
	}
}

// workbook writes XLSX, which nothing of is sent before all of it is there.
func (p *pager) workbook(ctx context.Context, w http.ResponseWriter, page *table.Page) {
	buffered := &lazyHeader{w: w, set: func() { p.head(w, xlsxType, "xlsx") }}
	book, err := sheet.NewWorkbook(buffered)
	if err != nil {
		p.failed(w, responseOf(err))
		return
	}
	out, err := book.Sheet(p.plan.Name[:min(len(p.plan.Name), maxSheetName)])
	if err == nil {
		err = p.rows(ctx, out, page)
	}
	if err != nil {
		_ = book.Discard()
		p.failed(w, responseOf(err))
		return
	}
	if err := book.Close(); err != nil {
		breakOff(ctx)
	}
}

// maxSheetName is how long the name of a sheet may be.
const maxSheetName = 31

// rows writes the head, a page, and all pages after it.
func (p *pager) rows(ctx context.Context, out sheet.Writer, page *table.Page) error {
	head := make([]any, len(p.plan.Columns))
	for i, c := range p.plan.Columns {
		head[i] = c.Name
	}
	if err := out.Row(head); err != nil {
		return err
	}
	for {
		for _, row := range page.Rows {
			if err := out.Row(row); err != nil {
				return err
			}
		}
		p.written += len(page.Rows)
		switch {
		case page.After == "" || p.plan.Complete(p.written):
			return nil
		case p.written >= p.MaxRows:
			return p.tooMany(fmt.Sprintf("more than %d rows, which is", p.MaxRows))
		}
		var failure *graphql.Response
		if page, failure = p.fetch(ctx, page.After); failure != nil {
			return failure.Errors
		}
	}
}

// tooMany is the error of a table that is larger than what is sent.
func (p *pager) tooMany(rows string) error {
	return graph.Errorf(graph.TooComplex, "the table has %s the most that is sent; filter more", rows)
}

// head sets the headers of a table.
func (p *pager) head(w http.ResponseWriter, contentType, ending string) {
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", p.plan.Name+"."+ending))
	w.WriteHeader(http.StatusOK)
}

// responseOf is the answer to an error: those of a page as they are.
func responseOf(err error) *graphql.Response {
	var list gqlerror.List
	if errors.As(err, &list) {
		return &graphql.Response{Errors: list}
	}
	return &graphql.Response{Errors: gqlerror.List{apierror.From(asError(err))}}
}

// asError returns an error of the service as it is, and any other as a fault of ours.
func asError(err error) *graph.Error {
	var ours *graph.Error
	if errors.As(err, &ours) {
		return ours
	}
	return graph.Wrap(graph.Internal, err, "the table cannot be made")
}

// lazyHeader sets the headers when the first byte is written.
type lazyHeader struct {
	w    io.Writer
	set  func()
	done bool
}

// Write implements io.Writer.
func (l *lazyHeader) Write(b []byte) (int, error) {
	if !l.done {
		l.done = true
		l.set()
	}
	return l.w.Write(b)
}
