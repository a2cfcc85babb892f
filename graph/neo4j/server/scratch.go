package server

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server/internal/filelock"
)

// ownerLock is the file in a home directory that whoever runs the server there has locked.
const ownerLock = "owner.lock"

// memory is a file system in memory, where a commit does not wait for a disk.
const memory = "/dev/shm"

// TempDir makes and returns a directory under base that only this user can enter, the
// same for each call.
func TempDir(base string) (string, error) {
	dir := filepath.Join(base, fmt.Sprintf("kennisgraaf-%d", os.Getuid()))
	if err := os.Mkdir(dir, 0o700); err != nil && !os.IsExist(err) {
		return "", err
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return "", err
	}
	if os.PathSeparator == '/' && info.Mode() != fs.ModeDir|0o700 {
		return "", fmt.Errorf("%s is open to others: remove it", dir)
	}
	return dir, nil
}

// scratch makes a home directory for one server, in memory if there is room, and removes
// those whose owners are gone.
func scratch(ctx context.Context) (home string, owner *filelock.Lock, err error) {
	base := os.TempDir()
	if free(memory) > 2<<30 {
		base = memory
	}
	dir, err := TempDir(base)
	if err != nil {
		return "", nil, err
	}
	lock, err := filelock.Exclusive(ctx, filepath.Join(dir, "scratch.lock"))
	if err != nil {
		return "", nil, err
	}
	defer func() { _ = lock.Unlock() }()
	homes, _ := filepath.Glob(filepath.Join(dir, "neo4j-*"))
	for _, h := range homes {
		if l, err := filelock.TryExclusive(filepath.Join(h, ownerLock)); l != nil && err == nil {
			_ = os.RemoveAll(h)
			_ = l.Unlock()
		}
	}
	home, err = os.MkdirTemp(dir, "neo4j-")
	if err != nil {
		return "", nil, err
	}
	owner, err = filelock.TryExclusive(filepath.Join(home, ownerLock))
	return home, owner, err
}
