package sqlite_test

import (
	"fmt"
	"os"
	"testing"
)

var mainDir string

// largeDir returns a directory that lives as long as the test process.
func largeDir(tb testing.TB) string {
	tb.Helper()
	return mainDir
}

func TestMain(m *testing.M) {
	if path := os.Getenv(lockEnv); path != "" {
		if err := lock(path, os.Getenv(lockEnv+"_MODE")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	dir, err := os.MkdirTemp("", "sqlite-test-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	mainDir = dir
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}
