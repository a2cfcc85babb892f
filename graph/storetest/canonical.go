package storetest

import (
	"maps"
	"slices"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/i-partnerschap/kennisgraaf/graph"
)

// diff returns what differs between two answers, "" where nothing does. A nil map or
// slice equals an empty one; sums may differ in their last digits, since stores add
// up in different orders.
func diff(want, got any) string {
	return cmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.EquateApprox(1e-9, 1e-12))
}

// canonical returns the answer to a selection without what the contract leaves open:
// a count that was not asked for, the page of a One link, links that do not apply to
// a node, and whether a number in a cursor is whole by kind.
func canonical(sel *graph.Selection, one bool, r *graph.Result) *graph.Result {
	if r == nil {
		return nil
	}
	c := &graph.Result{More: r.More && !one, Groups: r.Groups}
	if sel.Count && !one {
		c.Count = r.Count
	}
	for _, row := range r.Rows {
		row.Cursor = canonicalCursor(row.Cursor)
		if one {
			row.Cursor = nil
		}
		n := *row.Node
		n.Links = map[string]*graph.Result{}
		for _, l := range sel.Links {
			if len(l.On) == 0 || slices.Contains(l.On, n.Label) {
				n.Links[l.Key] = canonical(l.Selection, l.One, row.Node.Links[l.Key])
			}
		}
		row.Node = &n
		c.Rows = append(c.Rows, row)
	}
	return c
}

func canonicalCursor(c graph.Cursor) graph.Cursor {
	c = slices.Clone(c)
	for i, v := range c {
		if f, ok := graph.Number64(v); ok {
			c[i] = f
		}
	}
	return c
}

// canonicalLog returns log entries without what the clock decides.
func canonicalLog(entries []graph.LogEntry) []graph.LogEntry {
	var out []graph.LogEntry
	for _, e := range entries {
		e.At = time.Time{}
		e.Before, e.After = withoutUpdatedAt(e.Before), withoutUpdatedAt(e.After)
		out = append(out, e)
	}
	return out
}

func withoutUpdatedAt(props map[string]any) map[string]any {
	props = maps.Clone(props)
	delete(props, "updatedAt")
	return props
}
