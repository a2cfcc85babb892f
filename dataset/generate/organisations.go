package generate

import "strconv"

// landsdelen is how many of the regions, the first ones, are made of the others.
func (g *generator) landsdelen() int { return max(0, min(4, g.size.Regions/3)) }

func (g *generator) region(number int) map[string]any {
	lat, lon := g.roll(region, number, forProps).place()
	props := map[string]any{"name": "Regio " + cities[number%len(cities)] + " " + strconv.Itoa(number), "kind": "PROVINCE", "lat": lat, "lon": lon}
	if number < g.landsdelen() {
		props["kind"] = "LANDSDEEL"
	}
	return props
}

func (g *generator) regionEdges(number int, out *edges) {
	if n := g.landsdelen(); n > 0 && number >= n {
		out.to("REGION_PART_OF", region, []int{number % n}, nil)
	}
}

// regionsIn returns a region that is no landsdeel, if there is any.
func (g *generator) regionsIn(d dice) []int {
	first := g.landsdelen()
	if g.size.Regions == first {
		return nil
	}
	return []int{first + d.zipf(g.size.Regions-first)}
}

// place returns a point in about the Netherlands.
func (d dice) place() (lat, lon float64) {
	return float64(508_000+d.IntN(26_000)) / 10_000, float64(35_000+d.IntN(35_000)) / 10_000
}

func (g *generator) ministry(number int) map[string]any {
	return map[string]any{"name": "Ministerie " + strconv.Itoa(number), "city": cities[number%len(cities)]}
}

func (g *generator) ministryEdges(number int, out *edges) {
	out.to("SEATED_IN", region, g.regionsIn(g.roll(ministry, number, forPlace)), nil)
}

func (g *generator) agency(number int) map[string]any {
	d := g.roll(agency, number, forProps)
	return map[string]any{
		"name":         "Dienst " + d.one(modifiers) + d.one(heads) + " " + strconv.Itoa(number),
		"abbreviation": "D" + strconv.Itoa(number),
		"kind":         d.one([]string{"AGENTSCHAP", "DIENST", "ZBO", "INSPECTIE", "ONDERDEEL"}),
		"city":         d.one(cities),
	}
}

func (g *generator) agencyEdges(number int, out *edges) {
	d := g.roll(agency, number, forEdges)
	out.to("PART_OF", ministry, d.few(1, 1, g.size.Ministries), nil)
	out.to("SEATED_IN", region, g.regionsIn(d), nil)
}

func (g *generator) institution(number int) map[string]any {
	d := g.roll(institution, number, forProps)
	lat, lon := d.place()
	city := d.one(cities)
	props := map[string]any{"name": "Hogeschool " + city + " " + strconv.Itoa(number), "kind": "HOGESCHOOL", "city": city, "lat": lat, "lon": lon}
	if d.chance(0.35) {
		props["name"], props["kind"] = "Universiteit "+city+" "+strconv.Itoa(number), "UNIVERSITY"
	}
	return props
}

func (g *generator) institutionEdges(number int, out *edges) {
	out.to("SEATED_IN", region, g.regionsIn(g.roll(institution, number, forEdges)), nil)
}
