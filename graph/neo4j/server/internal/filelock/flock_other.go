//go:build !unix || aix || solaris

package filelock

import (
	"errors"
	"os"
)

// errHeld says that somebody else holds the lock.
var errHeld = errors.New("held")

// flock is not implemented here.
func flock(*os.File, bool) error { return errors.ErrUnsupported }
