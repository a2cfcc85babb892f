//go:build unix

package servertest

import (
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
)

// detach gives the supervisor a session of its own: Ctrl-C does not reach it, and it
// stops the server in order when the tests are gone.
func detach(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} }

// inherited takes over what the starter gave: the lock, which no child may get, and the
// two pipes, whose other ends may be gone before anything is written.
func inherited() {
	syscall.CloseOnExec(3)
	signal.Ignore(syscall.SIGPIPE)
}

// command returns the name of a process's program, or "".
func command(pid string) string {
	if name, err := os.ReadFile("/proc/" + pid + "/comm"); err == nil {
		return strings.TrimSpace(string(name))
	}
	out, err := exec.Command("ps", "-o", "comm=", "-p", pid).Output()
	if err != nil {
		return ""
	}
	return filepath.Base(strings.TrimSpace(string(out)))
}
