package document

import "github.com/i-partnerschap/kennisgraaf/report"

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
func facts(r *report.Report, l Lang) []fact {
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
					one := fact{table: part.name, row: l.all(c, c.Request.Rows, row.Key), column: l.all(c, c.Request.Columns, column),
						rowID: row.Key, columnID: column,
						measure: l.measure(m), value: m.Value(n), count: n.Count, query: c.Query(m, p)}
					if n, ok := c.Before(m, p); ok {
						before := m.Value(n)
						one.before = &before
					}
					out = append(out, one)
				}
			}
		}
	}
	return out
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
