package report

import (
	"math"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// lies tells whether a region is another or lies within it.
func (w *world) lies(id, within string) bool { return slices.Contains(w.around(id), within) }

// around returns a region and all that it lies in.
func (w *world) around(id string) []string {
	return climb(id, func(id string) []string {
		if r := w.regions[id]; r != nil {
			return r.partOf
		}
		return nil
	})
}

// broader returns a theme and all that is broader.
func (w *world) broader(id string) []string {
	return climb(id, func(id string) []string {
		if t := w.themes[id]; t != nil {
			return t.broader
		}
		return nil
	})
}

// climb returns what steps lead to, each once, in the order of distance. Cycles end.
func climb(id string, step func(string) []string) []string {
	found := []string{id}
	for i := 0; i < len(found); i++ {
		for _, next := range step(found[i]) {
			if !slices.Contains(found, next) {
				found = append(found, next)
			}
		}
	}
	return found
}

// largest returns the regions that a region rolls up to: those around it that lie in
// nothing larger, or itself where a cycle leaves none.
func (w *world) largest(id string) []string {
	var tops []string
	for _, r := range w.around(id) {
		if known := w.regions[r]; known == nil || len(known.partOf) == 0 {
			tops = append(tops, r)
		}
	}
	if len(tops) == 0 {
		return []string{id}
	}
	return tops
}

// atLevel tells whether some way down the tree of themes reaches the theme at the
// level, roots being level 1. Themes above the level are keys of their own, without
// what is narrower.
func (w *world) atLevel(id string, level int) bool {
	return w.climbs(id, level, map[string]bool{})
}

func (w *world) climbs(id string, level int, seen map[string]bool) bool {
	t := w.themes[id]
	if t == nil || seen[id] {
		return false
	}
	if len(t.broader) == 0 {
		return level == 1
	}
	if level == 1 {
		return false
	}
	seen[id] = true
	defer delete(seen, id)
	return slices.ContainsFunc(t.broader, func(up string) bool { return w.climbs(up, level-1, seen) })
}

// point is a place on earth, in degrees.
type point struct{ lat, lon float64 }

func placeOf(n *graph.Node) *point {
	lat, okLat := graph.Number64(n.Props["lat"])
	lon, okLon := graph.Number64(n.Props["lon"])
	if !okLat || !okLon {
		return nil
	}
	return &point{lat, lon}
}

// km returns the distance as the crow flies, by the haversine formula.
func (p point) km(q point) float64 {
	const radians = math.Pi / 180
	lat, lon := (q.lat-p.lat)*radians, (q.lon-p.lon)*radians
	h := math.Pow(math.Sin(lat/2), 2) + math.Cos(p.lat*radians)*math.Cos(q.lat*radians)*math.Pow(math.Sin(lon/2), 2)
	return 2 * graph.EarthRadiusKm * math.Asin(math.Min(1, math.Sqrt(h)))
}
