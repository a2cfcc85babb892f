package web_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/i-partnerschap/kennisgraaf/web/limits"
)

// What one hostile request may cost. The defaults refuse most of these in a millisecond and a few hundred kilobytes;
// the room is for slow machines and the race detector.
const (
	hostileTime   = 15 * time.Second
	hostileMemory = 256 << 20
)

// guarded runs one hostile request and fails if it takes too long or too much. Where it runs away altogether, it ends
// the process before the machine suffers: the attack that this guards against takes 22 GB.
func guarded(t *testing.T, run func()) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start, done := time.Now(), make(chan struct{})
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		for {
			select {
			case <-done:
				return
			case <-time.After(20 * time.Millisecond):
			}
			var now runtime.MemStats
			runtime.ReadMemStats(&now)
			if now.HeapAlloc > before.HeapAlloc+hostileMemory || time.Since(start) > 4*hostileTime {
				fmt.Fprintf(os.Stderr, "%s ran away: %d MB, %v\n", t.Name(), now.HeapAlloc>>20, time.Since(start))
				os.Exit(3)
			}
		}
	}()
	run()
	took := time.Since(start)
	close(done)
	<-watched
	runtime.ReadMemStats(&after)
	allocated := after.TotalAlloc - before.TotalAlloc
	t.Logf("%v, %d kB allocated", took.Round(10*time.Microsecond), allocated>>10)
	if took > hostileTime {
		t.Errorf("took %v", took)
	}
}

// doubling writes a document whose fragments each spread the next one twice.
func doubling(count int) string {
	var b strings.Builder
	b.WriteString("{...A0}")
	for i := range count {
		fmt.Fprintf(&b, "fragment A%d on Query{...A%d ...A%d}", i, i+1, i+1)
	}
	fmt.Fprintf(&b, "fragment A%d on Query{hello}", count)
	return b.String()
}

// nested writes a JSON value of a number of levels.
func nested(open, inner, end string, levels int) json.RawMessage {
	return json.RawMessage(strings.Repeat(open, levels) + inner + strings.Repeat(end, levels))
}

// numbered writes something a number of times, numbered.
func numbered(format string, count int) string {
	var b strings.Builder
	for i := range count {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

type attack struct {
	query     string
	variables any
	code      string
}

// attacks are documents and variables that have brought GraphQL servers down.
func attacks() map[string]attack {
	const where = `query($w:ThingWhere){things(where:$w){totalCount}}`
	return map[string]attack{
		"exponential fragments, 1 kB": {doubling(27), nil, "QUERY_TOO_COMPLEX"},
		"exponential fragments":       {doubling(200), nil, "QUERY_TOO_COMPLEX"},
		"overlapping fields":          {"{" + strings.Repeat("hello ", 2900) + "}", nil, "QUERY_TOO_COMPLEX"},
		"unused fragments":            {numbered("fragment F%d on Thing{...G id}", 100) + "fragment G on Thing{" + strings.Repeat("name ", 300) + "}{hello}", nil, "BAD_USER_INPUT"},
		"overlapping, just allowed":   {numbered("query Q%d{things{nodes{...F ...F}}}", 10) + "fragment F on Thing{" + strings.Repeat("name ", 245) + "}", nil, ""},
		"cycle":                       {"{...A} fragment A on Query{...B} fragment B on Query{...A}", nil, "BAD_USER_INPUT"},
		"cycle through fields":        {`{node(id:"1"){...A}} fragment A on Thing{parent{...A ...A}}`, nil, "BAD_USER_INPUT"},
		"100k braces":                 {strings.Repeat("{a", 50_000) + strings.Repeat("}", 50_000), nil, "QUERY_TOO_COMPLEX"},
		"100k brackets":               {"{things(where:" + strings.Repeat("[", 100_000), nil, "QUERY_TOO_COMPLEX"},
		"100k braces, one value":      {"{things(where:" + strings.Repeat("{a:", 60_000), nil, "QUERY_TOO_COMPLEX"},
		"10k aliases":                 {"{" + numbered("a%d:hello ", 10_000) + "}", nil, "QUERY_TOO_COMPLEX"},
		"10k directives":              {"{hello" + strings.Repeat("@a ", 10_000) + "}", nil, "QUERY_TOO_COMPLEX"},
		"10k operations":              {numbered("query Q%d{hello}", 10_000), nil, "QUERY_TOO_COMPLEX"},
		"list of 50k in the query":    {"{nodes(ids:[" + strings.Repeat("1,", 50_000) + "]){id}}", nil, "QUERY_TOO_COMPLEX"},
		"list of 100k in a variable":  {`query($i:[ID!]!){nodes(ids:$i){id}}`, map[string]any{"i": make([]int, 100_000)}, "QUERY_TOO_COMPLEX"},
		"objects 9k deep":             {where, map[string]any{"w": nested(`{"not":`, "{}", "}", 9_000)}, "QUERY_TOO_COMPLEX"},
		"lists 9k deep":               {where, map[string]any{"w": nested(`[`, "", "]", 9_000)}, "QUERY_TOO_COMPLEX"},
		"lists 100k deep":             {where, map[string]any{"w": nested(`[`, "", "]", 100_000)}, "BAD_USER_INPUT"},
		"a long string":               {`{node(id:"` + strings.Repeat("x", 250<<10) + `"){name}}`, nil, ""},
		"a long comment":              {`{hello} #` + strings.Repeat("x", 250<<10), nil, ""},
		"30k comments":                {`{hello}` + strings.Repeat("#\n", 30_000), nil, "QUERY_TOO_COMPLEX"},
		"introspection, wide":         {`{__schema{types{` + numbered("a%d:fields{name} ", 100) + `}}}`, nil, "QUERY_TOO_COMPLEX"},
		"introspection, deep":         {`{__schema{types{fields{type{fields{type{fields{name}}}}}}}}`, nil, "QUERY_TOO_COMPLEX"},
		"pages of pages":              {`{things(first:1000){nodes{related(first:1000){nodes{related(first:1000){nodes{id}}}}}}}`, nil, "QUERY_TOO_COMPLEX"},
	}
}

// No small request costs much, and each is refused with its code.
func TestHostileRequests(t *testing.T) {
	endpoint, log := startGraphQL(t, limits.Default())
	for name, a := range attacks() {
		t.Run(name, func(t *testing.T) {
			parameters := map[string]any{"query": a.query, "variables": a.variables}
			if strings.HasPrefix(a.query, "query Q0") {
				parameters["operationName"] = "Q0"
			}
			body, err := json.Marshal(parameters)
			if err != nil && name != "lists 100k deep" {
				t.Fatal(err)
			}
			if err != nil { // encoding/json will not write what it would not read
				levels := 100_000
				body = []byte(`{"query":"{hello}","variables":{"w":` + string(nested("[", "", "]", levels)) + `}}`)
			}
			guarded(t, func() {
				got := send(t, http.MethodPost, endpoint, string(body), asJSON, asModern)
				if got.code() != a.code {
					t.Errorf("%d kB: got %d %q %.200s, want %q", len(body)>>10, got.Status, got.code(), got.message(), a.code)
				}
			})
		})
	}
	if strings.Contains(log.String(), "panic") {
		t.Error("there was a panic")
	}
}

// Bodies above the limit are refused without being read: a megabyte of query, and the 2.1 MB of braces that end a
// gqlgen v0.17.81 process by stack overflow.
func TestHostileBodies(t *testing.T) {
	endpoint, _ := startGraphQL(t, limits.Default())
	for name, query := range map[string]string{
		"1 MB":          "{hello #" + strings.Repeat("x", 1<<20) + "}",
		"2.1 MB braces": strings.Repeat("{a", 1_050_000),
	} {
		t.Run(name, func(t *testing.T) {
			body, _ := json.Marshal(map[string]string{"query": query})
			guarded(t, func() {
				if got := post(t, endpoint, body); got != http.StatusRequestEntityTooLarge {
					t.Errorf("status %d", got)
				}
			})
		})
	}
}

// post sends a body as a stream of unknown length, which Content-Length does not give away.
func post(t *testing.T, endpoint string, body []byte) int {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, endpoint, struct{ *bytes.Reader }{bytes.NewReader(body)})
	if err != nil {
		t.Fatal(err)
	}
	request.ContentLength = -1
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	return response.StatusCode
}

// The service survives the 2.1 MB even where somebody lifts every limit that would stop it first.
func TestStackOverflowWithoutLimits(t *testing.T) {
	l := limits.Default()
	l.BodyBytes, l.Tokens = 64<<20, 100_000_000
	endpoint, _ := startGraphQL(t, l)
	for _, query := range []string{
		strings.Repeat("{a", 1_050_000), "{a(b:" + strings.Repeat("[", 2_100_000), "{a(b:" + strings.Repeat("{a:", 700_000),
		"query($a:" + strings.Repeat("[", 2_100_000),
	} {
		body, _ := json.Marshal(map[string]string{"query": query})
		guarded(t, func() {
			if got := post(t, endpoint, body); got != http.StatusOK { // application/json: 200 with errors
				t.Errorf("status %d", got)
			}
		})
	}
}

// GraphiQL works: the introspection query with every option passes the limits and is answered.
func TestIntrospection(t *testing.T) {
	endpoint, log := startGraphQL(t, limits.Default())
	query, err := os.ReadFile("testdata/introspection.graphql")
	if err != nil {
		t.Fatal(err)
	}
	got := ask(t, endpoint, string(query), nil)
	if got.Status != http.StatusOK || len(got.Errors) > 0 || !strings.Contains(string(got.Data), `"ThingConnection"`) {
		t.Errorf("%d %.500s\n%s", got.Status, got.Body, log)
	}
}
