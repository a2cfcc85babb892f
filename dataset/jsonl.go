package dataset

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// MaxLine is the greatest length of a line that is read, in bytes.
const MaxLine = 1 << 20

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
// are skipped. Any other line yields a *Fault that says what is wrong; whoever goes on
// gets the lines after it. A file that cannot be read on ends the sequence with the
// reader's error. Only one line is held in memory.
func Read(name string, r io.Reader) iter.Seq2[Line, error] {
	return func(yield func(Line, error) bool) {
		for text, err := range Lines(name, r) {
			line := Line{File: name, Number: text.Number}
			if err == nil {
				line.Change, err = Parse(text.Text)
				if err != nil {
					err = at(name, text.Number, err)
				}
			}
			if !yield(line, err) {
				return
			}
		}
	}
}

// at places what is wrong with a line.
func at(file string, number int, err error) error {
	var f *columnError
	if errors.As(err, &f) {
		return Faultf(file, number, fmt.Sprintf("byte %d", f.byte), "%v", f.err)
	}
	return Faultf(file, number, "", "%v", err)
}

// TextLine is one line of a file, without what ends it or stands around it.
type TextLine struct {
	// Text is valid until the next line is asked for.
	Text   []byte
	Number int
}

// Lines reads the lines of a file that are not empty. A line that is longer than
// MaxLine yields a *Fault and is passed over.
func Lines(name string, r io.Reader) iter.Seq2[TextLine, error] {
	return func(yield func(TextLine, error) bool) {
		in := bufio.NewReaderSize(r, MaxLine)
		for number := 1; ; number++ {
			text, err := in.ReadSlice('\n')
			tooLong := errors.Is(err, bufio.ErrBufferFull)
			for errors.Is(err, bufio.ErrBufferFull) {
				_, err = in.ReadSlice('\n')
			}
			if err != nil && !errors.Is(err, io.EOF) {
				yield(TextLine{}, fmt.Errorf("%s:%d: %w", name, number, err))
				return
			}
			text = bytes.TrimSpace(text)
			switch {
			case tooLong:
				if !yield(TextLine{Number: number}, Faultf(name, number, "", "the line is longer than %d bytes; write one object a line", MaxLine)) {
					return
				}
			case len(text) > 0:
				if !yield(TextLine{text, number}, nil) {
					return
				}
			}
			if err != nil {
				return
			}
		}
	}
}
