package document

import (
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"github.com/i-partnerschap/kennisgraaf/report"
	"github.com/i-partnerschap/kennisgraaf/sheet"
)

// XLSX writes a workbook: a sheet for each table, and one with every number and the
// query that lists what it counts.
func XLSX(w io.Writer, r *report.Report, l Lang) (err error) {
	f := excelize.NewFile()
	defer func() {
		if closeErr := f.Close(); err == nil {
			err = closeErr
		}
	}()
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return err
	}
	about := l.t("Over", "About")
	if err := f.SetSheetName("Sheet1", about); err != nil {
		return err
	}
	lines := [][]any{{sheet.Disarm(l.title())}, {sheet.Disarm(subtitle(r, l))}}
	for _, line := range method(r, l) {
		lines = append(lines, []any{sheet.Disarm(line)})
	}
	if err := fill(f, about, nil, lines, bold); err != nil {
		return err
	}
	for _, t := range Tables(r, l) {
		if err := tableSheet(f, t, bold); err != nil {
			return err
		}
	}
	if err := factSheet(f, r, l, bold); err != nil {
		return err
	}
	if err := f.SetDocProps(&excelize.DocProperties{Title: l.title(), Language: l.t("nl-NL", "en-GB")}); err != nil {
		return err
	}
	return f.Write(w)
}

func tableSheet(f *excelize.File, t Table, bold int) error {
	if _, err := f.NewSheet(t.ID); err != nil {
		return err
	}
	rows := make([][]any, 0, len(t.Rows)+1+len(t.Notes))
	for _, row := range t.Rows {
		rows = append(rows, values(row))
	}
	if t.Foot != nil {
		rows = append(rows, values(t.Foot))
	}
	for _, note := range t.Notes {
		rows = append(rows, []any{sheet.Disarm(note)})
	}
	return fill(f, t.ID, t.Head, rows, bold)
}

func values(cells []Cell) []any {
	out := make([]any, len(cells))
	for i, c := range cells {
		out[i] = sheet.Disarm(c.Text)
		if c.Number != nil {
			out[i] = *c.Number
		}
	}
	return out
}

func factSheet(f *excelize.File, r *report.Report, l Lang, bold int) error {
	all := facts(r, l)
	name := l.t("Cellen", "Cells")
	if _, err := f.NewSheet(name); err != nil {
		return err
	}
	rows := make([][]any, len(all))
	for i, one := range all {
		var before any
		if one.before != nil {
			before = *one.before
		}
		// A cell of a workbook holds 32,767 characters.
		query := one.query
		if len(query) > excelize.TotalCellChars {
			query = l.t("te lang voor een cel; zie JSON of CSV", "too long for a cell; see JSON or CSV")
		}
		rows[i] = []any{sheet.Disarm(one.table), sheet.Disarm(one.row), sheet.Disarm(one.column), sheet.Disarm(one.measure), one.value, before, one.count, sheet.Disarm(query)}
	}
	return fill(f, name, factHead(l), rows, bold)
}

// fill streams rows into a sheet, below a head that stays in sight.
func fill(f *excelize.File, name string, head []string, rows [][]any, bold int) error {
	w, err := f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	const firstWidth, otherWidth, most = 38, 16, 40
	if err := w.SetColWidth(1, 1, firstWidth); err != nil {
		return err
	}
	if err := w.SetColWidth(2, most, otherWidth); err != nil {
		return err
	}
	next := 1
	if head != nil {
		if err := w.SetPanes(&excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"}); err != nil {
			return err
		}
		cells := make([]any, len(head))
		for i, h := range head {
			cells[i] = excelize.Cell{StyleID: bold, Value: sheet.Disarm(h)}
		}
		if err := w.SetRow("A1", cells); err != nil {
			return err
		}
		next++
	}
	for _, row := range rows {
		if err := w.SetRow(fmt.Sprintf("A%d", next), row); err != nil {
			return err
		}
		next++
	}
	return w.Flush()
}
