//go:build unix

package server

import (
	"os/exec"
	"strconv"
	"syscall"
)

// supported says whether servers are started here.
const supported = true

// ownGroup puts a command that starts others in a group of its own, which is killed
// whole when the command's context ends.
func ownGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}

// watchdog starts a shell that kills the process when this one ends, however it ends: the
// shell reads from a pipe whose other end closes then. The returned function sends it away.
func watchdog(pid int) (stop func()) {
	cmd := exec.Command("/bin/sh", "-c", `cat >/dev/null; kill -9 "$0"`, strconv.Itoa(pid))
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	pipe, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return func() {} // the server runs without: it is a fallback
	}
	return func() {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		_ = cmd.Wait()
		_ = pipe.Close()
	}
}
