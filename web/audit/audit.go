// Package audit runs what others wrote against a running server: the audits of the npm package graphql-http, the
// reference for GraphQL over HTTP (https://graphql.github.io/graphql-over-http/draft/), and the clients graphql-ws and
// graphql-sse. It is for tests only.
package audit

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// audits is how many there are in the version that package.json names; clientChecks how many streams.mjs makes.
const (
	audits       = 61
	clientChecks = 8
)

//go:embed package.json package-lock.json audit.mjs streams.mjs
var files embed.FS

// report is what the scripts print.
type report struct {
	Total  int
	Passed int
	Failed []struct{ ID, Name, Status, Reason string }
}

// Run audits the GraphQL endpoint at url and fails t for every audit that does not pass. It needs node and npm, which
// fetches the audits: without them it skips the test, except in CI (the environment variable CI), where it fails it.
func Run(t testing.TB, url string) {
	t.Helper()
	run(t, url, "audit.mjs", audits)
}

// Streams has the clients graphql-ws and graphql-sse talk to the endpoint at url, which serves the schema of
// web/testdata/fixture. What Run says of node and npm holds here too.
func Streams(t testing.TB, url string) {
	t.Helper()
	run(t, url, "streams.mjs", clientChecks)
}

// run runs a script that makes so many checks.
func run(t testing.TB, url, script string, checks int) {
	t.Helper()
	for _, tool := range []string{"node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			giveUp(t, tool+" is not installed")
			return
		}
	}
	dir := t.TempDir()
	write(t, dir)
	if out, err := command(t, dir, "npm", "ci", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"); err != nil {
		giveUp(t, fmt.Sprintf("npm could not fetch the audits: %v\n%s", err, out))
		return
	}
	out, err := command(t, dir, "node", script, url)
	if err != nil {
		t.Fatalf("the audit did not run: %v\n%s", err, out)
	}
	var got report
	if err := json.Unmarshal(bytes.TrimSpace(out), &got); err != nil {
		t.Fatalf("the audit did not print JSON: %v\n%s", err, out)
	}
	for _, failure := range got.Failed {
		t.Errorf("%s %s: %s (%s)", failure.ID, failure.Name, failure.Reason, failure.Status)
	}
	if got.Total != checks || got.Passed != checks {
		t.Errorf("%d of %d checks passed, want %d of %d", got.Passed, got.Total, checks, checks)
	}
	t.Logf("%d passed", got.Passed)
}

// write puts the files in a directory of the test's own, so that nothing is installed beside the sources.
func write(t testing.TB, dir string) {
	t.Helper()
	for _, name := range []string{"package.json", "package-lock.json", "audit.mjs", "streams.mjs"} {
		content, err := files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// command runs a tool and returns what it printed, with what it complained of where it failed.
func command(t testing.TB, dir, name string, args ...string) ([]byte, error) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir = dir
	cmd.WaitDelay = time.Second
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		out = append(out, stderr.Bytes()...)
	}
	return out, err
}

// giveUp skips a test that cannot run here, and fails it where it must.
func giveUp(t testing.TB, why string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatal("the GraphQL over HTTP audit must run in CI: " + why)
	}
	t.Skip("the GraphQL over HTTP audit is left out: " + why)
}
