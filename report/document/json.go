package document

import (
	"encoding/json"
	"io"

	"github.com/i-partnerschap/kennisgraaf/report"
)

// JSON writes the whole report for programs. Beside each name stands its key: an id or
// value, empty for unknown and * for all together.
func JSON(w io.Writer, r *report.Report, l Lang) error {
	type number struct {
		Table    string   `json:"table"`
		Row      string   `json:"row"`
		RowID    string   `json:"rowId"`
		Column   string   `json:"column"`
		ColumnID string   `json:"columnId"`
		Measure  string   `json:"measure"`
		Value    float64  `json:"value"`
		Before   *float64 `json:"before,omitempty"`
		Count    int64    `json:"count"`
		Query    string   `json:"query"`
	}
	all := facts(r, l)
	numbers := make([]number, len(all))
	for i, f := range all {
		numbers[i] = number{f.table, f.row, f.rowID, f.column, f.columnID, f.measure, f.value, f.before, f.count, f.query}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(struct {
		Title    string           `json:"title"`
		AsOf     string           `json:"asOf"`
		Compare  string           `json:"compare,omitempty"`
		Demo     bool             `json:"demo"`
		Method   []string         `json:"method"`
		Numbers  []number         `json:"numbers"`
		Promises *report.Promises `json:"promises"`
		GapCount int              `json:"gapCount"`
		Gaps     []report.OpenGap `json:"gaps"`
		Absent   *report.Absent   `json:"absent"`
	}{l.title(), r.AsOf, r.Compare, r.Demo, method(r, l), numbers, r.Promises, r.GapCount, r.Gaps, r.Absent})
}
