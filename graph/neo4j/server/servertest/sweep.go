package servertest

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server/internal/filelock"
)

// remove removes the run's directory. Whoever calls it holds the run's lock. The rename
// comes first: somebody who comes in meanwhile makes a directory of its own, and files in
// one that is being removed would go with it.
func (r run) remove() error {
	gone := fmt.Sprintf("%s-gone-%d", r.dir, os.Getpid())
	if err := os.Rename(r.dir, gone); err != nil {
		return err
	}
	return os.RemoveAll(gone)
}

// sweep removes the directories of other runs that ended without a supervisor to do it.
func (r run) sweep() {
	others, _ := filepath.Glob(filepath.Join(filepath.Dir(r.dir), "run-*"))
	for _, dir := range others {
		if other := (run{dir}); other != r {
			other.removeAbandoned()
		}
	}
}

// removeAbandoned removes the run's directory if no process takes part in the run. What
// cannot be removed now is tried again by the next.
func (r run) removeAbandoned() {
	for _, name := range []string{"lock", "users", "supervisor"} {
		l, err := filelock.TryExclusive(r.path(name))
		if l == nil || err != nil {
			return
		}
		defer func() { _ = l.Unlock() }()
	}
	_ = r.remove()
}
