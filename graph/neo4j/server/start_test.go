//go:build unix

package server

import (
	"bytes"
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// needs skips a test that cannot start a server here; in CI it fails.
func needs(t *testing.T, err error) {
	t.Helper()
	if errors.Is(err, ErrMissing) && os.Getenv("CI") == "" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// A server keeps its data over a stop and over a kill, guards its directory and its
// port, and asks for its password.
func TestServerWithDirectory(t *testing.T) {
	o := Options{Dir: t.TempDir(), Password: "geheim-genoeg", HTTP: true, Progress: os.Stderr}
	s, err := Start(t.Context(), o)
	needs(t, err)
	defer func() { _ = s.Stop() }()
	write(t, s, "CREATE (:Person {id: 'a'})")
	if r, err := http.Get(s.HTTP()); err != nil || r.Body.Close() != nil || r.StatusCode != http.StatusOK {
		t.Errorf("HTTP: %v %v", r, err)
	}
	_, err = Start(t.Context(), o)
	fails(t, err, graph.Conflict, "another server runs in")
	_, err = Start(t.Context(), Options{Dir: t.TempDir(), Port: s.Port()})
	fails(t, err, graph.Conflict, "port "+strconv.Itoa(s.Port())+" is taken")

	if err := s.Kill(); err != nil {
		t.Fatal(err)
	}
	if s.Err() == nil {
		t.Error("a killed server has no Err")
	}
	if err := s.Stop(); err != nil {
		t.Error(err)
	}
	o.HTTP, o.Port = false, s.Port()
	again, err := Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = again.Stop() }()
	write(t, again, "MATCH (p:Person {id: 'a'}) SET p.found = 1 / count { (:Person) }")
	begin := time.Now()
	if err := again.Stop(); err != nil {
		t.Error(err)
	}
	if log := again.Log(); !strings.Contains(log, "Stopped.") {
		t.Errorf("it did not stop in order within %v:\n%s", time.Since(begin), log)
	}
	o.Password = "geen-van-tweeen"
	_, err = Start(t.Context(), o)
	fails(t, err, graph.Unauthenticated, "has another password")
}

// write sends a statement with the server's own password.
func write(t *testing.T, s *Server, cypher string) {
	t.Helper()
	if err := s.run(t.Context(), s.Password(), "neo4j", cypher, nil); err != nil {
		t.Fatalf("%s: %v", cypher, err)
	}
	if err := s.run(t.Context(), "not-"+s.Password(), "neo4j", cypher, nil); !unauthorized(err) {
		t.Errorf("with a wrong password: %v", err)
	}
}

// fails expects an error with a code and a text.
func fails(t *testing.T, err error, code graph.Code, text string) {
	t.Helper()
	if graph.CodeOf(err) != code || err == nil || !strings.Contains(err.Error(), text) {
		t.Errorf("got %v %v, want %v %q", graph.CodeOf(err), err, code, text)
	}
}

func TestShortPasswordIsRefused(t *testing.T) {
	_, err := Start(t.Context(), Options{Password: "kort"})
	fails(t, err, graph.BadUserInput, "8 or more")
}

// What the start of a server cancels leaves nothing behind.
func TestCancelledStart(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 1500*time.Millisecond)
	defer cancel()
	_, err := Start(ctx, Options{})
	if err == nil || errors.Is(err, ErrMissing) {
		t.Skip("no server, or one that starts in no time:", err)
	}
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

// kill -9 of the process that started a server ends the server, and the next one removes
// its directory.
func TestServerDiesWithItsParent(t *testing.T) {
	_, err := findJava(t.Context())
	needs(t, err)
	_, err = Install(t.Context(), os.Stderr)
	needs(t, err)
	parent, line := helper(t, "start")
	number, home, _ := strings.Cut(line, ":")
	pid, err := strconv.Atoi(number)
	if err != nil {
		t.Fatal(line)
	}
	if err := parent.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = parent.Wait()
	gone(t, pid)
	next, owner, err := scratch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(home); err == nil {
		t.Errorf("%s is still there", home)
	}
	if err := errors.Join(os.RemoveAll(next), owner.Unlock()); err != nil {
		t.Error(err)
	}
}

// The shell that does the same where the kernel does not.
func TestWatchdog(t *testing.T) {
	sleeper, _ := os.StartProcess("/bin/sleep", []string{"sleep", "1000"}, &os.ProcAttr{})
	parent, _ := helper(t, "watchdog", strconv.Itoa(sleeper.Pid))
	if err := parent.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() { _, _ = sleeper.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(5 * time.Second):
		t.Error("it lives")
		_ = sleeper.Kill()
		<-done
	}
}

// gone expects that a process ends soon.
func gone(t *testing.T, pid int) {
	t.Helper()
	for range 100 {
		stat, _ := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
		if syscall.Kill(pid, 0) != nil || bytes.Contains(stat, []byte(") Z ")) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Errorf("process %d lives", pid)
	_ = syscall.Kill(pid, syscall.SIGKILL)
}

// Run prints how to connect and stops at the end of its context.
func TestRun(t *testing.T) {
	busy, err := net.Listen("tcp", address(0))
	if err != nil {
		t.Fatal(err)
	}
	port := busy.Addr().(*net.TCPAddr).Port
	_, javaErr := findJava(t.Context())
	needs(t, javaErr)
	o := Options{Dir: filepath.Join(t.TempDir(), "data"), Port: port, Progress: os.Stderr}
	fails(t, Run(t.Context(), o, &bytes.Buffer{}), graph.Conflict, "is taken")
	if err := busy.Close(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var out output
	out.on("Ctrl-C", cancel)
	needs(t, Run(ctx, o, &out))
	want := "NEO4J_PASSWORD=kennisgraaf go run . --store neo4j://localhost:" + strconv.Itoa(port)
	if text := out.String(); !strings.Contains(text, want) || !strings.HasSuffix(text, "Stopping Neo4j …\n") {
		t.Errorf("printed:\n%s", text)
	}
}

// output calls a function when a text is printed.
type output struct {
	bytes.Buffer
	text string
	do   func()
}

func (o *output) on(text string, do func()) { o.text, o.do = text, do }

func (o *output) Write(p []byte) (int, error) {
	defer func() {
		if strings.Contains(o.String(), o.text) {
			o.do()
		}
	}()
	return o.Buffer.Write(p)
}

func TestQuote(t *testing.T) {
	for in, want := range map[string]string{"geheim-1": "geheim-1", "": "''", "a b": "'a b'", "it's": `'it'\''s'`, "$x": "'$x'"} {
		if got := quote(in); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}
