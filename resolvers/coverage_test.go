package resolvers_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/i-partnerschap/kennisgraaf/web/limits"
)

const allMeasures = `[VRAAGSTUKKEN, VRAAGSTUKKEN_OPEN, GAP, GAP_NEARBY, GAP_ANYWHERE, LECTORATEN, EXPERTS, OFFERS, PROJECTS,
	PROJECTS_RUNNING, PROJECTS_DONE, BUDGET, FIELDLABS, FIELDLABS_ACTIVE, AGREEMENTS, RESULTS, INSTITUTIONS,
	INSTITUTION_BRANCHES, AGENCIES, AGENCY_BRANCHES]`

// Some of the many tables: every axis, roll-ups, days, and narrower requests. Those
// without measures have all.
var coverages = map[string]string{
	"regions":           `rows: REGION`,
	"parts":             `rows: REGION, regions: LANDSDEEL`,
	"networks":          `rows: REGION, regions: NETWORK, columns: FORM`,
	"themes by region":  `rows: THEME, columns: REGION`,
	"narrow themes":     `rows: THEME, level: 2`,
	"narrowest themes":  `rows: THEME, level: 3, asOf: "2023-06-30"`,
	"ministries":        `rows: MINISTRY, columns: INSTITUTION_KIND`,
	"ministries by day": `rows: MINISTRY, asOf: "2021-05-01"`,
	"years":             `rows: YEAR, columns: FORM`,
	"a day":             `rows: REGION, columns: INSTITUTION_KIND, asOf: "2022-03-01", compare: "2020-06-01"`,
	"three axes":        `rows: REGION, split: YEAR, columns: INSTITUTION_KIND, asOf: "2024-01-01", regions: LANDSDEEL, measures: [PROJECTS, PROJECTS_RUNNING, BUDGET, GAP]`,
	"one cell":          `rows: REGION, columns: THEME, where: {regions: ["nl-ov"], themes: ["data"]}`,
	"in part of":        `rows: REGION, columns: THEME, level: 2, where: {regions: ["ld01"], themes: ["cybersecurity"]}, asOf: "2026-01-01"`,
	"a ministry":        `rows: MINISTRY, where: {ministries: ["lnv", "ezk"], forms: [ONDERZOEKSPROJECT, STAGE], from: "2020-01-01"}`,
	"with branches":     `rows: REGION, branches: true, km: 30, columns: YEAR, measures: [GAP, GAP_NEARBY, GAP_ANYWHERE]`,
}

// patientService allows the time that the race detector takes on a busy machine: these
// tests ask for tables of every measure.
func patientService(t *testing.T) *service {
	t.Helper()
	l := limits.Default()
	l.Time = 2 * time.Minute
	return newServiceWithin(l)
}

// Each cell hands out a query that lists what it counts: just as many.
func TestEveryCellsQueryListsWhatItCounts(t *testing.T) {
	s := patientService(t)
	for name, args := range coverages {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			queries := 0
			totals := map[string]int{}
			if !strings.Contains(args, "measures:") {
				args += ", measures: " + allMeasures
			}
			c := s.coverage(t, args, "measure value count query")
			for _, row := range append(c.Rows, c.Totals) {
				for _, cell := range append(row.Cells, coverageCell{Values: row.Values}) {
					for _, v := range cell.Values {
						got, known := totals[v.Query]
						if !known {
							queries++
							got = s.totalCount(t, v.Query)
							totals[v.Query] = got
						}
						if got != v.Count {
							t.Errorf("%s at %s × %s counts %d, its query lists %d: %.600s", v.Measure, row.Key.Label, cell.Column.Label, v.Count, got, v.Query)
						}
						if v.Measure != "BUDGET" && v.Value != float64(v.Count) {
							t.Errorf("%s: value %g, count %d", v.Measure, v.Value, v.Count)
						}
					}
				}
			}
			t.Logf("%d rows, %d columns, %d different queries", len(c.Rows), len(c.Totals.Cells), queries)
		})
	}
}

type coverageKey struct{ ID, Label string }

type coverageCell struct {
	Column coverageKey
	Values []coverageValue
}

type coverageValue struct {
	Measure, Query string
	Value          float64
	Before         *float64
	Count          int
}

type coverageRow struct {
	Key, Split coverageKey
	Values     []coverageValue
	Cells      []coverageCell
}

type coverageTable struct {
	Rows   []coverageRow
	Totals coverageRow
}

// coverage asks for a table with the given fields of its values.
func (s *service) coverage(t *testing.T, args, fields string) coverageTable {
	t.Helper()
	data := s.data(t, fmt.Sprintf(`{ coverage(%s) { rows { key { id label } split { id label } values { %[2]s } cells { column { id label } values { %[2]s } } }
		totals { values { %[2]s } cells { column { id label } values { %[2]s } } } } }`, args, fields))
	body, err := json.Marshal(data["coverage"])
	if err != nil {
		t.Fatal(err)
	}
	var c coverageTable
	if err := json.Unmarshal(body, &c); err != nil {
		t.Fatal(err)
	}
	return c
}

func (s *service) totalCount(t *testing.T, query string) int {
	t.Helper()
	for _, v := range s.data(t, query) {
		return int(v.(map[string]any)["totalCount"].(float64))
	}
	t.Fatalf("no answer to %s", query)
	return 0
}

// A key is the node that it stands for, with whatever is asked of it.
func TestCoverageKeysAreNodes(t *testing.T) {
	data := patientService(t).data(t, `{ coverage(rows: REGION, columns: THEME) {
		rows { key { id unknown label(lang: EN) node { id ... on Region { cbsCode partOf { name } } } } cells { column { node { ... on Theme { prefLabelEn } } } } }
		totals { key { id } split { id } } } }`)
	first := dig(t, data, "coverage", "rows", 0).(map[string]any)
	if got := dig(t, first, "key", "node", "cbsCode"); got != "PV20" {
		t.Errorf("the first region has code %v", got)
	}
	if got := dig(t, first, "key", "node", "partOf", "name"); got != "Noord-Nederland" {
		t.Errorf("it lies in %v", got)
	}
	if got := dig(t, first, "cells", 0, "column", "node", "prefLabelEn"); got == "" || got == nil {
		t.Error("a theme without a name")
	}
	rows := dig(t, data, "coverage", "rows").([]any)
	last := dig(t, rows[len(rows)-1], "key").(map[string]any)
	if last["unknown"] != true || last["label"] != "unknown" || last["id"] != nil || last["node"] != nil {
		t.Errorf("the last row is %v, want unknown", last)
	}
	if totals := dig(t, data, "coverage", "totals").(map[string]any); totals["key"] != nil || totals["split"] != nil {
		t.Errorf("totals have keys: %v", totals)
	}
}

func TestCoverageRefusesWhatMakesNoSense(t *testing.T) {
	s := patientService(t)
	for args, want := range map[string]string{
		`rows: REGION, columns: REGION`:                                                   "BAD_USER_INPUT",
		`rows: REGION, split: YEAR, columns: YEAR`:                                        "BAD_USER_INPUT",
		`rows: REGION, measures: []`:                                                      "BAD_USER_INPUT",
		`rows: REGION, measures: [GAP, GAP]`:                                              "BAD_USER_INPUT",
		`rows: REGION, asOf: "gisteren"`:                                                  "BAD_USER_INPUT",
		`rows: REGION, compare: "2021-02-30"`:                                             "BAD_USER_INPUT",
		`rows: REGION, where: {from: "2021"}`:                                             "BAD_USER_INPUT",
		`rows: THEME, level: 0`:                                                           "BAD_USER_INPUT",
		`rows: THEME, level: 99`:                                                          "BAD_USER_INPUT",
		`rows: REGION, km: 0`:                                                             "BAD_USER_INPUT",
		`rows: REGION, km: -3`:                                                            "BAD_USER_INPUT",
		`rows: REGION, where: {regions: ["nergens"]}`:                                     "NOT_FOUND",
		`rows: REGION, where: {themes: ["\"}) { nodes"]}`:                                 "NOT_FOUND",
		`rows: REGION, where: {ministries: ["saxion"]}`:                                   "NOT_FOUND",
		`rows: THEME, level: 3, split: FORM, columns: MINISTRY, measures: ` + allMeasures: "QUERY_TOO_COMPLEX",
	} {
		a, _ := s.ask(t, `{ coverage(`+args+`) { totals { values { value } } } }`, nil)
		if len(a.Errors) != 1 || a.Errors[0].Extensions["code"] != want {
			t.Errorf("%s: %+v, want %s", args, a.Errors, want)
		} else if strings.TrimSpace(a.Errors[0].Message) == "" {
			t.Errorf("%s: no message", args)
		}
	}
}

func TestCoverageComparesTwoDays(t *testing.T) {
	s := patientService(t)
	const both, one = `rows: REGION, measures: ` + allMeasures + `, asOf: "2024-01-01"`, `rows: REGION, measures: ` + allMeasures + `, asOf: "2021-01-01"`
	compared := s.coverage(t, both+`, compare: "2021-01-01"`, "measure value before")
	before, now := s.coverage(t, one, "measure value"), s.coverage(t, both, "measure value")
	changed := 0
	for i, v := range compared.Totals.Values {
		if v.Before == nil || *v.Before != before.Totals.Values[i].Value || v.Value != now.Totals.Values[i].Value {
			t.Errorf("%s: %+v, want %g and %g", v.Measure, v, before.Totals.Values[i].Value, now.Totals.Values[i].Value)
		}
		if v.Before != nil && *v.Before != v.Value {
			changed++
		}
	}
	const least = 8
	if changed < least {
		t.Errorf("only %d measures changed between two years", changed)
	}
	if now.Totals.Values[0].Before != nil {
		t.Error("before is there without compare")
	}
}
