package sqlite

import (
	"context"
	"maps"
	"slices"
)

// The planner chooses by statistics about the tables. It gets fixed ones, which describe
// a large graph, instead of those that ANALYZE would gather: a query then has the same
// plan whatever the data, and a plan that was looked at once stays. The numbers of an
// index are its rows, then the rows with the same value in its first column, in its
// first two, and so on.
//
// An index of the model is said to find twice as many nodes by their label as the index on
// labels does: then it is chosen where it saves sorting or serves a condition, and left
// alone elsewhere. TestPlans shows what comes of it.
const (
	nodeIDStat    = "1000000 1"
	nodeLabelStat = "1000000 60000 1"
	modelStat     = "120000 120000 12 1"
	edgeStat      = "3000000 12 6 1"
	edgeInStat    = "3000000 20 10 1 1 1"
	changeStat    = "1000000"
)

// setUpStatistics writes the statistics. A connection reads them when it is opened.
func setUpStatistics(ctx context.Context, c *conn, modelIndexes map[string]string) error {
	type stat struct{ table, index, value string }
	stats := []stat{
		{"node", "sqlite_autoindex_node_1", nodeIDStat}, {"node", "node_label", nodeLabelStat},
		{"edge", "edge", edgeStat}, {"edge", "edge_in", edgeInStat}, {"change", "", changeStat},
	}
	for _, name := range slices.Sorted(maps.Keys(modelIndexes)) {
		stats = append(stats, stat{"node", name, modelStat})
	}
	// ANALYZE of the schema table makes the table for statistics and gathers none.
	for _, sql := range []string{"ANALYZE sqlite_schema", "DELETE FROM sqlite_stat1"} {
		if _, err := c.control(ctx, sql); err != nil {
			return err
		}
	}
	for _, s := range stats {
		if _, err := c.control(ctx, "INSERT INTO sqlite_stat1(tbl,idx,stat) VALUES(?,NULLIF(?,''),?)", s.table, s.index, s.value); err != nil {
			return err
		}
	}
	_, err := c.control(ctx, "ANALYZE sqlite_schema")
	return err
}
