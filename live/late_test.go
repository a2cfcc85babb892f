package live_test

import (
	"path/filepath"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/graph/storetest"
	"github.com/i-partnerschap/kennisgraaf/live"
)

// An entry that shows later than the ones behind it is not missed.
func TestEntriesThatShowLate(t *testing.T) {
	late := &storetest.LateLog{Store: openSQLite(t, filepath.Join(t.TempDir(), "late.db"))}
	w := newWorld(t, late, live.Options{})
	w.write("p", 10)
	late.Delay(map[int64]int{1: 2, 4: 1, 5: 3})
	w.take(w.subscribe(0), 0, 10)
}
