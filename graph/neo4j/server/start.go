package server

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server/internal/filelock"
)

// startTimeout bounds a start, also on a machine that is busy with other things. The
// download before it is bounded by the caller's context only.
const startTimeout = 3 * time.Minute

// minPassword is the least length that Neo4j accepts.
const minPassword = 8

// Start starts a server and returns when it answers queries. Whoever starts it must Stop
// it; if the process ends without, the server ends with it.
func Start(ctx context.Context, o Options) (*Server, error) {
	o = o.withDefaults()
	if o.Password != "" && len(o.Password) < minPassword {
		return nil, graph.Errorf(graph.BadUserInput, "the password has %d characters, Neo4j wants %d or more", len(o.Password), minPassword)
	}
	java, err := findJava(ctx)
	if err != nil {
		return nil, err
	}
	jars, err := Install(ctx, o.Progress)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, startTimeout, graph.Errorf(graph.Timeout, "Neo4j did not start within %v", startTimeout))
	defer cancel()
	s := &Server{scratch: o.Dir == "", password: o.Password}
	if err := s.claim(ctx, o.Dir); err != nil {
		return nil, err
	}
	if err := s.launch(ctx, java, jars, o); err != nil {
		return nil, errors.Join(err, s.Stop())
	}
	return s, nil
}

// claim takes the home directory for this server alone.
func (s *Server) claim(ctx context.Context, dir string) (err error) {
	if s.scratch {
		if s.home, s.owner, err = scratch(ctx); err != nil {
			return graph.Wrap(graph.Internal, err, "no directory for Neo4j can be made")
		}
		s.fresh = true
		return nil
	}
	if s.home, err = filepath.Abs(dir); err == nil {
		err = os.MkdirAll(s.home, 0o700)
	}
	if err == nil {
		s.owner, err = filelock.TryExclusive(filepath.Join(s.home, ownerLock))
	}
	if err != nil {
		return graph.Wrap(graph.BadUserInput, err, "%s cannot be used as Neo4j's directory: name one that you can write in", dir)
	}
	if s.owner == nil {
		return graph.Errorf(graph.Conflict, "another server runs in %s: stop it, or name another directory", s.home)
	}
	_, err = os.Stat(filepath.Join(s.home, "data", "databases", "system"))
	s.fresh = err != nil
	return nil
}

// launch writes the configuration, starts the JVM and waits until it answers.
func (s *Server) launch(ctx context.Context, java string, jars []string, o Options) error {
	if err := o.pickPorts(); err != nil {
		return err
	}
	s.port, s.httpPort = o.Port, o.HTTPPort
	conf, logs := filepath.Join(s.home, "conf"), filepath.Join(s.home, "logs")
	if err := errors.Join(os.MkdirAll(conf, 0o700), os.MkdirAll(logs, 0o700)); err != nil {
		return graph.Wrap(graph.BadUserInput, err, "%s cannot be written", s.home)
	}
	if err := os.WriteFile(filepath.Join(conf, "neo4j.conf"), []byte(o.config(s.scratch)), 0o600); err != nil {
		return graph.Wrap(graph.BadUserInput, err, "%s cannot be written", conf)
	}
	out, err := os.Create(filepath.Join(logs, jvmLog))
	if err != nil {
		return graph.Wrap(graph.BadUserInput, err, "%s cannot be written", logs)
	}
	defer func() { _ = out.Close() }() // the JVM has its own
	cmd := exec.Command(java, o.java(jars, s.home, conf)...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = s.home, out, out
	c, err := spawn(cmd)
	if err != nil {
		return graph.Wrap(graph.StoreUnavailable, err, "%s does not start", java)
	}
	s.child = c
	return s.await(ctx)
}

// pickPorts checks the ports that were asked for and finds free ones for the others.
func (o *Options) pickPorts() (err error) {
	if o.Port, err = pick(o.Port); err == nil && o.HTTP {
		o.HTTPPort, err = pick(o.HTTPPort)
	}
	return err
}

// pick returns port if nobody listens there, and a free port for 0.
func pick(port int) (int, error) {
	l, err := net.Listen("tcp", address(port))
	if err != nil {
		return 0, graph.Wrap(graph.Conflict, err, "port %d is taken: stop what listens there (another Neo4j?) or choose another port", port)
	}
	port = l.Addr().(*net.TCPAddr).Port
	return port, l.Close()
}

// failed describes a JVM that ended before it answered.
func (s *Server) failed() error {
	return graph.Wrap(graph.StoreUnavailable, fmt.Errorf("%w\n%s", s.Err(), s.Log()), "Neo4j stopped while it started")
}
