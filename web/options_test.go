package web_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/web"
	"github.com/i-partnerschap/kennisgraaf/web/apierror"
	"github.com/i-partnerschap/kennisgraaf/web/limits"
)

// A query that was sent once can be sent by its hash; one that was not gets the answer that clients wait for.
func TestPersistedQueries(t *testing.T) {
	endpoint, _ := startGraphQL(t, limits.Default())
	const query = `{hello}`
	sum := sha256.Sum256([]byte(query))
	extensions := fmt.Sprintf(`"extensions":{"persistedQuery":{"version":1,"sha256Hash":"%s"}}`, hex.EncodeToString(sum[:]))

	got := send(t, http.MethodPost, endpoint, `{`+extensions+`}`, asJSON)
	if got.code() != "PERSISTED_QUERY_NOT_FOUND" || got.message() != "PersistedQueryNotFound" {
		t.Errorf("unknown: %s", got.Body)
	}
	got = send(t, http.MethodPost, endpoint, `{"query":"`+query+`",`+extensions+`}`, asJSON)
	if string(got.Data) != `{"hello":"hallo"}` {
		t.Errorf("first: %s", got.Body)
	}
	for range 2 {
		got = send(t, http.MethodPost, endpoint, `{`+extensions+`}`, asJSON)
		if string(got.Data) != `{"hello":"hallo"}` {
			t.Errorf("by hash: %s", got.Body)
		}
	}
	got = send(t, http.MethodPost, endpoint, `{"query":"{a:hello}",`+extensions+`}`, asJSON)
	if got.code() != "BAD_USER_INPUT" || !strings.Contains(got.message(), "hash") {
		t.Errorf("wrong hash: %s", got.Body)
	}
	for _, odd := range []string{`{"version":2}`, `"x"`, `{"version":{}}`, `[]`, `{"version":1,"sha256Hash":[1]}`} {
		got = send(t, http.MethodPost, endpoint, `{"query":"{hello}","extensions":{"persistedQuery":`+odd+`}}`, asJSON)
		if got.code() != "BAD_USER_INPUT" {
			t.Errorf("%s: %s", odd, got.Body)
		}
	}
}

// A query that is too complex stays refused when it is sent again by its hash: the limits come behind the cache.
func TestPersistedQueriesAreCounted(t *testing.T) {
	endpoint, _ := startGraphQL(t, limits.Default())
	query := doubling(30)
	sum := sha256.Sum256([]byte(query))
	extensions := fmt.Sprintf(`"extensions":{"persistedQuery":{"version":1,"sha256Hash":"%s"}}`, hex.EncodeToString(sum[:]))
	send(t, http.MethodPost, endpoint, `{"query":"`+query+`",`+extensions+`}`, asJSON)
	if got := send(t, http.MethodPost, endpoint, `{`+extensions+`}`, asJSON); got.code() != "QUERY_TOO_COMPLEX" {
		t.Errorf("got %s", got.Body)
	}
}

// A document from the cache is still held to the limits that depend on variables, and to the choice of an operation.
func TestCachedDocumentIsCounted(t *testing.T) {
	endpoint, _ := startGraphQL(t, limits.Default())
	const query = `query A($n:Int){things(first:$n){nodes{id}}}`
	for n, want := range map[int]string{1: "", 999: "", 1001: "BAD_USER_INPUT"} {
		if got := ask(t, endpoint, query, map[string]any{"n": n}); got.code() != want {
			t.Errorf("first: %d: %.300s", n, got.Body)
		}
	}
	got := send(t, http.MethodPost, endpoint, `{"query":"`+query+`","operationName":"B"}`, asJSON)
	if got.code() != "BAD_USER_INPUT" || !strings.Contains(got.message(), `no operation "B"; it holds A`) {
		t.Errorf("got %s", got.Body)
	}
}

// A query has the time of the limit, also one whose resolver does not look at the clock.
func TestTimeout(t *testing.T) {
	l := limits.Default()
	l.Time = 20 * time.Millisecond
	endpoint, _ := startGraphQL(t, l)
	if got := ask(t, endpoint, `{slow}`, nil); got.code() != "TIMEOUT" || string(got.Data) != `{"slow":null}` {
		t.Errorf("got %s", got.Body)
	}
	if got := ask(t, endpoint, `{ignoresDeadline}`, nil); got.Status != http.StatusOK || got.code() == "INTERNAL" {
		t.Errorf("got %s", got.Body)
	}
}

// A client that goes away takes its query with it.
func TestClientGoesAway(t *testing.T) {
	endpoint, log := startGraphQL(t, limits.Default())
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	request, _ := http.NewRequestWithContext(ctx, http.MethodGet, endpoint+"?query={slow}", nil)
	if response, err := http.DefaultClient.Do(request); err == nil {
		response.Body.Close()
		t.Fatal("the request should have been cancelled")
	}
	for range 100 {
		if strings.Contains(log.String(), `"msg":"request"`) {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Error("the query outlived its client")
}

// countOperations is an extension that sees every operation.
type countOperations struct{ seen *int }

func (countOperations) ExtensionName() string                   { return "Count" }
func (countOperations) Validate(graphql.ExecutableSchema) error { return nil }
func (c countOperations) InterceptOperation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	*c.seen++
	return next(ctx)
}

// Transports and extensions of others fit in: a stream is not bound by the time of a query, passes gzip by, and only
// operations within the limits reach an extension.
func TestOptions(t *testing.T) {
	l := limits.Default()
	l.Time = 20 * time.Millisecond
	seen := 0
	endpoint, _ := startGraphQL(t, l, web.WithTransport(transport.SSE{}), web.WithExtension(countOperations{&seen}))

	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	request, _ := http.NewRequestWithContext(ctx, http.MethodPost, endpoint, strings.NewReader(`{"query":"subscription{ticks}"}`))
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "text/event-stream")
	start := time.Now()
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	buffer := make([]byte, 1024)
	for time.Since(start) < 5*l.Time {
		if n, err := response.Body.Read(buffer); err != nil || n == 0 {
			t.Fatalf("the stream ended after %v: %v", time.Since(start), err)
		}
	}
	cancel()
	ask(t, endpoint, `{a{b{c`, nil)
	ask(t, endpoint, `{hello}`, nil)
	if seen != 2 {
		t.Errorf("the extension saw %d operations, want 2", seen)
	}
}

// refuseWith is an extension that refuses every operation with a code, as authentication does.
type refuseWith struct{ code graph.Code }

func (refuseWith) ExtensionName() string                   { return "Refuse" }
func (refuseWith) Validate(graphql.ExecutableSchema) error { return nil }
func (r refuseWith) MutateOperationContext(context.Context, *graphql.OperationContext) *gqlerror.Error {
	return apierror.From(graph.Errorf(r.code, "refused"))
}

// A request that is refused before it runs has the status of its code, where the client takes the modern media type.
func TestStatusOfCodes(t *testing.T) {
	for code, status := range map[graph.Code]int{
		graph.Unauthenticated: 401, graph.Forbidden: 403, graph.StoreUnavailable: 503, graph.Timeout: 504,
		graph.Internal: 500, graph.BadUserInput: 400, graph.TooComplex: 400, graph.NotFound: 400,
	} {
		endpoint, _ := startGraphQL(t, limits.Default(), web.WithExtension(refuseWith{code}))
		got := ask(t, endpoint, `{hello}`, nil)
		if got.Status != status || got.code() != string(code) {
			t.Errorf("%s: %d %s, want %d", code, got.Status, got.Body, status)
		}
		got = send(t, http.MethodPost, endpoint, `{"query":"{hello}"}`, asJSON)
		if got.Status != http.StatusOK || got.code() != string(code) {
			t.Errorf("%s in application/json: %d %s", code, got.Status, got.Body)
		}
	}
}

// endedBefore is an extension whose context is over before the operation begins.
type endedBefore struct{}

func (endedBefore) ExtensionName() string                   { return "Ended" }
func (endedBefore) Validate(graphql.ExecutableSchema) error { return nil }
func (endedBefore) InterceptOperation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	return next(ctx)
}

// Where gqlgen has no answer at all, because the time was up before it began, the client still gets one.
func TestEndedBeforeItBegan(t *testing.T) {
	endpoint, _ := startGraphQL(t, limits.Default(), web.WithExtension(endedBefore{}))
	got := ask(t, endpoint, `{hello}`, nil)
	if got.Status != http.StatusGatewayTimeout || got.code() != "TIMEOUT" {
		t.Errorf("got %d %s", got.Status, got.Body)
	}
}
