package match

import (
	"runtime"
	"slices"
	"sync"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// rank scores the candidates of every kind that was asked for, best first.
func (s *scorer) rank(supply []Supply) ([]ranked, error) {
	var out []ranked
	for _, kind := range slices.Compact(slices.Sorted(slices.Values(supply))) {
		sp, ok := specs[kind]
		if !ok {
			return nil, graph.Errorf(graph.BadUserInput, "%q is no kind of candidate", kind)
		}
		out = merge(out, s.rankAll(sp, s.reading.c.Of(sp.label)))
	}
	return out, nil
}

// rankAll scores the candidates of one kind, on all processors where they are many.
func (s *scorer) rankAll(sp spec, nodes []int32) []ranked {
	if sp.is != nil {
		nodes = slices.DeleteFunc(nodes, func(n int32) bool { return !sp.is(&s.reading.c.Nodes[n]) })
	}
	return shareOut(len(nodes), func(from, step int) []ranked {
		one, done := s.copy()
		defer done()
		var out []ranked
		for i := from; i < len(nodes); i += step {
			if values, score := one.measure(sp, nodes[i]); one.supported(values) {
				out = append(out, ranked{node: nodes[i], id: s.reading.c.Nodes[nodes[i]].ID, score: score})
			}
		}
		return out
	})
}

// copy returns a scorer that can measure beside this one, having a profile of its own, and
// what gives back its memory.
func (s *scorer) copy() (*scorer, func()) {
	one := *s
	one.p, one.facts = s.profiles.get(len(s.reading.c.Nodes)), nil
	return &one, func() { s.profiles.put(one.p) }
}

// share is how many candidates are worth a goroutine of their own.
const share = 1000

// shareOut ranks in parts, each of which ranks every so many of all, since those that take
// long may stand together.
func shareOut(all int, part func(from, step int) []ranked) []ranked {
	parts := max(1, min(runtime.GOMAXPROCS(0), all/share))
	found := make([][]ranked, parts)
	var wait sync.WaitGroup
	for i := range parts {
		wait.Go(func() {
			found[i] = part(i, parts)
			slices.SortFunc(found[i], compareRanked)
		})
	}
	wait.Wait()
	var out []ranked
	for _, f := range found {
		out = merge(out, f)
	}
	return out
}

// merge makes one ranking of two.
func merge(a, b []ranked) []ranked {
	if len(a) == 0 || len(b) == 0 {
		return append(a, b...)
	}
	out := make([]ranked, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if compareRanked(a[0], b[0]) <= 0 {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}
