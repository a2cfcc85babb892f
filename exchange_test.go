package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/i-partnerschap/kennisgraaf/dataset"
	"github.com/i-partnerschap/kennisgraaf/dataset/generate"
	"github.com/i-partnerschap/kennisgraaf/dataset/snapshot"
	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server/servertest"
)

// program is the program as a process of its own; see TestMain.
func program(args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), serveArguments+"="+strings.Join(args, "\n"))
	return cmd
}

// generated writes a graph with moments in it, so that every import of it is the same.
func generated(t *testing.T, nodes int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "graph.jsonl")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	err = dataset.Write(file, func(yield func(graph.Change) bool) {
		for c := range generate.Changes(7, generate.SizeOf(nodes)) {
			if c.Op == graph.UpsertNode {
				c.Props["createdAt"], c.Props["updatedAt"] = "2020-01-01T00:00:00.000Z", "2021-01-01T00:00:00.000Z"
			}
			if !yield(c) {
				return
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// exported returns what a store holds.
func exported(t *testing.T, store string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "out.jsonl")
	if out, err := output(t, t.Context(), "--dataset", "none", "--store", store, "export", "-o", path); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// opened opens a store beside the program that has it.
func opened(t *testing.T, store string) graph.Store {
	t.Helper()
	c := cli{Store: store}
	c.Neo4j.User, c.Neo4j.ConnectTimeout, c.Neo4j.AcquireTimeout, c.Neo4j.MaxConnections, c.Neo4j.MaxConnectionAge = "neo4j", 5*time.Second, 10*time.Second, 10, time.Hour
	s, _, err := c.connect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// written waits until the log has more entries than it had.
func written(t *testing.T, s graph.Store, had int) {
	t.Helper()
	for begin := time.Now(); time.Since(begin) < 2*time.Minute; time.Sleep(5 * time.Millisecond) {
		if last, err := snapshot.Position(t.Context(), s); err != nil {
			t.Fatal(err)
		} else if last > int64(had) {
			return
		}
	}
	t.Fatal("the import writes nothing")
}

// consistent holds the change log of a store beside its data: every node and relation was
// created once, and whatever was created is there.
func consistent(t *testing.T, store string) (rows int) {
	t.Helper()
	content := exported(t, store)
	s := opened(t, store)
	defer s.Close()
	entries, err := s.Log(t.Context(), graph.LogQuery{Limit: graph.All})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Op != graph.CreateNode && e.Op != graph.Connect {
			t.Errorf("the log has %s of %s%s", e.Op, e.ID, e.Type)
		}
	}
	if rows = strings.Count(content, "\n"); rows != len(entries) {
		t.Errorf("%d rows in the store, %d entries in the log", rows, len(entries))
	}
	return rows
}

// searches are saved searches as an export has them; an import writes them last.
const searches = `{"node":"SavedSearch","id":"search-a","props":{"name":"Open vragen","types":["Vraagstuk"],"webhook":"https://example.nl/hook?key=geheim","where":"{\"vraagstuk\":{\"status\":{\"eq\":\"OPEN\"}}}"}}
{"node":"SavedSearch","id":"search-b","props":{"name":"Cyber <&>","text":"cyber"}}
`

// An import that is killed leaves whole batches, with a log that agrees; run again it
// gives what one that was left alone gives. Every other kill comes while it writes, at most
// within after it began to; the others come at any moment from the start of the process on.
func killed(t *testing.T, store string, nodes int, within time.Duration) {
	file := generated(t, nodes)
	content, err := os.ReadFile(file)
	if err == nil {
		err = os.WriteFile(file, append([]byte(searches), content...), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	alone := "sqlite:" + filepath.Join(t.TempDir(), "alone.db")
	if out, err := output(t, t.Context(), "--dataset", "none", "--store", alone, "import", file); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	const kills, batch = 20, 50
	args := []string{"--dataset", "none", "--store", store, "import", "--duplicates-max=0", fmt.Sprintf("--batch=%d", batch), file}
	total, rows, parts := strings.Count(exported(t, alone), "\n"), 0, 0
	network := total - strings.Count(searches, "\n")
	beside := opened(t, store)
	defer beside.Close()
	for n := range kills {
		cmd := program(args...)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if n%2 == 0 && rows < total {
			written(t, beside, rows)
			time.Sleep(rand.N(within))
		} else {
			time.Sleep(rand.N(time.Second))
		}
		_ = cmd.Process.Kill() // it fails where the import was done sooner
		_ = cmd.Wait()
		before := rows
		rows = consistent(t, store)
		if rows < before || rows%batch != 0 && rows != network && rows != total {
			t.Errorf("kill %d: %d rows after %d of %d; a batch was written in part", n, rows, before, total)
		}
		if before < rows && rows < total {
			parts++
		}
	}
	t.Logf("%d of %d kills came while it wrote", parts, kills)
	if parts == 0 {
		t.Error("no kill came while it wrote")
	}
	if out, err := program(args...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if got := exported(t, store); got != exported(t, alone) || !strings.Contains(got, searches) {
		t.Error("the store is not as it is after an import that was left alone")
	}
	out, err := program(args...).CombinedOutput()
	if err != nil || !strings.Contains(string(out), "Nothing changed") {
		t.Errorf("the import once more: %v: %s", err, out)
	}
}

func TestKilledImport(t *testing.T) {
	killed(t, "sqlite:"+filepath.Join(t.TempDir(), "k.db"), 1500, 100*time.Millisecond)
}

func TestKilledImportNeo4j(t *testing.T) {
	killed(t, servertest.Use(t).URI(), 500, 200*time.Millisecond)
}

var powerCuts = flag.Int("power.cuts", 1, "how often the power fails during an import into Neo4j")

// When the power fails, for the import and its database at once, the database opens again with
// whole batches and a log that agrees, and nothing that was written is gone.
func TestPowerFails(t *testing.T) {
	home := t.TempDir()
	database := servertest.Start(t, server.Options{Dir: home, Heap: "512m"})
	store, port := database.URI(), database.Port()
	const batch = 20
	file := generated(t, 2000)
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	args := []string{"--dataset", "none", "--store", store, "import", "--duplicates-max=0", file}
	total, rows := bytes.Count(content, []byte("\n")), 0
	beside := opened(t, store)
	defer beside.Close()
	for n := range *powerCuts {
		cmd := program(append(args, fmt.Sprintf("--batch=%d", batch))...)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if rows < total {
			written(t, beside, rows)
		}
		time.Sleep(rand.N(time.Second))
		if err := database.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		if err := database.Stop(); err != nil { // lets go of its directory
			t.Fatal(err)
		}
		database = servertest.Start(t, server.Options{Dir: home, Port: port, Heap: "512m"})
		before := rows
		rows = counted(t, database, "MATCH (c:`__Change`) RETURN count(c)")
		held := counted(t, database, "MATCH (n) WHERE n.id IS NOT NULL AND NOT n:`__Change` AND NOT n:`__Schema` AND NOT n:`__Counter` "+
			"RETURN count(n) + COUNT { ()-[]->() }")
		if rows < before || rows != held || rows%batch != 0 && rows != total {
			t.Errorf("cut %d: %d entries in the log after %d, %d nodes and relations", n, rows, before, held)
		}
		t.Logf("cut %d: %d of %d rows", n, rows, total)
	}
	if out, err := program(args...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if n := consistent(t, store); n != total {
		t.Errorf("%d rows in the end, want %d", n, total)
	}
	if err := database.Stop(); err != nil {
		t.Error(err)
	}
}

// counted returns what a statement counts.
func counted(t *testing.T, s *server.Server, statement string) int {
	t.Helper()
	d, err := s.Connect()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close(context.WithoutCancel(t.Context())) }()
	r, err := driver.ExecuteQuery(t.Context(), d, statement, nil, driver.EagerResultTransformer)
	if err != nil {
		t.Fatal(err)
	}
	n, _ := r.Records[0].Values[0].(int64)
	return int(n)
}

// Ctrl-C ends an import between two batches, and says how far it came.
func TestInterruptedImport(t *testing.T) {
	file, store := generated(t, 2000), "sqlite:"+filepath.Join(t.TempDir(), "i.db")
	args := []string{"--dataset", "none", "--store", store, "import", "--batch=20", file}
	cmd := program(args...)
	var out strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for range 600 { // until something is written
		time.Sleep(50 * time.Millisecond)
		if info, err := os.Stat(strings.TrimPrefix(store, "sqlite:")); err == nil && info.Size() > 1<<20 {
			break
		}
	}
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &exit) || !strings.Contains(out.String(), "run the same import again") || !strings.Contains(out.String(), "stopped") {
		t.Errorf("%v: %s", err, out.String())
	}
	if rows := consistent(t, store); rows%20 != 0 || rows == 0 {
		t.Errorf("%d rows", rows)
	}
	if out, err := program(args...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
}

// A mistyped name of a store is said to be none: it is not made, filled with the demo and
// exported, and nobody is looked for in it.
func TestNoStore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "mistyped.db")
	for _, args := range [][]string{{"export"}, {"export", "--about", "logius"}, {"erase", "logius", "--yes"}} {
		out, err := output(t, t.Context(), append([]string{"--store", "sqlite:" + path}, args...)...)
		if err == nil || out != "" || !strings.Contains(err.Error(), "there is no store "+path+"; say with --store") {
			t.Errorf("%v: %v, %.100q", args, err, out)
		}
	}
	if left, _ := filepath.Glob(path + "*"); len(left) > 0 {
		t.Errorf("it made %v", left)
	}
}

// An import with a fault says all that is wrong and leaves the store as it was.
func TestImportRefuses(t *testing.T) {
	store := "sqlite:" + filepath.Join(t.TempDir(), "f.db")
	file := filepath.Join(t.TempDir(), "people.csv")
	if err := os.WriteFile(file, []byte("id,name,roles,email\na,A,LECTOR,\nb,,BAAS,nope\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := program("--dataset", "none", "--store", store, "import", file).CombinedOutput()
	if err == nil {
		t.Error("it did not fail")
	}
	for _, want := range []string{file + ":3: name: ", file + ":3: roles: ", file + ":3: email: ", "nothing was imported: 3 things are wrong"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("it does not say %q: %s", want, out)
		}
	}
	if strings.Contains(string(out), "nope") {
		t.Errorf("it repeats a personal value: %s", out)
	}
	if got := exported(t, store); got != "" {
		t.Errorf("the store holds %s", got)
	}
}

// An import lists who may be the same among what it wrote, the likeliest first and no more
// than a screen of them; not where there are too many to read, and not where it wrote nothing.
func TestImportReportsDuplicates(t *testing.T) {
	store := "sqlite:" + filepath.Join(t.TempDir(), "d.db")
	file := filepath.Join(t.TempDir(), "people.csv")
	rows := "id,name\np1,Zoë Voorbeeld-Berg\nother,Iemand Anders\n"
	for n := range 7 { // with p1 eight of the same name, which are 28 pairs
		rows += fmt.Sprintf("q%d,Zoe Voorbeeld Berg\n", n)
	}
	if err := os.WriteFile(file, []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	run := func(more ...string) string {
		t.Helper()
		out, err := program(append([]string{"--dataset", "none", "--store", store, "import", file}, more...)...).CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		return string(out)
	}
	if out := run("--duplicates-max=8"); !strings.Contains(out, "not looked for among 9 nodes; --duplicates-max=9 does") || strings.Contains(out, "q1") {
		t.Errorf("above the limit: %s", out)
	}
	if out := run(); strings.Contains(out, "may be the same") {
		t.Errorf("with nothing written: %s", out)
	}
	if err := os.WriteFile(file, []byte(rows+"new,Nieuw Hier\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out := run()
	for _, want := range []string{"Person: 28 pairs may be the same", "(Zoë Voorbeeld-Berg)", "merge(keep: …, from: …)", "… and 8 more"} {
		if !strings.Contains(out, want) {
			t.Errorf("it does not say %q: %s", want, out)
		}
	}
	if strings.Contains(out, "Anders") || strings.Count(out, "  1.00  ") != 20 {
		t.Errorf("%s", out)
	}
}
