package servertest

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"

	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server/internal/filelock"
)

// The environment variables between a test process and its supervisor.
const (
	supervisorVar = "KENNISGRAAF_NEO4J_SUPERVISOR" // the run's directory; makes the process a supervisor
	parentVar     = "KENNISGRAAF_NEO4J_GO"         // the process id of the go command, if there is one
	dirVar        = "KENNISGRAAF_NEO4J_RUN"        // the run's directory, for the tests of this package
)

// report is the one line that a supervisor prints.
type report struct {
	State   state  `json:"state"`
	Failure string `json:"failure,omitempty"`
	Missing bool   `json:"missing,omitempty"`
}

// supervise starts a supervisor that inherits the lock, and waits until its server
// answers. The supervisor goes on when this process ends.
func (r run) supervise(ctx context.Context, lock *filelock.Lock) (uri string, err error) {
	defer func() { _ = lock.Unlock() }() // of this process: the supervisor has its own
	r.sweep()
	_ = os.Remove(r.path("state.json"))
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), supervisorVar+"="+r.dir, parentVar+"="+goCommand())
	cmd.ExtraFiles = []*os.File{lock.File()}
	cmd.Dir = "/"
	detach(cmd)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", err
	}
	progress, err := cmd.StderrPipe()
	if err != nil {
		return "", err
	}
	if err := cmd.Start(); err != nil {
		return "", err
	}
	stop := context.AfterFunc(ctx, func() { _ = cmd.Process.Kill() })
	defer stop()
	_, _ = io.Copy(os.Stderr, progress) // ends when the supervisor closes it: what takes long is told here
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		_ = cmd.Wait()
		return "", errors.Join(context.Cause(ctx), fmt.Errorf("the supervisor ended: %w", err))
	}
	_ = out.Close()
	_ = cmd.Process.Release()
	var answer report
	if err := json.Unmarshal(line, &answer); err != nil {
		return "", err
	}
	if answer.Missing {
		return "", fmt.Errorf("%w: %s", server.ErrMissing, answer.Failure)
	}
	if answer.Failure != "" {
		return "", errors.New(answer.Failure)
	}
	return answer.State.URI, nil
}
