//go:build !unix

package server

import "os/exec"

// supported says whether servers are started here.
const supported = false

// dieWithParent does nothing here.
func dieWithParent(*exec.Cmd) {}

// guard does nothing here.
func guard(int) (stop func()) { return func() {} }

// ownGroup does nothing here.
func ownGroup(*exec.Cmd) {}
