package sqlite_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/sqlite"
	"github.com/i-partnerschap/kennisgraaf/graph/storetest"
)

// Every query of the change log seeks, whatever it asks for: the log only grows.
func TestLogSeeks(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "s.db"), storetest.Model(), sqlite.Options{})
	for name, test := range map[string]struct {
		query graph.LogQuery
		seeks []string
	}{
		"tail":      {graph.LogQuery{After: 5, Limit: 10}, []string{"PRIMARY KEY (rowid>?)"}},
		"last":      {graph.LogQuery{Limit: 1, Backward: true}, []string{"PRIMARY KEY (rowid>?)"}},
		"of a node": {graph.LogQuery{IDs: []string{"a"}, Limit: 10}, []string{"change_id (id=?", "change_src (src=?", "change_dst (dst=?"}},
		"by type":   {graph.LogQuery{Labels: []string{"Person"}, Limit: 10}, []string{"change_label (label=?"}},
		"by actor":  {graph.LogQuery{Actor: "x", Limit: 10, Backward: true}, []string{"change_actor (actor=?"}},
	} {
		plan, err := s.LogPlan(test.query)
		if err != nil {
			t.Fatal(err)
		}
		for _, seek := range test.seeks {
			if !strings.Contains(plan, seek) {
				t.Errorf("%s: no %s in\n%s", name, seek, plan)
			}
		}
		if strings.Contains(plan, "SCAN change") {
			t.Errorf("%s scans:\n%s", name, plan)
		}
	}
}
