package report_test

import (
	"context"
	"testing"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/report"
)

// builder collects the changes of a small graph.
type builder []graph.Change

func (b *builder) node(label, id string, props map[string]any) {
	if props == nil {
		props = map[string]any{}
	}
	switch label {
	case "Theme":
		props["prefLabelNl"] = id
	case "Project", "Vraagstuk", "Agreement":
		props["title"] = id
	default:
		props["name"] = id
	}
	*b = append(*b, graph.Change{Op: graph.CreateNode, Label: label, ID: id, Props: props})
}

func (b *builder) tie(relation, from, to string) {
	*b = append(*b, graph.Change{Op: graph.Connect, Type: relation, From: from, To: to})
}

// provinces makes two provinces in a part of the country, and a network over both.
func (b *builder) provinces() {
	b.node("Region", "east", map[string]any{"kind": "PROVINCE", "cbsCode": "PV1", "lat": 52.0, "lon": 6.0})
	b.node("Region", "west", map[string]any{"kind": "PROVINCE", "cbsCode": "PV2", "lat": 52.0, "lon": 5.0})
	b.node("Region", "empty", map[string]any{"kind": "PROVINCE", "cbsCode": "PV3"})
	b.node("Region", "part", map[string]any{"kind": "LANDSDEEL"})
	b.node("Region", "net", map[string]any{"kind": "NETWORK"})
	for _, province := range []string{"east", "west"} {
		b.tie("REGION_PART_OF", province, "part")
		b.tie("REGION_PART_OF", province, "net")
	}
	b.node("Theme", "data", nil)
	b.node("Theme", "ai", nil)
	b.node("Theme", "vision", nil)
	b.tie("BROADER", "vision", "ai")
}

func at(row, column string) report.Point {
	return report.Point{Row: row, Split: report.Every, Column: column}
}

// count checks one number.
func count(t *testing.T, c *report.Coverage, m report.Measure, p report.Point, want int64) {
	t.Helper()
	if got := c.Number(m, p).Count; got != want {
		t.Errorf("%s at %+v is %d, want %d", m, p, got, want)
	}
}

func rowKeys(c *report.Coverage) string {
	keys := ""
	for _, row := range c.Rows {
		keys += row.Key + "|"
	}
	return keys
}

func ask(t *testing.T, w *world, req report.Request) *report.Coverage {
	t.Helper()
	c, err := w.Coverage(context.Background(), req)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAProjectInTwoRegionsCountsInBothAndOnceInTheTotal(t *testing.T) {
	var b builder
	b.provinces()
	for _, id := range []string{"both", "one", "none", "larger"} {
		b.node("Project", id, map[string]any{"status": "LOPEND", "budget": int64(100)})
		b.tie("ABOUT", id, "ai")
	}
	b.tie("ABOUT", "both", "data")
	b.tie("ABOUT", "both", "vision") // rolls up to ai, which it has already
	b.tie("TAKES_PLACE_IN", "both", "east")
	b.tie("TAKES_PLACE_IN", "both", "west")
	b.tie("TAKES_PLACE_IN", "one", "east")
	b.tie("TAKES_PLACE_IN", "larger", "net")
	w := open(t, b)
	req := report.Request{Rows: report.ByRegion, Columns: report.ByTheme, Measures: []report.Measure{report.Projects, report.Budget}}
	c := ask(t, w, req)
	if got := rowKeys(c); got != "east|west|empty|net||" {
		t.Errorf("rows %s", got)
	}
	every := report.Every
	for p, want := range map[report.Point]int64{
		at("east", "ai"): 2, at("east", "data"): 1, at("east", every): 2, at("west", every): 1, at("empty", every): 0, at("net", every): 1,
		at(report.Unknown, every): 1, at(report.Unknown, "ai"): 1, at(report.Unknown, report.Unknown): 0, at(every, "ai"): 4, at(every, "data"): 1, at(every, every): 4,
	} {
		count(t, c, report.Projects, p, want)
		if got := c.Number(report.Budget, p).Sum; got != float64(100*want) {
			t.Errorf("budget at %+v is %g", p, got)
		}
	}
	if got := c.Overlap(report.Projects, every); got != 1 {
		t.Errorf("the rows exceed the total by %g, want 1", got)
	}
	w.compare(t, req)
	// Rolled up, a project in two provinces of one part is once in that part.
	req.RegionKind = "LANDSDEEL"
	c = ask(t, w, req)
	if got := rowKeys(c); got != "part|net||" {
		t.Errorf("rows %s", got)
	}
	for key, want := range map[string]int64{"part": 2, "net": 3, report.Unknown: 1, every: 4} {
		count(t, c, report.Projects, at(key, every), want)
	}
}

func TestOneCell(t *testing.T) {
	var b builder
	b.provinces()
	b.node("Vraagstuk", "q", map[string]any{"status": "OPEN", "forms": []string{"STAGE"}, "posedOn": "2022-03-01"})
	b.tie("CONCERNS", "q", "east")
	b.tie("CONCERNS", "q", "west")
	b.tie("ABOUT", "q", "vision")
	w := open(t, b)
	c := ask(t, w, report.Request{Rows: report.ByRegion, Columns: report.ByTheme, Measures: []report.Measure{report.Vraagstukken},
		Where: report.Where{Regions: []string{"east"}, Themes: []string{"ai"}, From: "2022-01-01", Until: "2022-12-31", Forms: []string{"STAGE"}}})
	if len(c.Rows) != 1 || len(c.Columns) != 1 {
		t.Fatalf("%d rows and %d columns, want one of each", len(c.Rows), len(c.Columns))
	}
	count(t, c, report.Vraagstukken, at("east", "ai"), 1)
	count(t, c, report.Vraagstukken, at(report.Every, report.Every), 1)
	for name, where := range map[string]report.Where{
		"theme": {Themes: []string{"data"}}, "region": {Regions: []string{"empty"}}, "form": {Forms: []string{"TRAINEESHIP"}}, "day": {From: "2022-03-02"},
	} {
		c := ask(t, w, report.Request{Rows: report.ByForm, Measures: []report.Measure{report.Vraagstukken}, Where: where})
		if got := c.Number(report.Vraagstukken, at(report.Every, report.Every)).Count; got != 0 {
			t.Errorf("another %s still counts %d", name, got)
		}
	}
}

// Supply in the region, nearby and anywhere; seats and branches; themes and narrower ones.
func TestGapsLookWhereTheyShould(t *testing.T) {
	var b builder
	b.provinces()
	b.node("Institution", "school", map[string]any{"kind": "HOGESCHOOL", "lat": 52.0, "lon": 5.9})
	b.tie("SEATED_IN", "school", "east")
	b.tie("BRANCH_IN", "school", "empty")
	b.node("Lectoraat", "group", nil)
	b.tie("PART_OF", "group", "school")
	b.tie("ABOUT", "group", "vision")
	for id, ties := range map[string][2]string{
		"served": {"east", "vision"}, "by-narrower": {"east", "ai"}, "elsewhere": {"west", "ai"}, "no-one": {"east", "data"},
		"branch": {"empty", "ai"}, "nowhere-asked": {"", "ai"}, "nowhere-lost": {"", "data"}, "no-theme": {"east", ""}, "in-part": {"part", "ai"},
	} {
		b.node("Vraagstuk", id, map[string]any{"status": "OPEN", "forms": []string{}})
		if ties[0] != "" {
			b.tie("CONCERNS", id, ties[0])
		}
		if ties[1] != "" {
			b.tie("ABOUT", id, ties[1])
		}
	}
	w := open(t, b)
	gaps := []report.Measure{report.Gap, report.GapNearby, report.GapAnywhere}
	req := report.Request{Rows: report.ByRegion, Measures: gaps, Km: 40}
	c := ask(t, w, req)
	for key, want := range map[string][3]int64{
		"east": {2, 2, 2}, "west": {1, 1, 0}, "empty": {1, 1, 0}, "part": {0, 0, 0}, report.Unknown: {1, 1, 1}, report.Every: {5, 5, 3},
	} {
		for i, m := range gaps {
			count(t, c, m, at(key, report.Every), want[i])
		}
	}
	w.compare(t, req)
	// The school lies 61.6 km from the centre of west, as the crow flies.
	for km, want := range map[float64]int64{61: 1, 62: 0} {
		req.Km = km
		count(t, ask(t, w, req), report.GapNearby, at("west", report.Every), want)
		w.compare(t, req)
	}
	req.Branches = true
	count(t, ask(t, w, req), report.Gap, at("empty", report.Every), 0)
	w.compare(t, req)
}

func TestAGraphWithNothingInIt(t *testing.T) {
	w := open(t, nil)
	for _, axis := range allAxes {
		c := ask(t, w, report.Request{Rows: axis, Measures: report.Measures})
		for _, m := range report.Measures {
			count(t, c, m, at(report.Every, report.Every), 0)
		}
		if last := c.Rows[len(c.Rows)-1]; last.Key != report.Unknown {
			t.Errorf("%s: the last row is %+v, want unknown", axis, last)
		}
	}
	r, err := w.Report(context.Background(), report.Options{Today: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	if r.GapCount != 0 || len(r.Gaps) != 0 || r.Promises.Uptake != (report.Uptake{}) || len(r.Promises.Fieldlabs) != 7 || r.Demo {
		t.Errorf("%+v, promises %+v", r, r.Promises)
	}
}

// Without a single project, everything else is still counted.
func TestAGraphWithoutAnyProject(t *testing.T) {
	var b builder
	b.provinces()
	b.node("Agency", "agency", nil)
	b.node("Vraagstuk", "q", map[string]any{"status": "BEANTWOORD", "forms": []string{}, "posedOn": "2021-01-01"})
	b.tie("POSED_BY", "q", "agency")
	b.tie("CONCERNS", "q", "west")
	w := open(t, b)
	for _, day := range []string{"", "2020-12-31", "2021-01-01"} {
		w.compare(t, report.Request{Rows: report.ByRegion, Columns: report.ByMinistry, Measures: report.Measures, AsOf: day, Km: 50})
	}
	c := ask(t, w, report.Request{Rows: report.ByMinistry, Measures: report.Measures})
	count(t, c, report.Projects, at(report.Every, report.Every), 0)
	// An agency without a ministry is a row of its own.
	count(t, c, report.Vraagstukken, at("agency", report.Every), 1)
}

// The status of a day follows from dates.
func TestWhatWasOnADay(t *testing.T) {
	var b builder
	b.provinces()
	b.node("Vraagstuk", "taken-up", map[string]any{"status": "IN_BEHANDELING", "forms": []string{}, "posedOn": "2021-02-01"})
	b.node("Vraagstuk", "withdrawn", map[string]any{"status": "INGETROKKEN", "forms": []string{}, "posedOn": "2021-02-01"})
	b.node("Project", "p", map[string]any{"status": "AFGEROND", "startDate": "2021-05-01", "endDate": "2022-06-30"})
	b.tie("ADDRESSES", "p", "taken-up")
	b.node("Fieldlab", "lab", map[string]any{"status": "GESLOTEN", "openedOn": "2020-01-01", "closedOn": "2021-12-31", "otherPartners": []string{}})
	w := open(t, b)
	for day, want := range map[string]map[report.Measure]int64{
		"2021-01-31": {report.Vraagstukken: 0, report.VraagstukkenOpen: 0, report.Projects: 0, report.FieldlabsActive: 1},
		"2021-02-01": {report.Vraagstukken: 2, report.VraagstukkenOpen: 1, report.ProjectsRunning: 0},
		"2021-04-30": {report.VraagstukkenOpen: 1},
		"2021-05-01": {report.VraagstukkenOpen: 0, report.Projects: 1, report.ProjectsRunning: 1, report.ProjectsDone: 0},
		"2021-12-31": {report.FieldlabsActive: 1}, "2022-01-01": {report.FieldlabsActive: 0, report.Fieldlabs: 1},
		"2022-06-30": {report.ProjectsRunning: 1, report.ProjectsDone: 0},
		"2022-07-01": {report.ProjectsRunning: 0, report.ProjectsDone: 1},
		"":           {report.VraagstukkenOpen: 0, report.ProjectsDone: 1, report.FieldlabsActive: 0, report.Fieldlabs: 1},
	} {
		c := ask(t, w, report.Request{Rows: report.ByRegion, Measures: report.Measures, AsOf: day})
		for m, n := range want {
			t.Log(day)
			count(t, c, m, at(report.Every, report.Every), n)
		}
	}
}

// Supply that has ended is none, and what is there for a part of the country serves the
// provinces in it.
func TestSupplyOfItsDayAndOfLargerRegions(t *testing.T) {
	var b builder
	b.provinces()
	b.node("Institution", "school", map[string]any{"kind": "HOGESCHOOL"})
	b.tie("SEATED_IN", "school", "east")
	b.node("Lectoraat", "ended", map[string]any{"validUntil": "2021-12-31"})
	b.tie("PART_OF", "ended", "school")
	b.tie("ABOUT", "ended", "ai")
	b.node("Fieldlab", "lab", map[string]any{"otherPartners": []string{}, "openedOn": "2023-01-01"})
	b.tie("LOCATED_IN", "lab", "part")
	b.tie("ABOUT", "lab", "ai")
	b.node("Vraagstuk", "q", map[string]any{"status": "OPEN", "forms": []string{}, "posedOn": "2020-01-01"})
	b.tie("CONCERNS", "q", "east")
	b.tie("ABOUT", "q", "ai")
	w := open(t, b)
	for day, want := range map[string]int64{"2021-12-31": 0, "2022-01-01": 1, "2022-12-31": 1, "2023-01-01": 0} {
		req := report.Request{Rows: report.ByRegion, Measures: []report.Measure{report.Gap}, AsOf: day}
		count(t, ask(t, w, req), report.Gap, at("east", report.Every), want)
		w.compare(t, req)
	}
}
