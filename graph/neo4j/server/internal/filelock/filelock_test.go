//go:build unix

package filelock

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// An exclusive lock excludes everybody, a shared one those who want it for themselves,
// also within one process.
func TestModes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	short, cancel := context.WithTimeout(t.Context(), 5*pause)
	defer cancel()
	a := must(Exclusive(t.Context(), path))
	if l, err := TryExclusive(path); l != nil || err != nil {
		t.Errorf("a second exclusive lock: %v %v", l, err)
	}
	if _, err := Shared(short, path); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a shared lock beside an exclusive one: %v", err)
	}
	_ = a.Unlock()
	b, c := must(Shared(t.Context(), path)), must(Shared(t.Context(), path))
	if l, err := TryExclusive(path); l != nil || err != nil {
		t.Errorf("an exclusive lock beside shared ones: %v %v", l, err)
	}
	_, _ = b.Unlock(), c.Unlock()
	if l, err := TryExclusive(path); l == nil || err != nil {
		t.Errorf("a free lock: %v %v", l, err)
	}
	if _, err := TryExclusive(filepath.Join(path, "x")); err == nil {
		t.Error("a lock in a file that is no directory")
	}
}

// A file that is removed while it is locked and waited for does not let two in.
func TestRemovedFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	var wait sync.WaitGroup
	var inside atomic.Int32
	for range 8 {
		wait.Go(func() {
			for range 50 {
				l := must(Exclusive(t.Context(), path))
				if inside.Add(1) != 1 {
					t.Error("two are in")
				}
				inside.Add(-1)
				_ = os.Remove(path) // lets the next in, as Unlock does
				_ = l.Unlock()
			}
		})
	}
	done := make(chan struct{})
	go func() { wait.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(time.Minute):
		t.Fatal("they wait for each other")
	}
}

func must(l *Lock, err error) *Lock {
	if err != nil {
		panic(err)
	}
	return l
}
