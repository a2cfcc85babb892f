package document

import (
	"context"
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

// fact is one number of the report, with where it stands.
type fact struct {
	table, row, column, measure string
	// rowID and columnID are the keys: an id or value, empty for unknown, * for all.
	rowID, columnID string
	value           float64
	before          *float64
	count           int64
	query           string
}

// facts lists every number of the tables of regions, themes and years, totals included.
func facts(ctx context.Context, r *report.Report, l Lang) ([]fact, error) {
	var out []fact
	for _, part := range []struct {
		name string
		c    *report.Coverage
	}{{l.t("regio's", "regions"), r.Regions}, {l.t("thema's", "themes"), r.Heat}, {l.t("jaren", "years"), r.Years}} {
		c := part.c
		rows := append(append([]report.Row{}, c.Rows...), report.Row{Key: report.Every, Split: report.Every})
		for _, row := range rows {
			for _, column := range append(append([]string{}, c.Columns...), report.Every) {
				for _, m := range c.Request.Measures {
					p := report.Point{Row: row.Key, Split: row.Split, Column: column}
					n := c.Number(m, p)
					query, err := c.Query(ctx, m, p)
					if err != nil {
						return nil, err
					}
					one := fact{table: part.name, row: l.all(c, c.Request.Rows, row.Key), column: l.all(c, c.Request.Columns, column),
						rowID: row.Key, columnID: column,
						measure: l.measure(m), value: m.Value(n), count: n.Count, query: query}
					if n, ok := c.Before(m, p); ok {
						before := m.Value(n)
						one.before = &before
					}
					out = append(out, one)
				}
			}
		}
	}
	return out, nil
}

// all names a key, or all keys together.
func (l Lang) all(c *report.Coverage, axis report.Axis, key string) string {
	if key == report.Every {
		return l.t("totaal", "total")
	}
	return l.key(c, axis, key)
}

func factHead(l Lang) []string {
	return []string{l.t("tabel", "table"), l.t("rij", "row"), l.t("kolom", "column"), l.t("maat", "measure"), l.t("waarde", "value"),
		l.t("eerder", "before"), l.t("aantal", "count"), l.t("opvraging", "query")}
}

// CSV writes one line for each number, with the query that lists what it counts.
func CSV(ctx context.Context, w io.Writer, r *report.Report, l Lang, o CSVOptions) error {
	all, err := facts(ctx, r, l)
	if err != nil {
		return err
	}
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
	for _, f := range all {
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
