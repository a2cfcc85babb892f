package server

import "syscall"

// free returns the number of bytes that can still be written under dir.
func free(dir string) uint64 {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil || s.Bsize < 0 {
		return 0
	}
	return s.Bavail * uint64(s.Bsize)
}
