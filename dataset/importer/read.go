package importer

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"unicode/utf8"

	"github.com/i-partnerschap/kennisgraaf/dataset"
)

// input is one open file with what a reader of it needs.
type input struct {
	*importer
	ctx  context.Context
	name string
	// text is the content, without a byte order mark.
	text *bufio.Reader
}

// fail records what is wrong at a place in the file.
func (in *input) fail(line int, column, format string, args ...any) {
	in.fault(dataset.Faultf(in.name, line, column, format, args...))
}

// read puts everything that the paths name on the stage.
func (i *importer) read(ctx context.Context, paths []string) error {
	var all []source
	total := int64(0)
	for _, path := range paths {
		all = append(all, i.sources(path)...)
	}
	for _, s := range all {
		total += s.size
	}
	i.Progress.Begin(Reading, total)
	for _, s := range all {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := i.readSource(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// peek is how much of a file is looked at to tell what it holds.
const peek = 64 << 10

// readSource reads one file. What is wrong with it is a fault; an error is of the stage.
func (i *importer) readSource(ctx context.Context, s source) error {
	i.stage.files = append(i.stage.files, s.name)
	in := &input{importer: i, ctx: ctx, name: s.name}
	file, err := s.open()
	if err != nil {
		in.fail(0, "", "it cannot be opened: %v", err)
		return nil
	}
	defer file.Close()
	packed := &counter{in: file, tell: i.Progress.Add}
	in.text = bufio.NewReaderSize(packed, peek)
	if head, _ := in.text.Peek(2); string(head) == "\x1f\x8b" {
		plain, err := unpacked(in.text, packed)
		if err != nil {
			in.fail(0, "", "it begins as a gzip file and is none: %v", err)
			return nil
		}
		in.text = bufio.NewReaderSize(plain, peek)
	}
	head, err := in.text.Peek(peek)
	if err != nil && !errors.Is(err, io.EOF) {
		in.unreadable(err)
		return nil
	}
	if wrong := encodingFault(head); wrong != "" {
		in.fail(1, "", "%s", wrong)
		return nil
	}
	if bytes.HasPrefix(head, bom) {
		_, _ = in.text.Discard(len(bom))
		head = head[len(bom):]
	}
	format, wrong := i.format(s.name, head)
	if wrong != "" {
		in.fail(0, "", "%s", wrong)
		return nil
	}
	return readers[format](in)
}

// unreadable records that the rest of a file cannot be read.
func (in *input) unreadable(err error) {
	in.fail(0, "", "it cannot be read to its end: %v", err)
}

var bom = []byte("\ufeff")

// encodingFault says what is wrong with how a text is encoded, as far as its beginning
// shows; "" for nothing.
func encodingFault(head []byte) string {
	switch {
	case len(head) == 0:
		return "the file is empty; there is nothing to import"
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return "the file is UTF-16; save it as UTF-8 (in Excel: CSV UTF-8)"
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return "the file is a zip archive or a workbook; give an archive a name in .zip, and save a workbook as CSV UTF-8"
	case bytes.IndexByte(head, 0) >= 0:
		return "the file has NUL bytes, so it is no text in UTF-8; save it as UTF-8 text"
	case len(bytes.TrimSpace(bytes.TrimPrefix(head, bom))) == 0 && len(head) < peek:
		return "the file is empty; there is nothing to import"
	}
	return ""
}

// notUTF8 says what to do about text in another encoding.
const notUTF8 = "the text is not UTF-8; save the file as UTF-8 (in Excel: CSV UTF-8)"

func validText(text []byte) bool { return utf8.Valid(text) }
