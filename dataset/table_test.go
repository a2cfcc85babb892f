package dataset

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/i-partnerschap/kennisgraaf/graph/text"
)

// broken returns the reference files with one text in one file replaced.
func broken(t *testing.T, file, before, after string) fs.FS {
	t.Helper()
	files := fstest.MapFS{}
	names, err := fs.Glob(referenceFiles, "reference/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(referenceFiles, name)
		if err != nil {
			t.Fatal(err)
		}
		if name == "reference/"+file {
			if !strings.Contains(string(data), before) {
				t.Fatalf("%s does not hold %q", name, before)
			}
			data = []byte(strings.Replace(string(data), before, after, 1))
		}
		files[name] = &fstest.MapFile{Data: data}
	}
	return files
}

func TestReferenceErrorsNameFileAndLine(t *testing.T) {
	for _, c := range []struct{ file, before, after, want string }{
		{"ministries.csv", "id,name,", "id,naam,", `reference/ministries.csv:1: header is`},
		{"ministries.csv", "\nbz,", "\naz,", `reference/ministries.csv:3: id "az" stands on line 2 already`},
		{"ministries.csv", "\nbz,", "\nlogius,", `id "logius" is taken by Ministry, from reference/ministries.csv:3`},
		{"agency_ministries.csv", ",logius,bzk,", ",logius,bzkk,", `reference/agency_ministries.csv:2: relation PART_OF names the unknown id "bzkk"`},
		{"agencies.csv", ",AGENTSCHAP,", ",BUREAU,", `reference/agencies.csv:2: unknown kind "BUREAU": known are "AGENTSCHAP"`},
		{"agencies.csv", "Den Haag,NL-ZH", "Den Haag,NL-NH", `reference/agencies.csv:2: Den Haag lies in nl-zh, not in nl-nh`},
		{"agencies.csv", "Den Haag,NL-ZH", "Gent,NL-ZH", `reference/agencies.csv:2: unknown city "Gent"`},
		{"institutions.csv", "52.1567", "noord", `reference/institutions.csv:2: lat "noord" is no number`},
		{"lectoraten.csv", ",informatiehuishouding|data|ai,", ",informatiehuishouding|dat|ai,", `reference/lectoraten.csv:2: relation ABOUT names the unknown id "dat"`},
		{"lectoren.csv", "2023-04-01", "1 april", `reference/lectoren.csv:3: since: "1 april" is no date`},
		{"themes.csv", `,1,"own wording, based on: I-strategie Rijk 2021-2025; Nederlandse Digitaliseringsstrategie 2025"`, ",1,", `reference/themes.csv:2: source is empty`},
		{"projects.csv", ",PROJECT,", ",PLAN,", `reference/projects.csv:2: unknown kind "PLAN"`},
		{"fieldlabs.csv", ",true,", ",ja,", `reference/fieldlabs.csv:2: i_partnerschap "ja" is neither`},
		{"partnership.jsonl", "| f01 |", "| f99 |", `reference/partnership.jsonl:1: source names the unknown fact "f99"`},
		{"partnership.jsonl", `{"edge":"ACTIVE_IN"`, `{"edge":"ACTIVE_IN","edge":"X"`, `key "edge" stands there twice`},
	} {
		_, err := build(broken(t, c.file, c.before, c.after), nil)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s with %q for %q:\ngot  %v\nwant %s", c.file, c.after, c.before, err, c.want)
		}
	}
}

func TestDemoErrorsNameFileAndLine(t *testing.T) {
	demo := fstest.MapFS{"demo/a.jsonl": &fstest.MapFile{Data: []byte(
		`{"node":"Person","id":"bzk","props":{"source":"demo"}}` + "\n\n" + `{"edge":"ABOUT","from":"bzk","to":"nergens"}`)}}
	_, err := build(referenceFiles, demo)
	for _, want := range []string{
		`demo/a.jsonl:1: id "bzk" is taken by Ministry, from reference/ministries.csv:4`,
		`demo/a.jsonl:3: relation ABOUT names the unknown id "nergens"`,
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func TestParsePeriod(t *testing.T) {
	for _, c := range []struct{ cell, first, last, precision string }{
		{"2022", "2022-01-01", "2022-12-31", "jaar"},
		{"2022-02", "2022-02-01", "2022-02-28", "maand"},
		{"2024-02", "2024-02-01", "2024-02-29", "maand"},
		{"2022-09-14", "2022-09-14", "2022-09-14", ""},
	} {
		p, err := parsePeriod(c.cell)
		if err != nil || p.first() != c.first || p.last() != c.last || p.precision != c.precision {
			t.Errorf("%s: got %s %s %q, %v", c.cell, p.first(), p.last(), p.precision, err)
		}
	}
	for _, cell := range []string{"", "22", "2022-13", "2022-02-30", "2022-9-1"} {
		if p, err := parsePeriod(cell); err == nil {
			t.Errorf("%q: got %v", cell, p)
		}
	}
}

func TestSlug(t *testing.T) {
	for name, want := range map[string]string{"Rutger Leukfeldt": "rutger-leukfeldt", "Irma van der Ploeg": "irma-van-der-ploeg", " Dr. Zoë-Ann ": "dr-zoe-ann"} {
		if got := text.Slug(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}
