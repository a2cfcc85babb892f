package web_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/web/limits"
)

// Every malformed request gets its status, a JSON body that says what would be right, and a code.
func TestMalformedRequests(t *testing.T) {
	endpoint, _ := startGraphQL(t, limits.Default())
	ok := `{"query":"{hello}"}`
	large := `{"query":"{hello} #` + strings.Repeat("x", 256<<10) + `"}`
	for name, c := range map[string]struct {
		method, query, body string
		headers             []string
		status              int
		code                string
		says                string
	}{
		"no body":            {"POST", "", "", []string{asJSON}, 400, "BAD_USER_INPUT", "no body"},
		"blank body":         {"POST", "", " \n", []string{asJSON}, 400, "BAD_USER_INPUT", "no body"},
		"broken JSON":        {"POST", "", `{"query`, []string{asJSON}, 400, "BAD_USER_INPUT", "not a JSON object"},
		"trailing garbage":   {"POST", "", ok + "x", []string{asJSON}, 400, "BAD_USER_INPUT", "not a JSON object"},
		"second object":      {"POST", "", ok + ok, []string{asJSON}, 400, "BAD_USER_INPUT", "not a JSON object"},
		"binary":             {"POST", "", "\x00\xff\xfe\x01", []string{asJSON}, 400, "BAD_USER_INPUT", "UTF-8"},
		"invalid UTF-8":      {"POST", "", "{\"query\":\"{hello} #\xff\"}", []string{asJSON}, 400, "BAD_USER_INPUT", "UTF-8"},
		"UTF-16":             {"POST", "", "{\x00}\x00", []string{asJSON}, 400, "BAD_USER_INPUT", ""},
		"null":               {"POST", "", "null", []string{asJSON}, 400, "BAD_USER_INPUT", "null"},
		"a string":           {"POST", "", `"{hello}"`, []string{asJSON}, 400, "BAD_USER_INPUT", "not a JSON object"},
		"a batch":            {"POST", "", "[" + ok + "]", []string{asJSON}, 400, "BAD_USER_INPUT", "one operation"},
		"no query":           {"POST", "", `{}`, []string{asJSON}, 400, "BAD_USER_INPUT", "query is missing"},
		"query in capitals":  {"POST", "", `{"QUERY":"{hello}"}`, []string{asJSON}, 400, "BAD_USER_INPUT", "query is missing"},
		"query a number":     {"POST", "", `{"query":1}`, []string{asJSON}, 400, "BAD_USER_INPUT", "query must be a string"},
		"variables a list":   {"POST", "", `{"query":"{hello}","variables":[]}`, []string{asJSON}, 400, "BAD_USER_INPUT", "variables must be"},
		"extensions a text":  {"POST", "", `{"query":"{hello}","extensions":"x"}`, []string{asJSON}, 400, "BAD_USER_INPUT", "extensions must be"},
		"operationName 0":    {"POST", "", `{"query":"{hello}","operationName":0}`, []string{asJSON}, 400, "BAD_USER_INPUT", "operationName must be"},
		"no media type":      {"POST", "", ok, nil, 415, "BAD_USER_INPUT", "application/json"},
		"text":               {"POST", "", ok, []string{"Content-Type: text/plain"}, 415, "BAD_USER_INPUT", "application/json"},
		"a form":             {"POST", "", "query={hello}", []string{"Content-Type: application/x-www-form-urlencoded"}, 415, "BAD_USER_INPUT", ""},
		"multipart":          {"POST", "", "--x--", []string{"Content-Type: multipart/form-data; boundary=x"}, 415, "BAD_USER_INPUT", ""},
		"latin-1":            {"POST", "", ok, []string{"Content-Type: application/json; charset=iso-8859-1"}, 415, "BAD_USER_INPUT", "UTF-8"},
		"compressed":         {"POST", "", ok, []string{asJSON, "Content-Encoding: gzip"}, 415, "BAD_USER_INPUT", "compressed"},
		"too large":          {"POST", "", large, []string{asJSON}, 413, "QUERY_TOO_COMPLEX", "262144 bytes"},
		"accepts only HTML":  {"POST", "", ok, []string{asJSON, "Accept: text/html"}, 406, "BAD_USER_INPUT", "Accept"},
		"accepts none":       {"POST", "", ok, []string{asJSON, "Accept: */*;q=0"}, 406, "BAD_USER_INPUT", "Accept"},
		"PUT":                {"PUT", "", ok, []string{asJSON}, 405, "BAD_USER_INPUT", "PUT"},
		"DELETE":             {"DELETE", "", "", nil, 405, "BAD_USER_INPUT", "DELETE"},
		"GET, no query":      {"GET", "", "", nil, 400, "BAD_USER_INPUT", "query is missing"},
		"GET, broken escape": {"GET", "?query=%zz", "", nil, 400, "BAD_USER_INPUT", "URL"},
		"GET, bad UTF-8":     {"GET", "?query=%ff", "", nil, 400, "BAD_USER_INPUT", "UTF-8"},
		"GET, variables":     {"GET", "?query={hello}&variables={", "", nil, 400, "BAD_USER_INPUT", "variables"},
		"GET, more behind":   {"GET", "?query={hello}&variables={}{}", "", nil, 400, "BAD_USER_INPUT", "variables"},
		"GET, list":          {"GET", "?query={hello}&extensions=[]", "", nil, 400, "BAD_USER_INPUT", "extensions"},
		"GET, mutation":      {"GET", "?query=mutation{rename(id:1,name:2){id}}", "", nil, 405, "BAD_USER_INPUT", ""},
		"GET, subscription":  {"GET", "?query=subscription{ticks}", "", nil, 400, "BAD_USER_INPUT", "stream"},
		"POST, subscription": {"POST", "", `{"query":"subscription{ticks}"}`, []string{asJSON}, 400, "BAD_USER_INPUT", "stream"},
	} {
		t.Run(name, func(t *testing.T) {
			if name == "GET, mutation" {
				c.query = "?query=" + url.QueryEscape(`mutation{rename(id:"1",name:"2"){id}}`)
			}
			got := send(t, c.method, endpoint+c.query, c.body, c.headers...)
			if got.Status != c.status || got.code() != c.code || !strings.Contains(got.message(), c.says) {
				t.Errorf("got %d %s %q, want %d %s saying %q", got.Status, got.code(), got.message(), c.status, c.code, c.says)
			}
			if got.Data != nil {
				t.Errorf("a refused request has data: %s", got.Body)
			}
			if c.status == http.StatusMethodNotAllowed && got.Header.Get("Allow") == "" {
				t.Error("405 without Allow")
			}
			checkHeaders(t, got.Header)
		})
	}
}

// checkHeaders holds what every answer of the endpoint carries.
func checkHeaders(t *testing.T, h http.Header) {
	t.Helper()
	if !strings.HasSuffix(h.Get("Content-Type"), "json; charset=utf-8") {
		t.Errorf("Content-Type: %q", h.Get("Content-Type"))
	}
	for name, want := range map[string]string{"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"} {
		if got := h.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if len(h.Values("X-Content-Type-Options")) != 1 || h.Get("X-Request-Id") == "" {
		t.Errorf("headers: %v", h)
	}
}

// What the spec leaves to the server is tolerated.
func TestWellFormedRequests(t *testing.T) {
	endpoint, _ := startGraphQL(t, limits.Default())
	for name, c := range map[string]struct {
		method, query, body string
		headers             []string
	}{
		"duplicate keys":  {"POST", "", `{"query":"{nope}","query":"{hello}"}`, []string{asJSON}},
		"unknown keys":    {"POST", "", `{"query":"{hello}","id":1}`, []string{asJSON}},
		"nulls":           {"POST", "", `{"query":"{hello}","variables":null,"operationName":null,"extensions":null}`, []string{asJSON}},
		"white space":     {"POST", "", "\r\n{\"query\" : \"{hello}\" }\n", []string{asJSON}},
		"charset":         {"POST", "", `{"query":"{hello}"}`, []string{"Content-Type: application/json; charset=UTF-8"}},
		"identity":        {"POST", "", `{"query":"{hello}"}`, []string{asJSON, "Content-Encoding: identity"}},
		"lone surrogate":  {"POST", "", `{"query":"{hello} #\ud800"}`, []string{asJSON}},
		"GET":             {"GET", "?query={hello}", "", nil},
		"GET twice":       {"GET", "?query={hello}&query={nope}", "", nil},
		"GET, empty rest": {"GET", "?query={hello}&variables=&operationName=&extensions=", "", nil},
		"GET, Upgrade":    {"GET", "?query={hello}", "", []string{"Upgrade: h2c"}},
		"GET, null":       {"GET", "?query={hello}&variables=null", "", nil},
	} {
		t.Run(name, func(t *testing.T) {
			got := send(t, c.method, endpoint+c.query, c.body, c.headers...)
			if got.Status != http.StatusOK || string(got.Data) != `{"hello":"hallo"}` || len(got.Errors) != 0 {
				t.Errorf("got %d %s", got.Status, got.Body)
			}
			checkHeaders(t, got.Header)
		})
	}
}

// HEAD is GET without a body, and OPTIONS says what there is.
func TestHeadAndOptions(t *testing.T) {
	endpoint, _ := startGraphQL(t, limits.Default())
	head := send(t, http.MethodHead, endpoint+"?query={hello}", "")
	if head.Status != http.StatusOK || len(head.Body) != 0 {
		t.Errorf("HEAD: %d %s", head.Status, head.Body)
	}
	options := send(t, http.MethodOptions, endpoint, "")
	if options.Status != http.StatusNoContent || options.Header.Get("Allow") != "GET, HEAD, OPTIONS, POST" {
		t.Errorf("OPTIONS: %d %v", options.Status, options.Header)
	}
}

// The media type of the answer follows the Accept header, as RFC 9110 and the spec say.
func TestContentNegotiation(t *testing.T) {
	endpoint, _ := startGraphQL(t, limits.Default())
	const modern, plain = "application/graphql-response+json; charset=utf-8", "application/json; charset=utf-8"
	for accept, want := range map[string]string{
		"":                                  plain,
		"*/*":                               plain,
		"application/*":                     plain,
		"application/json":                  plain,
		"application/graphql-response+json": modern,
		"APPLICATION/GRAPHQL-RESPONSE+JSON": modern,
		"application/graphql-response+json, application/json;q=0.9":            modern,
		"application/json, application/graphql-response+json":                  modern,
		"application/json, application/graphql-response+json;q=0.5":            plain,
		"application/graphql-response+json;q=0, */*":                           plain,
		"application/json;q=0, */*":                                            modern,
		"application/graphql-response+json;charset=utf-8, application/json":    modern,
		"application/graphql-response+json;charset=utf-16, application/json":   plain,
		"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8":      plain,
		"garbage;;;=, application/graphql-response+json":                       modern,
		"application/graphql-response+json;q=NaN":                              modern,
		"multipart/mixed, application/graphql-response+json, application/json": modern,
	} {
		t.Run(accept, func(t *testing.T) {
			headers := []string{asJSON}
			if accept != "" {
				headers = append(headers, "Accept: "+accept)
			}
			got := send(t, http.MethodPost, endpoint, `{"query":"{hello}"}`, headers...)
			if got.Header.Get("Content-Type") != want {
				t.Errorf("got %d %q, want %q", got.Status, got.Header.Get("Content-Type"), want)
			}
			if !strings.Contains(strings.Join(got.Header.Values("Vary"), ","), "Accept") {
				t.Errorf("Vary: %q", got.Header.Values("Vary"))
			}
		})
	}
}

// The status tells a fault of the query only in application/graphql-response+json; a fault on the way is 200 in both,
// since there is data beside it.
func TestStatuses(t *testing.T) {
	endpoint, _ := startGraphQL(t, limits.Default())
	for query, want := range map[string][2]int{
		`{hello}`:                        {200, 200},
		`{`:                              {400, 200},
		`{nope}`:                         {400, 200},
		`query($i:ID!){node(id:$i){id}}`: {400, 200},
		`{plainError}`:                   {200, 200},
		`{hello plainError}`:             {200, 200},
	} {
		body, _ := json.Marshal(map[string]string{"query": query})
		modern := send(t, http.MethodPost, endpoint, string(body), asJSON, asModern)
		plain := send(t, http.MethodPost, endpoint, string(body), asJSON, "Accept: application/json")
		if got := [2]int{modern.Status, plain.Status}; got != want {
			t.Errorf("%s: got %v, want %v", query, got, want)
		}
	}
}

// No bytes make the endpoint panic or hang, and every answer is JSON with a code.
func FuzzBody(f *testing.F) {
	endpoint, log := startGraphQL(f, limits.Default())
	for _, seed := range []string{
		`{"query":"{hello}"}`, `{"query":"{things(first:1){nodes{id}}}","variables":{"a":[1,{"b":null}]}}`, "\x00\xff", "[",
		`{"query":"query($f:Int){things(first:$f){totalCount}}","variables":{"f":1e999}}`,
		`{"query":"{__schema{types{name}}}","extensions":{"persistedQuery":{"version":1,"sha256Hash":"x"}}}`,
		`{"query":"query($w:ThingWhere){things(where:$w){totalCount}}","variables":{"w":{"and":[null,{"not":3}]}}}`,
		`{"query":"{things(first:99999999999999999999999){totalCount}}"}`, `{"query":"{...A} fragment A on Query{...A}"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		got := send(t, http.MethodPost, endpoint, string(body), asJSON, asModern)
		if got.Status >= 500 || (got.Status != 200 && got.code() == "") {
			t.Errorf("%q: %d %s\n%s", body, got.Status, got.Body, log)
		}
		if got.code() == "INTERNAL" {
			t.Errorf("%q: INTERNAL\n%s", body, log)
		}
	})
}
