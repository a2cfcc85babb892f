package document

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/report"
)

//go:embed report.html completeness.html style.css
var files embed.FS

var templates = template.Must(template.ParseFS(files, "*"))

// HTML writes the report as one page that asks nothing of other places and needs no
// script. It prints on A4.
func HTML(w io.Writer, r *report.Report, l Lang) error {
	v := view{Report: r, Lang: l, Title: l.title(), Subtitle: subtitle(r, l), Method: method(r, l), Credit: MapCredit, Code: strings.ToLower(string(l)), Tables: map[string]Table{}}
	for _, t := range Tables(r, l) {
		v.Tables[t.ID] = t
	}
	var err error
	if v.Map, err = newMap(r, l); err != nil {
		return err
	}
	if v.YearChart, err = yearChart(r, l); err != nil {
		return err
	}
	if v.LabChart, err = labChart(r.Promises, l); err != nil {
		return err
	}
	return templates.ExecuteTemplate(w, "report.html", v)
}

// view is what the page shows.
type view struct {
	*report.Report
	Lang                          Lang
	Code, Title, Subtitle, Credit string
	Method                        []string
	Map                           provinceMap
	Tables                        map[string]Table
	YearChart, LabChart           template.HTML
}

// T chooses between the languages.
func (v view) T(nl, en string) string { return v.Lang.t(nl, en) }

// Name chooses between the names of a thing.
func (v view) Name(n report.Name) string { return v.Lang.name(n) }

// Names lists things.
func (v view) Names(list []report.Name) string { return v.Lang.names(list) }

// Date writes a date as people do.
func (v view) Date(day string) string { return v.Lang.date(day) }

// Urgency names how urgent a question is.
func (v view) Urgency(u string) string { return v.Lang.name(urgencies[u]) }

// Number writes the number of a cell.
func (v view) Number(n *float64) string { return v.Lang.number(*n) }

// Delta writes how a cell has changed, "" where it has not or is not compared.
func (v view) Delta(c Cell) string {
	if c.Before == nil || *c.Before == *c.Number {
		return ""
	}
	return v.Lang.delta(*c.Number - *c.Before)
}

// Percent writes a part of a whole.
func (v view) Percent(part, whole int) string { return percent(part, whole) }

func percent(part, whole int) string {
	if whole == 0 {
		return "–"
	}
	const hundred = 100
	return fmt.Sprintf("%d%%", (part*hundred+whole/2)/whole)
}

// Part is one table with the view that it is shown in.
type Part struct {
	view
	Table
}

// Part takes a table for the page.
func (v view) Part(id string) Part { return Part{v, v.Tables[id]} }

// Head shortens the names of provinces, and only those.
func (p Part) Short(i int) string {
	if p.ID != "themas" || i == 0 || i > len(p.Heat.Columns) {
		return ""
	}
	short, _, _, _ := p.Heat.Place(p.Heat.Columns[i-1])
	return short
}

// Figure is a number with what it counts, at the top of the page.
type Figure struct{ Number, Text string }

// Figures are the numbers that the report begins with.
func (v view) Figures() []Figure {
	l, total := v.Lang, report.Point{Row: report.Every, Split: report.Every, Column: report.Every}
	count := func(m report.Measure) string { return l.number(float64(v.Regions.Number(m, total).Count)) }
	without, taking, kept, over := 0, 0, 0, 0
	for _, row := range v.Regions.Rows {
		if _, _, _, province := v.Regions.Place(row.Key); province && v.Regions.Number(report.FieldlabsActive, report.Point{Row: row.Key, Split: report.Every, Column: report.Every}).Count == 0 {
			without++
		}
	}
	for _, m := range v.Promises.Ministries {
		if m.TakesPart() {
			taking++
		}
	}
	for _, y := range v.Promises.Fieldlabs {
		if y.Complete {
			over++
			if y.Kept() {
				kept++
			}
		}
	}
	return []Figure{
		{count(report.VraagstukkenOpen), l.t("open vraagstukken", "open questions")},
		{l.number(float64(v.GapCount)), l.t("daarvan zonder aanbod in een eigen regio", "of those without supply in a region of theirs")},
		{count(report.ProjectsRunning), l.t("lopende projecten", "running projects")},
		{l.number(float64(without)), l.t("provincies zonder open fieldlab", "provinces without an open fieldlab")},
		{fmt.Sprintf("%d/%d", kept, over), l.t("jaren waarin de twee tot drie beloofde fieldlabs er kwamen", "years in which the two to three promised fieldlabs came")},
		{l.number(float64(taking)), l.t(fmt.Sprintf("ministeries doen mee; de stuurgroep telde er %d", report.SteeringMinistries), fmt.Sprintf("ministries take part; the stuurgroep had %d", report.SteeringMinistries))},
	}
}

// CellView is one cell of a table on the page.
type CellView struct {
	Cell
	Index                    int
	Written, Change, GapText string
	Class                    string
}

// Cell prepares a cell for the page.
func (p Part) Cell(i int, c Cell) CellView {
	out := CellView{Cell: c, Index: i}
	if c.Number == nil {
		return out
	}
	out.Written, out.Change = p.Number(c.Number), p.Delta(c)
	switch {
	case c.Shade >= 0:
		out.Class = fmt.Sprintf("k%d", c.Shade)
	case *c.Number == 0:
		out.Class = "zero"
	}
	if c.Gap > 0 {
		out.GapText = fmt.Sprintf(p.T("waarvan %d zonder aanbod", "of which %d without supply"), c.Gap)
	}
	return out
}
