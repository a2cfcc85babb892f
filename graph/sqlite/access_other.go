//go:build !unix

package sqlite

// writable leaves the question to the first write, where it cannot be asked before.
func writable(string) bool { return true }
