package transport

import (
	"bytes"
	"context"
	"errors"
	"mime"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/web/apierror"
	"github.com/i-partnerschap/kennisgraaf/web/auth"
)

// eventStream is the media type of server-sent events.
const eventStream = "text/event-stream"

// SSE answers operations with server-sent events, in the "distinct connections mode" of the protocol GraphQL over SSE
// (https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md): one request, one operation, an event next for
// each response and complete at the end. A response that has extensions.cursor carries it as the id of its event; a
// browser that reconnects sends the last one back as Last-Event-ID, and the subscription goes on there.
type SSE struct{ *Streams }

var _ graphql.Transport = SSE{}

// Supports takes GET and POST of those who ask for events.
func (SSE) Supports(r *http.Request) bool {
	if r.Method != http.MethodGet && r.Method != http.MethodPost {
		return false
	}
	for accepted := range strings.SplitSeq(strings.Join(r.Header.Values("Accept"), ","), ",") {
		if mediaType, _, err := mime.ParseMediaType(accepted); err == nil && mediaType == eventStream {
			return true
		}
	}
	return false
}

// Do answers one request.
func (t SSE) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	begin(w, plainJSON)
	raw, status, err := t.params(w, r)
	if err != nil {
		refuse(w, status, err)
		return
	}
	raw.Headers = r.Header
	for _, count := range []func() (func(), *graph.Error){t.connect, t.subscribe} {
		leave, full := count()
		if full != nil {
			w.Header().Set("Retry-After", "10")
			refuse(w, http.StatusServiceUnavailable, full)
			return
		}
		defer leave()
	}
	begin(w, eventStream)
	w.Header().Set("X-Accel-Buffering", "no") // nginx would wait for more
	e := &events{w: w, control: http.NewResponseController(w), patience: orDefault(t.Write, defaultWrite)}
	_ = e.control.SetReadDeadline(time.Time{}) // the request has been read; what comes after it is its end
	ctx, cancel := context.WithCancelCause(r.Context())
	var work sync.WaitGroup
	defer work.Wait()
	defer cancel(nil)
	work.Go(func() { t.watch(ctx, cancel, e) })
	// The first comment, with which the client gets the headers, says that the subscription has begun.
	begun := func() { _ = e.write(": \n\n") }
	stream(ctx, exec, raw, kindFor(r.Method), begun, func(response *graphql.Response, last bool) error {
		if _, over := expiry(ctx); over && last { // what it says comes of that; what was done is told
			return ctx.Err()
		}
		return e.next(response)
	})
	if why, over := expiry(ctx); over {
		_ = e.next(&graphql.Response{Errors: gqlerror.List{apierror.From(why)}})
	} else if ctx.Err() != nil {
		return
	}
	_ = e.write("event: complete\ndata: \n\n")
}

// expiry tells whether a stream is over because the caller's token is.
func expiry(ctx context.Context) (why *graph.Error, over bool) {
	over = errors.As(context.Cause(ctx), &why)
	return why, over
}

// params reads the request.
func (t SSE) params(w http.ResponseWriter, r *http.Request) (*graphql.RawParams, int, *graph.Error) {
	if r.Method == http.MethodGet {
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

// kindFor says which operations may come by a method: what a GET does must change nothing.
func kindFor(method string) func(ast.Operation) *graph.Error {
	return func(kind ast.Operation) *graph.Error {
		if method == http.MethodGet && kind == ast.Mutation {
			return bad("a mutation must be sent with POST")
		}
		return nil
	}
}

// watch ends the stream when the server stops or the caller's token expires, and keeps it open where it is silent.
func (t SSE) watch(ctx context.Context, cancel context.CancelCauseFunc, e *events) {
	draining := t.draining(ctx)
	caller, _ := auth.From(ctx)
	expired := timeUntil(caller.Expires)
	quiet := time.NewTicker(orDefault(t.Quiet, defaultQuiet))
	defer quiet.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-draining:
			cancel(nil) // without complete: the client comes back
			return
		case <-expired:
			cancel(auth.Expired())
			return
		case <-quiet.C:
			if e.write(": \n\n") != nil {
				cancel(nil)
				return
			}
		}
	}
}

// events writes events; its methods may be called from several goroutines.
type events struct {
	mu       sync.Mutex
	w        http.ResponseWriter
	control  *http.ResponseController
	patience time.Duration
}

// next writes a response as an event. Responses hold no line breaks: they are compact JSON.
func (e *events) next(response *graphql.Response) error {
	var b strings.Builder
	b.WriteString("event: next\n")
	if cursor, ok := response.Extensions[cursorExtension].(string); ok {
		b.WriteString("id: " + cursor + "\n")
	}
	b.WriteString("data: ")
	b.Write(bytes.ReplaceAll(encodeResponse(response), []byte("\n"), nil))
	b.WriteString("\n\n")
	return e.write(b.String())
}

// write sends text at once. A client that does not take it in time is cut off.
func (e *events) write(text string) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if err := e.control.SetWriteDeadline(time.Now().Add(e.patience)); err != nil {
		return err
	}
	if _, err := e.w.Write([]byte(text)); err != nil {
		return err
	}
	return e.control.Flush()
}

// cursorExtension is where a response of a subscription says from where to go on.
const cursorExtension = "cursor"
