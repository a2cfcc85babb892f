//go:build unix

package sqlite

import (
	"errors"

	"golang.org/x/sys/unix"
)

// writable tells whether this process may write to a file or directory: by its mode, by
// its attributes and by how its file system is mounted. It asks without opening the
// file, since closing it again would drop the locks that SQLite holds on it elsewhere in
// this process.
func writable(path string) bool {
	err := unix.Access(path, unix.W_OK)
	return err == nil || errors.Is(err, unix.ENOSYS)
}
