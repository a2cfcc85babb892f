package storetest

import (
	"math"
	"slices"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/text"
)

// holds judges a condition on a node; nil always holds.
func (v *view) holds(f graph.Filter, n *node) bool {
	switch f := f.(type) {
	case nil:
		return true
	case graph.And:
		return !slices.ContainsFunc(f, func(g graph.Filter) bool { return !v.holds(g, n) })
	case graph.Or:
		return slices.ContainsFunc(f, func(g graph.Filter) bool { return v.holds(g, n) })
	case graph.Not:
		return !v.holds(f.Filter, n)
	case graph.Compare:
		return f.HoldsFor(n.value(f.Prop))
	case graph.Related:
		return v.related(f, n)
	case graph.Matches:
		return v.matches(f, n)
	case graph.Within:
		return v.reaches(n, f.Tree, f.ID)
	case graph.Near:
		return near(f, n)
	case graph.HasLabel:
		return slices.Contains(f.Labels, n.label)
	}
	panic("storetest: no such filter")
}

// holdsForEdge judges a condition on a relation's own properties, as if they were
// those of a node without id and label: "id" is absent there.
func (v *view) holdsForEdge(f graph.Filter, r *rel) bool {
	return f == nil || v.holds(f, &node{props: r.props})
}

// value returns a property, "id" standing for the node's id; nil where it is absent.
func (n *node) value(prop string) any {
	if prop == "id" && n.id != "" {
		return n.id
	}
	return n.props[prop]
}

func (v *view) related(f graph.Related, n *node) bool {
	count, hits := 0, 0
	for _, s := range v.follow(n, f.Hop) {
		if !v.holdsForEdge(f.Edge, s.rel) || !v.holds(f.Where, s.far) {
			continue
		}
		count++
		if v.holds(f.Filter, s.far) {
			hits++
		}
	}
	switch f.Quantifier {
	case graph.Some:
		return hits > 0
	case graph.None:
		return hits == 0
	case graph.EachOf:
		return hits == count
	case graph.Single:
		return hits == 1
	default:
		return !slices.ContainsFunc(f.Count, func(c graph.Compare) bool { return !c.HoldsFor(int64(count)) })
	}
}

// matches compares the words of the query with those of the searched properties.
func (v *view) matches(f graph.Matches, n *node) bool {
	if f.Mode == graph.Prefix {
		words := text.Words(f.Text)
		found := text.Words(v.textOf(n, func(p *graph.Property) bool { return p.Suggest }))
		return len(words) > 0 && !slices.ContainsFunc(words, func(w text.Word) bool {
			return !slices.ContainsFunc(found, func(x text.Word) bool { return strings.HasPrefix(x.Folded, w.Folded) })
		})
	}
	terms := text.Terms(f.Text)
	found := text.Terms(v.textOf(n, func(p *graph.Property) bool { return p.Search > 0 }))
	hits := 0
	for _, t := range terms {
		if slices.ContainsFunc(found, func(x string) bool { return text.Match(t, x) }) {
			hits++
		}
	}
	if f.Mode == graph.AnyWord {
		return hits > 0
	}
	return len(terms) > 0 && hits == len(terms)
}

// textOf returns the wanted properties of a node, a line each, so that no word runs
// from one into the next.
func (v *view) textOf(n *node, wanted func(*graph.Property) bool) string {
	var lines []string
	for _, p := range v.model.Types[n.label].Properties {
		if !wanted(p) {
			continue
		}
		switch value := n.props[p.Name].(type) {
		case string:
			lines = append(lines, value)
		case []string:
			lines = append(lines, value...)
		}
	}
	return strings.Join(lines, "\n")
}

func near(f graph.Near, n *node) bool {
	lat, hasLat := graph.Number64(n.props[f.LatProp])
	lon, hasLon := graph.Number64(n.props[f.LonProp])
	return hasLat && hasLon && haversine(f.Lat, f.Lon, lat, lon) <= f.Km
}

// haversine returns the distance in kilometres between two points in degrees.
func haversine(lat1, lon1, lat2, lon2 float64) float64 {
	rad := math.Pi / 180
	dLat, dLon := (lat2-lat1)*rad/2, (lon2-lon1)*rad/2
	a := math.Pow(math.Sin(dLat), 2) + math.Cos(lat1*rad)*math.Cos(lat2*rad)*math.Pow(math.Sin(dLon), 2)
	return 2 * graph.EarthRadiusKm * math.Asin(math.Sqrt(math.Min(1, a)))
}
