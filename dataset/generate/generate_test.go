package generate

import (
	"encoding/json"
	"hash/fnv"
	"runtime"
	"slices"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/dataset/check"
	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/schema"
)

// digest is a hash of all changes.
func digest(t testing.TB, seed int64, size Size) uint64 {
	h := fnv.New64a()
	for c := range Changes(seed, size) {
		line, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		h.Write(line)
	}
	return h.Sum64()
}

func TestSameSeedSameNetwork(t *testing.T) {
	size := SizeOf(2000)
	first := digest(t, 7, size)
	if again := digest(t, 7, size); again != first {
		t.Error("the same seed gave another network")
	}
	if other := digest(t, 8, size); other == first {
		t.Error("another seed gave the same network")
	}
}

// TestFitsTheModel holds that ids are unique, ends exist, nodes come first, no
// relation is there twice, and all is as the SDL says, at several sizes.
func TestFitsTheModel(t *testing.T) {
	model, err := schema.Model()
	if err != nil {
		t.Fatal(err)
	}
	sizes := []Size{{}, {People: 1}, {Themes: 1, People: 3, Publications: 5}, {Regions: 2, Agencies: 2, Vraagstukken: 4}, {Lectoraten: 9, People: 4, Publications: 9},
		SizeOf(1), SizeOf(500), SizeOf(30_000)}
	for _, size := range sizes {
		for i, err := range check.Changes(model, Changes(3, size)) {
			if i > 10 {
				break
			}
			t.Errorf("%+v: %v", size, err)
		}
	}
}

func TestShape(t *testing.T) {
	const n = 20_000
	nodes, edges := map[string]int{}, map[string]int{}
	perTheme := map[string]int{}
	total := 0
	for c := range Changes(1, SizeOf(n)) {
		if c.Op == graph.Connect {
			edges[c.Type]++
			total++
			if c.Type == "ABOUT" {
				perTheme[c.To]++
			}
			continue
		}
		nodes[c.Label]++
	}
	sum := 0
	for _, count := range nodes {
		sum += count
	}
	if sum != n {
		t.Errorf("%d nodes, want %d", sum, n)
	}
	if ratio := float64(total) / n; ratio < 2.8 || ratio > 3.0 {
		t.Errorf("%.2f relations a node, want almost three: %v", ratio, edges)
	}
	if edges["LEADS"] != nodes["Lectoraat"] || edges["PART_OF"] != nodes["Lectoraat"]+nodes["Agency"] {
		t.Errorf("lectoraten %d, led %d, part of %d", nodes["Lectoraat"], edges["LEADS"], edges["PART_OF"])
	}
	counts := make([]int, 0, len(perTheme))
	for _, count := range perTheme {
		counts = append(counts, count)
	}
	slices.Sort(counts)
	if most, middle := counts[len(counts)-1], counts[len(counts)/2]; most < 20*middle {
		t.Errorf("the most popular theme has %d, the median %d: not skewed", most, middle)
	}
	if len(perTheme) < nodes["Theme"]*9/10 {
		t.Errorf("only %d of %d themes are in use", len(perTheme), nodes["Theme"])
	}
}

func TestThemeNamesAreUnique(t *testing.T) {
	seen := map[string]bool{}
	for i := range 50_000 {
		nl, _ := themeName(i)
		if seen[nl] {
			t.Fatalf("theme %d is called %s, like another", i, nl)
		}
		seen[nl] = true
	}
}

func TestSizeOf(t *testing.T) {
	for _, n := range []int{100, 101, 999, 30_000, 1_000_000} {
		if size := SizeOf(n); size.Nodes() != n || size.Publications < 1 {
			t.Errorf("%d: %+v", n, size)
		}
	}
}

func TestStopsWhenAsked(t *testing.T) {
	size := SizeOf(200)
	for _, limit := range []int{1, 150, 250} {
		seen := 0
		for range Changes(1, size) {
			if seen++; seen == limit {
				break
			}
		}
		if seen != limit {
			t.Errorf("saw %d of %d", seen, limit)
		}
	}
}

// TestMemoryIsConstant goes over a large network and looks at the heap on the way.
func TestMemoryIsConstant(t *testing.T) {
	if testing.Short() {
		t.Skip("goes over 200,000 nodes")
	}
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before, seen := heap(), 0
	for range Changes(1, SizeOf(200_000)) {
		if seen++; seen%200_000 == 0 {
			if now := heap(); now > before+(2<<20) {
				t.Fatalf("after %d changes the heap grew by %d bytes", seen, now-before)
			}
		}
	}
}

func BenchmarkMillion(b *testing.B) {
	for b.Loop() {
		nodes, edges := 0, 0
		for c := range Changes(1, SizeOf(1_000_000)) {
			if c.Op == graph.Connect {
				edges++
			} else {
				nodes++
			}
		}
		b.ReportMetric(float64(nodes), "nodes")
		b.ReportMetric(float64(edges), "relations")
	}
}
