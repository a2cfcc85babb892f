package report

import (
	"maps"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// askGap asks for the open questions for which a region has no supply: of none of
// their themes, nor of anything narrower. Each region of a question is judged by
// itself; one without regions is judged by what there is anywhere, and one without
// themes has no supply. A total counts the questions that are a gap somewhere.
func (t *tabler) askGap(b *batch, s spec, out *table) {
	out.supply = t.world.supply(b, out.day, t.req.Branches)
	where := t.where(s, out.day, nil)
	themes := map[string][]string{}
	b.groups(s.label, where, out.day, []graph.Dimension{{}, {Path: []graph.Hop{about}}}, func(g graph.Group) {
		if theme := g.Keys[1].ID; theme != "" {
			themes[g.Keys[0].ID] = append(themes[g.Keys[0].ID], theme)
		}
	})
	// Other axes are grouped by in the store; the regions of an axis follow from the
	// question's own.
	by := []graph.Dimension{{}, {Path: []graph.Hop{concerns}}}
	var others []axis
	for _, ax := range t.axes(s, out.day, true, true, true) {
		if ax.kind != ByRegion {
			others = append(others, ax)
			if ax.known {
				by = append(by, ax.dimension())
			}
		}
	}
	found := gapSet{}
	b.groups(s.label, where, out.day, by, func(g graph.Group) {
		id, region := g.Keys[0].ID, g.Keys[1].ID
		if id == "" || !t.asked(region) {
			return
		}
		supplied := out.supply.themes(s.gap, region, t.req.Km)
		if !slices.ContainsFunc(themes[id], func(theme string) bool { return supplied[theme] }) {
			for _, p := range t.regionPoints(t.point(others, g.Keys[2:]), region) {
				found.add(p, id)
			}
		}
	})
	b.done(func() error {
		found.fill(out)
		return nil
	})
}

// asked tells whether a region is one that Where asks for, or lies within one.
func (t *tabler) asked(region string) bool {
	return len(t.req.Where.Regions) == 0 ||
		slices.ContainsFunc(t.req.Where.Regions, func(within string) bool { return t.world.lies(region, within) })
}

// regionPoints puts the keys of a question's region at a point; without an axis of
// regions the point stays as it is.
func (t *tabler) regionPoints(p Point, region string) []Point {
	if !slices.Contains(t.req.axes(), ByRegion) {
		return []Point{p}
	}
	keys := []string{region}
	if region != Unknown && t.req.rollsUpRegions() {
		keys = t.world.largest(region)
	}
	out := make([]Point, len(keys))
	for i, key := range keys {
		out[i] = p
		out[i].set(t.req, ByRegion, key)
	}
	return out
}

// gapSet holds the questions that are a gap, by point.
type gapSet map[Point]map[string]bool

// add notes a question at a point and in the totals that it is part of.
func (g gapSet) add(p Point, id string) {
	for _, at := range []Point{p, {p.Row, p.Split, Every}, {Every, Every, p.Column}, {Every, Every, Every}} {
		if g[at] == nil {
			g[at] = map[string]bool{}
		}
		g[at][id] = true
	}
}

func (g gapSet) fill(out *table) {
	out.ids = map[Point][]string{}
	for p, ids := range g {
		out.ids[p] = slices.Sorted(maps.Keys(ids))
		out.numbers[p] = Number{Count: int64(len(ids))}
	}
}

// gapFilter says which open questions a gap counts at a point: those with none of the
// themes that have supply there. Where one region does not settle that, as in totals,
// it names the questions.
func (t *tabler) gapFilter(m Measure, p Point, of *table) graph.Filter {
	s := specs[m]
	region, settled := t.regionAt(p)
	if !settled && s.gap != GapAnywhere || len(t.req.Where.Regions) > 0 {
		return byIDs(of.ids[p])
	}
	themes := slices.Sorted(maps.Keys(of.supply.themes(s.gap, region, t.req.Km)))
	if len(themes) > maxIDs {
		return byIDs(of.ids[p])
	}
	return graph.Related{Hop: about, Quantifier: graph.None, Filter: byIDs(themes)}
}

// regionAt returns the region of a point; settled is false where there are several.
func (t *tabler) regionAt(p Point) (id string, settled bool) {
	switch ByRegion {
	case t.req.Rows:
		id = p.Row
	case t.req.Columns:
		id = p.Column
	case t.req.Split:
		id = p.Split
	default:
		return "", false
	}
	return id, id == Unknown || id != Every && !t.req.rollsUpRegions()
}
