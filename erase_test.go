package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server/servertest"
)

// ask sends a query that must not fail to a server, and returns its data.
func (c *child) ask(t *testing.T, query string) map[string]any {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.Post(c.url, "application/json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var answer struct {
		Data   map[string]any
		Errors []json.RawMessage
	}
	if err := json.NewDecoder(res.Body).Decode(&answer); err != nil || len(answer.Errors) > 0 {
		t.Fatalf("%s: %v %s", query, err, answer.Errors)
	}
	return answer.Data
}

// logOf returns the change log of a store.
func logOf(t *testing.T, store string) []graph.LogEntry {
	t.Helper()
	c := cli{Store: store}
	c.Neo4j.User, c.Neo4j.ConnectTimeout, c.Neo4j.AcquireTimeout = "neo4j", time.Minute, time.Minute
	s, _, err := c.connect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	entries, err := s.Log(t.Context(), graph.LogQuery{Limit: graph.All})
	if err != nil {
		t.Fatal(err)
	}
	return entries
}

// says runs a command that must end well, or with an error that has these words, and
// returns what it printed.
func says(t *testing.T, wrong string, args ...string) string {
	t.Helper()
	out, err := program(args...).CombinedOutput()
	if (err != nil) != (wrong != "") || !strings.Contains(string(out), wrong) {
		t.Fatalf("%q: %v, want %q: %s", args, err, wrong, out)
	}
	return string(out)
}

const lector = "demo-p-thijs-beukenstroom"

// While a server runs, a person is shown, handed over and erased by the commands; the
// server, which has the person in memory, goes on without, and all that it answers fits.
func TestEraseBesideAServer(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { eraseBesideAServer(t, filled(t)) })
	t.Run("neo4j", func(t *testing.T) {
		db := servertest.Use(t)
		db.WipeData(t, "__Schema")
		eraseBesideAServer(t, db.URI())
	})
}

func eraseBesideAServer(t *testing.T, store string) {
	t.Setenv("IPG_LIMIT_TIME", "5m")                     // Neo4j plans each query once, on a machine that may be busy
	says(t, "", "--store", store, "match", "ransomware") // fills it with the demo
	server := spawn(t, store)
	const ranking = `{ match(text: "ransomware gijzelsoftware herstel", first: 100) { nodes { candidate { ... on Person { id } } } } }`
	if !strings.Contains(fmt.Sprint(server.ask(t, ranking)), lector) {
		t.Fatal("the lector does not match before")
	}
	const words = `{ search(text: "Beukenstroom", types: [Person], first: 5) { edges { node { id } } } }`
	for range 2 { // so that the answer is remembered, where it is
		if !strings.Contains(fmt.Sprint(server.ask(t, words)), lector) {
			t.Fatal("the lector is not found before")
		}
	}
	server.ask(t, `mutation { updatePerson(id: "`+lector+`", input: {email: "qzjwkx@voorbeeld.example", phone: "06-55501234"}) { node { id } } }`)
	server.ask(t, `mutation { createPerson(input: {id: "vkxjqz-twee", name: "Dubbel Vkxjqz"}) { node { id } } }`)
	server.ask(t, `mutation { merge(keep: "`+lector+`", from: "vkxjqz-twee") { node { id } } }`)
	server.ask(t, `mutation { createProject(input: {id: "noemt", title: "Interview met Thijs Voorbeeld-Beukenstroom", status: LOPEND}) { node { id } } }`)

	file := filepath.Join(t.TempDir(), "about.json")
	says(t, "", "--store", store, "export", "--about", lector, "-o", file)
	about, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"qzjwkx@voorbeeld.example"`, `"06-55501234"`, `"vkxjqz-twee"`, "Dubbel Vkxjqz", `"Saxion Hogeschool"`, `"LEADS"`, `"actor": "local"`} {
		if !strings.Contains(string(about), want) {
			t.Errorf("the export has no %s", want)
		}
	}
	says(t, "leave out", "--store", store, "export", "--about", lector, "--format", "csv")

	before := logOf(t, store)
	shown := says(t, "", "--store", store, "erase", lector, "--dry-run")
	for _, want := range []string{`Person "Thijs Voorbeeld-Beukenstroom"`, "1 LEADS", "3 AUTHORED_BY", `merged ids  "vkxjqz-twee"`, `Project "noemt": title`, "Dry run"} {
		if !strings.Contains(shown, want) {
			t.Errorf("the dry run does not say %s: %s", want, shown)
		}
	}
	if entries := fmt.Sprintf("change log  %d entries", len(about2log(t, about))); !strings.Contains(shown, entries) {
		t.Errorf("the dry run does not say %s: %s", entries, shown)
	}
	says(t, "pass --yes", "--store", store, "erase", lector)
	says(t, "is of type Institution", "--store", store, "erase", "saxion", "--yes")
	says(t, `"nobody"`, "--store", store, "erase", "nobody", "--yes")
	says(t, `merged into "`+lector+`"`, "--store", store, "erase", "vkxjqz-twee", "--yes")
	if after := logOf(t, store); len(after) != len(before) {
		t.Fatalf("the log has %d entries, %d before", len(after), len(before))
	}

	said := says(t, "", "--store", store, "erase", lector, "--yes", "--actor", "privacy-officer")
	pseudonym := regexp.MustCompile(`erased-\w+`).FindString(said)
	rewritten(t, before, logOf(t, store), pseudonym)
	if path, ok := strings.CutPrefix(store, "sqlite:"); ok {
		holdsNot(t, path, "qzjwkx", "06-55501234", "vkxjqz", lector)
	}

	if strings.Contains(fmt.Sprint(server.ask(t, ranking)), lector) {
		t.Error("the server still matches who was erased")
	}
	for _, query := range []string{
		`{ person(id: "` + lector + `") { name } }`, `{ node(id: "` + lector + `") { id } }`, `{ changes(of: ["` + lector + `", "vkxjqz-twee"], first: 5) { nodes { label } } }`,
		`{ history(id: "` + lector + `", first: 5) { nodes { label } } }`, words,
		`{ people(where: {name: {contains: "Beukenstroom"}}) { nodes { id } } }`,
	} {
		if got := fmt.Sprint(server.ask(t, query)); strings.Contains(got, "eukenstroom") || strings.Contains(got, "id:") || strings.Contains(got, "label") {
			t.Errorf("%s answers %s", query, got)
		}
	}
	told := fmt.Sprint(server.ask(t, `{ history(id: "`+pseudonym+`", last: 20) { nodes { op type actor label(lang: EN) of { id label node { id } } node { id } properties { name } } } }`))
	for _, want := range []string{"person " + pseudonym + " removed", "person " + pseudonym + " changed", "privacy-officer", "properties:[]"} {
		if !strings.Contains(told, want) {
			t.Errorf("the history does not say %q: %s", want, told)
		}
	}
	for _, query := range []string{
		`{ changes(last: 20) { nodes { label(lang: NL) from { label } to { label } properties { name before after } } pageInfo { hasPreviousPage } } }`,
		`{ completeness { type total complete } }`, `{ projects(asOf: "2024-01-01", first: 50) { nodes { title participants { nodes { name } } } } }`,
		`{ lectoraten(first: 50) { nodes { name lectoren { nodes { name } } } } }`, `{ peopleAggregate { count } }`,
		`{ match(vraagstuk: "demo-v-gijzeling-uitkeringen", first: 20) { nodes { score summary } } }`,
	} {
		if got := fmt.Sprint(server.ask(t, query)); strings.Contains(got, "Thijs") && !strings.Contains(got, "Interview met") {
			t.Errorf("%s answers %s", query, got)
		}
	}
	says(t, "neither the graph nor the change log knows", "--store", store, "erase", lector, "--yes")

	server.ask(t, `mutation { createPerson(input: {id: "`+lector+`", name: "Iemand Anders"}) { node { id } } }`)
	if got := fmt.Sprint(server.ask(t, `{ history(id: "`+lector+`", first: 5) { nodes { op } } }`)); got != "map[history:map[nodes:[map[op:CREATE]]]]" {
		t.Errorf("who comes back has the history %s", got)
	}
	if whole := exported(t, store); strings.Contains(whole, "qzjwkx") || strings.Contains(whole, "erased-") {
		t.Error("the export of the graph still has who was erased")
	}
}

// about2log returns the log in a document.
func about2log(t *testing.T, document []byte) []any {
	t.Helper()
	var d struct{ Log []any }
	if err := json.Unmarshal(document, &d); err != nil {
		t.Fatal(err)
	}
	return d.Log
}

// rewritten compares the log before and after an erasure: nothing was lost or moved, and what
// is not about the person is as it was.
func rewritten(t *testing.T, before, after []graph.LogEntry, pseudonym string) {
	t.Helper()
	for i, was := range before {
		is := after[i]
		if is.Seq != was.Seq || !is.At.Equal(was.At) || is.Op != was.Op || is.Type != was.Type || is.Label != was.Label || is.Actor != was.Actor {
			t.Errorf("%d %s of %s%s became %d %s of %s%s", was.Seq, was.Op, was.Label, was.Type, is.Seq, is.Op, is.Label, is.Type)
		}
		about := slices.ContainsFunc([]string{was.ID, was.From, was.To}, func(id string) bool { return id == lector || id == "vkxjqz-twee" })
		if about != strings.Contains(is.ID+is.From+is.To, pseudonym) || about && len(is.Before)+len(is.After) > 0 {
			t.Errorf("%d is now about %s%s%s", is.Seq, is.ID, is.From, is.To)
		}
		if !about && fmt.Sprint(was) != fmt.Sprint(is) {
			t.Errorf("%d was changed: %v, now %v", is.Seq, was, is)
		}
	}
	for i, e := range after[len(before):] {
		if e.Seq != before[len(before)-1].Seq+int64(i)+1 || e.Actor != "privacy-officer" {
			t.Errorf("the erasure wrote %v", e)
		}
	}
	if !after[len(after)-1].Erasure() {
		t.Errorf("the last entry is %v", after[len(after)-1])
	}
}

// holdsNot expects that no file of an embedded store has a text in it, in any case.
func holdsNot(t *testing.T, path string, texts ...string) {
	t.Helper()
	files, err := filepath.Glob(path + "*")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range texts {
			if bytes.Contains(bytes.ToLower(content), []byte(strings.ToLower(text))) {
				t.Errorf("%s has %q in it", file, text)
			}
		}
	}
}

// An id is a value, whatever it looks like, and prints as one.
func TestEraseHostileIDs(t *testing.T) {
	ids := []string{"' OR ''='", `"}) DETACH DELETE n //`, "--yes", "a b", "*", "é\u0301", "x\x1b[31m\rErased.", "../../etc", "erased-"}
	store := "sqlite:" + filepath.Join(t.TempDir(), "h.db")
	c := cli{Store: store}
	s, _, err := c.connect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i, id := range ids {
		change := graph.Change{Op: graph.CreateNode, Label: "Person", ID: id, Props: map[string]any{"name": fmt.Sprint("Persoon ", i)}}
		if _, err := s.Apply(t.Context(), "tester", []graph.Change{change}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for i, id := range ids {
		if out := says(t, "", "--store", store, "erase", "--yes", "--", id); strings.Contains(out, "\x1b") || strings.Count(out, "\nErased.") != 1 {
			t.Errorf("%q prints %q", id, out)
		}
		if left := strings.Count(exported(t, store), "\n"); left != len(ids)-i-1 {
			t.Errorf("after %q there are %d left", id, left)
		}
	}
}

// An erasure that is killed has erased the person wholly or not at all; run again it
// finishes, and nothing is left in the file.
func TestKilledErase(t *testing.T) {
	const people = 20
	path := filepath.Join(t.TempDir(), "k.db")
	store := "sqlite:" + path
	says(t, "", "--store", store, "--dataset=none", "import", "--duplicates-max=0", generated(t, 500), tracedPeople(t, people))
	seed := time.Now().UnixNano()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(uint64(seed), 0))
	begun, wait, _ := shownErase(t, store, "vkxjqz-0")
	wait()
	took := time.Since(begun) // so that kills meet every step
	cut := 0
	for i := 1; i < people; i++ {
		id := fmt.Sprint("vkxjqz-", i)
		_, _, kill := shownErase(t, store, id)
		time.Sleep(time.Duration(random.Int64N(int64(took))))
		kill()
		there := strings.Count(exported(t, store), `"id":"`+id+`"`)
		about := 0
		for _, e := range logOf(t, store) {
			if e.ID == id || e.From == id || e.To == id {
				about++
			}
		}
		if there != 0 && about != 2 || there == 0 && about != 0 {
			t.Errorf("kill %d: the graph has %d, and the log %d entries", i, there, about)
		}
		out, err := program("--store", store, "erase", id, "--yes").CombinedOutput()
		switch {
		case err != nil && (there > 0 || !strings.Contains(string(out), "neither the graph")):
			t.Errorf("kill %d: again: %v %s", i, err, out)
		case err == nil && there == 0:
			cut++ // it was erased, and the file not yet clean
		}
		holdsNot(t, path, id+"\x00", "qzjwkx"+fmt.Sprint(i)+"q")
	}
	t.Logf("%d of %d kills were between the erasure and its end", cut, people-1)
	holdsNot(t, path, "vkxjqz", "qzjwkx")
	if entries := logOf(t, store); entries[len(entries)-1].Seq != int64(len(entries)) {
		t.Errorf("%d entries, the last of which is %d", len(entries), entries[len(entries)-1].Seq)
	}
}

// shownErase starts an erasure and returns when it has shown what will go, with what ends it.
func shownErase(t *testing.T, store, id string) (shown time.Time, end, kill func()) {
	t.Helper()
	cmd := program("--store", store, "erase", id, "--yes")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	if line, err := lines.ReadString('\n'); err != nil {
		t.Fatal(line, err)
	}
	end = func() {
		_, _ = io.Copy(io.Discard, lines)
		_ = cmd.Wait()
	}
	return time.Now(), end, func() {
		_ = cmd.Process.Kill() // it fails where the erasure was done sooner
		end()
	}
}

// tracedPeople writes people whom one can look for in the bytes of a file.
func tracedPeople(t *testing.T, n int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "traced.jsonl")
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{"node":"Person","id":"vkxjqz-%d","props":{"name":"Naam Qzjwkx%dq","bio":"%s"}}`+"\n", i, i, strings.Repeat(fmt.Sprintf("over qzjwkx%dq, ", i), 400)+"en meer")
	}
	for i := range n {
		fmt.Fprintf(&b, `{"edge":"WORKS_ON","from":"vkxjqz-%d","to":"traced","props":{}}`+"\n", i)
	}
	b.WriteString(`{"node":"Project","id":"traced","props":{"title":"Project","status":"LOPEND"}}` + "\n")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
