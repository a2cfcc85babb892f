package sheet

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
)

// NewCSV writes CSV in UTF-8. For excel it begins with a byte order mark, separates by
// semicolons and writes 52,37 for 52.37, as a Dutch Excel wants it: that would read 5.6667
// as 56667.
func NewCSV(w io.Writer, excel bool) (Writer, error) {
	out := csv.NewWriter(w)
	if excel {
		if _, err := io.WriteString(w, "\ufeff"); err != nil {
			return nil, err
		}
		out.Comma, out.UseCRLF = ';', true
	}
	return &csvWriter{out: out, excel: excel}, nil
}

type csvWriter struct {
	out    *csv.Writer
	excel  bool
	record []string
}

// Row implements Writer.
func (w *csvWriter) Row(cells []any) error {
	w.record = w.record[:0]
	for _, cell := range cells {
		text := ""
		switch v := cell.(type) {
		case string:
			text = Disarm(v)
		case bool:
			text = strconv.FormatBool(v)
		case int64:
			text = strconv.FormatInt(v, 10)
		case float64:
			text = strconv.FormatFloat(v, 'f', -1, 64)
			if w.excel {
				text = strings.Replace(text, ".", ",", 1)
			}
		}
		w.record = append(w.record, text)
	}
	return w.out.Write(w.record)
}

// Close implements Writer.
func (w *csvWriter) Close() error {
	w.out.Flush()
	return w.out.Error()
}
