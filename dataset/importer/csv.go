package importer

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/sheet"
)

// maxRecord is the greatest length of a CSV record, which may hold several lines, in bytes.
const maxRecord = 4 << 20

// errRecord ends the reading of a file with a record that does not end.
var errRecord = fmt.Errorf("a record is longer than %d bytes; is a quote left open?", maxRecord)

// recordLimit ends a reader where a record is too long: whoever reads on beyond it holds
// it in memory.
type recordLimit struct {
	in   io.Reader
	left int
}

// Read implements io.Reader.
func (l *recordLimit) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, errRecord
	}
	n, err := l.in.Read(p[:min(len(p), l.left)])
	l.left -= n
	return n, err
}

// readCSV reads a table of nodes of one type, or one of relations.
func readCSV(in *input) error {
	head, _ := in.text.Peek(peek)
	limited := &recordLimit{in: in.text, left: maxRecord}
	rows := csv.NewReader(limited)
	rows.Comma = delimiter(firstLine(head))
	rows.ReuseRecord, rows.FieldsPerRecord = true, -1
	header, err := rows.Read()
	if err != nil {
		in.csvFault(err, 1)
		return nil
	}
	t := in.table(header, rows.Comma)
	if t == nil {
		return nil
	}
	for last := 1; ; {
		limited.left = maxRecord
		record, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return in.ctx.Err()
		}
		if err != nil {
			in.csvFault(err, last+1)
			return in.ctx.Err() // what comes after an open quote cannot be told from what is in it
		}
		last, _ = rows.FieldPos(0)
		if err := t.row(record, last); err != nil {
			return err
		}
		if err := in.ctx.Err(); err != nil {
			return err
		}
	}
}

// csvFault says what the CSV reader says, and what to do about it; line is where the
// record begins at the earliest.
func (in *input) csvFault(err error, line int) {
	var parse *csv.ParseError
	switch {
	case errors.As(err, &parse) && errors.Is(parse.Err, csv.ErrQuote):
		in.fail(parse.StartLine, fmt.Sprintf("byte %d", parse.Column), "a quote is not closed, or stands in the middle of a cell; write a quote in a quoted cell twice; the rest of the file was not read")
	case errors.As(err, &parse) && errors.Is(parse.Err, csv.ErrBareQuote):
		in.fail(parse.Line, fmt.Sprintf("byte %d", parse.Column), "a quote stands in a cell that is not quoted; put the cell in quotes and write the quote twice; the rest of the file was not read")
	case errors.As(err, &parse):
		in.fail(parse.StartLine, "", "%v; the rest of the file was not read", parse.Err)
	case errors.Is(err, io.EOF):
		in.fail(1, "", "the file has no header; the first line names the columns")
	case errors.Is(err, errRecord):
		in.fail(line, "", "%v", err)
	default:
		in.unreadable(err)
	}
}

// delimiter tells what separates the columns by the header.
func delimiter(header []byte) rune {
	best, most := ',', strings.Count(string(header), ",")
	for _, r := range ";\t" {
		if n := strings.Count(string(header), string(r)); n > most {
			best, most = r, n
		}
	}
	return best
}

// row reads one row.
func (t *table) row(record []string, line int) error {
	if len(record) == 1 && strings.TrimSpace(record[0]) == "" {
		return nil
	}
	if len(record) != len(t.columns) {
		t.in.fail(line, "", "the row has %d cells and the header %d; separate them by %q, and put a cell that contains that in quotes", len(record), len(t.columns), string(t.delimiter))
		return nil
	}
	cells := make(map[string]string, len(record))
	r := &row{table: t, line: line, props: map[string]any{}}
	for at, c := range t.columns {
		cell := strings.TrimSpace(sheet.Arm(record[at]))
		if !validText([]byte(cell)) {
			t.in.fail(line, c.header, "%s", notUTF8)
			r.failed = true
			continue
		}
		if cell == "" || c.kind == leftOut {
			continue
		}
		cells[c.header] = cell
		r.cell(c, cell)
	}
	if len(cells) == 0 {
		return nil
	}
	if t.relations {
		return r.relation()
	}
	return r.node()
}
