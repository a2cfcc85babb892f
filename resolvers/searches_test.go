package resolvers_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/i-partnerschap/kennisgraaf/dataset/importer"
	"github.com/i-partnerschap/kennisgraaf/dataset/snapshot"
	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/storetest"
	"github.com/i-partnerschap/kennisgraaf/live"
	"github.com/i-partnerschap/kennisgraaf/live/webhook"
	"github.com/i-partnerschap/kennisgraaf/resolvers"
	"github.com/i-partnerschap/kennisgraaf/web/limits"
)

// A saved search can be made, read, changed and deleted, and what is wrong with it is
// said when it is saved.
func TestSavedSearches(t *testing.T) {
	c := newChannel(t, live.Options{})
	const fields = `{ id name text types where webhook }`
	saved := dig(t, c.data(t, `mutation { saveSearch(id: "s", name: "Open", text: "cyber", types: [Vraagstuk], where: {vraagstuk: {status: {eq: OPEN}}}) `+fields+` }`), "saveSearch")
	want := map[string]any{"id": "s", "name": "Open", "text": "cyber", "types": []any{"Vraagstuk"}, "where": `{"vraagstuk":{"status":{"eq":"OPEN"}}}`, "webhook": nil}
	if d := cmp.Diff(any(want), saved); d != "" {
		t.Error(d)
	}
	want["name"], want["text"], want["types"] = "Alle", nil, []any{}
	c.data(t, `mutation { saveSearch(id: "s", name: "Alle", where: {vraagstuk: {status: {eq: OPEN}}}) { id } }`)
	if d := cmp.Diff(any([]any{want}), dig(t, c.data(t, `{ savedSearches `+fields+` }`), "savedSearches")); d != "" {
		t.Error(d)
	}
	for query, code := range map[string]string{
		`mutation { saveSearch(name: " ", text: "x") { id } }`:                                               "BAD_USER_INPUT",
		`mutation { saveSearch(name: "x", text: " ") { id } }`:                                               "BAD_USER_INPUT",
		`mutation { saveSearch(name: "x ", text: "x") { id } }`:                                              "BAD_USER_INPUT",
		`mutation { saveSearch(name: "x", text: "x", types: [Theme, Theme]) { id } }`:                        "BAD_USER_INPUT",
		`mutation { saveSearch(id: "a b", name: "x", text: "x") { id } }`:                                    "BAD_USER_INPUT",
		`mutation { saveSearch(name: "x", text: "x", webhook: "https://example.nl") { id } }`:                "BAD_USER_INPUT",
		`mutation { saveSearch(name: "x", types: [Theme], where: {person: {}}) { id } }`:                     "BAD_USER_INPUT",
		`mutation { a: saveSearch(name: "x", text: "x") { id } b: saveSearch(name: "x", text: "x") { id } }`: "BAD_USER_INPUT",
		`mutation { deleteSavedSearch(id: "nobody") }`:                                                       "NOT_FOUND",
		`{ node(id: "s") { id } }`: "",
	} {
		a, _ := c.ask(t, query, nil)
		if code == "" {
			if len(a.Errors) > 0 || a.Data["node"] != nil {
				t.Errorf("a saved search is a part of the network: %+v", a)
			}
		} else if len(a.Errors) == 0 || a.Errors[0].Extensions["code"] != code {
			t.Errorf("%s: %+v", query, a.Errors)
		}
	}
	c.data(t, `mutation { deleteSavedSearch(id: "s") }`)
	if got := c.data(t, `{ savedSearch(id: "s") { id } savedSearches { id } }`); got["savedSearch"] != nil || len(got["savedSearches"].([]any)) > 0 {
		t.Errorf("%v", got)
	}
}

// There is room for so many saved searches; then one can be replaced, and none added.
func TestSavedSearchesAreBounded(t *testing.T) {
	c := newChannel(t, live.Options{})
	many := make([]graph.Change, webhook.SearchLimit-1)
	for i := range many {
		many[i] = graph.Change{Op: graph.CreateNode, Label: webhook.SearchLabel, ID: fmt.Sprint("s", i), Props: map[string]any{"name": "x", "text": "x"}}
	}
	c.write(many...)
	c.data(t, `mutation { saveSearch(name: "last", text: "x") { id } }`)
	if a, _ := c.ask(t, `mutation { saveSearch(id: "more", name: "x", text: "x") { id } }`, nil); len(a.Errors) != 1 || !strings.HasPrefix(a.Errors[0].Message, "there are 1000 saved searches") {
		t.Errorf("%+v", a)
	}
	c.data(t, `mutation { saveSearch(id: "s5", name: "other", text: "x") { id } }`)
	if got := dig(t, c.data(t, `{ savedSearches { id } }`), "savedSearches").([]any); len(got) != webhook.SearchLimit {
		t.Errorf("%d saved searches", len(got))
	}
}

// A saved search that is imported is told of what comes after the import, and not of what came
// with it.
func TestWebhookOfAnImport(t *testing.T) {
	r := newReceiver(t)
	c := newChannel(t, live.Options{})
	file := filepath.Join(t.TempDir(), "a.jsonl")
	content := `{"node":"SavedSearch","id":"s","props":{"name":"x","where":"{\"institution\":{\"name\":{\"contains\":\"x\"}}}","webhook":"` + r.URL + `"}}
		{"node":"Institution","id":"a","props":{"name":"a x","kind":"HOGESCHOOL"}}`
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	o := importer.Options{Searches: resolvers.SearchJudge(shared.model, c.store, limits.Default().CheckVariables)}
	if result, err := importer.Run(t.Context(), c.store, shared.model, []string{file}, o); err != nil {
		t.Fatalf("%v: %v", err, result.Faults)
	}
	c.deliver()
	c.write(create("Institution", "b", "b x"))
	eventually(t, "the delivery", func() bool { nodes, _ := r.got(); return len(nodes) > 0 })
	if nodes, _ := r.got(); !slices.Equal(nodes, []string{"Institution b x"}) {
		t.Errorf("delivered %v", nodes)
	}
}

// A subscription to a saved search tells of each node when it comes to match: not when it
// changes while it matches, and again when it did not match in between.
func TestNewMatches(t *testing.T) {
	c := newChannel(t, live.Options{})
	c.write(create("Institution", "old", "Oude naam x"), create("Institution", "saxion", "Saxion"), create("Lectoraat", "as", "Ambient"))
	c.data(t, `mutation { saveSearch(id: "s", name: "x", where: {institution: {name: {contains: "x"}}, lectoraat: {institution: {name: {eq: "Hanze"}}}}) { id } }`)
	const query = `subscription { savedSearch(id: "s"AFTER) { cursor node { id label } change { label(lang: EN) } } }`
	l := c.follow(strings.Replace(query, "AFTER", "", 1), "")
	all := c.follow(`subscription { changed(after: "`+graph.LogCursor(0)+`") { label(lang: EN) } }`, "")
	all.hears("institution Oude naam x added", "institution Saxion added", "research group Ambient added") // and not the search
	hears := func(l *listener, id, label string) string {
		t.Helper()
		e := l.next()
		if e == nil || len(e.Errors) > 0 {
			t.Fatalf("%+v", e)
		}
		if got := dig(t, e.Data, "savedSearch", "node", "id"); got != id || dig(t, e.Data, "savedSearch", "change", "label") != label {
			t.Errorf("heard %v, want %s: %s", e.Data, id, label)
		}
		return e.id
	}
	c.write(set("Institution", "saxion", "website", "https://saxion.nl"), set("Institution", "old", "website", "https://x.nl")) // match already
	c.write(create("Institution", "hanze", "Hanze"))
	c.write(connect("PART_OF", "as", "hanze"))
	all.hears("institution Saxion: website changed")
	first := hears(l, "as", "New: Ambient belongs to Hanze")
	c.write(set("Lectoraat", "as", "name", "Ambient 2"), create("Institution", "new", "Nieuw x"))
	hears(l, "new", "institution Nieuw x added")
	// What comes and goes between two looks at the log is not told; so the next is written once this was looked at.
	c.write(set("Institution", "new", "name", "Nieuw"), create("Institution", "next", "Volgende x"))
	hears(l, "next", "institution Volgende x added")
	c.write(set("Institution", "new", "name", "Nieuw xx"))
	hears(l, "new", "institution Nieuw xx: name changed")
	c.write(graph.Erase("Institution", "saxion", ""))
	c.write(create("Institution", "saxion", "Saxion x"))
	hears(l, "saxion", "institution Saxion x added") // it is another one
	again := c.follow(strings.Replace(query, "AFTER", `, after: "`+first+`"`, 1), "")
	// What has changed since is told where it matches now, whether or not it did then.
	hears(again, "as", "research group Ambient 2: name changed")
	hears(again, "next", "institution Volgende x added")
	hears(again, "new", "institution Nieuw xx: name changed")
	hears(again, "saxion", "institution Saxion x added")
	if e := c.follow(`subscription { savedSearch(id: "nobody") { cursor } }`, "").next(); e == nil || e.Errors[0].Extensions["code"] != "NOT_FOUND" {
		t.Errorf("%+v", e)
	}
}

// receiver is somebody else's server.
type receiver struct {
	*httptest.Server
	t      *testing.T
	mu     sync.Mutex
	status int
	ids    []string
	nodes  []string
	// taken, if set, is called for a delivery before it is answered.
	taken func()
}

const hookSecret = "a secret of more than 24 characters"

func newReceiver(t *testing.T) *receiver {
	r := &receiver{t: t, status: http.StatusNoContent}
	r.Server = httptest.NewServer(r)
	t.Cleanup(r.Close)
	return r
}

// ServeHTTP takes a delivery, checks its signature as its documentation says, and answers
// what the test wants.
func (r *receiver) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	body, err := io.ReadAll(q.Body)
	if err != nil {
		r.t.Error(err)
	}
	mac := hmac.New(sha256.New, []byte(hookSecret))
	mac.Write([]byte(q.Header.Get("webhook-id") + "." + q.Header.Get("webhook-timestamp") + "." + string(body)))
	if got := q.Header.Get("webhook-signature"); got != "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)) {
		r.t.Errorf("the signature is %q", got)
	}
	var delivery struct {
		Node struct{ ID, Type, Label string }
	}
	if err := json.Unmarshal(body, &delivery); err != nil {
		r.t.Error(err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ids = append(r.ids, q.Header.Get("webhook-id"))
	if r.status < 300 {
		r.nodes = append(r.nodes, delivery.Node.Type+" "+delivery.Node.Label)
	}
	if r.taken != nil {
		r.taken()
	}
	w.WriteHeader(r.status)
}

func (r *receiver) answers(status int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.status = status
}

// got returns what was delivered.
func (r *receiver) got() (nodes, ids []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]string(nil), r.nodes...), append([]string(nil), r.ids...)
}

// deliver runs a deliverer, as a process of its own does, until stop is called.
func (c *channel) deliver() (stop func()) {
	ctx, cancel := context.WithCancel(c.t.Context())
	wait := c.deliverUntil(ctx)
	stopped := sync.OnceFunc(func() { cancel(); wait() })
	c.t.Cleanup(stopped)
	return stopped
}

// deliverUntil runs a deliverer until ctx ends.
func (c *channel) deliverUntil(ctx context.Context) (wait func()) {
	o := webhook.Options{Secret: hookSecret, AllowPrivate: true, Every: time.Millisecond, FirstPause: time.Millisecond}
	store := c.open(c.t, nil)
	d := webhook.New(store, resolvers.Finder(shared.model, store), o, slog.New(slog.DiscardHandler))
	var work sync.WaitGroup
	work.Go(func() { d.Run(ctx) })
	return work.Wait
}

// eventually waits for what must come.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !holds(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("in vain: ", what)
		}
	}
}

func TestWebhooks(t *testing.T) {
	onBoth(t, map[string]func(*testing.T, opener){"deliver": webhooksDeliver, "stop": webhooksStop})
}

// A delivery under way when the server stops is finished and noted, and the lease given
// back: the next server goes on at once and sends nothing again.
func webhooksStop(t *testing.T, open opener) {
	r := newReceiver(t)
	c := newChannelOn(t, open, live.Options{Webhook: webhook.Options{AllowPrivate: true}.CheckAddress})
	c.data(t, `mutation { saveSearch(id: "s", name: "x", where: {institution: {name: {contains: "x"}}}, webhook: "`+r.URL+`") { id } }`)
	want := []string{}
	for _, id := range []string{"a", "b", "c", "d"} {
		c.write(create("Institution", id, id+" x"))
		want = append(want, "Institution "+id+" x")
	}
	for n := range want {
		ctx, stop := context.WithCancel(t.Context())
		r.taken = stop
		c.deliverUntil(ctx)()
		search := dig(t, c.data(t, `{ savedSearch(id: "s") { failures nextTry } }`), "savedSearch").(map[string]any)
		if search["failures"] != nil || search["nextTry"] != nil {
			t.Fatalf("after delivery %d: %v", n, search)
		}
		nodes, _ := r.got()
		if d := cmp.Diff(want[:n+1], nodes); d != "" {
			t.Fatal(d)
		}
	}
}

// What is written by another process is delivered also where its entry in the log shows
// later than the one behind it.
func TestWebhookMissesNoLateEntry(t *testing.T) {
	r := newReceiver(t)
	c := newChannel(t, live.Options{Webhook: webhook.Options{AllowPrivate: true}.CheckAddress})
	c.data(t, `mutation { saveSearch(id: "s", name: "x", where: {institution: {name: {contains: "x"}}}, webhook: "`+r.URL+`") { id } }`)
	late := &storetest.LateLog{Store: c.store}
	c.open = func(*testing.T, func(string)) graph.Store { return late }
	c.deliver()
	c.write(create("Institution", "a", "a x"))
	eventually(t, "the first", func() bool { nodes, _ := r.got(); return len(nodes) == 1 })
	eventually(t, "it is noted", func() bool {
		return dig(t, c.data(t, `{ savedSearch(id: "s") { nextTry } }`), "savedSearch").(map[string]any)["nextTry"] == nil
	})
	last, err := snapshot.Position(t.Context(), late)
	if err != nil {
		t.Fatal(err)
	}
	late.Delay(map[int64]int{last + 1: 3})
	c.write(create("Institution", "b", "b x"), create("Institution", "c", "c x"))
	eventually(t, "all", func() bool { nodes, _ := r.got(); return len(nodes) == 3 })
}

// What comes to match is delivered, signed, once by however many processes, also what
// came while none ran; what is refused is tried again with the same id.
func webhooksDeliver(t *testing.T, open opener) {
	r := newReceiver(t)
	c := newChannelOn(t, open, live.Options{Webhook: webhook.Options{AllowPrivate: true}.CheckAddress})
	c.write(create("Institution", "old", "Oud x"))
	c.data(t, `mutation { saveSearch(id: "s", name: "x", where: {institution: {name: {contains: "x"}}}, webhook: "`+r.URL+`") { id } }`)
	stops := []func(){c.deliver(), c.deliver(), c.deliver()}
	want := []string{}
	deliveredAll := func() bool {
		nodes, _ := r.got()
		return len(nodes) >= len(want)
	}
	for _, id := range []string{"a", "b", "c", "d"} {
		c.write(create("Institution", id, id+" x"), create("Institution", "not "+id, "y"))
		want = append(want, "Institution "+id+" x")
		eventually(t, id, deliveredAll)
	}
	for _, stop := range stops {
		stop()
	}
	c.write(create("Institution", "e", "e x"), create("Institution", "f", "f x")) // while nobody delivers
	want = append(want, "Institution e x", "Institution f x")
	r.answers(http.StatusServiceUnavailable)
	_, before := r.got()
	c.deliver()
	eventually(t, "three attempts", func() bool { _, ids := r.got(); return len(ids) >= len(before)+3 })
	search := func() map[string]any {
		return dig(t, c.data(t, `{ savedSearch(id: "s") { failures problem nextTry } }`), "savedSearch").(map[string]any)
	}
	eventually(t, "the failure is told", func() bool { s := search(); return s["failures"] != nil && s["problem"] == "the answer was 503" })
	r.answers(http.StatusOK)
	eventually(t, "all is delivered", deliveredAll)
	eventually(t, "the failure is over", func() bool { s := search(); return s["failures"] == nil && s["problem"] == nil })
	nodes, ids := r.got()
	if d := cmp.Diff(want, nodes); d != "" {
		t.Error(d)
	}
	for i, id := range ids[len(before) : len(ids)-2] {
		if id != ids[len(ids)-2] {
			t.Errorf("attempt %d has the id %s, not %s", i, id, ids[len(ids)-2])
		}
	}
	entries, err := c.store.Log(t.Context(), graph.LogQuery{Limit: graph.All})
	if err != nil {
		t.Fatal(err)
	}
	if text, err := json.Marshal(entries); err != nil || strings.Contains(string(text), hookSecret) {
		t.Error("the secret stands in the log of the graph")
	}
}
