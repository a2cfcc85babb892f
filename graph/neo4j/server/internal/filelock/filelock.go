// Package filelock locks files between processes. The kernel drops a lock when the
// process that holds it ends, also by kill -9, so no lock is ever left behind.
package filelock

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"time"
)

// pause is how long a caller that waits for a lock sleeps between two attempts.
const pause = 10 * time.Millisecond

// Lock is a lock that is held. Locks belong to the open file, not to the process:
// two goroutines that lock the same path exclude each other too.
type Lock struct{ file *os.File }

// File returns the open file, for a child process to inherit: the lock then lasts until
// both have closed it.
func (l *Lock) File() *os.File { return l.file }

// Unlock gives the lock back.
func (l *Lock) Unlock() error { return l.file.Close() }

// Exclusive waits until nobody else holds a lock on the file, which it makes if there is
// none, or until ctx ends.
func Exclusive(ctx context.Context, path string) (*Lock, error) {
	return wait(ctx, path, true)
}

// Shared waits until nobody holds an exclusive lock on the file.
func Shared(ctx context.Context, path string) (*Lock, error) {
	return wait(ctx, path, false)
}

// TryExclusive returns nil without an error where somebody else holds a lock.
func TryExclusive(path string) (*Lock, error) { return try(path, true) }

func wait(ctx context.Context, path string, exclusive bool) (*Lock, error) {
	for {
		l, err := try(path, exclusive)
		if l != nil || err != nil {
			return l, err
		}
		select {
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case <-time.After(pause):
		}
	}
}

// try locks the file that has the path's name now: whoever holds the lock may have
// removed the file, and a lock on a removed file excludes nobody.
func try(path string, exclusive bool) (*Lock, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := flock(f, exclusive); err != nil {
		_ = f.Close()
		if errors.Is(err, errHeld) {
			return nil, nil
		}
		return nil, &fs.PathError{Op: "lock", Path: path, Err: err}
	}
	held, err := f.Stat()
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	if named, err := os.Stat(path); err != nil || !os.SameFile(held, named) {
		_ = f.Close()
		return try(path, exclusive)
	}
	return &Lock{f}, nil
}
