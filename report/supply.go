package report

import (
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
	// all holds every theme with supply.
	all map[string]bool
	// bySchool holds the themes at institutions until places makes spots of them, for
	// which the institutions must be known.
	bySchool map[string]map[string]bool
	spots    []spot
	// inside and nearby remember what regions have.
	inside map[string]map[string]bool
	nearby map[near]map[string]bool
}

// near is a region with a distance around it.
type near struct {
	region string
	km     float64
}

// spot is a place with supply.
type spot struct {
	regions []string
	place   *point
	themes  map[string]bool
}

// supplyKey tells supplies apart.
type supplyKey struct {
	day      string
	branches bool
}

// supply returns the supply of a day, and asks for it where nobody has before.
func (w *world) supply(b *batch, day string, branches bool) *supply {
	key := supplyKey{day, branches}
	if known := w.supplies[key]; known != nil {
		return known
	}
	s := &supply{world: w, branches: branches, all: map[string]bool{}, bySchool: map[string]map[string]bool{},
		inside: map[string]map[string]bool{}, nearby: map[near]map[string]bool{}}
	w.supplies[key] = s
	s.askSchools(b, day)
	s.askPlaced(b, day)
	return s
}

// askSchools asks for the supply that is where its institution is: lectoraten, and people
// who work at one.
func (s *supply) askSchools(b *batch, day string) {
	for _, kind := range []struct {
		label        string
		where        graph.Filter
		themes, home graph.Hop
	}{{"Lectoraat", valid(day), about, ofSchool}, {"Person", specs[Experts].filter(day), expertIn, worksAt}} {
		by := []graph.Dimension{{Path: []graph.Hop{kind.themes}}, {Path: []graph.Hop{kind.home}}}
		b.groups(kind.label, kind.where, day, by, func(g graph.Group) {
			known := !g.Keys[1].Unknown() || kind.label == "Lectoraat"
			if known && !g.Keys[0].Unknown() {
				id := g.Keys[1].ID
				if s.bySchool[id] == nil {
					s.bySchool[id] = map[string]bool{}
				}
				s.add(s.bySchool[id], g.Keys[0].ID)
			}
		})
	}
}

// askPlaced asks for the supply that has places of its own: fieldlabs and offers.
func (s *supply) askPlaced(b *batch, day string) {
	offered := along([]graph.Hop{schools("OFFERED_BY", graph.Out)}, nil)
	for _, kind := range []struct {
		label  string
		props  []string
		where  graph.Filter
		region graph.Hop
	}{{"Fieldlab", []string{"lat", "lon"}, active(day), locatedIn}, {"Offer", nil, both(available(day), offered), concerns}} {
		sel := every(kind.label, kind.props, link("themes", about), link("regions", kind.region))
		sel.Where = kind.where
		b.rows(sel, day, func(n *graph.Node) {
			one := spot{regions: ends(n, "regions"), place: placeOf(n), themes: map[string]bool{}}
			for _, theme := range ends(n, "themes") {
				s.add(one.themes, theme)
			}
			s.spots = append(s.spots, one)
		})
	}
}

// places returns every place with supply.
func (s *supply) places() []spot {
	for id, themes := range s.bySchool {
		one := spot{themes: themes}
		if school := s.world.schools[id]; school != nil {
			one.regions, one.place = school.seats, school.place
			if s.branches {
				one.regions = append(slices.Clone(school.seats), school.branches...)
			}
		}
		s.spots = append(s.spots, one)
	}
	s.bySchool = nil
	return s.spots
}

// add notes a theme, and what is broader.
func (s *supply) add(themes map[string]bool, theme string) {
	if themes[theme] {
		return
	}
	for _, t := range s.world.broader(theme) {
		themes[t], s.all[t] = true, true
	}
}

// in returns the themes with supply in a region: at a place in it, or at one that is
// there for a larger region.
func (s *supply) in(id string) map[string]bool {
	return remember(s, s.inside, id, func(one spot) bool { return s.serves(one, id) })
}

// near returns the themes with supply in a region or within the distance of its centre.
func (s *supply) near(id string, km float64) map[string]bool {
	var centre *point
	if r := s.world.regions[id]; r != nil {
		centre = r.place
	}
	return remember(s, s.nearby, near{id, km}, func(one spot) bool {
		return s.serves(one, id) || centre != nil && one.place != nil && centre.km(*one.place) <= km
	})
}

func (s *supply) serves(one spot, id string) bool {
	return slices.ContainsFunc(one.regions, func(r string) bool { return s.world.lies(r, id) || s.world.lies(id, r) })
}

// remember unites the themes of the places that count, once for a key.
func remember[K comparable](s *supply, known map[K]map[string]bool, key K, counts func(spot) bool) map[string]bool {
	if themes, ok := known[key]; ok {
		return themes
	}
	themes := map[string]bool{}
	for _, one := range s.places() {
		if counts(one) {
			maps.Copy(themes, one.themes)
		}
	}
	known[key] = themes
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
