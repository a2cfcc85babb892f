package importer

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/text"
	"github.com/i-partnerschap/kennisgraaf/graph/validate"
	"github.com/i-partnerschap/kennisgraaf/sheet"
)

// row is one row of a table.
type row struct {
	*table
	line         int
	id, from, to string
	typ          string
	props        map[string]any
	related      []relatedIDs
	// failed tells that a cell could not be read, so that what is missing is no fault.
	failed bool
}

// relatedIDs are the ids in a cell of a relation.
type relatedIDs struct {
	relation *graph.Relation
	ids      []string
}

// cell takes a cell that is not empty.
func (r *row) cell(c column, cell string) {
	switch c.kind {
	case idColumn:
		r.id = cell
	case fromColumn:
		r.from = cell
	case toColumn:
		r.to = cell
	case typeColumn:
		r.typ = cell
	case relation:
		r.related = append(r.related, relatedIDs{c.relation, sheet.SplitList(cell)})
	case property:
		value, wrong := value(c.property, cell, r.delimiter)
		if wrong != "" {
			shown := strconv.Quote(cell)
			if c.property.Personal {
				shown = "the value"
			}
			r.in.fail(r.line, c.header, "%s %s", clip(shown), wrong)
			r.failed = true
			return
		}
		r.props[c.property.Name] = value
	}
}

// dutchDate is a day as it is written in Dutch.
var dutchDate = regexp.MustCompile(`^\d{1,2}-\d{1,2}-\d{4}$`)

// value reads a cell as a value of the property, and otherwise says what is wrong. What
// it makes of a cell is judged once more with the row.
func value(p *graph.Property, cell string, delimiter rune) (any, string) {
	switch {
	case p.List && p.Kind == graph.Enum:
		return sheet.SplitList(strings.ToUpper(cell)), ""
	case p.List:
		return sheet.SplitList(cell), ""
	case p.Kind == graph.Int:
		n, err := strconv.ParseInt(cell, 10, 64)
		if err != nil {
			return nil, "is no whole number; write digits only, such as 25000"
		}
		return n, ""
	case p.Kind == graph.Float:
		if delimiter == ';' && !strings.Contains(cell, ".") {
			cell = strings.Replace(cell, ",", ".", 1) // a spreadsheet that separates by semicolons does so because of this comma
		}
		f, err := strconv.ParseFloat(cell, 64)
		if err != nil || strings.ContainsAny(cell, "xXpP_iInN") {
			return nil, "is no number; write it with a point, such as 52.09"
		}
		return f, ""
	case p.Kind == graph.Bool:
		switch strings.ToLower(cell) {
		case "true", "ja", "waar", "yes", "1":
			return true, ""
		case "false", "nee", "onwaar", "no", "0":
			return false, ""
		}
		return nil, "is neither true nor false; write true or false (ja or nee)"
	case p.Kind == graph.Date && dutchDate.MatchString(cell):
		day, err := time.Parse("2-1-2006", cell)
		if err != nil {
			return nil, "is a day that does not exist; write one that does, such as 2021-02-28"
		}
		return day.Format(time.DateOnly), ""
	case p.Kind == graph.Enum:
		return strings.ToUpper(cell), ""
	}
	return cell, ""
}

// node puts a row of nodes on the stage, and the relations in its cells.
func (r *row) node() error {
	record := record{Change: graph.Change{Op: graph.UpsertNode, Label: r.of.Name, ID: r.id, Props: r.props}, line: r.line}
	if r.id == "" {
		if record.ID = r.slug(); record.ID == "" {
			if !r.failed {
				r.in.fail(r.line, "id", "the row has no id, and neither a %s nor an external key to make one of; give it one", r.of.Title)
			}
			return nil
		}
		record.byKey = true
	}
	if err := r.in.accept(record); err != nil {
		return err
	}
	for _, related := range r.related {
		for _, id := range related.ids {
			from, to := record.ID, id
			if related.relation.Hop.Direction == graph.In {
				from, to = to, from
			}
			if err := r.in.accept(relationRecord(related.relation.Hop.Type, from, to, r.line)); err != nil {
				return err
			}
		}
	}
	return nil
}

func relationRecord(typ, from, to string, line int) record {
	return record{Change: graph.Change{Op: graph.Connect, Type: typ, From: from, To: to, Props: map[string]any{}}, line: line}
}

// slug makes an id of the external key or the name of a row without one.
func (r *row) slug() string {
	for _, p := range r.of.Properties {
		if key, ok := r.props[p.Name].(string); ok && p.Key && !p.Personal {
			return text.Slug(p.Name + " " + fmt.Sprint(validate.Convert(p, key)))
		}
	}
	title, _ := r.props[r.of.Title].(string)
	return text.Slug(title)
}

// relation puts a row of relations on the stage.
func (r *row) relation() error {
	for _, end := range [][2]string{{"from", r.from}, {"type", r.typ}, {"to", r.to}} {
		if end[1] == "" && !r.failed {
			r.in.fail(r.line, end[0], "the cell is empty; a relation has a from, a type and a to")
			r.failed = true
		}
	}
	if r.failed {
		return nil
	}
	record := relationRecord(strings.ToUpper(r.typ), r.from, r.to, r.line)
	record.Props = r.props
	return r.in.accept(record)
}
