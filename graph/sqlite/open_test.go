package sqlite_test

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/sqlite"
	"github.com/i-partnerschap/kennisgraaf/graph/storetest"
	_ "modernc.org/sqlite" // to make files that are not this store's
)

// refused opens a file that cannot be opened, and checks that the error names the file
// and says these words, and that the file and its directory are as they were.
func refused(t *testing.T, path string, code graph.Code, words ...string) {
	t.Helper()
	before, listed := contents(t, path)
	s, err := sqlite.Open(t.Context(), path, storetest.Model(), sqlite.Options{BusyTimeout: 50 * time.Millisecond})
	if err == nil {
		t.Error("Open succeeds", s.Close())
		return
	}
	var e *graph.Error
	if !errors.As(err, &e) || e.Code != code {
		t.Errorf("want an *Error with code %s, got %v (%s)", code, err, graph.CodeOf(err))
		return
	}
	for _, word := range append(words, path) {
		if !strings.Contains(e.Message, word) {
			t.Errorf("%q does not say %q", e.Message, word)
		}
	}
	after, listedAfter := contents(t, path)
	if !bytes.Equal(before, after) {
		t.Error("the file changed")
	}
	if listed != listedAfter {
		t.Errorf("there was %s, there is %s", listed, listedAfter)
	}
}

// contents returns the bytes of a file and the names beside it.
func contents(t *testing.T, path string) (file []byte, beside string) {
	t.Helper()
	if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
		if file, err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
	}
	entries, _ := os.ReadDir(filepath.Dir(path))
	for _, e := range entries {
		beside += " " + e.Name()
	}
	return file, beside
}

// execute runs statements on a file with the plain driver.
func execute(t *testing.T, path string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	db.SetMaxOpenConns(1)
	for _, s := range statements {
		if _, err := db.ExecContext(t.Context(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

// filled makes a store with a few hundred nodes and closes it.
func filled(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "graph.db")
	s, err := sqlite.Open(t.Context(), path, storetest.Model(), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Apply(t.Context(), "tester", largeChanges(0)[:900]); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestOpenAgain(t *testing.T) {
	path := filled(t)
	s, err := sqlite.Open(t.Context(), path, storetest.Model(), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Read(t.Context(), graph.Query{Root: &graph.Selection{Labels: []string{"Topic"}, Count: true}})
	if err != nil || r.Count != largeTopics {
		t.Errorf("got %v, %v", r, err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if _, beside := contents(t, path); beside != " graph.db" {
		t.Errorf("Close leaves%s", beside)
	}
}

// A path with characters that mean something in a URI is a path.
func TestOpenOddPath(t *testing.T) {
	for _, name := range []string{"a b.db", "a?mode=ro.db", "a#b%20.db", "ü&x=1.db", ":memory:"} {
		path := filepath.Join(t.TempDir(), name)
		s, err := sqlite.Open(t.Context(), path, storetest.Model(), sqlite.Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if _, beside := contents(t, path); beside != " "+name {
			t.Errorf("%s: there is%s", name, beside)
		}
	}
}

func TestOpenRefusesPaths(t *testing.T) {
	dir := t.TempDir()
	refused(t, dir, graph.BadUserInput, "is a directory")
	refused(t, filepath.Join(dir, "missing", "graph.db"), graph.BadUserInput, "does not exist")
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, []byte("text"), 0o600); err != nil {
		t.Fatal(err)
	}
	refused(t, filepath.Join(file, "graph.db"), graph.BadUserInput)
	if _, err := sqlite.Open(t.Context(), "", storetest.Model(), sqlite.Options{}); graph.CodeOf(err) != graph.BadUserInput {
		t.Errorf("no path: %v", err)
	}
}

func TestOpenRefusesOtherFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "text.db")
	if err := os.WriteFile(path, []byte(strings.Repeat("This is a letter to the minister. ", 500)), 0o600); err != nil {
		t.Fatal(err)
	}
	refused(t, path, graph.BadUserInput, "not a database file")
	if err := os.WriteFile(path, []byte("short"), 0o600); err != nil {
		t.Fatal(err)
	}
	refused(t, path, graph.BadUserInput, "not a database file")

	for name, statements := range map[string][]string{
		"plain":       {"CREATE TABLE t(x)"},
		"wal":         {"PRAGMA journal_mode=wal", "CREATE TABLE t(x)"},
		"application": {"PRAGMA application_id=12345", "CREATE TABLE t(x)"},
		"namesake":    {"CREATE TABLE node(id)", "CREATE TABLE edge(id)", "PRAGMA user_version=1"},
		"empty":       {"PRAGMA application_id=12345", "CREATE TABLE t(x)", "DROP TABLE t"},
	} {
		path := filepath.Join(t.TempDir(), name+".db")
		execute(t, path, statements...)
		refused(t, path, graph.BadUserInput, "another program")
	}
}

func TestOpenRefusesNewerVersion(t *testing.T) {
	path := filled(t)
	execute(t, path, "PRAGMA user_version=99")
	refused(t, path, graph.BadUserInput, "newer version", "99")
}

// A file that lost its end, or whose pages were overwritten, is damaged.
func TestOpenRefusesDamage(t *testing.T) {
	whole, err := os.ReadFile(filled(t))
	if err != nil {
		t.Fatal(err)
	}
	for name, damage := range map[string]func([]byte) []byte{
		"truncated":   func(b []byte) []byte { return b[:len(b)/2] },
		"one page":    func(b []byte) []byte { return b[:4096] },
		"overwritten": func(b []byte) []byte { copy(b[4096:], bytes.Repeat([]byte{0xaa}, len(b)-4096)); return b },
		"zeroed":      func(b []byte) []byte { clear(b[len(b)/2:]); return b },
		"one byte":    func(b []byte) []byte { b[100] ^= 0xff; return b },
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "graph.db")
			if err := os.WriteFile(path, damage(bytes.Clone(whole)), 0o600); err != nil {
				t.Fatal(err)
			}
			refused(t, path, graph.Internal, "damaged")
		})
	}
}

// Modes are looked at, so that this holds for the superuser too.
func TestOpenRefusesReadOnly(t *testing.T) {
	path := filled(t)
	chmod(t, path, 0o444)
	refused(t, path, graph.BadUserInput, "read-only")
	chmod(t, path, 0o644)
	chmod(t, filepath.Dir(path), 0o555)
	refused(t, path, graph.BadUserInput, "read-only")
	refused(t, filepath.Join(filepath.Dir(path), "new.db"), graph.BadUserInput, "read-only")
	chmod(t, filepath.Dir(path), 0o755)
}

func chmod(t *testing.T, path string, mode os.FileMode) {
	t.Helper()
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
}

// An immutable file cannot be written by anybody, whatever its mode says.
func TestOpenRefusesImmutable(t *testing.T) {
	path := filled(t)
	for _, target := range []string{path, filepath.Dir(path)} {
		if out, err := exec.CommandContext(t.Context(), "chattr", "+i", target).CombinedOutput(); err != nil {
			if os.Getenv("CI") != "" {
				t.Fatalf("chattr does not work here: %v %s", err, out)
			}
			t.Skipf("chattr does not work here: %v %s", err, out)
		}
		refused(t, path, graph.BadUserInput, "read")
		if out, err := exec.CommandContext(t.Context(), "chattr", "-i", target).CombinedOutput(); err != nil {
			t.Fatalf("%v %s", err, out)
		}
	}
}

// A file that another process has locked is unavailable until that process is done.
func TestOpenRefusesLocked(t *testing.T) {
	for _, mode := range []string{"delete", "wal"} {
		path := filled(t)
		release := lockElsewhere(t, path, mode)
		refused(t, path, graph.StoreUnavailable, "locked by another process")
		release()
		s, err := sqlite.Open(t.Context(), path, storetest.Model(), sqlite.Options{})
		if err != nil {
			t.Errorf("%s: after the lock: %v", mode, err)
			continue
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

const lockEnv = "SQLITE_TEST_LOCK"

// lockElsewhere lets another process lock a file exclusively.
func lockElsewhere(t *testing.T, path, mode string) (release func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), lockEnv+"="+path, lockEnv+"_MODE="+mode)
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
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "locked\n" {
		t.Fatalf("%q %v", line, err)
	}
	return func() {
		if err := errors.Join(in.Close(), cmd.Wait()); err != nil {
			t.Error(err)
		}
	}
}

// lock is the other process: it locks the file until its standard input ends.
func lock(path, mode string) error {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	for _, s := range []string{"PRAGMA journal_mode=" + mode, "PRAGMA locking_mode=exclusive", "BEGIN EXCLUSIVE", "INSERT INTO meta VALUES ('x','y')"} {
		if _, err := db.ExecContext(context.Background(), s); err != nil {
			return err
		}
	}
	if _, err := os.Stdout.WriteString("locked\n"); err != nil {
		return err
	}
	_, _ = bufio.NewReader(os.Stdin).ReadString('\n')
	if _, err := db.ExecContext(context.Background(), "ROLLBACK"); err != nil {
		return err
	}
	return db.Close()
}
