package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/match/evaluation"
)

// report prints a table for each kind of query, and the comparison with the best voting.
func report(out io.Writer, res results) {
	for _, kind := range slices.Sorted(maps.Keys(res[ours])) {
		fmt.Fprintf(out, "\n%s: %d queries\n%-16s", cmp.Or(kind, "all"), len(res[ours][kind]), "")
		for _, name := range evaluation.Names {
			fmt.Fprintf(out, "  %-20s", name)
		}
		fmt.Fprintln(out)
		for _, s := range systems {
			fmt.Fprintf(out, "%-16s", s.name)
			for i := range evaluation.Names {
				iv := evaluation.Bootstrap(column(res[s.name][kind], i))
				fmt.Fprintf(out, "  %.3f [%.3f, %.3f]", iv.Mean, iv.Low, iv.High)
			}
			fmt.Fprintln(out)
		}
		best := bestVoting(res, kind)
		d, p := evaluation.Paired(column(res[ours][kind], 0), column(res[best][kind], 0))
		fmt.Fprintf(out, "%s against %s, MAP: %+.3f [%+.3f, %+.3f], paired bootstrap p = %.4f\n", ours, best, d.Mean, d.Low, d.High, p)
	}
}

// column takes one measure out of the metrics.
func column(metrics []evaluation.Metrics, i int) []float64 {
	out := make([]float64, len(metrics))
	for k, m := range metrics {
		out[k] = m.Values()[i]
	}
	return out
}

// bestVoting returns the voting baseline with the highest MAP.
func bestVoting(res results, kind string) string {
	best, top := "", -1.0
	for _, s := range systems {
		if mean := evaluation.Bootstrap(column(res[s.name][kind], 0)).Mean; s.voting && mean > top {
			best, top = s.name, mean
		}
	}
	return best
}
