package generate

import "slices"

var forms = []string{"PRAKTIJKOPDRACHT", "ONDERZOEKSPROJECT", "PHD_POSITIE", "FIELDLAB", "GASTDOCENT", "TRAINEESHIP", "STAGE",
	"OMSCHOLING", "FINANCIERING", "KENNISDELING"}

func (g *generator) vraagstuk(number int) map[string]any {
	d := g.roll(vraagstuk, number, forProps)
	themes := g.themesOf(vraagstuk, number)
	props := map[string]any{
		"title":       d.title(questions, themes) + "?",
		"description": d.sentences(3, themes),
		"status":      d.one([]string{"OPEN", "OPEN", "OPEN", "IN_BEHANDELING", "BEANTWOORD", "INGETROKKEN"}),
		"urgency":     d.one([]string{"LAAG", "NORMAAL", "NORMAAL", "HOOG"}),
		"forms":       unique([]string{d.one(forms), d.one(forms)}),
		"posedOn":     d.day(2018, 2025),
	}
	if d.chance(0.3) {
		props["deadline"] = d.day(2026, 2028)
	}
	return props
}

func (g *generator) vraagstukEdges(number int, out *edges) {
	d := g.roll(vraagstuk, number, forEdges)
	out.to("POSED_BY", agency, d.few(1, 1, g.size.Agencies), nil)
	out.to("ABOUT", theme, g.themesOf(vraagstuk, number), nil)
	if d.chance(0.6) {
		out.to("CONCERNS", region, g.regionsIn(d), nil)
	}
}

func (g *generator) offer(number int) map[string]any {
	d := g.roll(offer, number, forProps)
	themes := g.themesOf(offer, number)
	return map[string]any{
		"title":       "Aanbod: " + topic(themes),
		"description": d.sentences(1, themes), "form": d.one(forms), "capacity": int64(1 + d.IntN(20)),
		"availableFrom": d.day(2018, 2024), "availableUntil": d.day(2025, 2027),
	}
}

func (g *generator) offerEdges(number int, out *edges) {
	d := g.roll(offer, number, forEdges)
	if d.chance(0.3) {
		out.to("OFFERED_BY", agency, d.few(1, 1, g.size.Agencies), nil)
	} else {
		out.to("OFFERED_BY", institution, d.few(1, 1, g.size.Institutions), nil)
	}
	out.to("ABOUT", theme, g.themesOf(offer, number), nil)
	out.to("CONCERNS", region, g.regionsIn(d), nil)
}

func (g *generator) project(number int) map[string]any {
	d := g.roll(project, number, forProps)
	themes := g.themesOf(project, number)
	props := map[string]any{
		"title":       d.title(openings, themes),
		"description": d.sentences(2, themes),
		"form":        d.one(forms), "status": "LOPEND", "startDate": d.day(2018, 2023),
		"budget": int64(5_000 * (1 + d.zipf(100))),
	}
	if d.chance(0.6) {
		props["status"], props["endDate"] = "AFGEROND", d.day(2024, 2026)
	}
	return props
}

func (g *generator) projectEdges(number int, out *edges) {
	d := g.roll(project, number, forEdges)
	out.from("PARTNER_IN", agency, d.few(1, 2, g.size.Agencies), map[string]any{"role": "OPDRACHTGEVER"})
	out.from("PARTNER_IN", institution, d.few(1, 2, g.size.Institutions), map[string]any{"role": "UITVOERDER", "funding": int64(1000 * d.IntN(100))})
	out.from("WORKS_ON", person, d.few(1, 4, g.size.People), map[string]any{"role": d.one(jobs), "since": d.day(2018, 2023)})
	out.to("ABOUT", theme, g.themesOf(project, number), nil)
	out.to("TAKES_PLACE_IN", region, g.regionsIn(d), nil)
	if d.chance(0.6) {
		out.from("CONTRIBUTES_TO", lectoraat, d.few(1, 2, g.size.Lectoraten), nil)
	}
	if d.chance(0.5) {
		out.to("ADDRESSES", vraagstuk, d.few(1, 1, g.size.Vraagstukken), nil)
	}
	if d.chance(0.2) {
		out.to("HOSTED_BY", fieldlab, d.few(1, 1, g.size.Fieldlabs), nil)
	}
}

// unique leaves out what is there already.
func unique[T comparable](list []T) []T {
	var kept []T
	for _, v := range list {
		if !slices.Contains(kept, v) {
			kept = append(kept, v)
		}
	}
	return kept
}
