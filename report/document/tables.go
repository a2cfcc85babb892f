package document

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/report"
)

// Table is a table of a document. The first cell of a row names it.
type Table struct {
	// ID is unique in the document, and the name of the sheet.
	ID, Title string
	Head      []string
	Rows      [][]Cell
	// Foot is the row of totals, nil for none.
	Foot []Cell
	// Notes stand below the table.
	Notes []string
}

// Cell is a text or a number.
type Cell struct {
	Text   string
	Number *float64
	// Before is the number on the day to compare with.
	Before *float64
	// Shade is the class of colour from 0 (none) to shades; -1 for none at all.
	Shade int
	// Gap is how many of the number are a gap, in the table of themes by region.
	Gap int
}

func textCell(s string) Cell { return Cell{Text: s, Shade: -1} }

func numberCell(v float64) Cell { return Cell{Number: &v, Shade: -1} }

func intCell(n int) Cell { return numberCell(float64(n)) }

// The groups of measures that make one table of regions each.
var (
	demand        = []report.Measure{report.Vraagstukken, report.VraagstukkenOpen, report.Gap, report.GapNearby, report.GapAnywhere}
	supply        = []report.Measure{report.Lectoraten, report.Experts, report.Offers, report.Institutions, report.InstitutionBranches, report.Agencies, report.AgencyBranches}
	collaboration = []report.Measure{report.Projects, report.ProjectsRunning, report.ProjectsDone, report.Budget, report.Fieldlabs, report.FieldlabsActive, report.Agreements, report.Results}
)

// Tables returns the tables of the report, in order.
func Tables(r *report.Report, l Lang) []Table {
	tables := []Table{
		measureTable(r.Regions, report.ByRegion, demand, l, "vraag", l.t("Vraag per regio", "Demand by region")),
		measureTable(r.Regions, report.ByRegion, supply, l, "aanbod", l.t("Aanbod per regio", "Supply by region")),
		measureTable(r.Regions, report.ByRegion, collaboration, l, "samenwerking", l.t("Samenwerking per regio", "Collaboration by region")),
		heatTable(r, l),
		measureTable(r.Years, report.ByYear, r.Years.Request.Measures, l, "jaren", l.t("Ontwikkeling per jaar", "Trend by year")),
	}
	tables = append(tables, promiseTables(r.Promises, l)...)
	return append(tables, gapTable(r, l), absentTable(r, l))
}

// measureTable has a row a key and a column a measure.
func measureTable(c *report.Coverage, axis report.Axis, measures []report.Measure, l Lang, id, title string) Table {
	first := map[report.Axis]string{report.ByRegion: l.t("Regio", "Region"), report.ByYear: l.t("Jaar", "Year")}[axis]
	t := Table{ID: id, Title: title, Head: append([]string{first}, l.measures(measures)...)}
	for _, row := range c.Rows {
		cells := []Cell{textCell(l.key(c, axis, row.Key))}
		for _, m := range measures {
			cells = append(cells, valueCell(c, m, report.Point{Row: row.Key, Split: report.Every, Column: report.Every}))
		}
		t.Rows = append(t.Rows, cells)
	}
	t.Foot = []Cell{textCell(l.t("Totaal", "Total"))}
	var more []string
	for _, m := range measures {
		t.Foot = append(t.Foot, valueCell(c, m, report.Point{Row: report.Every, Split: report.Every, Column: report.Every}))
		if v := c.Overlap(m, report.Every); v > 0 {
			more = append(more, l.measure(m)+" "+l.number(v))
		}
	}
	if len(more) > 0 {
		t.Notes = append(t.Notes, l.t("Wat bij meer dan één rij hoort, telt bij elk daarvan en één keer in het totaal. De rijen zijn samen meer dan het totaal: ",
			"What belongs to more than one row counts in each, and once in the total. Together the rows exceed the total: ")+strings.Join(more, "; ")+".")
	}
	return t
}

func valueCell(c *report.Coverage, m report.Measure, p report.Point) Cell {
	cell := numberCell(m.Value(c.Number(m, p)))
	if n, ok := c.Before(m, p); ok {
		before := m.Value(n)
		cell.Before = &before
	}
	return cell
}

// heatTable has themes as rows, regions as columns, and a shade for each number.
func heatTable(r *report.Report, l Lang) Table {
	c, m := r.Heat, r.Options.Heat
	t := Table{ID: "themas", Title: fmt.Sprintf("%s: %s", l.t("Thema's per regio", "Themes by region"), strings.ToLower(l.measure(m))),
		Head: []string{l.t("Thema", "Theme")}}
	highest := 0.0
	for _, row := range c.Rows {
		for _, column := range c.Columns {
			highest = max(highest, m.Value(c.Number(m, report.Point{Row: row.Key, Split: report.Every, Column: column})))
		}
	}
	scale := newScale(highest)
	cells := func(name, key string) []Cell {
		row := []Cell{textCell(name)}
		for _, column := range append(c.Columns, report.Every) {
			p := report.Point{Row: key, Split: report.Every, Column: column}
			cell := valueCell(c, m, p)
			cell.Gap = int(c.Number(report.Gap, p).Count)
			if key != report.Every && column != report.Every {
				cell.Shade = scale.class(*cell.Number)
			}
			row = append(row, cell)
		}
		return row
	}
	for _, key := range c.Columns {
		t.Head = append(t.Head, l.key(c, report.ByRegion, key))
	}
	t.Head = append(t.Head, l.t("Totaal", "Total"))
	for _, row := range c.Rows {
		t.Rows = append(t.Rows, cells(l.key(c, report.ByTheme, row.Key), row.Key))
	}
	t.Foot = cells(l.t("Totaal", "Total"), report.Every)
	t.Notes = []string{l.t("Wat over meer thema's gaat of in meer regio's speelt, telt bij elk daarvan en één keer in de totalen. Achter ▲ staat bij hoeveel open vraagstukken in die regio geen aanbod is.",
		"What is about several themes or in several regions counts in each, and once in the totals. ▲ tells for how many open questions there is no supply in that region.")}
	return t
}

func promiseTables(p *report.Promises, l Lang) []Table {
	labs := Table{ID: "fieldlabs", Title: l.t("Fieldlabs per jaar", "Fieldlabs a year"),
		Head: []string{l.t("Jaar", "Year"), l.t("Geopend, van het I-Partnerschap", "Opened, of the I-Partnerschap"), l.t("Geopend, alle", "Opened, all"),
			l.t(fmt.Sprintf("Beloofd: %d tot %d", report.FieldlabsLow, report.FieldlabsHigh), fmt.Sprintf("Promised: %d to %d", report.FieldlabsLow, report.FieldlabsHigh))}}
	for _, y := range p.Fieldlabs {
		verdict := l.t("niet gehaald", "not met")
		switch {
		case y.OfPartnership > report.FieldlabsHigh:
			verdict = l.t("meer dan beloofd", "more than promised")
		case y.Kept():
			verdict = l.t("gehaald", "met")
		case !y.Complete:
			verdict = l.t("jaar loopt nog", "year not over")
		}
		labs.Rows = append(labs.Rows, []Cell{textCell(strconv.Itoa(y.Year)), intCell(y.OfPartnership), intCell(y.All), textCell(verdict)})
	}
	agreements := Table{ID: "afspraken", Title: l.t("Afspraken per regio sinds 2020", "Agreements by region since 2020"),
		Head: []string{l.t("Regio", "Region"), l.t("Afspraken", "Agreements")}}
	for _, a := range p.Agreements {
		name := l.name(a.Name)
		if a.Region == report.Unknown {
			name = l.t("Onbekend of landelijk", "Unknown or national")
		}
		agreements.Rows = append(agreements.Rows, []Cell{textCell(name), intCell(a.Count)})
	}
	ministries := Table{ID: "ministeries", Title: l.t("Ministeries die meedoen sinds 2020", "Ministries taking part since 2020"),
		Head: []string{l.t("Ministerie", "Ministry"), l.t("In de stuurgroep", "In the stuurgroep"), l.measure(report.Vraagstukken), l.measure(report.Projects), l.measure(report.Fieldlabs)},
		Notes: []string{l.t("Met de diensten die eronder vallen. Wat van meer ministeries is, telt bij elk daarvan. Een ministerie dat is opgevolgd, staat naast zijn opvolger. Van de zeven ministeries in de stuurgroep zijn er niet meer bekend dan hier staan.",
			"With the agencies under it. What belongs to several ministries counts in each. A ministry that was succeeded stands beside its successor. Of the seven ministries in the stuurgroep no more are known than are named here.")}}
	for _, m := range p.Ministries {
		steering := l.t("niet bekend", "not known")
		if m.Steering {
			steering = l.t("ja", "yes")
		}
		ministries.Rows = append(ministries.Rows, []Cell{textCell(l.name(m.Name)), textCell(steering), intCell(m.Vraagstukken), intCell(m.Projects), intCell(m.Fieldlabs)})
	}
	return []Table{labs, agreements, ministries}
}

func gapTable(r *report.Report, l Lang) Table {
	t := Table{ID: "gaten", Title: l.t("Vraag zonder aanbod", "Demand without supply"), Head: []string{
		l.t("Vraagstuk", "Question"), l.t("Gesteld door", "Posed by"), l.t("Urgentie", "Urgency"), l.t("Antwoord nodig", "Answer needed"),
		l.t("Regio's zonder aanbod", "Regions without supply"), l.t("Thema's", "Themes"), l.t("Passend van elders", "Fits from elsewhere"),
	}}
	for _, g := range r.Gaps {
		var fits []string
		for _, f := range g.Elsewhere {
			fits = append(fits, fmt.Sprintf("%s (%s)", f.Name, joinNonEmpty(", ", f.Institution, l.name(f.Region))))
		}
		t.Rows = append(t.Rows, []Cell{textCell(g.Title), textCell(l.name(g.PosedBy)), textCell(l.name(urgencies[g.Urgency])), textCell(g.Deadline),
			textCell(l.names(g.Regions)), textCell(l.names(g.Themes)), textCell(strings.Join(fits, "; "))})
	}
	return t
}

func absentTable(r *report.Report, l Lang) Table {
	t := Table{ID: "afwezig", Title: l.t("Wie nog niet meedoet", "Who takes no part yet"),
		Head: []string{l.t("Organisatie", "Organisation"), l.t("Soort", "Kind"), l.t("Regio van de zetel", "Region of the seat")}}
	for _, group := range []struct {
		kind string
		list []report.AbsentParty
	}{
		{l.t("Ministerie", "Ministry"), r.Absent.Ministries}, {l.t("Rijksdienst", "Agency"), r.Absent.Agencies},
		{l.t("Onderwijsinstelling", "Institution"), r.Absent.Institutions},
	} {
		for _, a := range group.list {
			t.Rows = append(t.Rows, []Cell{textCell(l.name(a.Name)), textCell(group.kind), textCell(l.names(a.Regions))})
		}
	}
	return t
}

func joinNonEmpty(separator string, parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, separator)
}
