package servertest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server/internal/filelock"
)

// run is the directory that the test processes of one run meet in. Its files:
//
//	lock        held exclusively by whoever changes what is said here
//	users       held shared by each test process as long as it lives
//	supervisor  held exclusively by the supervisor as long as it lives
//	database    held exclusively by the test that has the database
//	state.json  where the server is, written when it answers
type run struct{ dir string }

// state is the content of state.json.
type state struct {
	URI        string `json:"uri"`
	Supervisor int    `json:"supervisor"`
	JVM        int    `json:"jvm"`
}

// thisRun returns the run that this process belongs to: that of the go command that
// started it. A test binary that runs by itself shares with all that its parent starts.
func thisRun() (run, error) {
	if dir := os.Getenv(dirVar); dir != "" {
		return run{dir}, os.MkdirAll(dir, 0o700)
	}
	base, err := server.TempDir(os.TempDir())
	if err != nil {
		return run{}, err
	}
	dir := filepath.Join(base, fmt.Sprintf("run-%s-%d", server.Version(), os.Getppid()))
	return run{dir}, os.MkdirAll(dir, 0o700)
}

func (r run) path(name string) string { return filepath.Join(r.dir, name) }

// crashLog is the file in the run's directory that says why the server ended by itself.
const crashLog = "crash.log"

// membership is the lock that says that this process uses the server. It is never given
// back: the kernel does that.
var membership struct {
	sync.Mutex
	lock *filelock.Lock
}

// join returns the address of the run's server, which it starts if need be.
func (r run) join(ctx context.Context) (uri string, err error) {
	lock, err := r.lock(ctx)
	if err != nil {
		return "", err
	}
	defer func() { _ = lock.Unlock() }()
	if err := r.enrol(ctx); err != nil {
		return "", err
	}
	for {
		free, err := filelock.TryExclusive(r.path("supervisor"))
		if err != nil {
			return "", err
		}
		if free != nil { // there is no supervisor
			return r.supervise(ctx, free)
		}
		if s, err := r.state(); err == nil && s.answers() {
			return s.URI, nil
		}
		select { // it starts, for somebody who is gone now, or it ends
		case <-ctx.Done():
			return "", context.Cause(ctx)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// lock locks the run. The directory goes with the run's last supervisor, so it may have
// to be made again.
func (r run) lock(ctx context.Context) (*filelock.Lock, error) {
	for {
		l, err := filelock.Exclusive(ctx, r.path("lock"))
		if !errors.Is(err, os.ErrNotExist) {
			return l, err
		}
		if err := os.MkdirAll(r.dir, 0o700); err != nil {
			return nil, err
		}
	}
}

// enrol makes this process a user, once. Whoever calls it holds the run's lock.
func (r run) enrol(ctx context.Context) error {
	membership.Lock()
	defer membership.Unlock()
	if membership.lock != nil {
		return nil
	}
	var err error
	membership.lock, err = filelock.Shared(ctx, r.path("users"))
	return err
}

// waiting holds the tests of this process that have the database or wait for it.
var waiting sync.Map

// database waits for the database.
func (r run) database(ctx context.Context, tb testing.TB) (*filelock.Lock, error) {
	if _, twice := waiting.LoadOrStore(tb.Name(), true); twice {
		return nil, errors.New("the test has the database already: call Use once, and WipeData or WipeAll after it")
	}
	tb.Cleanup(func() { waiting.Delete(tb.Name()) })
	for name := tb.Name(); strings.Contains(name, "/"); {
		name = name[:strings.LastIndex(name, "/")]
		if _, above := waiting.Load(name); above {
			return nil, fmt.Errorf("%s has the database already: pass it on to the subtest", name)
		}
	}
	begin := time.Now()
	lock, err := filelock.Exclusive(ctx, r.path("database"))
	if waited := time.Since(begin); waited > time.Second {
		tb.Logf("waited %v for the database, which another test had", waited.Round(time.Second/10))
	}
	return lock, err
}

// state reads where the server is.
func (r run) state() (s state, err error) {
	text, err := os.ReadFile(r.path("state.json"))
	if err != nil {
		return state{}, err
	}
	return s, json.Unmarshal(text, &s)
}

// answers says whether somebody listens where the server is.
func (s state) answers() bool {
	c, err := net.Dial("tcp", strings.TrimPrefix(s.URI, "bolt://"))
	if err != nil {
		return false
	}
	return c.Close() == nil
}

// publish writes where the server is, whole or not at all.
func (r run) publish(s state) error {
	text, err := json.Marshal(s)
	if err != nil {
		return err
	}
	part := r.path("state-" + strconv.Itoa(os.Getpid()))
	if err := os.WriteFile(part, text, 0o600); err != nil {
		return err
	}
	return os.Rename(part, r.path("state.json"))
}
