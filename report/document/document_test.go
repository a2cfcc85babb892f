package document_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/i-partnerschap/kennisgraaf/dataset/demotest"
	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/sqlite"
	"github.com/i-partnerschap/kennisgraaf/report"
	"github.com/i-partnerschap/kennisgraaf/report/document"
	"github.com/i-partnerschap/kennisgraaf/schema"
)

var today = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

const evil = `=HYPERLINK("https://example.org";"klik") <script>alert(1)</script>`

// demo makes a report of the demo, with a theme and a question whose names a
// spreadsheet or a browser could take for more than names.
func demo(t *testing.T) *report.Report {
	t.Helper()
	store, model := demotest.Open(t, sqlite.Options{})
	_, err := store.Apply(context.Background(), "test", []graph.Change{
		{Op: graph.CreateNode, Label: "Theme", ID: "evil", Props: map[string]any{"prefLabelNl": evil, "source": "test"}},
		{Op: graph.CreateNode, Label: "Vraagstuk", ID: "evil-q", Props: map[string]any{"title": "@" + evil, "status": "OPEN", "forms": []string{}, "urgency": "HOOG"}},
		{Op: graph.Connect, Type: "ABOUT", From: "evil-q", To: "evil"},
	})
	if err != nil {
		t.Fatal(err)
	}
	r, err := report.New(store, model).Report(context.Background(), report.Options{Today: today, Compare: "2022-01-01"})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func write(t *testing.T, r *report.Report, format string, o document.Options) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := document.Write(context.Background(), &out, r, format, o); err != nil {
		t.Fatalf("%s: %v", format, err)
	}
	return out.Bytes()
}

func TestThePageStandsAlone(t *testing.T) {
	r := demo(t)
	for lang, want := range map[document.Lang][]string{
		document.NL: {`<html lang="nl">`, "Regionale dekking", "Stand op 22 november 2026, vergeleken met 1 januari 2022", "Wie nog niet meedoet", "CC BY 4.0", "Voorbeeldgegevens"},
		document.EN: {`<html lang="en">`, "Regional coverage", "As of 22 November 2026", "Who takes no part yet", "CC BY 4.0", "Example data"},
	} {
		page := string(write(t, r, "html", document.Options{Lang: lang}))
		for _, w := range want {
			if !strings.Contains(page, w) {
				t.Errorf("%s: %q is missing", lang, w)
			}
		}
		for _, m := range regexp.MustCompile(`(?:src|href|action|srcset|data)="([^"]*)"|url\(([^)]*)\)|@import`).FindAllStringSubmatch(page, -1) {
			if target := m[1] + m[2]; !strings.HasPrefix(target, "#") && !strings.HasPrefix(target, "data:") {
				t.Errorf("%s: asks for %q", lang, m[0])
			}
		}
		if strings.Contains(page, "<script") {
			t.Errorf("%s: there is a script", lang)
		}
		checkStructure(t, page)
	}
}

// checkStructure holds what assistive technology leans on.
func checkStructure(t *testing.T, page string) {
	t.Helper()
	last := 0
	for _, m := range regexp.MustCompile(`<h([1-6])`).FindAllStringSubmatch(page, -1) {
		level, _ := strconv.Atoi(m[1])
		if level > last+1 {
			t.Errorf("a heading of level %d follows one of level %d", level, last)
		}
		last = level
	}
	if n := strings.Count(page, "<h1"); n != 1 {
		t.Errorf("%d headings of level 1", n)
	}
	seen := map[string]bool{}
	for _, m := range regexp.MustCompile(` id="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		if seen[m[1]] {
			t.Errorf("the id %s occurs twice", m[1])
		}
		seen[m[1]] = true
	}
	for _, m := range regexp.MustCompile(`(?:href="#|aria-labelledby=")([^"]*)"`).FindAllStringSubmatch(page, -1) {
		if !seen[m[1]] {
			t.Errorf("nothing has the id %s", m[1])
		}
	}
	tables, captions := strings.Count(page, "<table"), strings.Count(page, "<caption>")
	const wanted = 8
	if tables != wanted || captions != tables {
		t.Errorf("%d tables with %d captions, want %d", tables, captions, wanted)
	}
	for _, svg := range regexp.MustCompile(`<svg [^>]*>`).FindAllString(page, -1) {
		if !strings.Contains(svg, `role="img" aria-labelledby`) && !strings.Contains(svg, `aria-hidden="true"`) {
			t.Errorf("a picture without a name: %s", svg)
		}
	}
	if paths := strings.Count(page, `<path class="f`); paths != 12 {
		t.Errorf("%d provinces on the map, want 12", paths)
	}
}

// The tables of every form show the numbers of the report.
func TestTablesShowTheReportsNumbers(t *testing.T) {
	r := demo(t)
	tables := document.Tables(r, document.NL)
	page := string(write(t, r, "html", document.Options{Lang: document.NL}))
	numbers := 0
	for _, table := range tables {
		for _, row := range append(table.Rows, table.Foot) {
			for i, cell := range row {
				if i > 0 && cell.Number == nil && cell.Text == "" && table.ID != "gaten" && table.ID != "afwezig" {
					t.Errorf("%s: an empty cell in %v", table.ID, row)
				}
				if cell.Number != nil {
					numbers++
				}
			}
			if len(row) > 0 && len(row) != len(table.Head) {
				t.Errorf("%s: %d cells below %d heads", table.ID, len(row), len(table.Head))
			}
		}
	}
	if written := len(regexp.MustCompile(`<td[^>]*>[0-9.−]+[ <]`).FindAllString(page, -1)); written != numbers {
		t.Errorf("the page has %d numbers, the tables have %d", written, numbers)
	}
}

func TestCSVIsDisarmed(t *testing.T) {
	r := demo(t)
	for _, excel := range []bool{false, true} {
		out := write(t, r, "csv", document.Options{Lang: document.NL, CSV: document.CSVOptions{Excel: excel}})
		text, bom := strings.CutPrefix(string(out), "\ufeff")
		if bom != excel {
			t.Errorf("excel %v: byte order mark %v", excel, bom)
		}
		in := csv.NewReader(strings.NewReader(text))
		if excel {
			in.Comma = ';'
		}
		records, err := in.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, record := range records {
			for i, field := range record {
				if field != "" && strings.ContainsAny(field[:1], "=+@\t\r") || i != 4 && strings.HasPrefix(field, "-") {
					t.Errorf("a field could be a formula: %.40q", field)
				}
			}
			found = found || record[1] == "'"+evil
		}
		if !found {
			t.Error("the theme is missing")
		}
	}
}

func TestWorkbooksAreDisarmed(t *testing.T) {
	r := demo(t)
	f, err := excelize.OpenReader(bytes.NewReader(write(t, r, "xlsx", document.Options{Lang: document.NL})))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		if len(rows) < 2 {
			t.Errorf("the sheet %s is empty", sheet)
		}
		for _, row := range rows {
			for _, cell := range row {
				if cell != "" && strings.ContainsAny(cell[:1], "=+@") {
					t.Errorf("%s: a cell could be a formula: %.40q", sheet, cell)
				}
			}
		}
	}
	if got, err := f.GetCellValue("vraag", "A2"); err != nil || got != "Groningen" {
		t.Errorf("A2 is %q %v", got, err)
	}
	if kind, err := f.GetCellType("vraag", "B2"); err != nil || kind == excelize.CellTypeSharedString || kind == excelize.CellTypeInlineString {
		t.Errorf("B2 is no number: %v %v", kind, err)
	}
}

func TestJSONHasEveryNumberAndItsQuery(t *testing.T) {
	var got struct {
		AsOf    string
		Numbers []struct {
			RowID, ColumnID, Measure, Query string
			Value                           float64
			Before                          *float64
		}
		Promises struct {
			Fieldlabs []struct{ Year, OfPartnership int }
		}
		Gaps []struct{ Title string }
	}
	r := demo(t)
	if err := json.Unmarshal(write(t, r, "json", document.Options{Lang: document.EN}), &got); err != nil {
		t.Fatal(err)
	}
	want := (len(r.Regions.Rows)+1)*len(report.Measures) + (len(r.Heat.Rows)+1)*(len(r.Heat.Columns)+1)*2 + (len(r.Years.Rows)+1)*len(r.Years.Request.Measures)
	if len(got.Numbers) != want || got.AsOf != "2026-11-22" || len(got.Gaps) == 0 || len(got.Promises.Fieldlabs) != 7 {
		t.Errorf("%d numbers as of %s, want %d", len(got.Numbers), got.AsOf, want)
	}
	for _, n := range got.Numbers {
		if n.Query == "" || n.Before == nil {
			t.Fatalf("%+v lacks something", n)
		}
	}
}

func TestAPDFNeedsABrowserAndSaysSo(t *testing.T) {
	r := demo(t)
	err := document.Write(context.Background(), &bytes.Buffer{}, r, "pdf", document.Options{Lang: document.NL, Browser: "no-such-browser"})
	if graph.CodeOf(err) != graph.BadUserInput || !strings.Contains(err.Error(), "--browser") {
		t.Errorf("%v", err)
	}
}

// The PDF is tagged, in its language, with an outline. Chromium prints it; without one the
// test is left out, but not in CI.
func TestThePDFIsAccessible(t *testing.T) {
	r := demo(t)
	if _, err := exec.LookPath("chromium"); err != nil && os.Getenv("CI") == "" {
		t.Skip("install chromium to test the PDF")
	}
	pdf := write(t, r, "pdf", document.Options{Lang: document.NL})
	for _, want := range []string{"%PDF-", "/StructTreeRoot", "/Lang (nl)", "/Outlines"} {
		if !bytes.Contains(pdf, []byte(want)) {
			t.Errorf("the PDF lacks %s", want)
		}
	}
}

func TestUnknownFormat(t *testing.T) {
	if err := document.Write(context.Background(), &bytes.Buffer{}, nil, "docx", document.Options{}); graph.CodeOf(err) != graph.BadUserInput {
		t.Errorf("%v", err)
	}
}

// Text has a contrast of 4.5 or more on every shade, by WCAG 2.2 (1.4.3).
func TestShadesAreReadable(t *testing.T) {
	page := string(write(t, demo(t), "html", document.Options{Lang: document.NL}))
	colors := map[string]string{}
	for _, m := range regexp.MustCompile(`--([a-z0-9]+): (#[0-9a-f]{3,6})`).FindAllStringSubmatch(page, -1) {
		colors[m[1]] = m[2]
	}
	for shade, ink := range map[string]string{"c0": colors["ink"], "c1": colors["ink"], "c2": colors["ink"], "c3": colors["ink"], "c4": "#fff", "c5": "#fff"} {
		const least = 4.5
		if got := contrast(t, colors[shade], ink); got < least {
			t.Errorf("%s on %s (%s): %.1f", ink, shade, colors[shade], got)
		}
	}
}

// contrast is the ratio that WCAG defines.
func contrast(t *testing.T, a, b string) float64 {
	light, dark := luminance(t, a), luminance(t, b)
	if light < dark {
		light, dark = dark, light
	}
	return (light + 0.05) / (dark + 0.05)
}

func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	hex = strings.TrimPrefix(hex, "#")
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		v := float64(n) / 255
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		sum += weight * v
	}
	return sum
}

// A report of a graph with nothing in it says so in words.
func TestThePageOfAnEmptyGraph(t *testing.T) {
	model, err := schema.Model()
	if err != nil {
		t.Fatal(err)
	}
	store, err := sqlite.Open(t.Context(), t.TempDir()+"/empty.db", model, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	r, err := report.New(store, model).Report(t.Context(), report.Options{Today: today})
	if err != nil {
		t.Fatal(err)
	}
	for lang, want := range map[document.Lang][]string{
		document.NL: {"Er is geen open vraagstuk zonder aanbod", "Sinds 2020 is geen vraagstuk gesteld", "Niemand."},
		document.EN: {"There is no open question without supply", "No question has been posed since 2020", "Nobody."},
	} {
		page := string(write(t, r, "html", document.Options{Lang: lang}))
		for _, w := range want {
			if !strings.Contains(page, w) {
				t.Errorf("%s: %q is missing", lang, w)
			}
		}
		for _, bad := range []string{"NaN", "Example data", "Voorbeeldgegevens", "<ol class=\"gaps\">", "%!"} {
			if strings.Contains(page, bad) {
				t.Errorf("%s: %q stands there", lang, bad)
			}
		}
	}
	for _, format := range []string{"xlsx", "csv", "json"} {
		if len(write(t, r, format, document.Options{Lang: document.NL})) == 0 {
			t.Errorf("%s is empty", format)
		}
	}
}
