package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// What [Run] uses where its options say nothing.
const (
	LocalDir      = "neo4j-data"
	LocalPort     = 7687
	LocalPassword = "kennisgraaf" // the server listens on this machine only
)

// Run runs a server for local development until ctx ends, and prints how to connect to
// it. Its data stays in the directory. Empty options are LocalDir, LocalPort and
// LocalPassword.
func Run(ctx context.Context, o Options, stdout io.Writer) error {
	if o.Dir == "" {
		o.Dir = LocalDir
	}
	if o.Port == 0 {
		o.Port = LocalPort
	}
	if o.Password == "" {
		o.Password = LocalPassword
	}
	if o.Progress == nil {
		o.Progress = stdout
	}
	fmt.Fprintf(stdout, "Starting Neo4j %s in %s …\n", Version(), o.Dir)
	if err := hide(o.Dir); err != nil {
		return graph.Wrap(graph.BadUserInput, err, "%s cannot be used as Neo4j's directory: name one that you can write in", o.Dir)
	}
	s, err := Start(ctx, o)
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "Neo4j answers on neo4j://localhost:%d (user %s, data in %s). Serve from it in another terminal:\n\n"+
		"  NEO4J_PASSWORD=%s go run . --store neo4j://localhost:%d\n\nCtrl-C stops it.\n", s.Port(), User, s.Home(), quote(o.Password), s.Port())
	if s.HTTP() != "" {
		fmt.Fprintf(stdout, "Neo4j's own HTTP API: %s\n", s.HTTP())
	}
	select {
	case <-ctx.Done():
		fmt.Fprintln(stdout, "Stopping Neo4j …")
		return s.Stop()
	case <-s.Done():
		err := graph.Wrap(graph.StoreUnavailable, fmt.Errorf("%w\n%s", s.Err(), s.Log()), "Neo4j stopped by itself")
		return errors.Join(err, s.Stop())
	}
}

// hide makes the directory, with a file that keeps it out of git.
func hide(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, ".gitignore"), []byte("*\n"), 0o644)
}
