package resolvers_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/live"
	"github.com/i-partnerschap/kennisgraaf/resolvers"
	"github.com/i-partnerschap/kennisgraaf/resolvers/lookahead"
	"github.com/i-partnerschap/kennisgraaf/web"
	"github.com/i-partnerschap/kennisgraaf/web/limits"
)

// channel is the API with live updates, on a store of its own that begins empty.
type channel struct {
	*service
	t   *testing.T
	url string
	// open opens the store once more, as another process does.
	open opener
	// reads counts the statements of the store.
	reads atomic.Int64
}

func newChannel(t *testing.T, options live.Options) *channel {
	t.Helper()
	return newChannelOn(t, onSQLite(t), options)
}

func newChannelOn(t *testing.T, open opener, options live.Options) *channel {
	t.Helper()
	c := &channel{t: t, open: open}
	c.serve(open(t, func(string) { c.reads.Add(1) }), options)
	return c
}

// serve makes c a server of the store.
func (c *channel) serve(store graph.Store, options live.Options) {
	ctx, stop := context.WithCancel(c.t.Context())
	hub := live.New(store, options)
	var work sync.WaitGroup
	work.Go(func() { hub.Run(ctx) })
	api := resolvers.NewSchema(shared.model, hub.Store(), lookahead.PageSizes{Default: 20, Max: 1000})
	l := limits.Default()
	l.Time = patience
	handler := web.NewGraphQL(api, l, slog.New(slog.DiscardHandler), web.WithStreams(l, nil), web.WithExtension(resolvers.Endings{}), web.WithExtension(resolvers.AsOf{}))
	c.service = &service{store: hub.Store(), handler: handler}
	server := httptest.NewServer(handler)
	c.url = server.URL
	c.t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
		stop()
		work.Wait()
	})
}

func (c *channel) write(changes ...graph.Change) {
	c.t.Helper()
	if _, err := c.store.Apply(c.t.Context(), "tester", changes); err != nil {
		c.t.Fatal(err)
	}
}

func create(label, id, name string) graph.Change {
	title := "name"
	if label == "Vraagstuk" {
		title = "title"
	}
	return graph.Change{Op: graph.CreateNode, Label: label, ID: id, Props: map[string]any{title: name}}
}

func set(label, id, name string, value any) graph.Change {
	return graph.Change{Op: graph.UpdateNode, Label: label, ID: id, Props: map[string]any{name: value}}
}

func connect(typ, from, to string) graph.Change {
	return graph.Change{Op: graph.Connect, Type: typ, From: from, To: to}
}

// listener hears a subscription by server-sent events.
type listener struct {
	t      *testing.T
	events *bufio.Scanner
	stop   context.CancelFunc
}

// follow subscribes; lastID is what a browser that reconnects sends.
func (c *channel) follow(query, lastID string) *listener {
	c.t.Helper()
	body, err := json.Marshal(map[string]any{"query": query})
	if err != nil {
		c.t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(c.t.Context(), patience)
	c.t.Cleanup(stop)
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url, strings.NewReader(string(body)))
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "text/event-stream")
	if lastID != "" {
		r.Header.Set("Last-Event-ID", lastID)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() { response.Body.Close() })
	events := bufio.NewScanner(response.Body)
	events.Buffer(nil, 1<<20)
	return &listener{c.t, events, stop}
}

// event is one response of a subscription, with the id of its event.
type event struct {
	answer
	id string
}

// next hears the next event; nil when the subscription is over.
func (l *listener) next() *event {
	l.t.Helper()
	id := ""
	for l.events.Scan() {
		line := l.events.Text()
		if rest, ok := strings.CutPrefix(line, "id: "); ok {
			id = rest
		}
		if line == "event: complete" {
			return nil
		}
		if rest, ok := strings.CutPrefix(line, "data: "); ok {
			e := &event{id: id}
			if err := json.Unmarshal([]byte(rest), &e.answer); err != nil {
				l.t.Fatal(err)
			}
			return e
		}
	}
	return nil
}

// hears expects these labels, without errors, and returns the id of the last event.
func (l *listener) hears(labels ...string) string {
	l.t.Helper()
	id := ""
	for _, want := range labels {
		e := l.next()
		if e == nil {
			l.t.Fatalf("the subscription is over; want %s", want)
		}
		if len(e.Errors) > 0 {
			l.t.Fatalf("%+v", e.Errors)
		}
		for _, field := range e.Data {
			if got := dig(l.t, field, "label"); got != want {
				l.t.Errorf("heard %v, want %s", got, want)
			}
		}
		id = e.id
	}
	return id
}

// Every change comes in order, with what was asked of its node, and a subscription that
// breaks off goes on where it was, by cursor or by Last-Event-ID.
func TestChangedGoesOnFromItsCursor(t *testing.T) {
	c := newChannel(t, live.Options{})
	const query = `subscription { changed { label(lang: EN) cursor op type of { id label } from { id } to { label } properties { name before after }
		node { id ... on Institution { name lectoraten { nodes { name } } } } } }`
	l := c.follow(query, "")
	c.write(create("Institution", "saxion", "Saxion"), create("Lectoraat", "as", "Ambient"), connect("PART_OF", "as", "saxion"))
	e := l.next()
	want := map[string]any{
		"label": "institution Saxion added", "cursor": e.id, "op": "CREATE", "type": "Institution", "from": nil, "to": nil,
		"of":         map[string]any{"id": "saxion", "label": "Saxion"},
		"properties": []any{map[string]any{"name": "name", "before": nil, "after": "Saxion"}},
		"node":       map[string]any{"id": "saxion", "name": "Saxion", "lectoraten": map[string]any{"nodes": []any{map[string]any{"name": "Ambient"}}}},
	}
	if d := cmp.Diff(any(want), e.Data["changed"]); d != "" {
		t.Error(d)
	}
	l.hears("research group Ambient added")
	l.stop()
	c.write(set("Institution", "saxion", "name", "Saxion 2"))
	again := c.follow(query, e.id)
	again.hears("research group Ambient added", "New: Ambient belongs to Saxion 2", "institution Saxion 2: name changed")
	after := c.follow(`subscription { changed(after: "`+e.id+`") { label(lang: EN) } }`, "")
	id := after.hears("research group Ambient added", "New: Ambient belongs to Saxion 2", "institution Saxion 2: name changed")
	c.write(graph.Change{Op: graph.Disconnect, Type: "PART_OF", From: "as", To: "saxion"}, graph.Change{Op: graph.DeleteNode, Label: "Lectoraat", ID: "as"})
	after.hears("Ended: Ambient belongs to Saxion 2", "research group Ambient removed")
	// The ends of a relation count also where they are gone by now.
	for _, only := range []string{`types: [Lectoraat]`, `types: [Lectoraat], ids: ["as"]`} {
		c.follow(`subscription { changed(`+only+`) { label } }`, id).hears("Vervallen: Ambient hoort bij Saxion 2", "lectoraat Ambient verwijderd")
	}
	c.write(graph.Change{Op: graph.DeleteNode, Label: "Institution", ID: "saxion"})
	c.follow(`subscription { changed(types: [Institution]) { label } }`, id).hears("Vervallen: Ambient hoort bij Saxion 2", "onderwijsinstelling Saxion 2 verwijderd")
	c.follow(`subscription { changed(types: [Theme, Lectoraat], ids: ["saxion", "as"]) { label } }`, id).hears("Vervallen: Ambient hoort bij Saxion 2", "lectoraat Ambient verwijderd")
	bad := c.follow(`subscription { changed(after: "xyz") { label } }`, "").next()
	if len(bad.Errors) != 1 || bad.Errors[0].Extensions["code"] != "BAD_USER_INPUT" {
		t.Errorf("%+v", bad.Errors)
	}
}

// A subscription can be to types, to nodes, and to what a filter holds for after the
// change; a relation counts for both its ends.
func TestChangedOfSome(t *testing.T) {
	c := newChannel(t, live.Options{})
	types := c.follow(`subscription { changed(types: [Lectoraat, Theme]) { label(lang: EN) } }`, "")
	ids := c.follow(`subscription { changed(ids: ["saxion"]) { label(lang: EN) } }`, "")
	where := c.follow(`subscription { changed(where: {institution: {name: {contains: "x"}}, lectoraat: {institution: {name: {eq: "Hanze"}}}}) { label(lang: EN) } }`, "")
	both := c.follow(`subscription { changed(types: [Institution], where: {institution: {}, theme: {}}) { label(lang: EN) } }`, "")
	// Each write is heard before the next: a filter judges a node as it is when it is told.
	c.write(create("Institution", "saxion", "Saxion"), create("Institution", "hanze", "Hanze"), create("Lectoraat", "as", "Ambient"))
	types.hears("research group Ambient added")
	ids.hears("institution Saxion added")
	where.hears("institution Saxion added")
	both.hears("institution Saxion added", "institution Hanze added")
	c.write(connect("PART_OF", "as", "saxion"))
	for _, l := range []*listener{types, ids, where, both} {
		l.hears("New: Ambient belongs to Saxion")
	}
	c.write(graph.Change{Op: graph.Disconnect, Type: "PART_OF", From: "as", To: "saxion"}, connect("PART_OF", "as", "hanze"))
	types.hears("Ended: Ambient belongs to Saxion", "New: Ambient belongs to Hanze")
	ids.hears("Ended: Ambient belongs to Saxion")
	where.hears("Ended: Ambient belongs to Saxion", "New: Ambient belongs to Hanze")
	c.write(set("Institution", "hanze", "name", "Hanzex"))
	where.hears("institution Hanzex: name changed")
	for _, query := range []string{
		`subscription { changed(types: [Theme], where: {institution: {}}) { label } }`,
		`subscription { changed(where: {institution: {name: null}}) { label } }`,
		`subscription { changed(where: {nothing: {}}) { label } }`,
		`subscription { changed { label } changed2: changed { label } }`,
	} {
		if e := c.follow(query, "").next(); e == nil || len(e.Errors) == 0 || e.Errors[0].Extensions["code"] != "BAD_USER_INPUT" {
			t.Errorf("%s: %+v", query, e)
		}
	}
}

// A batch of changes takes one statement for the filter and as many as one query for the
// nodes, however many changes there are.
func TestABatchIsReadAtOnce(t *testing.T) {
	c := newChannel(t, live.Options{Often: time.Hour, Seldom: time.Hour})
	l := c.follow(`subscription { changed(where: {institution: {name: {contains: "i"}}}) { label(lang: EN) node { ... on Institution { name lectoraten { nodes { name } } } } } }`, "")
	var changes []graph.Change
	var labels []string
	for i := range 200 {
		id := string(rune('a'+i/26)) + string(rune('a'+i%26)) + "i"
		changes = append(changes, create("Institution", id, id))
		labels = append(labels, "institution "+id+" added")
	}
	c.write(changes[0])
	l.hears(labels[0])
	c.write(changes[1:]...)
	l.hears(labels[1])
	before := c.reads.Load()
	l.hears(labels[2:]...)
	if more := c.reads.Load() - before; more > 2 { // the hub's next look at the log
		t.Errorf("%d statements while a batch was told", more)
	}
}

// A client that does not read is told so, behind what it can still take, and is cut off.
func TestSlowClientIsToldAndCutOff(t *testing.T) {
	c := newChannel(t, live.Options{Window: 100, Patience: time.Millisecond})
	theme := create("Theme", "t", "")
	theme.Props = map[string]any{"prefLabelNl": strings.Repeat("y", 5000)}
	c.write(theme)
	// Events of 100 kB, so that the buffers of the operating system do not hold them all.
	var fields strings.Builder
	for i := range 20 {
		fmt.Fprintf(&fields, "l%d: prefLabelNl ", i)
	}
	l := c.follow(`subscription { changed { label cursor node { ... on Theme { `+fields.String()+` } } } }`, "")
	for round := range 8 {
		var changes []graph.Change
		for i := range 100 {
			changes = append(changes, set("Theme", "t", "source", fmt.Sprint(round, i)))
		}
		c.write(changes...)
	}
	var last string
	for e := l.next(); ; e = l.next() {
		if e == nil {
			t.Fatal("over without a word")
		}
		if len(e.Errors) > 0 {
			if code := e.Errors[0].Extensions["code"]; code != "TIMEOUT" || !strings.Contains(e.Errors[0].Message, "after") {
				t.Errorf("told %+v", e.Errors)
			}
			break
		}
		last = e.id
	}
	if e := l.next(); e != nil {
		t.Errorf("something follows: %+v", e)
	}
	// It goes on where it was, at a server with more patience.
	patient := &channel{t: t}
	patient.serve(c.store, live.Options{})
	from, err := graph.DecodeCursor(last, graph.LogOrder())
	if err != nil {
		t.Fatal(err)
	}
	next := patient.follow(`subscription { changed(after: "`+last+`") { cursor } }`, "").next()
	if next == nil || len(next.Errors) > 0 || next.id != graph.LogCursor(graph.LogSeq(from)+1) {
		t.Errorf("it goes on with %+v", next)
	}
}
