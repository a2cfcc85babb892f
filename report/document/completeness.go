package document

import (
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/report"
)

// Completeness writes the page that counts what is missing, with a link to a list for
// each number. Links are relative: the page is served at completeness.
func Completeness(w io.Writer, types []report.Completeness, l Lang) error {
	v := completenessView{Lang: l, Code: strings.ToLower(string(l)), Types: types,
		Title:    l.t("Volledigheid van de kennisgraaf", "Completeness of the knowledge graph"),
		Subtitle: l.t("Wat mist een thema, regio, lector, omschrijving of herkomst?", "What lacks a theme, region, lector, description or source?")}
	return templates.ExecuteTemplate(w, "completeness.html", v)
}

// LackingPage writes a page of what lacks a field: start is the number of its first line,
// and next the cursor of the page after it, "" on the last.
func LackingPage(w io.Writer, list *report.Lacking, start int, next string, l Lang) error {
	v := completenessView{Lang: l, Code: strings.ToLower(string(l)), List: list, Start: start}
	v.Title = fmt.Sprintf(l.t("%s: wat “%s” mist", "%s: what lacks “%s”"), v.TypeName(list.Type), l.name(list.Lack.Label))
	v.Subtitle = fmt.Sprintf(l.t("%s in totaal", "%s in all"), v.Count(list.Lack.Count))
	if next != "" {
		v.NextPage = v.link(url.Values{"type": {list.Type.Name}, "lacks": {list.Lack.Field}, "after": {next}, "start": {strconv.Itoa(start + len(list.Nodes))}})
	}
	return templates.ExecuteTemplate(w, "completeness.html", v)
}

// completenessView is what the page shows: an overview of Types, or a List.
type completenessView struct {
	Lang                  Lang
	Code, Title, Subtitle string
	Types                 []report.Completeness
	List                  *report.Lacking
	Start                 int
	NextPage              string
}

// T chooses between the languages.
func (v completenessView) T(nl, en string) string { return v.Lang.t(nl, en) }

// Name chooses between the names of a thing.
func (v completenessView) Name(n report.Name) string { return v.Lang.name(n) }

// TypeName writes the name of a type with a capital.
func (v completenessView) TypeName(t *graph.Type) string {
	name := v.Lang.t(t.NL, t.EN)
	first, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(first)) + name[size:]
}

// Count writes a number.
func (v completenessView) Count(n int64) string { return v.Lang.number(float64(n)) }

// Share writes a part of a whole.
func (v completenessView) Share(part, whole int64) string { return percent(int(part), int(whole)) }

// Width is a part of a whole in percent, for a bar.
func (v completenessView) Width(part, whole int64) int64 {
	const hundred = 100
	return part * hundred / max(1, whole)
}

// Overview links to the overview.
func (v completenessView) Overview() string { return v.link(url.Values{}) }

// ListOf links to the list of what lacks a field.
func (v completenessView) ListOf(t *graph.Type, field string) string {
	return v.link(url.Values{"type": {t.Name}, "lacks": {field}})
}

func (v completenessView) link(q url.Values) string {
	q.Set("lang", v.Code)
	return "completeness?" + q.Encode()
}
