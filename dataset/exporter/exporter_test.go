package exporter_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/i-partnerschap/kennisgraaf/dataset/demotest"
	"github.com/i-partnerschap/kennisgraaf/dataset/exporter"
	"github.com/i-partnerschap/kennisgraaf/dataset/importer"
	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/sqlite"
	"github.com/i-partnerschap/kennisgraaf/live/webhook"
	"github.com/i-partnerschap/kennisgraaf/resolvers"
	"github.com/i-partnerschap/kennisgraaf/web/limits"
)

// nasty is a node with what formats trip over.
var nasty = graph.Change{Op: graph.UpsertNode, Label: "Person", ID: "nasty<&>\"", Props: map[string]any{
	"name": "=cmd|' /C calc'!A0", "roles": []string{"LECTOR"}, "source": "demo", "email": "geheim@example.nl", "phone": "+31 6 00000000", "orcid": "0000-0002-1825-0097",
	"bio": "a <b> & \"c\"; d|e\\f,\ng", "createdAt": "2001-01-01T00:00:00.000Z",
}}

// demo is the store that the tests share: loading it takes longer than most of them.
var demo struct {
	store graph.Store
	model *graph.Model
}

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "exporter-*")
	if err == nil {
		demo.store, demo.model, err = demotest.Load(dir, sqlite.Options{})
	}
	if err == nil {
		_, err = demo.store.Apply(context.Background(), "test", []graph.Change{nasty})
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	if err := errors.Join(demo.store.Close(), os.RemoveAll(dir)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func open(t *testing.T) (graph.Store, *graph.Model) {
	t.Helper()
	return demo.store, demo.model
}

func export(t *testing.T, store graph.Store, model *graph.Model, format string, o exporter.Options) (string, exporter.Counts) {
	t.Helper()
	var out bytes.Buffer
	counts, err := exporter.Write(t.Context(), &out, store, model, format, o)
	if err != nil {
		t.Fatalf("%s: %v", format, err)
	}
	return out.String(), counts
}

// empty makes a store with nothing in it.
func empty(t *testing.T, model *graph.Model) graph.Store {
	t.Helper()
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "e.db"), model, sqlite.Options{BulkLoad: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

// load imports an export into a new store and exports it again in the exchange format.
func load(t *testing.T, model *graph.Model, name, content string) (string, *importer.Result) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	store := empty(t, model)
	result, err := importer.Run(t.Context(), store, model, []string{path}, importer.Options{
		Actor: "test", Searches: resolvers.SearchJudge(model, store, limits.Default().CheckVariables),
	})
	if err != nil {
		t.Fatalf("%v: %v", err, result.Faults)
	}
	again, _ := export(t, store, model, "jsonl", exporter.Options{})
	return again, result
}

// The exchange format is the whole graph, and comes back as the same bytes.
func TestJSONLIsExact(t *testing.T) {
	store, model := open(t)
	first, counts := export(t, store, model, "jsonl", exporter.Options{})
	if n := int64(strings.Count(first, "\n")); n != counts.Nodes+counts.Relations || !strings.Contains(first, "geheim@example.nl") {
		t.Errorf("%d lines of %+v", n, counts)
	}
	second, result := load(t, model, "a.jsonl", first)
	if first != second {
		t.Error("the second export differs")
	}
	if result.Nodes.Created != counts.Nodes || result.Relations.Created != counts.Relations {
		t.Errorf("%+v %+v of %+v", result.Nodes, result.Relations, counts)
	}
}

// Saved searches go along in the exchange format, without what belongs to their store, and
// in no other; nor in a copy without what is personal.
func TestSavedSearches(t *testing.T) {
	_, model := open(t)
	store := empty(t, model)
	search := graph.Change{Op: graph.UpsertNode, Label: webhook.SearchLabel, ID: "zoek-1", Props: map[string]any{
		"name": "Zoek <&>", "types": []string{"Theme"}, "where": `{"theme":{"prefLabelNl":{"eq":"a\"b"}}}`, "webhook": "https://example.nl/geheim?a=1&b=2",
		"delivered": graph.LogCursor(1), "failures": int64(2), "problem": "mislukt", "nextTry": "2001-01-01T00:00:00.000Z", "createdAt": "2001-01-01T00:00:00.000Z",
	}}
	words := graph.Change{Op: graph.UpsertNode, Label: webhook.SearchLabel, ID: "zoek-2", Props: map[string]any{"name": "Woorden", "text": "cyber"}}
	theme := graph.Change{Op: graph.UpsertNode, Label: "Theme", ID: "t", Props: map[string]any{"prefLabelNl": "T", "source": "demo", "createdAt": "2001-01-01T00:00:00.000Z"}}
	if _, err := store.Apply(t.Context(), "test", []graph.Change{nasty, search, words, theme}); err != nil {
		t.Fatal(err)
	}
	first, counts := export(t, store, model, "jsonl", exporter.Options{})
	if counts != (exporter.Counts{Nodes: 2, Searches: 2}) {
		t.Errorf("%+v", counts)
	}
	want := `{"node":"SavedSearch","id":"zoek-1","props":{"name":"Zoek <&>","types":["Theme"],"webhook":"https://example.nl/geheim?a=1&b=2","where":"{\"theme\":{\"prefLabelNl\":{\"eq\":\"a\\\"b\"}}}"}}` + "\n" +
		`{"node":"SavedSearch","id":"zoek-2","props":{"name":"Woorden","text":"cyber"}}` + "\n" + `{"node":"Theme"`
	if !strings.Contains(first, want) {
		t.Errorf("got %s, want %s", first, want)
	}
	if second, result := load(t, model, "a.jsonl", first); second != first || result.Searches.Created != 2 {
		t.Errorf("it comes back as %s (%+v)", second, result)
	}
	for _, format := range exporter.Formats() {
		text, counts := export(t, store, model, format, exporter.Options{WithoutPersonal: format == "jsonl"})
		if counts != (exporter.Counts{Nodes: 2}) || strings.Contains(text, "zoek-") {
			t.Errorf("%s: %+v", format, counts)
		}
	}
}

// CSV comes back too; a list that is empty is one that is absent there.
func TestCSVComesBack(t *testing.T) {
	store, model := open(t)
	for _, excel := range []bool{false, true} {
		archive, _ := export(t, store, model, "csv", exporter.Options{Excel: excel})
		again, _ := load(t, model, "a.zip", archive)
		want, _ := export(t, store, model, "jsonl", exporter.Options{})
		for _, name := range []string{"altLabelsEn", "altLabelsNl", "forms", "otherPartners", "otherParties", "roles"} {
			want = strings.ReplaceAll(strings.ReplaceAll(want, `"`+name+`":[],`, ""), `,"`+name+`":[]`, "")
		}
		if again != want {
			t.Errorf("excel %t: it differs", excel)
		}
	}
}

func TestCSVTables(t *testing.T) {
	store, model := open(t)
	archive, counts := export(t, store, model, "csv", exporter.Options{})
	z, err := zip.NewReader(strings.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	rows := int64(0)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		records, err := csv.NewReader(r).ReadAll()
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		rows += int64(len(records) - 1)
		for _, record := range records {
			for _, cell := range record {
				if cell != "" && strings.ContainsAny(cell[:1], "=+@\t\r\n") {
					t.Errorf("%s: the cell %q is a formula", f.Name, cell)
				}
			}
		}
	}
	if rows != counts.Nodes+counts.Relations {
		t.Errorf("%d rows of %+v", rows, counts)
	}
}

func TestXLSX(t *testing.T) {
	store, model := open(t)
	book, _ := export(t, store, model, "xlsx", exporter.Options{})
	f, err := excelize.OpenReader(strings.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(f.GetSheetList(), "relations") || !slices.Contains(f.GetSheetList(), "people") {
		t.Errorf("got %v", f.GetSheetList())
	}
	rows, err := f.GetRows("people")
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(rows, func(r []string) bool { return r[0] == nasty.ID })
	if at < 0 || !slices.Contains(rows[at], "'=cmd|' /C calc'!A0") {
		t.Errorf("row %d", at)
	}
}

// graphmlDocument is GraphML as its schema has it: keys before the graph, data that names
// a key, nodes before the edges that name them.
type graphmlDocument struct {
	XMLName xml.Name `xml:"http://graphml.graphdrawing.org/xmlns graphml"`
	Keys    []struct {
		ID   string `xml:"id,attr"`
		For  string `xml:"for,attr"`
		Type string `xml:"attr.type,attr"`
	} `xml:"key"`
	Graph struct {
		Default string `xml:"edgedefault,attr"`
		Nodes   []struct {
			ID   string        `xml:"id,attr"`
			Data []graphmlData `xml:"data"`
		} `xml:"node"`
		Edges []struct {
			Source string        `xml:"source,attr"`
			Target string        `xml:"target,attr"`
			Data   []graphmlData `xml:"data"`
		} `xml:"edge"`
	} `xml:"graph"`
}

type graphmlData struct {
	Key   string `xml:"key,attr"`
	Value string `xml:",chardata"`
}

func TestGraphML(t *testing.T) {
	store, model := open(t)
	text, counts := export(t, store, model, "graphml", exporter.Options{})
	var doc graphmlDocument
	if err := xml.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	keys := map[string]string{}
	for _, k := range doc.Keys {
		if keys[k.ID] != "" || !slices.Contains([]string{"boolean", "int", "long", "float", "double", "string"}, k.Type) || !slices.Contains([]string{"all", "node", "edge"}, k.For) {
			t.Errorf("key %+v", k)
		}
		keys[k.ID] = k.For
	}
	if int64(len(doc.Graph.Nodes)) != counts.Nodes || int64(len(doc.Graph.Edges)) != counts.Relations || doc.Graph.Default != "directed" {
		t.Errorf("%d nodes and %d edges of %+v", len(doc.Graph.Nodes), len(doc.Graph.Edges), counts)
	}
	ids := map[string]bool{}
	for _, n := range doc.Graph.Nodes {
		ids[n.ID] = true
		for _, d := range n.Data {
			if keys[d.Key] == "" || keys[d.Key] == "edge" {
				t.Errorf("node %s has data of the key %q", n.ID, d.Key)
			}
			if n.ID == nasty.ID && d.Key == "node-bio" && d.Value != nasty.Props["bio"] {
				t.Errorf("got %q", d.Value)
			}
		}
	}
	for _, e := range doc.Graph.Edges {
		if !ids[e.Source] || !ids[e.Target] {
			t.Errorf("%s to %s", e.Source, e.Target)
		}
	}
}

func TestCytoscape(t *testing.T) {
	store, model := open(t)
	text, counts := export(t, store, model, "cytoscape", exporter.Options{})
	var doc struct {
		Elements struct {
			Nodes, Edges []struct {
				Data map[string]any `json:"data"`
			}
		} `json:"elements"`
	}
	if err := json.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	if int64(len(doc.Elements.Nodes)) != counts.Nodes || int64(len(doc.Elements.Edges)) != counts.Relations {
		t.Errorf("%d and %d of %+v", len(doc.Elements.Nodes), len(doc.Elements.Edges), counts)
	}
	ids := map[any]bool{}
	for _, e := range append(doc.Elements.Nodes, doc.Elements.Edges...) {
		if ids[e.Data["id"]] || e.Data["id"] == "" || e.Data["type"] == "" {
			t.Errorf("element %v", e.Data)
		}
		ids[e.Data["id"]] = true
	}
}

// JSON-LD is read by a library that knows the standard, and the themes come back.
func TestJSONLDHasSKOS(t *testing.T) {
	store, model := open(t)
	text, _ := export(t, store, model, "jsonld", exporter.Options{})
	again, result := load(t, model, "a.jsonld", text)
	all, _ := export(t, store, model, "jsonl", exporter.Options{})
	if n := strings.Count(all, `{"node":"Theme"`); result.Nodes.Created != int64(n) || n == 0 {
		t.Errorf("%d themes of %d", result.Nodes.Created, n)
	}
	for _, kind := range []string{`{"edge":"BROADER"`, `{"edge":"RELATED"`} {
		if a, b := strings.Count(all, kind), strings.Count(again, kind); a != b {
			t.Errorf("%s: %d became %d", kind, a, b)
		}
	}
}

// An empty graph is a file of each format that says so.
func TestEmptyGraph(t *testing.T) {
	_, model := open(t)
	for _, format := range exporter.Formats() {
		text, counts := export(t, empty(t, model), model, format, exporter.Options{})
		if counts != (exporter.Counts{}) || format != "jsonl" && text == "" {
			t.Errorf("%s: %+v", format, counts)
		}
	}
}

func TestWithoutPersonal(t *testing.T) {
	store, model := open(t)
	for _, format := range []string{"jsonl", "graphml", "cytoscape", "jsonld"} {
		text, _ := export(t, store, model, format, exporter.Options{WithoutPersonal: true})
		for _, secret := range []string{"geheim@example.nl", "00000000", "0000-0002-1825-0097"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s holds %s", format, secret)
			}
		}
	}
}

// writing is a store that is written to while it is read.
type writing struct {
	graph.Store
	t *testing.T
}

func (w writing) Read(ctx context.Context, q graph.Query) (*graph.Result, error) {
	change := nasty
	change.Props = map[string]any{"availableHours": int64(len(w.t.Name()) + len(q.Root.Labels[0]))}
	if _, err := w.Apply(ctx, "other", []graph.Change{change}); err != nil {
		return nil, err
	}
	return w.Store.Read(ctx, q)
}

// Who writes meanwhile is noticed.
func TestConcurrentWriter(t *testing.T) {
	store, model := open(t)
	if _, err := exporter.Write(t.Context(), io.Discard, writing{store, t}, model, "jsonl", exporter.Options{}); graph.CodeOf(err) != graph.Conflict {
		t.Errorf("got %v", err)
	}
	if _, err := exporter.Write(t.Context(), io.Discard, writing{store, t}, model, "jsonl", exporter.Options{WhileWriting: true}); err != nil {
		t.Error(err)
	}
}

// full is a disk that is full.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

var errFull = errors.New("the disk is full")

func TestErrors(t *testing.T) {
	store, model := open(t)
	for _, format := range exporter.Formats() {
		if _, err := exporter.Write(t.Context(), full{}, store, model, format, exporter.Options{}); !errors.Is(err, errFull) {
			t.Errorf("%s: %v", format, err)
		}
	}
	if _, err := exporter.Write(t.Context(), io.Discard, store, model, "pdf", exporter.Options{}); graph.CodeOf(err) != graph.BadUserInput {
		t.Errorf("got %v", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := exporter.Write(ctx, io.Discard, store, model, "jsonl", exporter.Options{}); err == nil {
		t.Error("it did not stop")
	}
}
