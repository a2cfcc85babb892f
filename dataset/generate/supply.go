package generate

import "strconv"

func (g *generator) fieldlab(number int) map[string]any {
	d := g.roll(fieldlab, number, forProps)
	lat, lon := d.place()
	return map[string]any{
		"name":        "Fieldlab " + topic(g.themesOf(fieldlab, number)) + " " + strconv.Itoa(number),
		"description": d.sentences(2, g.themesOf(fieldlab, number)),
		"status":      d.one([]string{"ACTIEF", "ACTIEF", "ACTIEF", "GESLOTEN"}),
		"openedOn":    d.day(2019, 2025), "ofPartnership": d.chance(0.6), "otherPartners": []string{},
		"city": d.one(cities), "lat": lat, "lon": lon,
	}
}

func (g *generator) fieldlabEdges(number int, out *edges) {
	d := g.roll(fieldlab, number, forEdges)
	out.to("LOCATED_IN", region, g.regionsIn(d), nil)
	out.to("ABOUT", theme, g.themesOf(fieldlab, number), nil)
	partner := map[string]any{"role": "PARTNER"}
	out.from("PARTNER_IN", institution, d.few(1, 3, g.size.Institutions), partner)
	out.from("PARTNER_IN", agency, d.few(1, 3, g.size.Agencies), partner)
}

func (g *generator) lectoraat(number int) map[string]any {
	d := g.roll(lectoraat, number, forProps)
	themes := g.themesOf(lectoraat, number)
	return map[string]any{
		"name":        "Lectoraat " + topic(themes) + " " + strconv.Itoa(number),
		"description": d.sentences(3, themes),
		"kind":        d.one([]string{"LECTORAAT", "LECTORAAT", "LECTORAAT", "LECTORAAT", "LEERSTOEL"}),
		"validFrom":   d.day(2005, 2024),
	}
}

func (g *generator) lectoraatEdges(number int, out *edges) {
	out.to("PART_OF", institution, g.institutionOf(number), nil)
	out.to("ABOUT", theme, g.themesOf(lectoraat, number), nil)
}

// institutionOf returns the institution of a lectoraat.
func (g *generator) institutionOf(lector int) []int {
	return g.roll(lectoraat, lector, forPlace).few(1, 1, g.size.Institutions)
}

func (g *generator) person(number int) map[string]any {
	d := g.roll(person, number, forProps)
	job := d.one(jobs)
	props := map[string]any{"name": d.name(number), "jobTitle": job, "availableHours": int64(d.IntN(17))}
	switch {
	case number < g.size.Lectoraten:
		props["roles"], props["jobTitle"] = []string{"LECTOR"}, "lector"
	case g.works(number):
		props["roles"] = []string{"AMBTENAAR"}
	default:
		props["roles"] = []string{d.one([]string{"ONDERZOEKER", "DOCENT", "DOCENT", "STUDENT"})}
	}
	if d.chance(0.5) {
		props["bio"] = d.sentences(1, g.themesOf(person, number))
	}
	return props
}

// works tells whether a person works for government.
func (g *generator) works(number int) bool {
	return len(g.lectoraatOf(person, number)) == 0 && g.roll(person, number, forPlace).IntN(5) < 3
}

func (g *generator) personEdges(number int, out *edges) {
	d := g.roll(person, number, forEdges)
	since := map[string]any{"since": d.day(2012, 2025)}
	in := g.lectoraatOf(person, number)
	switch {
	case number < g.size.Lectoraten:
		out.to("LEADS", lectoraat, in, since)
	case d.chance(0.5):
		out.to("RESEARCHES_IN", lectoraat, in, since)
	}
	switch {
	case len(in) > 0:
		out.to("AFFILIATED_WITH", institution, g.institutionOf(in[0]), since)
	case g.works(number):
		out.to("AFFILIATED_WITH", agency, d.few(1, 1, g.size.Agencies), since)
	default:
		out.to("AFFILIATED_WITH", institution, d.few(1, 1, g.size.Institutions), since)
	}
	level := map[string]any{"level": d.one([]string{"BASIS", "GEVORDERD", "GEVORDERD", "EXPERT"})}
	if number < g.size.Lectoraten || d.chance(0.35) {
		out.to("EXPERT_IN", theme, g.themesOf(person, number), level)
	}
}

func (g *generator) publication(number int) map[string]any {
	d := g.roll(publication, number, forProps)
	themes := g.themesOf(publication, number)
	return map[string]any{
		"title":       d.title(openings, themes),
		"abstract":    d.sentences(2, themes),
		"kind":        d.one([]string{"ARTIKEL", "ARTIKEL", "ARTIKEL", "RAPPORT", "HANDREIKING", "BOEK"}),
		"publishedOn": d.day(2010, 2026),
	}
}

func (g *generator) publicationEdges(number int, out *edges) {
	d := g.roll(publication, number, forEdges)
	at := g.lectoraatOf(publication, number)
	authors := d.few(1, 3, g.size.People)
	if len(at) > 0 && at[0] < g.size.People && d.chance(0.5) {
		authors[0] = at[0] // the lector
	}
	out.to("AUTHORED_BY", person, unique(authors), nil)
	out.to("PUBLISHED_AT", lectoraat, at, nil)
	out.to("ABOUT", theme, g.themesOf(publication, number), nil)
}
