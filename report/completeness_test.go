package report_test

import (
	"testing"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// What a node lacks, written by hand in SQL for some fields of each sort: a text, a list, a
// relation to one, to many, and one followed backwards.
func TestCompletenessEqualsHandWrittenSQL(t *testing.T) {
	w := openDemo(t)
	w.apply(t, graph.Change{Op: graph.CreateNode, Label: "Project", ID: "bare", Props: map[string]any{"title": "bare", "status": "LOPEND", "description": ""}})
	without := func(relation string) string {
		return `NOT EXISTS (SELECT 1 FROM edge WHERE src=n.nid AND type='` + relation + `')`
	}
	textless := func(prop string) string { return `COALESCE(n.props->>'` + prop + `','')=''` }
	listless := func(prop string) string { return `COALESCE(json_array_length(n.props,'$.` + prop + `'),0)=0` }
	unled := `NOT EXISTS (SELECT 1 FROM edge WHERE dst=n.nid AND type='LEADS')`
	for label, fields := range map[string]map[string]string{
		"Project":   {"source": textless("source"), "description": textless("description"), "themes": without("ABOUT"), "regions": without("TAKES_PLACE_IN"), "partners": `NOT EXISTS (SELECT 1 FROM edge WHERE dst=n.nid AND type='PARTNER_IN')`},
		"Lectoraat": {"source": textless("source"), "description": textless("description"), "themes": without("ABOUT"), "lectoren": unled, "institution": without("PART_OF")},
		"Theme":     {"source": textless("source"), "altLabelsNl": listless("altLabelsNl"), "altLabelsEn": listless("altLabelsEn")},
		"Agency":    {"source": textless("source"), "region": without("SEATED_IN"), "ministry": without("PART_OF")},
	} {
		found, err := w.Completeness(t.Context(), label)
		if err != nil || len(found) != 1 || len(found[0].Lacks) != len(fields) {
			t.Fatalf("%s: %v %+v", label, err, found)
		}
		any := "0"
		for _, lack := range found[0].Lacks {
			condition, ok := fields[lack.Field]
			if !ok {
				t.Errorf("%s expects %s", label, lack.Field)
				continue
			}
			any += " OR " + condition
			if want := w.countSQL(t, label, condition); want != lack.Count {
				t.Errorf("%d lack %s.%s, SQL says %d", lack.Count, label, lack.Field, want)
			}
		}
		if total, complete := w.countSQL(t, label, "1"), w.countSQL(t, label, "NOT ("+any+")"); found[0].Total != total || found[0].Complete != complete {
			t.Errorf("%s: %d of %d are complete, SQL says %d of %d", label, found[0].Complete, found[0].Total, complete, total)
		}
	}
	// The project without anything lacks five things.
	if found, err := w.Completeness(t.Context(), "Project"); err != nil || found[0].Complete >= found[0].Total {
		t.Errorf("%v %+v", err, found)
	}
}

func (w *world) apply(t *testing.T, changes ...graph.Change) {
	t.Helper()
	if _, err := w.store.Apply(t.Context(), "test", changes); err != nil {
		t.Fatal(err)
	}
}

func (w *world) countSQL(t *testing.T, label, condition string) (n int64) {
	t.Helper()
	if err := w.db.QueryRow(`SELECT COUNT(*) FROM node n WHERE n.label=? AND (`+condition+`)`, label).Scan(&n); err != nil {
		t.Fatalf("%v in %s", err, condition)
	}
	return n
}

// The pages of a list hold each node once, and as many as were counted.
func TestListsOfWhatLacksSomething(t *testing.T) {
	w := openDemo(t)
	all, err := w.Completeness(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	lists := 0
	for _, c := range all {
		for _, lack := range c.Lacks {
			seen, after := map[string]bool{}, ""
			for {
				page, err := w.Lacking(t.Context(), c.Type.Name, lack.Field, after, 7)
				if err != nil {
					t.Fatal(err)
				}
				for _, n := range page.Nodes {
					seen[n.ID] = true
				}
				if page.Lack.Count != lack.Count {
					t.Errorf("%s.%s: %d and %d", c.Type.Name, lack.Field, lack.Count, page.Lack.Count)
				}
				if after = page.Next; after == "" {
					break
				}
			}
			if int64(len(seen)) != lack.Count {
				t.Errorf("%s.%s: %d are listed, %d counted", c.Type.Name, lack.Field, len(seen), lack.Count)
			}
			lists++
		}
	}
	if lists == 0 {
		t.Error("nothing is expected of anything")
	}
	for name, ask := range map[string][3]string{"type": {"Unicorn", "source", ""}, "field": {"Project", "title", ""}, "cursor": {"Project", "source", "x"}} {
		if _, err := w.Lacking(t.Context(), ask[0], ask[1], ask[2], 7); graph.CodeOf(err) != graph.BadUserInput {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := w.Completeness(t.Context(), "Unicorn"); graph.CodeOf(err) != graph.BadUserInput {
		t.Errorf("type: %v", err)
	}
}

// Where nothing is, nothing is complete and nothing lacks.
func TestCompletenessOfNothing(t *testing.T) {
	all, err := open(t, nil).Completeness(t.Context(), "")
	if err != nil || len(all) == 0 {
		t.Fatalf("%v %v", all, err)
	}
	for _, c := range all {
		if c.Total != 0 || c.Complete != 0 || c.Incomplete() != 0 {
			t.Errorf("%+v", c)
		}
	}
}
