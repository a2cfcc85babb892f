//go:build unix

package servertest

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server/internal/filelock"
)

// memberVar makes TestMember do something: it is the body of the other processes here.
const memberVar = "SERVERTEST_MEMBER"

// TestMember uses the server and stays until its input ends. It is there for the
// processes that other tests start, and does nothing in their own.
func TestMember(t *testing.T) {
	if os.Getenv(memberVar) == "" {
		return
	}
	t.Run("use", func(t *testing.T) {
		db := Use(t)
		db.Query(t, "CREATE (:Person)", nil)
		_, _ = os.Stdout.WriteString("URI " + db.URI() + "\n")
	})
	_, _ = io.Copy(io.Discard, os.Stdin)
}

// member is another test process.
type member struct {
	cmd *exec.Cmd
	in  io.Closer
	out *bufio.Scanner
}

// startMember starts a test process of the run in dir.
func startMember(t *testing.T, dir string, env ...string) *member {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestMember$", "-test.v")
	cmd.Env = append(append(os.Environ(), memberVar+"=1", dirVar+"="+dir), env...)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	m := &member{cmd, in, bufio.NewScanner(out)}
	t.Cleanup(m.kill)
	return m
}

// uri waits until the process has used the server.
func (m *member) uri(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	for m.out.Scan() {
		if uri, ok := strings.CutPrefix(m.out.Text(), "URI "); ok {
			return uri
		}
		all.WriteString(m.out.Text() + "\n")
	}
	t.Fatalf("the process ended:\n%s", all.String())
	return ""
}

// kill does what kill -9 does.
func (m *member) kill() {
	_ = m.cmd.Process.Kill()
	_ = m.cmd.Wait()
}

// rest returns what else the process prints until it ends by itself.
func (m *member) rest() string {
	_ = m.in.Close()
	var all strings.Builder
	for m.out.Scan() {
		all.WriteString(m.out.Text() + "\n")
	}
	_ = m.cmd.Wait()
	return all.String()
}

// Two processes share one server, which stays as long as one of them lives, and goes with
// the last also if that is killed. If the supervisor is killed, the server goes and the
// next process starts another.
func TestProcessesShareOneServer(t *testing.T) {
	if testing.Short() {
		t.Skip("starts two servers")
	}
	if _, err := server.Install(t.Context(), os.Stderr); err != nil {
		refuse(t, err)
	}
	r := run{t.TempDir()}
	a, b := startMember(t, r.dir), startMember(t, r.dir)
	uri := a.uri(t)
	if other := b.uri(t); other != uri {
		t.Errorf("two servers: %s and %s", uri, other)
	}
	first, err := r.state()
	if err != nil {
		t.Fatal(err)
	}
	a.kill()
	time.Sleep(3 * look)
	if !running(first.JVM) || !first.answers() {
		t.Error("the server went with the first process")
	}
	if err := syscall.Kill(first.Supervisor, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	ends(t, first.JVM)
	c := startMember(t, r.dir)
	if c.uri(t) == uri {
		t.Error("the server outlived its supervisor")
	}
	second, err := r.state()
	if err != nil {
		t.Fatal(err)
	}
	b.kill()
	c.kill()
	ends(t, second.JVM)
	ends(t, second.Supervisor)
	if _, err := os.Stat(r.dir); err == nil {
		t.Errorf("%s is still there", r.dir)
	}
}

// A server that nobody is left to use stops while it still starts.
func TestNobodyLeftAtTheStart(t *testing.T) {
	if _, err := server.Install(t.Context(), os.Stderr); err != nil {
		refuse(t, err)
	}
	r := run{t.TempDir()}
	m := startMember(t, r.dir)
	for !r.supervised(t) {
		time.Sleep(10 * time.Millisecond)
	}
	time.Sleep(3 * look) // it looks for Java, or starts it
	m.kill()
	for begin := time.Now(); r.supervised(t); time.Sleep(10 * time.Millisecond) {
		if time.Since(begin) > 10*time.Second {
			t.Fatal("the supervisor is still there")
		}
	}
}

// supervised says whether a supervisor lives.
func (r run) supervised(t *testing.T) bool {
	t.Helper()
	l, err := filelock.TryExclusive(r.path("supervisor"))
	if err != nil {
		t.Fatal(err)
	}
	if l != nil {
		_ = l.Unlock()
	}
	return l == nil
}

// A run whose processes were all killed leaves a directory; the next run removes it. One
// that goes on is left alone.
func TestSweep(t *testing.T) {
	base := t.TempDir()
	mine, dead, other := run{filepath.Join(base, "run-1")}, run{filepath.Join(base, "run-2")}, run{filepath.Join(base, "run-3")}
	for _, r := range []run{mine, dead, other} {
		l, err := r.lock(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := l.Unlock(); err != nil {
			t.Fatal(err)
		}
	}
	user, err := filelock.Shared(t.Context(), other.path("users"))
	if err != nil {
		t.Fatal(err)
	}
	mine.sweep()
	if err := user.Unlock(); err != nil {
		t.Fatal(err)
	}
	left, _ := filepath.Glob(filepath.Join(base, "*"))
	if want := []string{mine.dir, other.dir}; !slices.Equal(left, want) {
		t.Errorf("left: %v, want %v", left, want)
	}
}

// Without Java a test is skipped and says how to get it; in CI it fails.
func TestWithoutJava(t *testing.T) {
	for ci, want := range map[string]string{"": "--- SKIP: TestMember/use", "true": "--- FAIL: TestMember/use"} {
		m := startMember(t, t.TempDir(), "PATH="+t.TempDir(), "JAVA_HOME=", "CI="+ci)
		out := m.rest()
		if !strings.Contains(out, want) || !strings.Contains(out, "openjdk-17-jre-headless") {
			t.Errorf("CI=%q, want %s and how to get Java:\n%s", ci, want, out)
		}
	}
}

// running says whether a process is there, and not just its entry in the table.
func running(pid int) bool {
	out, err := exec.Command("ps", "-o", "stat=", "-p", strconv.Itoa(pid)).Output()
	return err == nil && !strings.HasPrefix(strings.TrimSpace(string(out)), "Z")
}

// ends expects that a process ends soon.
func ends(t *testing.T, pid int) {
	t.Helper()
	for range 200 {
		if !running(pid) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Errorf("process %d lives", pid)
	_ = syscall.Kill(pid, syscall.SIGKILL)
}
