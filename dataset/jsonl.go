package dataset

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"iter"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// maxLine is the greatest length of a line, in bytes.
const maxLine = 1 << 20

// Line is one change, and the file and line that it was read from.
type Line struct {
	graph.Change
	File   string
	Number int
}

// Where names the line's place, as file:line.
func (l Line) Where() string { return fmt.Sprintf("%s:%d", l.File, l.Number) }

// Read reads nodes and relations in the exchange format, one JSON object a line:
//
//	{"node":"Lectoraat","id":"x","props":{"name":"X"}}
//	{"edge":"ABOUT","from":"x","to":"y","props":{}}
//
// A node becomes an UpsertNode, a relation a Connect. Props may be left out; its
// values are text, true, false, numbers (int64 without a decimal point or exponent,
// float64 with one), lists of text, and null, which removes a property. Empty lines
// are skipped. Anything else ends the sequence with an error that names the file
// and line, and says what is wrong. Only one line is held in memory.
func Read(name string, r io.Reader) iter.Seq2[Line, error] {
	return func(yield func(Line, error) bool) {
		scanner := bufio.NewScanner(r)
		scanner.Buffer(make([]byte, 0, 64<<10), maxLine)
		number := 0
		for scanner.Scan() {
			number++
			text := bytes.TrimSpace(scanner.Bytes())
			if len(text) == 0 {
				continue
			}
			change, err := parseLine(text)
			if err != nil {
				yield(Line{}, graph.Errorf(graph.BadUserInput, "%s:%d: %v", name, number, err))
				return
			}
			if !yield(Line{Change: change, File: name, Number: number}, nil) {
				return
			}
		}
		if err := scanner.Err(); err != nil {
			yield(Line{}, fmt.Errorf("%s:%d: %w", name, number+1, err))
		}
	}
}
