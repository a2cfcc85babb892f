package main

import (
	"bufio"
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/web/auth/authtest"
)

// Each door is closed to visitors and open to readers, and only those with the role see what is personal.
func TestDoorsForReading(t *testing.T) {
	g := guard(t)
	const people = `{ people { nodes { id name email } } }`
	for door, test := range map[string]struct {
		method, path, body string
		headers            []string
		// personal tells whether what is personal is asked for.
		personal bool
	}{
		"POST":          {http.MethodPost, "/graphql", query(people), nil, true},
		"GET":           {http.MethodGet, "/graphql?query=%7Bpeople%7Bnodes%7Bid%20email%7D%7D%7D", "", nil, true},
		"CSV":           {http.MethodPost, "/graphql", query(people), []string{"Accept: text/csv"}, true},
		"CSV by GET":    {http.MethodGet, "/graphql?query=%7Bpeople%7Bnodes%7Bid%20email%7D%7D%7D", "", []string{"Accept: text/csv"}, true},
		"workbook":      {http.MethodPost, "/graphql", query(people), []string{"Accept: " + workbookType}, true},
		"events":        {http.MethodPost, "/graphql", query(people), []string{"Accept: text/event-stream"}, true},
		"changes":       {http.MethodPost, "/graphql", query(`{ changes { nodes { actor node { id ... on Person { email } } properties { name before after hidden } } } }`), nil, true},
		"history":       {http.MethodPost, "/graphql", query(`{ history(id: "p") { nodes { of { id } properties { after } } } }`), nil, true},
		"search":        {http.MethodPost, "/graphql", query(`{ search(text: "voorbeeld") { edges { node { id ... on Person { email } } } } }`), nil, true},
		"node":          {http.MethodPost, "/graphql", query(`{ node(id: "p") { id ... on Person { email } } }`), nil, true},
		"introspection": {http.MethodPost, "/graphql", query(`{ __schema { types { name } } }`), nil, false},
		"report":        {http.MethodGet, "/report", "", nil, false},
		"report as CSV": {http.MethodGet, "/report?format=csv", "", nil, false},
		"completeness":  {http.MethodGet, "/completeness", "", nil, false},
		"its lists":     {http.MethodGet, "/completeness?type=Person&lacks=source", "", nil, false},
	} {
		for name, roles := range everyone {
			response, content := g.read(roles, test.method, test.path, test.body, test.headers...)
			if name == "visitor" {
				if response.StatusCode != http.StatusUnauthorized || !strings.Contains(content, `"code":"UNAUTHENTICATED"`) || !strings.HasPrefix(response.Header.Get("WWW-Authenticate"), "Bearer ") {
					t.Errorf("%s for a visitor: %s %.300s", door, response.Status, content)
				}
				continue
			}
			if door == "workbook" {
				content = cells(t, content)
			}
			if response.StatusCode != http.StatusOK || strings.Contains(content, `"errors"`) {
				t.Errorf("%s for %s: %s %.300s", door, name, response.Status, content)
			}
			if sees, may := strings.Contains(content, secret), test.personal && name == "personal"; sees != may {
				t.Errorf("%s: %s sees what is personal is %t: %.300s", door, name, sees, content)
			}
		}
	}
}

// What writes, and what webhooks are about, is for editors: also a dry run, and by each door. Nothing of what is refused
// is written, and what is written carries the name that the token gives.
func TestDoorsForWriting(t *testing.T) {
	g := guard(t, "--webhook-secret="+strings.Repeat("s", 24))
	saved := g.ask(editor, `mutation { saveSearch(id: "search-1", name: "Test", text: "cyber", webhook: "https://hooks.example.nl/t0ken") { id } }`)
	if len(saved.Errors) > 0 {
		t.Fatal(saved.Errors)
	}
	mutations := map[string]string{
		"create":  `mutation { createInstitution(input: {name: "Nieuw", kind: HOGESCHOOL}) { node { id } } }`,
		"update":  `mutation { updatePerson(id: "p", input: {name: "Nieuw"}) { node { id } } }`,
		"dry run": `mutation @dryRun { updatePerson(id: "p", input: {name: "Nieuw"}) { changes { properties } } }`,
		"delete":  `mutation { delete(id: "p") { changes { op } } }`,
		"two":     `mutation { a: delete(id: "p") { dryRun } b: delete(id: "p") { dryRun } }`,
		"save":    `mutation { saveSearch(name: "Test", text: "cyber") { id } }`,
		"forget":  `mutation { deleteSavedSearch(id: "search-1") }`,
		"saved":   `{ savedSearches { webhook } }`,
		"one":     `{ mine: savedSearch(id: "search-1") { webhook } }`,
	}
	for name, mutation := range mutations {
		for _, roles := range [][]string{reader, personal} {
			a := g.ask(roles, mutation)
			if a.code() != "FORBIDDEN" || len(a.Errors[0].Path) != 1 || name == "two" && len(a.Errors) != 2 {
				t.Errorf("%s by %v: %+v", name, roles, a)
			}
			_, events := g.read(roles, http.MethodPost, "/graphql", query(mutation), "Accept: text/event-stream")
			if !strings.Contains(events, `"FORBIDDEN"`) {
				t.Errorf("%s by %v as events: %s", name, roles, events)
			}
			p := g.dial(g.token(roles), true)
			if got := p.ask(mutation); !strings.Contains(got, `"FORBIDDEN"`) {
				t.Errorf("%s by %v over a WebSocket: %s", name, roles, got)
			}
		}
		if response, body := g.read(visitor, http.MethodPost, "/graphql", query(mutation)); response.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s by a visitor: %s", name, body)
		}
	}
	_, log := g.read(personal, http.MethodPost, "/graphql", query(`{ changes(types: [Person, Institution]) { nodes { actor of { id } } } }`))
	if want := `{"data":{"changes":{"nodes":[{"actor":"the editor","of":{"id":"p"}}]}}}`; log != want {
		t.Errorf("the log is %s", log)
	}
	if a := g.ask(editor, `{ savedSearches { id } }`); len(a.Errors) > 0 || len(a.Data["savedSearches"].([]any)) != 1 {
		t.Errorf("the saved searches are %+v", a)
	}
	if _, log := g.read(reader, http.MethodPost, "/graphql", query(`{ changes { nodes { properties { after } } } }`)); strings.Contains(log, "t0ken") {
		t.Errorf("the log tells the address of a webhook: %s", log)
	}
	if a := g.ask(editor, mutations["dry run"]); len(a.Errors) > 0 {
		t.Error(a.Errors)
	}
	if got := g.dial(g.token(editor), true).ask(mutations["update"]); strings.Contains(got, "errors") {
		t.Error(got)
	}
	if _, last := g.read(reader, http.MethodPost, "/graphql", query(`{ history(id: "p", last: 1) { nodes { actor properties { name after } } } }`)); !strings.Contains(last, `"actor":"the editor","properties":[{"name":"name","after":"Nieuw"}]`) {
		t.Errorf("the last change is %s", last)
	}
}

// A WebSocket is closed to visitors, and a subscription tells what is personal to those who may see it.
func TestWebSocketDoor(t *testing.T) {
	g := guard(t)
	for _, init := range []bool{true, false} {
		for name, roles := range everyone {
			s := g.dial(g.token(roles), init)
			if name == "visitor" {
				if why := s.closed(); why.Code != 4403 {
					t.Errorf("a visitor: %v", why)
				}
				continue
			}
			got := s.ask(`subscription { changed(after: "` + graph.LogCursor(0) + `") { node { ... on Person { id email } } properties { after } } }`)
			if !strings.Contains(got, `"id":"p"`) || strings.Contains(got, secret) != (name == "personal") {
				t.Errorf("%s hears %s", name, got)
			}
		}
	}
}

// A stream of events is closed to visitors too, and tells what is personal to those who may see it.
func TestEventsDoor(t *testing.T) {
	g := guard(t)
	body := query(`subscription { changed(after: "` + graph.LogCursor(0) + `") { node { ... on Person { id email } } properties { after } } }`)
	for name, roles := range everyone {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		response := g.request(ctx, roles, http.MethodPost, "/graphql", body, "Accept: text/event-stream")
		switch got := data(response); {
		case name == "visitor":
			if response.StatusCode != http.StatusUnauthorized {
				t.Errorf("a visitor: %s", response.Status)
			}
		case !strings.Contains(got, `"id":"p"`) || strings.Contains(got, secret) != (name == "personal"):
			t.Errorf("%s hears %s", name, got)
		}
		response.Body.Close()
		cancel()
	}
}

// data is that of the next event.
func data(response *http.Response) string {
	for lines := bufio.NewScanner(response.Body); lines.Scan(); {
		if rest, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
			return rest
		}
	}
	return ""
}

// What lasts ends when the token does, and says so.
func TestStreamsEndWithTheToken(t *testing.T) {
	g := guard(t)
	const changed = `subscription { changed { label } }`
	// The longer life is for a machine on which the shorter one was over before it was used.
	for life := 2 * time.Second; ; life *= 2 {
		s := g.dial(g.tokenFor(life, reader), true)
		s.say(`{"id":"1","type":"subscribe","payload":` + query(changed) + `}`)
		why := s.closed()
		if why.Code != 4403 || !strings.Contains(why.Reason, "expired") {
			t.Fatalf("the WebSocket ends with %v", why)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		response := g.request(ctx, visitor, http.MethodPost, "/graphql", query(changed), "Accept: text/event-stream", "Authorization: "+g.tokenFor(life, reader))
		defer response.Body.Close()
		if response.StatusCode == http.StatusUnauthorized && life < 30*time.Second {
			continue
		}
		var heard []string
		for lines := bufio.NewScanner(response.Body); lines.Scan(); {
			if line := lines.Text(); line != "" && line != ": " {
				heard = append(heard, line)
			}
		}
		want := "event: next\ndata: {\"errors\":[{\"message\":\"the token has expired; get a new one\",\"extensions\":{\"code\":\"UNAUTHENTICATED\"}}]}\nevent: complete\ndata: "
		if got := strings.Join(heard, "\n"); got != want {
			t.Errorf("the stream of events ends with %s", got)
		}
		return
	}
}

// Where everyone may read, what is personal and what writes still needs a token.
func TestVisitorsWhereTheyMayRead(t *testing.T) {
	g := guard(t, "--oidc-anonymous")
	if response, body := g.read(visitor, http.MethodPost, "/graphql", query(`{ people { nodes { id email } } }`)); response.StatusCode != http.StatusOK || !strings.Contains(body, `{"id":"p","email":null}`) {
		t.Errorf("%s %s", response.Status, body)
	}
	if response, body := g.read(visitor, http.MethodGet, "/report", ""); response.StatusCode != http.StatusOK {
		t.Errorf("%s %s", response.Status, body)
	}
	if got := g.dial("", true).ask(`{ people { nodes { id email } } }`); !strings.Contains(got, `{"id":"p","email":null}`) {
		t.Errorf("over a WebSocket: %s", got)
	}
	for _, text := range []string{`mutation { delete(id: "p") { dryRun } }`, `mutation @dryRun { delete(id: "p") { dryRun } }`, `{ savedSearches { webhook } }`} {
		if a := g.ask(visitor, text); a.code() != "UNAUTHENTICATED" || len(a.Errors[0].Path) != 1 {
			t.Errorf("%s: %+v", text, a)
		}
	}
	if a := g.ask(reader, `mutation { delete(id: "p") { dryRun } }`); a.code() != "FORBIDDEN" {
		t.Errorf("a reader: %+v", a)
	}
	if a := g.ask(visitor, `{ changes { nodes { op } } }`); len(a.Data["changes"].(map[string]any)["nodes"].([]any)) != 1 {
		t.Errorf("the log: %+v", a)
	}
}

// What is the same for everyone needs no token, also at a name that is not this machine's.
func TestWhatIsOpen(t *testing.T) {
	g := guard(t, "--addr=0.0.0.0:0")
	for path, want := range map[string]int{
		"/": http.StatusOK, "/playground/": http.StatusOK, "/playground/examples.json": http.StatusOK, "/explorer/": http.StatusOK, "/explorer/model.json": http.StatusOK, "/healthz": http.StatusOK, "/readyz": http.StatusOK,
		"/graphql?query=%7B__typename%7D": http.StatusUnauthorized, "/report": http.StatusUnauthorized,
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, g.url+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = "kennisgraaf.example.nl"
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != want {
			t.Errorf("%s: %s, want %d", path, response.Status, want)
		}
	}
	huge := g.request(t.Context(), visitor, http.MethodGet, "/report", "", "Authorization: Bearer "+strings.Repeat("x", 200_000))
	huge.Body.Close()
	if huge.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("a huge header: %s", huge.Status)
	}
}

// An issuer that is down at the start is waited for; until then the service says how it stands.
func TestServeWaitsForTheIssuer(t *testing.T) {
	g := &guarded{t: t, issuer: authtest.Start(t)}
	g.issuer.SetDown(true)
	g.serve()
	if status, body := get(t, g.url+"/readyz"); status != http.StatusServiceUnavailable || !strings.Contains(body, "STORE_UNAVAILABLE") {
		t.Errorf("/readyz: %d %s", status, body)
	}
	if response, body := g.read(reader, http.MethodPost, "/graphql", query(`{ __typename }`)); response.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body, "STORE_UNAVAILABLE") {
		t.Errorf("%s %s", response.Status, body)
	}
	g.issuer.SetDown(false)
	g.ready()
	if a := g.ask(reader, `{ __typename }`); len(a.Errors) > 0 {
		t.Error(a.Errors)
	}
}
