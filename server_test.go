package main

import (
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/i-partnerschap/kennisgraaf/dataset/demotest"
	"github.com/i-partnerschap/kennisgraaf/graph/sqlite"
	"github.com/i-partnerschap/kennisgraaf/web/audit"
)

// output runs a command and returns what it printed.
func output(t *testing.T, ctx context.Context, args ...string) (string, error) {
	t.Helper()
	file, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	runErr := run(ctx, args, file, file)
	out, err := os.ReadFile(file.Name())
	if err != nil {
		t.Fatal(err)
	}
	return string(out), runErr
}

// demo is the file of a store with the demo in it: loading it is what costs.
var demo = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "demo-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	store, _, err := demotest.Load(dir, sqlite.Options{})
	if err == nil {
		err = store.Close()
	}
	if err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(dir, "test.db"))
})

// filled returns a store of the test's own that has the demo.
func filled(t *testing.T) string {
	t.Helper()
	content, err := demo()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "demo.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return "sqlite:" + path
}

// start serves on a free port, from a store of its own with the demo, and returns the address.
func start(t *testing.T, args ...string) string {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	args = append([]string{"serve", "--addr", "127.0.0.1:0", "--log-level", "error", "--store", filled(t)}, args...)
	go func() { done <- run(ctx, args, write, os.Stderr) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error("serve:", err)
		}
		read.Close()
		write.Close()
	})
	lines := make(chan string, 1)
	go func() {
		buf := make([]byte, 4096)
		n, _ := read.Read(buf)
		lines <- string(buf[:n])
	}()
	select {
	case out := <-lines:
		if n := strings.Count(out, "\n"); n != 4 {
			t.Errorf("%d lines at the start, want 4:\n%s", n, out)
		}
		return regexp.MustCompile(`http://[^/]+`).FindString(out)
	case err := <-done:
		done <- err
		t.Fatal("serve:", err)
	case <-time.After(time.Minute):
		t.Fatal("no answer in a minute")
	}
	return ""
}

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	res, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(body)
}

func TestServeAnswersEverywhere(t *testing.T) {
	url := start(t, "--store=sqlite:"+filepath.Join(t.TempDir(), "new.db"))
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		// Matching gets ready while all else is.
		status, body := get(t, url+"/readyz")
		if status == http.StatusOK {
			break
		}
		if !strings.Contains(body, "STORE_UNAVAILABLE") {
			t.Fatalf("/readyz: %d %s", status, body)
		}
	}
	for path, want := range map[string]string{
		"/": "I-Partnerschap", "/playground/": "<title>", "/explorer/": "<title>", "/explorer/model.json": "Lectoraat", "/healthz": "", "/readyz": "",
		"/graphql?query=%7Bregion(id:%22nl-ov%22)%7Bname%7D%7D": `{"data":{"region":{"name":"Overijssel"}}}`,
	} {
		status, body := get(t, url+path)
		if status != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%s: %d %.200s", path, status, body)
		}
	}
}

// The audit suite of npm's graphql-http passes on the real service.
func TestGraphQLOverHTTPAudit(t *testing.T) {
	audit.Run(t, start(t)+"/graphql")
}

func TestMatchPrintsNamesAndReasons(t *testing.T) {
	store := "--store=" + filled(t)
	out, err := output(t, context.Background(), "match", "--log-level=error", store, "Hoe beschermen we persoonsgegevens van burgers tegen ransomware?")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Ransomware", " 1. ", "Persoonsgegevensbescherming in Uitvoering · Avans Hogeschool · Noord-Brabant", "kent Privacy"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing in:\n%s", want, out)
		}
	}
	out, err = output(t, context.Background(), "match", "--log-level=error", store, "--first=1", "ransomware")
	if err != nil || !strings.Contains(out, " 1. ") {
		t.Errorf("one word: %v:\n%s", err, out)
	}
	for question, want := range map[string]string{
		"": "there is no question", "  ": "there is no question", "x": "two letters", "🙂 🙂": "two letters", "hoe kan het dat": "words without meaning",
		strings.Repeat("woord ", 17_000): "20000 is the most",
	} {
		if _, err := output(t, context.Background(), "match", "--log-level=error", store, question); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.20q: %v, want %s", question, err, want)
		}
	}
	out, err = output(t, context.Background(), "match", "--log-level=error", store, "--lang=EN", "--first=1", "xyzzy plugh")
	if err != nil || !strings.Contains(out, "Nobody found") {
		t.Errorf("%v:\n%s", err, out)
	}
}

func TestWrongFlagsSayWhatIsRight(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"store":    {[]string{"serve", "--store", "mysql:x"}, "sqlite:FILE"},
		"dataset":  {[]string{"serve", "--dataset", "all"}, "demo"},
		"open":     {[]string{"serve", "--addr", "0.0.0.0:0"}, "127.0.0.1"},
		"auth":     {[]string{"serve", "--auth", "basic"}, "oidc"},
		"issuer":   {[]string{"serve", "--auth", "oidc"}, "--oidc-issuer"},
		"http":     {[]string{"serve", "--auth", "oidc", "--oidc-issuer", "http://login.example.nl", "--oidc-audience", "x"}, "https"},
		"audience": {[]string{"serve", "--auth", "oidc", "--oidc-issuer", "https://login.example.nl"}, "--oidc-audience"},
		"no auth":  {[]string{"serve", "--oidc-issuer", "https://login.example.nl"}, "set --auth to oidc"},
		"origins":  {[]string{"serve", "--origins", "https://www.example.nl/page"}, "--origins"},
		"limit":    {[]string{"serve", "--limit-cost", "0"}, "cost"},
		"command":  {[]string{"dance"}, "dance"},
		"question": {[]string{"match", "--store=sqlite:" + filepath.Join(t.TempDir(), "x.db"), "--dataset=none", ""}, "question"},
	} {
		if _, err := output(t, context.Background(), c.args...); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want something about %q", name, err, c.want)
		}
	}
}

// A load that is interrupted leaves the store empty, and the next start fills it.
func TestAnInterruptedLoadIsDoneAgain(t *testing.T) {
	store := "--store=sqlite:" + filepath.Join(t.TempDir(), "i.db")
	ctx, stop := context.WithCancel(context.Background())
	time.AfterFunc(40*time.Millisecond, stop)
	_, first := output(t, ctx, "match", "--log-level=error", store, "ransomware?")
	if first == nil {
		t.Log("the load was too fast to interrupt")
	}
	out, err := output(t, context.Background(), "match", "--log-level=error", store, "ransomware?")
	if err != nil || !strings.Contains(out, "Gijzeling en Herstel") {
		t.Errorf("after %v: %v\n%s", first, err, out)
	}
}

// The formats that import takes stand in its help as a list, not run together in a paragraph.
func TestTheHelpOfImportListsTheFormats(t *testing.T) {
	help, err := program("import", "--help").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"jsonl", "csv", "ror", "openalex", "turtle, jsonld"} {
		if !strings.Contains(string(help), "\n  - "+format+": ") {
			t.Errorf("%s is not an item of a list:\n%.2000s", format, help)
		}
	}
}
