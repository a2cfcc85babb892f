package server

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server/internal/filelock"
)

// User is the only user of a Neo4j Community server.
const User = "neo4j"

// jvmLog is the file, beside Neo4j's own logs, that holds what the JVM prints.
const jvmLog = "jvm.log"

// grace is how long a server may take to stop in order.
const grace = 20 * time.Second

// Server is a Neo4j server that runs.
type Server struct {
	home           string
	scratch        bool // home is removed at the end
	fresh          bool // home was empty at the start
	owner          *filelock.Lock
	child          *child
	port, httpPort int
	password       string
	stop           sync.Once
	stopErr        error
}

// URI returns the address for a driver, as bolt://127.0.0.1:7687. Replace bolt by neo4j
// for a driver that asks the server for its routing table.
func (s *Server) URI() string { return "bolt://" + address(s.port) }

// Port returns the port where Bolt listens.
func (s *Server) Port() int { return s.port }

// HTTP returns the address of the HTTP API, or the empty string.
func (s *Server) HTTP() string {
	if s.httpPort == 0 {
		return ""
	}
	return "http://" + address(s.httpPort)
}

// Password returns the password of User; empty, the server asks for none.
func (s *Server) Password() string { return s.password }

// Home returns the directory of the server.
func (s *Server) Home() string { return s.home }

// PID returns the process id of the JVM.
func (s *Server) PID() int { return s.child.cmd.Process.Pid }

// Connect returns a driver for the server, which the caller closes.
func (s *Server) Connect() (neo4j.DriverWithContext, error) { return s.connect(s.password) }

// connect makes a driver with a password.
func (s *Server) connect(password string) (neo4j.DriverWithContext, error) {
	auth := neo4j.NoAuth()
	if password != "" {
		auth = neo4j.BasicAuth(User, password, "")
	}
	return neo4j.NewDriverWithContext(s.URI(), auth)
}

// Done returns a channel that is closed when the JVM has ended.
func (s *Server) Done() <-chan struct{} { return s.child.done }

// Err says how the JVM ended; it is nil before Done is closed.
func (s *Server) Err() error {
	select {
	case <-s.child.done:
		if s.child.err == nil {
			return errors.New("the JVM ended by itself")
		}
		return s.child.err
	default:
		return nil
	}
}

// Kill ends the JVM at once, as a power cut would, and leaves the directory: a server
// that is started there later recovers what was committed. Stop is still due.
func (s *Server) Kill() error {
	if err := s.child.cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	<-s.child.done
	return nil
}

// Stop ends the server and waits for its end: in order where its data stays, at once
// where the directory is removed anyway. Calls after the first do nothing.
func (s *Server) Stop() error {
	s.stop.Do(func() { s.stopErr = s.end() })
	return s.stopErr
}

func (s *Server) end() error {
	var err error
	if s.child != nil {
		if !s.scratch {
			s.terminate()
		}
		err = s.Kill()
	}
	if s.scratch {
		err = errors.Join(err, os.RemoveAll(s.home))
	}
	if s.owner != nil {
		err = errors.Join(err, s.owner.Unlock())
	}
	return err
}

// terminate asks the JVM to end and waits a while.
func (s *Server) terminate() {
	if s.child.cmd.Process.Signal(syscall.SIGTERM) != nil {
		return
	}
	select {
	case <-s.child.done:
	case <-time.After(grace):
	}
}

// Log returns the ends of the logs, for a message that says why the server failed.
func (s *Server) Log() string {
	var b strings.Builder
	for _, name := range []string{jvmLog, "neo4j.log"} {
		text, err := os.ReadFile(filepath.Join(s.home, "logs", name))
		if err != nil || len(text) == 0 {
			continue
		}
		const most = 4096
		b.WriteString(name + ":\n")
		b.Write(text[max(0, len(text)-most):])
	}
	return b.String()
}
