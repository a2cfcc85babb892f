//go:build !unix

package servertest

import "os/exec"

func detach(*exec.Cmd) {}

func inherited() {}

func command(string) string { return "" }
