package document

import (
	"io"

	"github.com/i-partnerschap/kennisgraaf/report"
	"github.com/i-partnerschap/kennisgraaf/sheet"
)

// CSVOptions suits CSV to its reader.
type CSVOptions struct {
	// Excel writes a byte order mark, semicolons and decimal commas, as a Dutch Excel wants them.
	Excel bool
}

// CSV writes one line for each number, with the query that lists what it counts.
func CSV(w io.Writer, r *report.Report, l Lang, o CSVOptions) error {
	out, err := sheet.NewCSV(w, o.Excel)
	if err != nil {
		return err
	}
	if err := out.Row(cells(factHead(l))); err != nil {
		return err
	}
	for _, f := range facts(r, l) {
		var before any
		if f.before != nil {
			before = *f.before
		}
		if err := out.Row([]any{f.table, f.row, f.column, f.measure, f.value, before, f.count, f.query}); err != nil {
			return err
		}
	}
	return out.Close()
}

// cells returns texts as the cells of a row.
func cells(texts []string) []any {
	row := make([]any, len(texts))
	for i, text := range texts {
		row[i] = text
	}
	return row
}
