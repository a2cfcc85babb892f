package server

import (
	"os/exec"
	"runtime"
)

// child is a process that ends with this one.
type child struct {
	cmd  *exec.Cmd
	done chan struct{} // closed when the process has ended
	err  error         // how it ended, once done is closed
}

// spawn starts a child. Where the kernel kills a child with its parent, it does so when
// the *thread* that started it ends, and Go ends threads as it likes: so one goroutine
// keeps its thread to itself and waits on it for the child.
func spawn(cmd *exec.Cmd) (*child, error) {
	c := &child{cmd: cmd, done: make(chan struct{})}
	started := make(chan error, 1)
	go func() {
		runtime.LockOSThread() // and never unlocked: the thread ends with this goroutine
		dieWithParent(cmd)
		if err := cmd.Start(); err != nil {
			started <- err
			return
		}
		stop := guard(cmd.Process.Pid)
		started <- nil
		c.err = cmd.Wait()
		stop()
		close(c.done)
	}()
	return c, <-started
}
