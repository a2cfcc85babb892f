package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

const workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// table asks for a table and returns the answer with its body.
func table(t *testing.T, address, accept, query string, variables map[string]any) (*http.Response, []byte) {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequest(http.MethodPost, address+"/graphql", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", accept)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, content
}

func csvRows(t *testing.T, address, query string, variables map[string]any) [][]string {
	t.Helper()
	response, content := table(t, address, "text/csv", query, variables)
	if response.StatusCode != http.StatusOK || !strings.HasPrefix(response.Header.Get("Content-Type"), "text/csv") {
		t.Fatalf("%s %s: %s", response.Status, response.Header.Get("Content-Type"), content)
	}
	rows, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// A connection is a table with all its rows, whatever the size of a page.
func TestTable(t *testing.T) {
	address := start(t, "--limit-page-max=20")
	rows := csvRows(t, address, `query($kind: LectoraatKind) { lectoraten(where: {kind: {ne: $kind}}) { totalCount nodes { id naam: name website institution { name region { id } } } } }`, map[string]any{"kind": "LEERSTOEL"})
	if got := strings.Join(rows[0], " "); got != "id naam website institution.name institution.region.id" {
		t.Errorf("got %s", got)
	}
	seen := map[string]bool{}
	for _, row := range rows[1:] {
		seen[row[0]] = true
	}
	if len(rows) < 42 || len(seen) != len(rows)-1 {
		t.Errorf("%d rows, %d different", len(rows)-1, len(seen))
	}
	if rows := csvRows(t, address, `{ lectoraten(first: 15) { nodes { id } } }`, nil); len(rows) != 16 {
		t.Errorf("first: 15 gives %d rows", len(rows)-1)
	}
	if rows := csvRows(t, address, `{ lectoraten(where: {id: {eq: "nothing"}}) { nodes { id } } }`, nil); len(rows) != 1 {
		t.Errorf("nothing gives %d rows", len(rows)-1)
	}
}

// Edges have the relation's own properties; the connection may lie deeper, and behind
// fragments.
func TestTableOfEdges(t *testing.T) {
	address := start(t)
	rows := csvRows(t, address, `query { theme(id: "t1") { ...x } } fragment x on Theme { experts { edges { level node { name roles } } } }`, nil)
	if got := strings.Join(rows[0], " "); got != "level name roles" {
		t.Errorf("got %s", got)
	}
	rows = csvRows(t, address, `{ search(text: "beveiliging") { edges { score node { id __typename ... on Person { name } ... on Theme { prefLabelNl } } } } }`, nil)
	if got := strings.Join(rows[0], " "); got != "score id __typename name prefLabelNl" || len(rows) < 5 {
		t.Errorf("got %s with %d rows", got, len(rows)-1)
	}
}

func TestTableWorkbook(t *testing.T) {
	address := start(t)
	response, content := table(t, address, workbookType, `{ lectoraten { nodes { id name } } }`, nil)
	if response.StatusCode != http.StatusOK || response.Header.Get("Content-Disposition") != `attachment; filename="lectoraten.xlsx"` {
		t.Fatalf("%s %v: %.200s", response.Status, response.Header, content)
	}
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows("lectoraten")
	if err != nil || len(rows) < 30 || rows[0][1] != "name" {
		t.Errorf("%d rows, %v", len(rows), err)
	}
}

// What is wrong is said before the first row, as GraphQL over HTTP says it.
func TestTableErrors(t *testing.T) {
	address := start(t)
	for query, want := range map[string]string{
		`{ lectoraten { nodes { nope } } }`:                         "nope",
		`{ lectoraten {`:                                            "Expected",
		`{ lectoraten { totalCount } }`:                             "selects no nodes",
		`{ lectoraat(id: "x") { name } }`:                           "selects 0 fields",
		`{ lectoraten { nodes { id } } agencies { nodes { id } } }`: "selects 2 fields",
		`{ lectoraten { nodes { themes { nodes { id } } } } }`:      "leads to many",
		`{ lectoraten(last: 3) { nodes { id } } }`:                  "last",
		`{ lectoraten { nodes { id } edges { node { id } } } }`:     "both",
		`{ lectoraten(first: -1) { nodes { id } } }`:                "first",
		`{ people(where: {email: {eq: "x"}}) { nodes { id } } }`:    "email",
	} {
		for _, accept := range []string{"text/csv", workbookType} {
			response, content := table(t, address, accept, query, nil)
			var answer struct {
				Errors []struct {
					Message    string
					Extensions struct{ Code string }
				}
			}
			err := json.Unmarshal(content, &answer)
			if err != nil || response.StatusCode != http.StatusBadRequest || len(answer.Errors) == 0 || !strings.Contains(answer.Errors[0].Message, want) || answer.Errors[0].Extensions.Code == "" {
				t.Errorf("%s as %s: %s %s", query, accept, response.Status, content)
			}
		}
	}
}

// Personal fields are hidden as in any answer.
func TestTableHidesPersonalFields(t *testing.T) {
	address := start(t)
	_, content := table(t, address, "text/csv", `{ people { nodes { id email phone orcid } } }`, nil)
	if strings.Contains(string(content), "@") {
		t.Errorf("got %.300s", content)
	}
}

// JSON stays what one gets where a table is not what one wants most.
func TestTableIsAskedFor(t *testing.T) {
	address := start(t)
	for _, accept := range []string{"", "*/*", "application/json", "application/json, text/csv;q=0.5", "text/*"} {
		response, _ := table(t, address, accept, `{ lectoraten { nodes { id } } }`, nil)
		if kind := response.Header.Get("Content-Type"); strings.HasPrefix(kind, "text/csv") {
			t.Errorf("%q gives %s", accept, kind)
		}
	}
	response, err := http.Get(address + "/graphql?query=%7Blectoraten%7Bnodes%7Bid%7D%7D%7D")
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	request, _ := http.NewRequest(http.MethodGet, address+"/graphql?query=%7Blectoraten%7Bnodes%7Bid%7D%7D%7D", nil)
	request.Header.Set("Accept", "text/csv")
	if response, err = http.DefaultClient.Do(request); err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if kind := response.Header.Get("Content-Type"); !strings.HasPrefix(kind, "text/csv") {
		t.Errorf("GET gives %s", kind)
	}
}

// A table that has more rows than are sent is refused, and breaks off where that is not
// known in advance, so that nobody takes it for whole.
func TestTableLimit(t *testing.T) {
	address := start(t, "--limit-table-rows=10", "--limit-page-max=7", "--limit-page-default=5")
	body := strings.NewReader(`{"query":"{ changes { nodes { cursor } } }"}`)
	request, _ := http.NewRequest(http.MethodPost, address+"/graphql", body)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "text/csv")
	response, err := http.DefaultClient.Do(request)
	if err == nil {
		_, err = io.ReadAll(response.Body)
		response.Body.Close()
	}
	if err == nil {
		t.Error("the transfer ended as if it were whole")
	}
	for _, kind := range []string{"text/csv", workbookType} {
		answer, content := table(t, address, kind, `{ lectoraten { nodes { id } } }`, nil)
		if answer.StatusCode != http.StatusBadRequest || !strings.Contains(string(content), "QUERY_TOO_COMPLEX") ||
			!strings.Contains(string(content), "rows, and 10 are the most that is sent") {
			t.Errorf("%s: %s %s", kind, answer.Status, content)
		}
	}
	if rows := csvRows(t, address, `{ lectoraten(first: 7) { nodes { id } } }`, nil); len(rows) != 8 {
		t.Errorf("first: 7 gives %d rows", len(rows)-1)
	}
}
