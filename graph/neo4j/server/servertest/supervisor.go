package servertest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server/internal/filelock"
)

const (
	// look is the time between two looks at who is there.
	look = 200 * time.Millisecond
	// linger is how long a server without users waits for the next package of a run.
	linger = time.Minute
)

// init makes this process a supervisor if it was started as one. It is an init because a
// supervisor is a test binary, and no test binary should have to know that.
func init() {
	dir := os.Getenv(supervisorVar)
	if dir == "" {
		return
	}
	if err := supervisor(run{dir}, os.Getenv(parentVar)); err != nil {
		os.Exit(1)
	}
	os.Exit(0)
}

// supervisor starts the server, tells where it is, and stops it when nobody uses it.
func supervisor(r run, goPID string) error {
	inherited() // the lock on "supervisor", which lasts as long as this process
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() { // nobody may be left before the server answers
		for !r.deserted() {
			time.Sleep(look)
		}
		cancel()
	}()
	s, err := server.Start(ctx, options())
	if err != nil {
		return errors.Join(err, tell(report{Failure: err.Error(), Missing: errors.Is(err, server.ErrMissing)}))
	}
	now := state{URI: s.URI(), Supervisor: os.Getpid(), JVM: s.PID()}
	if err := r.publish(now); err != nil {
		return errors.Join(err, s.Stop(), tell(report{Failure: err.Error()}))
	}
	_ = tell(report{State: now}) // the starter may be gone while others wait
	return r.keep(s, goPID)
}

// options are those of a server that plans many statements and executes each few times.
func options() server.Options {
	return server.Options{
		Progress: os.Stderr,
		Settings: map[string]string{
			// A plan stays although the next test has other data, and serves texts and lists of
			// any length: otherwise the same statement is planned again and again.
			"dbms.cypher.min_replan_interval":                    "1d",
			"internal.cypher.use_parameter_size":                 "false",
			"server.memory.query_cache.per_db_cache_num_entries": "4000",
		},
	}
}

// tell prints the report and lets go of what the starter gave.
func tell(answer report) error {
	line, err := json.Marshal(answer)
	if err != nil {
		return err
	}
	_, err = fmt.Printf("%s\n", line)
	return errors.Join(err, os.Stdout.Close(), os.Stderr.Close())
}

// keep returns when the server has ended or nobody uses it.
func (r run) keep(s *server.Server, goPID string) error {
	idle := time.Now()
	for {
		select {
		case <-s.Done():
			why := fmt.Sprintf("%v\n%s", s.Err(), s.Log())
			return errors.Join(os.Remove(r.path("state.json")), os.WriteFile(r.path(crashLog), []byte(why), 0o600), s.Stop())
		case <-time.After(look):
		}
		if !r.deserted() {
			idle = time.Now()
		} else if time.Since(idle) > linger || !alive(goPID) {
			if gone, err := r.leave(s); gone {
				return err
			}
		}
	}
}

// deserted says whether no test process is there.
func (r run) deserted() bool {
	l, err := filelock.TryExclusive(r.path("users"))
	if l != nil {
		_ = l.Unlock()
	}
	return l != nil || errors.Is(err, os.ErrNotExist)
}

// leave stops the server and removes the run's directory, unless somebody came in.
func (r run) leave(s *server.Server) (gone bool, err error) {
	lock, err := filelock.TryExclusive(r.path("lock"))
	if lock == nil && err == nil {
		return false, nil
	}
	if lock != nil {
		defer func() { _ = lock.Unlock() }()
	}
	if !r.deserted() {
		return false, nil
	}
	return true, errors.Join(s.Stop(), r.remove())
}

// goCommand returns the process id of the go command that runs this test, or "".
func goCommand() string {
	pid := strconv.Itoa(os.Getppid())
	if command(pid) != "go" {
		return ""
	}
	return pid
}

// alive says whether pid is still a go command. An empty pid is not.
func alive(pid string) bool { return pid != "" && command(pid) == "go" }
