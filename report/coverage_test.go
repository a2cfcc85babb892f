package report_test

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"github.com/i-partnerschap/kennisgraaf/dataset"
	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/sqlite"
	"github.com/i-partnerschap/kennisgraaf/report"
	"github.com/i-partnerschap/kennisgraaf/schema"
)

// world is a store of a test's own, with its file open for SQL.
type world struct {
	*report.Reporter
	store graph.Store
	db    *sql.DB
	// tables names the temporary tables by what was selected into them.
	tables map[string]string
}

func open(t testing.TB, changes []graph.Change) *world {
	t.Helper()
	model, err := schema.Model()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "report.db")
	store, err := sqlite.Open(context.Background(), path, model, sqlite.Options{BulkLoad: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	if len(changes) > 0 {
		if _, err := store.Apply(context.Background(), "test", changes); err != nil {
			t.Fatal(err)
		}
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	db.SetMaxOpenConns(1) // temporary tables belong to a connection
	return &world{report.New(store, model), store, db, map[string]string{}}
}

func openDemo(t testing.TB) *world {
	t.Helper()
	changes, err := dataset.Changes(dataset.Demo)
	if err != nil {
		t.Fatal(err)
	}
	return open(t, changes)
}

// expected counts a measure in SQL, with all totals.
func (w *world) expected(t *testing.T, req report.Request, m report.Measure, day string) map[report.Point]report.Number {
	t.Helper()
	rel := day
	if past[m] {
		rel = ""
	}
	open := strings.TrimPrefix(string(m), "GAP") != string(m)
	selected, km, anywhere := members[m], 0.0, m == report.GapAnywhere
	regions := regionKeys
	if open {
		selected = strings.ReplaceAll(gapSQL, "%open%", openSQL)
		if m == report.GapNearby {
			km = req.Km
		}
	}
	if m == report.InstitutionBranches || m == report.AgencyBranches {
		regions = branchKeys
	}
	args := map[string]any{"day": day, "rel": rel, "level": max(1, req.Level), "branches": req.Branches, "km": km, "anywhere": anywhere}
	out := map[report.Point]report.Number{}
	for _, shape := range [][2]bool{{true, true}, {true, false}, {false, true}, {false, false}} {
		if shape[1] && req.Columns == report.NoAxis {
			continue
		}
		columns, joins := []string{`'*'`, `'*'`}, ""
		for i, axis := range []report.Axis{req.Rows, req.Columns} {
			if !shape[i] {
				continue
			}
			keys := axisKeys[axis]
			if axis == report.ByRegion {
				keys = regions
			}
			if axis == report.ByRegion && open {
				columns[i] = `COALESCE(m.region,'')`
				continue
			}
			columns[i] = fmt.Sprintf(`COALESCE(k%d.key,'')`, i)
			joins += fmt.Sprintf(` LEFT JOIN %s k%d ON k%[2]d.nid=m.nid`, w.table(t, keys, args), i)
		}
		w.collect(t, out, fmt.Sprintf(`SELECT a, b, COUNT(*), TOTAL(n.props->>'budget') FROM (SELECT DISTINCT %s AS a, %s AS b, m.nid FROM %s m%s) x
			JOIN node n ON n.nid=x.nid GROUP BY a, b`, columns[0], columns[1], w.table(t, selected, args), joins))
	}
	return out
}

// table selects into a temporary table, once for the same arguments.
func (w *world) table(t *testing.T, query string, all map[string]any) string {
	t.Helper()
	var args []any
	key := query
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if strings.Contains(query, ":"+name) {
			args = append(args, sql.Named(name, all[name]))
			key += fmt.Sprintf("|%v", all[name])
		}
	}
	if name, ok := w.tables[key]; ok {
		return name
	}
	name := fmt.Sprintf("t%d", len(w.tables))
	w.tables[key] = name
	for _, statement := range []string{"CREATE TEMP TABLE " + name + " AS " + query, "CREATE INDEX temp." + name + "i ON " + name + "(nid)"} {
		if _, err := w.db.Exec(statement, args...); err != nil {
			t.Fatalf("%v in %s", err, statement)
		}
		args = nil
	}
	return name
}

func (w *world) collect(t *testing.T, out map[report.Point]report.Number, query string) {
	t.Helper()
	rows, err := w.db.Query(query)
	if err != nil {
		t.Fatalf("%v in %s", err, query)
	}
	defer rows.Close()
	for rows.Next() {
		p, n := report.Point{Split: report.Every}, report.Number{}
		if err := rows.Scan(&p.Row, &p.Column, &n.Count, &n.Sum); err != nil {
			t.Fatal(err)
		}
		out[p] = n
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

// compare holds all cells and totals of a table against SQL.
func (w *world) compare(t *testing.T, req report.Request) (cells int) {
	t.Helper()
	c, err := w.Coverage(context.Background(), req)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range req.Measures {
		cells += equal(t, c, m, w.expected(t, req, m, req.AsOf))
	}
	return cells
}

// equal holds all cells and totals of a measure against a count by hand, and tells how
// many they are.
func equal(t *testing.T, c *report.Coverage, m report.Measure, want map[report.Point]report.Number) (cells int) {
	t.Helper()
	req := c.Request
	left := maps.Clone(want)
	for _, row := range append(c.Rows, report.Row{Key: report.Every, Split: report.Every}) {
		for _, column := range append(c.Columns, report.Every) {
			p := report.Point{Row: row.Key, Split: row.Split, Column: column}
			got := c.Number(m, p)
			if got.Count != want[p].Count || !m.Counts() && got.Sum != want[p].Sum {
				t.Errorf("%s of %s × %s on %q at %+v is %+v, by hand it is %+v", m, req.Rows, req.Columns, req.AsOf, p, got, want[p])
			}
			delete(left, p)
			cells++
		}
	}
	for p, n := range left {
		t.Errorf("%s of %s × %s: no cell for %+v, where there is %+v", m, req.Rows, req.Columns, p, n)
	}
	return cells
}

var allAxes = []report.Axis{report.ByRegion, report.ByTheme, report.ByYear, report.ByMinistry, report.ByInstitutionKind, report.ByForm}

// Every number of every table of the bundled data equals a count in SQL.
func TestEveryCellEqualsHandWrittenSQL(t *testing.T) {
	w := openDemo(t)
	cells := 0
	for _, day := range []string{"", "2021-05-01", "2024-02-29"} {
		for i, rows := range allAxes {
			for _, columns := range append([]report.Axis{report.NoAxis}, allAxes[i+1:]...) {
				cells += w.compare(t, report.Request{Rows: rows, Columns: columns, Measures: report.Measures, AsOf: day, Km: 40})
			}
		}
	}
	for level := range 4 {
		cells += w.compare(t, report.Request{Rows: report.ByTheme, Columns: report.ByRegion, Level: level, Measures: report.Measures, Km: 75, Branches: true})
	}
	t.Logf("%d cells compared", cells)
}
