package sheet

import (
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Workbook is an XLSX file with a sheet for each table. Rows go to a temporary file as
// they come; the workbook is written when it is closed.
type Workbook struct {
	w    io.Writer
	file *excelize.File
	bold int
	open *xlsxWriter
	n    int
}

// NewWorkbook makes a workbook that is written to w.
func NewWorkbook(w io.Writer) (*Workbook, error) {
	file := excelize.NewFile()
	bold, err := file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return &Workbook{w: w, file: file, bold: bold}, nil
}

// Sheet begins the next sheet, whose first row is its head. It ends the one before.
func (b *Workbook) Sheet(name string) (Writer, error) {
	if err := b.end(); err != nil {
		return nil, err
	}
	var err error
	if b.n++; b.n == 1 {
		err = b.file.SetSheetName("Sheet1", name)
	} else {
		_, err = b.file.NewSheet(name)
	}
	if err != nil {
		return nil, err
	}
	stream, err := b.file.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	if err := stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return nil, err
	}
	b.open = &xlsxWriter{name: name, stream: stream, bold: b.bold}
	return b.open, nil
}

func (b *Workbook) end() error {
	if b.open == nil {
		return nil
	}
	err := b.open.stream.Flush()
	b.open = nil
	return err
}

// Close writes the workbook.
func (b *Workbook) Close() error {
	err := b.end()
	if err == nil {
		err = b.file.Write(b.w)
	}
	return errors.Join(err, b.file.Close())
}

// Discard removes the temporary files of a workbook that is not to be written.
func (b *Workbook) Discard() error { return b.file.Close() }

type xlsxWriter struct {
	name   string
	stream *excelize.StreamWriter
	bold   int
	rows   int
}

// Row implements Writer.
func (w *xlsxWriter) Row(cells []any) error {
	if w.rows++; w.rows > excelize.TotalRows {
		return graph.Errorf(graph.BadUserInput, "the sheet %s would have more than %d rows, the most that a workbook holds; take CSV instead", w.name, excelize.TotalRows)
	}
	row := make([]any, len(cells))
	for i, cell := range cells {
		row[i] = cell
		if s, ok := cell.(string); ok {
			if utf8.RuneCountInString(s) > excelize.TotalCellChars {
				return graph.Errorf(graph.BadUserInput, "a text has more than %d characters, the most that a cell of a workbook holds; take CSV instead", excelize.TotalCellChars)
			}
			row[i] = Disarm(printable(s))
		}
		if w.rows == 1 {
			row[i] = excelize.Cell{StyleID: w.bold, Value: row[i]}
		}
	}
	return w.stream.SetRow("A"+strconv.Itoa(w.rows), row)
}

// Close implements Writer; the workbook ends its sheets.
func (w *xlsxWriter) Close() error { return nil }

// printable leaves out what XML cannot hold.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, s)
}
