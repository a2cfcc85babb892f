package generate

// The themes are a tree of three levels, like the real ones: first the roots, then
// the middle level, then the leaves.

// roots returns how many themes are roots and how many are on the middle level.
func (g *generator) roots() (roots, middle int) {
	roots = max(1, min(g.size.Themes/8, 40))
	return roots, max(0, min(g.size.Themes-roots, roots*6))
}

// broader returns the broader theme and the level of a theme; a root has none, -1.
func (g *generator) broader(number int) (parent, level int) {
	roots, middle := g.roots()
	switch {
	case number < roots:
		return -1, 1
	case number < roots+middle:
		return (number - roots) % roots, 2
	}
	return roots + (number-roots-middle)%middle, 3
}

func (g *generator) theme(number int) map[string]any {
	nl, en := themeName(number)
	_, level := g.broader(number)
	return map[string]any{
		"prefLabelNl": nl, "prefLabelEn": en, "level": int64(level),
		"altLabelsNl": []string{modifiers[number%len(modifiers)] + "kunde"},
		"altLabelsEn": []string{en + " studies"},
	}
}

func (g *generator) themeEdges(number int, out *edges) {
	if parent, _ := g.broader(number); parent >= 0 {
		out.to("BROADER", theme, []int{parent}, nil)
	}
}

// themesOf returns the themes of a node of a kind that is about themes.
func (g *generator) themesOf(k kind, number int) []int {
	if g.size.Themes == 0 {
		return nil
	}
	d := g.roll(k, number, forThemes)
	switch k {
	case lectoraat, fieldlab:
		return d.few(1, 4, g.size.Themes)
	case publication:
		if from := g.lectoraatOf(k, number); len(from) > 0 && d.chance(0.7) {
			return g.themesOf(lectoraat, from[0])[:1]
		}
	}
	return d.few(1, 3, g.size.Themes)
}

// lectoraatOf returns the lectoraat of a publication or a person, if any.
func (g *generator) lectoraatOf(k kind, number int) []int {
	d := g.roll(k, number, forPlace)
	if k == person && number >= g.size.Lectoraten && d.chance(0.6) {
		return nil
	}
	if k == person && number < g.size.Lectoraten {
		return []int{number}
	}
	return d.few(1, 1, g.size.Lectoraten)
}
