package report

import (
	"context"
	"maps"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// supply is who or what there is for each theme, and where. Lectoraten, people with
// expertise at an institution, fieldlabs that are open and the offers of institutions
// are supply. Who knows a theme can serve a question on a broader one.
type supply struct {
	world    *world
	branches bool
	// all holds every theme with supply, at the places of which spots tells the themes.
	all   map[string]bool
	spots []spot
	// inside and nearby remember what regions have.
	inside, nearby map[string]map[string]bool
}

// spot is a place with supply.
type spot struct {
	regions []string
	place   *point
	themes  map[string]bool
}

// readSupply reads the supply of a day with a query for each kind.
func (t *tabler) readSupply(ctx context.Context, day string) (*supply, error) {
	if known := t.supply[day]; known != nil {
		return known, nil
	}
	s := &supply{world: t.world, branches: t.req.Branches, all: map[string]bool{},
		inside: map[string]map[string]bool{}, nearby: map[string]map[string]bool{}}
	bySchool := map[string]map[string]bool{}
	for _, kind := range []struct {
		label        string
		where        graph.Filter
		themes, home graph.Hop
	}{
		{"Lectoraat", valid(day), about, ofSchool},
		{"Person", specs[Experts].filter(day), expertIn, worksAt},
	} {
		sel := &graph.Selection{Labels: []string{kind.label}, Where: kind.where, Aggregates: []graph.Aggregate{{
			Key: "supply", Limit: graph.All, Dimensions: []graph.Dimension{{Path: []graph.Hop{kind.themes}}, {Path: []graph.Hop{kind.home}}},
		}}}
		res, err := t.store.Read(ctx, graph.Query{Root: sel, AsOf: day})
		if err != nil {
			return nil, err
		}
		for _, g := range res.Groups["supply"] {
			known := !g.Keys[1].Unknown() || kind.label == "Lectoraat"
			if known && !g.Keys[0].Unknown() {
				s.add(bySchool, g.Keys[1].ID, g.Keys[0].ID)
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(bySchool)) {
		one := spot{themes: bySchool[id]}
		if school := t.world.schools[id]; school != nil {
			one.regions, one.place = school.seats, school.place
			if t.req.Branches {
				one.regions = append(slices.Clone(school.seats), school.branches...)
			}
		}
		s.spots = append(s.spots, one)
	}
	err := t.readPlaced(ctx, day, s)
	t.supply[day] = s
	return s, err
}

// readPlaced reads the supply that has places of its own: fieldlabs and offers.
func (t *tabler) readPlaced(ctx context.Context, day string, s *supply) error {
	offered := along([]graph.Hop{schools("OFFERED_BY", graph.Out)}, nil)
	for _, kind := range []struct {
		label  string
		where  graph.Filter
		region graph.Hop
	}{{"Fieldlab", active(day), locatedIn}, {"Offer", both(available(day), offered), concerns}} {
		sel := every(kind.label, []string{"lat", "lon"}, link("themes", about), link("regions", kind.region))
		if kind.label == "Offer" {
			sel.Props = nil
		}
		sel.Where = kind.where
		res, err := t.store.Read(ctx, graph.Query{Root: sel, AsOf: day})
		if err != nil {
			return err
		}
		for _, row := range res.Rows {
			one := map[string]map[string]bool{}
			for _, theme := range ends(row.Node, "themes") {
				s.add(one, "", theme)
			}
			s.spots = append(s.spots, spot{regions: ends(row.Node, "regions"), place: placeOf(row.Node), themes: one[""]})
		}
	}
	return nil
}

// add notes a theme, and what is broader, at a place.
func (s *supply) add(at map[string]map[string]bool, place, theme string) {
	if at[place] == nil {
		at[place] = map[string]bool{}
	}
	if at[place][theme] {
		return
	}
	for _, t := range s.world.broader(theme) {
		at[place][t], s.all[t] = true, true
	}
}

// in returns the themes with supply in a region: at a place in it, or at one that is
// there for a larger region.
func (s *supply) in(id string) map[string]bool {
	return s.remember(s.inside, id, func(one spot) bool { return s.serves(one, id) })
}

// near returns the themes with supply in a region or within the distance of its centre.
func (s *supply) near(id string, km float64) map[string]bool {
	var centre *point
	if r := s.world.regions[id]; r != nil {
		centre = r.place
	}
	return s.remember(s.nearby, id, func(one spot) bool {
		return s.serves(one, id) || centre != nil && one.place != nil && centre.km(*one.place) <= km
	})
}

func (s *supply) serves(one spot, id string) bool {
	return slices.ContainsFunc(one.regions, func(r string) bool { return s.world.lies(r, id) || s.world.lies(id, r) })
}

func (s *supply) remember(known map[string]map[string]bool, id string, has func(spot) bool) map[string]bool {
	if themes, ok := known[id]; ok {
		return themes
	}
	themes := map[string]bool{}
	for _, one := range s.spots {
		if has(one) {
			maps.Copy(themes, one.themes)
		}
	}
	known[id] = themes
	return themes
}

// themes returns the themes that have supply as a gap sees it: for a question in a
// region, or for one without regions (id is Unknown).
func (s *supply) themes(gap Measure, id string, km float64) map[string]bool {
	switch {
	case gap == GapAnywhere || id == Unknown:
		return s.all
	case gap == GapNearby:
		return s.near(id, km)
	}
	return s.in(id)
}
