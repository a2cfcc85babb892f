package resolvers

import (
	"context"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/report"
	"github.com/i-partnerschap/kennisgraaf/resolvers/lookahead"
)

// Coverage is a table of demand and supply.
type Coverage struct {
	table *report.Coverage
	net   *lookahead.Network
}

// CoverageRow is a row of a table, or its totals.
type CoverageRow struct {
	*Coverage
	row report.Row
}

// CoverageCell is the values of one column in a row.
type CoverageCell struct {
	*Coverage
	point report.Point
}

// CoverageValue is what one measure is at a point.
type CoverageValue struct {
	*Coverage
	measure report.Measure
	point   report.Point
}

// CoverageKey is what a row or column stands for.
type CoverageKey struct {
	*Coverage
	axis report.Axis
	key  string
}

// coverageNodes are the fields that return the nodes that are keys.
var coverageNodes = [][]string{
	{"rows", "key", "node"}, {"rows", "split", "node"}, {"rows", "cells", "column", "node"}, {"totals", "cells", "column", "node"},
}

// Coverage resolves the root field coverage.
func (r *queryResolver) Coverage(ctx context.Context, rows string, split, columns *string, measures []string, regions string, level int, km float64, branches bool, where lookahead.Input, asOf, compare *string) (*Coverage, error) {
	req := report.Request{
		Rows: report.Axis(rows), Split: report.Axis(deref(split)), Columns: report.Axis(deref(columns)),
		RegionKind: regions, Level: level, Km: km, Branches: branches, Where: coverageWhere(where),
		AsOf: deref(asOf), Compare: deref(compare),
	}
	// Zero stands for the default in package report, and is an error in the API.
	if level == 0 {
		req.Level = -1
	}
	if km == 0 {
		req.Km = -1
	}
	for _, m := range measures {
		req.Measures = append(req.Measures, report.Measure(m))
	}
	table, err := report.New(r.rt.Store, r.rt.Model).Coverage(ctx, req)
	if err != nil {
		return nil, err
	}
	c := &Coverage{table: table}
	if r.rt.Selects(ctx, coverageNodes...) {
		c.net, err = r.rt.Network(ctx, req.AsOf, c.ids(), coverageNodes...)
	}
	return c, err
}

func coverageWhere(in lookahead.Input) report.Where {
	list := func(name string) []string {
		var out []string
		values, _ := in[name].([]any)
		for _, v := range values {
			if s, ok := v.(string); ok {
				out = append(out, s)
			}
		}
		return out
	}
	text := func(name string) string { s, _ := in[name].(string); return s }
	return report.Where{
		Regions: list("regions"), Themes: list("themes"), Ministries: list("ministries"), Forms: list("forms"),
		From: text("from"), Until: text("until"),
	}
}

// ids lists the nodes that are keys.
func (c *Coverage) ids() []string {
	ids := slices.Clone(c.table.Columns)
	for _, row := range c.table.Rows {
		ids = append(ids, row.Key, row.Split)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// Rows returns the rows.
func (c *Coverage) Rows() []*CoverageRow {
	rows := make([]*CoverageRow, len(c.table.Rows))
	for i, row := range c.table.Rows {
		rows[i] = &CoverageRow{c, row}
	}
	return rows
}

// Totals returns the totals, in which each node counts once.
func (c *Coverage) Totals() *CoverageRow {
	return &CoverageRow{c, report.Row{Key: report.Every, Split: report.Every}}
}

// values returns the values at a point.
func (c *Coverage) values(p report.Point) []*CoverageValue {
	values := make([]*CoverageValue, len(c.table.Request.Measures))
	for i, m := range c.table.Request.Measures {
		values[i] = &CoverageValue{c, m, p}
	}
	return values
}

// Key returns the key of the row, nil for the totals.
func (r *CoverageRow) Key() *CoverageKey {
	if r.row.Key == report.Every {
		return nil
	}
	return &CoverageKey{r.Coverage, r.table.Request.Rows, r.row.Key}
}

// Split returns the key that splits the row, nil where rows are not split.
func (r *CoverageRow) Split() *CoverageKey {
	if r.row.Split == report.Every {
		return nil
	}
	return &CoverageKey{r.Coverage, r.table.Request.Split, r.row.Split}
}

// Values returns the values of all columns together.
func (r *CoverageRow) Values() []*CoverageValue {
	return r.values(report.Point{Row: r.row.Key, Split: r.row.Split, Column: report.Every})
}

// Cells returns the values of each column.
func (r *CoverageRow) Cells() []*CoverageCell {
	cells := make([]*CoverageCell, len(r.table.Columns))
	for i, key := range r.table.Columns {
		cells[i] = &CoverageCell{r.Coverage, report.Point{Row: r.row.Key, Split: r.row.Split, Column: key}}
	}
	return cells
}

// Column returns the key of the cell's column.
func (c *CoverageCell) Column() *CoverageKey {
	return &CoverageKey{c.Coverage, c.table.Request.Columns, c.point.Column}
}

// Values returns the values of the cell.
func (c *CoverageCell) Values() []*CoverageValue { return c.values(c.point) }

// Measure returns what is counted.
func (v *CoverageValue) Measure() string { return string(v.measure) }

// Value returns the number.
func (v *CoverageValue) Value() float64 { return v.measure.Value(v.table.Number(v.measure, v.point)) }

// Before returns the number on the day to compare with, nil where there is none.
func (v *CoverageValue) Before() *float64 {
	n, ok := v.table.Before(v.measure, v.point)
	if !ok {
		return nil
	}
	value := v.measure.Value(n)
	return &value
}

// Count returns how many nodes the number is made of.
func (v *CoverageValue) Count() int { return int(v.table.Number(v.measure, v.point).Count) }

// Query returns the GraphQL query that lists those nodes.
func (v *CoverageValue) Query() string { return v.table.Query(v.measure, v.point) }

// ID returns the id or value, nil for what has no key.
func (k *CoverageKey) ID() *string { return nonEmpty(k.key) }

// Label returns the name that a person reads.
func (k *CoverageKey) Label(lang string) string {
	if k.Unknown() {
		if lang == "EN" {
			return "unknown"
		}
		return "onbekend"
	}
	return k.table.Name(k.axis, k.key, lang)
}

// Node returns the node that is the key, nil where a value is or where there is none.
func (k *CoverageKey) Node(ctx context.Context) lookahead.Node { return k.net.Node(ctx, k.key) }

// Unknown tells whether this is the key of what has none.
func (k *CoverageKey) Unknown() bool { return k.key == report.Unknown }

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
