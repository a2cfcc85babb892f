//go:build unix

package server

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"testing"

	"go.uber.org/goleak"
)

// helperVar makes the test binary do one thing and wait to be killed.
const helperVar = "SERVER_TEST_HELPER"

func TestMain(m *testing.M) {
	switch os.Getenv(helperVar) {
	case "start":
		s, err := Start(context.Background(), Options{})
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Printf("%d:%s\n", s.PID(), s.Home())
		select {}
	case "watchdog":
		pid, _ := strconv.Atoi(os.Args[1])
		watchdog(pid)
		fmt.Println("ready")
		select {}
	}
	goleak.VerifyTestMain(m)
}

// helper starts the test binary to do one thing, and returns it with the first line that
// it prints.
func helper(t *testing.T, what string, args ...string) (*exec.Cmd, string) {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), helperVar+"="+what)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	var line string
	if _, err := fmt.Fscanln(out, &line); err != nil {
		rest, _ := io.ReadAll(out)
		t.Fatalf("helper %s: %v: %s %s", what, err, line, rest)
	}
	return cmd, line
}
