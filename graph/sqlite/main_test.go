package sqlite_test

import (
	"fmt"
	"os"
	"testing"
)

// TestMain is also the entry of the process that holds a lock: see lockElsewhere.
func TestMain(m *testing.M) {
	if path := os.Getenv(lockEnv); path != "" {
		if err := lock(path, os.Getenv(lockEnv+"_MODE")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}
