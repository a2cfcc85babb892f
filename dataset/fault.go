package dataset

import (
	"fmt"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Fault is something wrong in a file that was read: where it stands, what it is and
// what would be right. It wraps a BadUserInput error.
type Fault struct {
	// File is the file's name as it was given. Line counts from 1; 0 is the file as a
	// whole, or a place that its format does not tell.
	File string
	Line int
	// Column names the place in the line: a property, the header of a column, or a
	// number of bytes. "" is the whole line.
	Column  string
	Message string
}

// Faultf makes a Fault.
func Faultf(file string, line int, column, format string, args ...any) *Fault {
	return &Fault{File: file, Line: line, Column: column, Message: fmt.Sprintf(format, args...)}
}

// Error returns the fault as file:line: column: message.
func (f *Fault) Error() string {
	var b strings.Builder
	b.WriteString(f.File)
	if f.Line > 0 {
		fmt.Fprintf(&b, ":%d", f.Line)
	}
	if f.Column != "" {
		b.WriteString(": " + f.Column)
	}
	return b.String() + ": " + f.Message
}

// Unwrap makes a Fault an error for the caller to read.
func (f *Fault) Unwrap() error { return graph.Errorf(graph.BadUserInput, "%s", f.Error()) }
