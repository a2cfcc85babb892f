package document

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/report"
)

// CSVOptions suits CSV to its reader.
type CSVOptions struct {
	// Excel writes a byte order mark and semicolons, as a Dutch Excel wants them.
	Excel bool
}

// CSV writes one line for each number, with the query that lists what it counts.
func CSV(w io.Writer, r *report.Report, l Lang, o CSVOptions) error {
	out := csv.NewWriter(w)
	if o.Excel {
		if _, err := io.WriteString(w, "\ufeff"); err != nil {
			return err
		}
		out.Comma, out.UseCRLF = ';', true
	}
	if err := out.Write(factHead(l)); err != nil {
		return err
	}
	number := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	for _, f := range facts(r, l) {
		before := ""
		if f.before != nil {
			before = number(*f.before)
		}
		record := []string{f.table, f.row, f.column, f.measure, number(f.value), before, strconv.FormatInt(f.count, 10), f.query}
		for i, text := range record {
			if i < 4 || i == 7 { // the others are numbers
				record[i] = disarm(text)
			}
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// disarm keeps a spreadsheet from reading a text as a formula, by an apostrophe in
// front, as OWASP advises against CSV injection.
func disarm(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r\n", rune(s[0])) {
		return "'" + s
	}
	return s
}
