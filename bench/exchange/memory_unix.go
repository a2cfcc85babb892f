//go:build unix

package main

import (
	"os"
	"runtime"
	"strconv"
	"syscall"
)

// peakMemory returns the most memory that a process held, in MB.
func peakMemory(p *os.ProcessState) string {
	usage, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return ""
	}
	kilobytes := int64(usage.Maxrss)
	if runtime.GOOS == "darwin" { // counts in bytes
		kilobytes >>= 10
	}
	return strconv.FormatInt(kilobytes>>10, 10)
}
