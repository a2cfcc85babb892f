//go:build unix && !linux

package server

import (
	"os/exec"
	"syscall"
)

// dieWithParent puts the process in a group of its own, so that Ctrl-C in the terminal
// does not reach it; guard does what the name says.
func dieWithParent(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}

// guard kills the process when this one ends.
func guard(pid int) (stop func()) { return watchdog(pid) }
