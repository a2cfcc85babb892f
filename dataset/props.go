package dataset

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// props collects a node's or a relation's properties from a row. What is empty is
// left out; remarks end up together in the note.
type props struct {
	row    row
	values map[string]any
	notes  []string
	err    error
}

func newProps(r row) *props { return &props{row: r, values: map[string]any{}} }

// text copies a cell.
func (p *props) text(name, column string) { p.set(name, p.row.get(column)) }

// set sets a text.
func (p *props) set(name, value string) {
	if value != "" {
		p.values[name] = value
	}
}

// number copies a cell that holds a decimal number.
func (p *props) number(name, column string) {
	cell := p.row.get(column)
	if cell == "" {
		return
	}
	f, err := strconv.ParseFloat(cell, 64)
	if err != nil {
		p.fail(p.row.errorf("%s %q is no number", column, cell))
		return
	}
	p.values[name] = f
}

// website copies a cell that holds a host name.
func (p *props) website(column string) {
	if host := p.row.get(column); host != "" {
		p.values["website"] = "https://" + host
	}
}

// enum sets the value that a cell stands for.
func (p *props) enum(name, column string, choices map[string]string) {
	value, err := p.row.pick(column, choices)
	p.fail(err)
	p.set(name, value)
}

// first sets the first day of the period in the cell, and last its last day. What
// is known less precisely than by the day is said in the note.
func (p *props) first(name, column, what string) { p.date(name, column, what, period.first) }
func (p *props) last(name, column, what string)  { p.date(name, column, what, period.last) }

func (p *props) date(name, column, what string, bound func(period) string) {
	if p.row.get(column) == "" {
		return
	}
	d, err := parsePeriod(p.row.get(column))
	if err != nil {
		p.fail(p.row.errorf("%s: %v", column, err))
		return
	}
	p.values[name] = bound(d)
	if d.precision != "" {
		p.note(fmt.Sprintf("Precisie van %s: %s.", what, d.precision))
	}
}

// note adds a remark.
func (p *props) note(remark string) {
	if remark != "" {
		p.notes = append(p.notes, remark)
	}
}

func (p *props) fail(err error) {
	if p.err == nil {
		p.err = err
	}
}

// done returns the properties with the note and the row's source.
func (p *props) done() (map[string]any, error) {
	p.text("source", "source")
	p.set("note", joined(p.notes))
	return p.values, p.err
}

// joined makes one text of remarks, leaving out the empty ones.
func joined(remarks []string) string {
	return strings.Join(slices.DeleteFunc(remarks, func(s string) bool { return s == "" }), " ")
}
