package report

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	gtext "github.com/i-partnerschap/kennisgraaf/graph/text"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// keys lists what an axis shows: every key that it could have, also where nothing is
// counted, then keys that merely occur (a network among provinces, a theme above the
// level), then Unknown. Where the request asks for some keys, only those are shown.
func (c *Coverage) keys(kind Axis, occurring map[string]bool) []string {
	expected := c.expected(kind, occurring)
	var extra []string
	for key := range occurring {
		if key != Unknown && key != Every && !slices.Contains(expected, key) {
			extra = append(extra, key)
		}
	}
	slices.SortFunc(extra, func(a, b string) int { return cmp.Or(cmp.Compare(c.rank(kind, a), c.rank(kind, b)), cmp.Compare(a, b)) })
	keys := append(expected, extra...)
	if asked := c.askedFor(kind); asked != nil {
		return slices.DeleteFunc(keys, func(key string) bool { return !asked(key) })
	}
	return append(keys, Unknown)
}

// expected lists the keys that are shown whether or not something is counted.
func (c *Coverage) expected(kind Axis, occurring map[string]bool) []string {
	switch kind {
	case ByRegion:
		return c.sorted(kind, maps.Keys(c.world.regions), func(id string) bool { return c.world.regions[id].kind == c.Request.RegionKind })
	case ByTheme:
		return c.sorted(kind, maps.Keys(c.world.themes), func(id string) bool { return c.world.atLevel(id, c.Request.Level) })
	case ByMinistry:
		return c.sorted(kind, maps.Keys(c.world.orgs), func(id string) bool {
			o := c.world.orgs[id]
			return o.ministry && held(o.from, o.until, c.Request.AsOf)
		})
	case ByYear:
		return years(occurring)
	case ByInstitutionKind:
		return enumValues(c.model, "Institution", "kind")
	}
	return enumValues(c.model, "Project", "form")
}

func (c *Coverage) sorted(kind Axis, ids func(func(string) bool), keep func(string) bool) []string {
	var kept []string
	for id := range ids {
		if keep(id) {
			kept = append(kept, id)
		}
	}
	slices.SortFunc(kept, func(a, b string) int { return cmp.Or(cmp.Compare(c.rank(kind, a), c.rank(kind, b)), cmp.Compare(a, b)) })
	return kept
}

// rank orders keys: provinces by their code (from north to south), the rest by name.
func (c *Coverage) rank(kind Axis, key string) string {
	if r := c.world.regions[key]; kind == ByRegion && r != nil {
		return strconv.Itoa(max(0, slices.Index([]string{"PROVINCE", "LANDSDEEL", "NETWORK"}, r.kind))) + r.code + r.name.NL
	}
	return gtext.Fold(c.Name(kind, key, "NL"))
}

// years fills the years between the first and the last that occur.
func years(occurring map[string]bool) []string {
	var found []int
	for key := range occurring {
		if year, err := strconv.Atoi(key); err == nil {
			found = append(found, year)
		}
	}
	var keys []string
	// A typing error in a date must not make thousands of rows.
	const most = 200
	if len(found) > 0 && slices.Max(found)-slices.Min(found) < most {
		for year := slices.Min(found); year <= slices.Max(found); year++ {
			keys = append(keys, strconv.Itoa(year))
		}
	}
	return keys
}

func enumValues(m *graph.Model, label, prop string) []string {
	return slices.Clone(m.Types[label].Property(prop).Values)
}

// askedFor returns what tells the keys that the request asks for; nil where it asks
// for none in particular.
func (c *Coverage) askedFor(kind Axis) func(string) bool {
	w := c.Request.Where
	// A key belongs to a request for something in it, and for something around it.
	related := func(asked []string, around func(string) []string) func(string) bool {
		if len(asked) == 0 {
			return nil
		}
		return func(key string) bool {
			return slices.ContainsFunc(asked, func(id string) bool {
				return slices.Contains(around(key), id) || slices.Contains(around(id), key)
			})
		}
	}
	switch kind {
	case ByRegion:
		return related(w.Regions, c.world.around)
	case ByTheme:
		return related(w.Themes, c.world.broader)
	case ByMinistry:
		return related(w.Ministries, func(id string) []string { return []string{id} })
	case ByForm:
		return related(w.Forms, func(id string) []string { return []string{id} })
	case ByYear:
		if w.From != "" || w.Until != "" {
			return func(string) bool { return true }
		}
	}
	return nil
}

// Name returns the readable name of a key, "" for Unknown. lang is NL or EN.
func (c *Coverage) Name(kind Axis, key, lang string) string {
	name, ok := Name{}, false
	switch kind {
	case ByRegion:
		if r := c.world.regions[key]; r != nil {
			name, ok = r.name, true
		}
	case ByTheme:
		if t := c.world.themes[key]; t != nil {
			name, ok = t.name, true
		}
	case ByMinistry:
		if o := c.world.orgs[key]; o != nil {
			name, ok = o.name, true
		}
	case ByInstitutionKind, ByForm:
		if name, ok = enumNames[key]; !ok {
			return strings.ToLower(key)
		}
	}
	if !ok {
		return key
	}
	return name.In(lang)
}

// enumNames are the names of the values that axes have.
var enumNames = map[string]Name{
	"HOGESCHOOL":        {"Hogeschool", "University of applied sciences"},
	"UNIVERSITY":        {"Universiteit", "University"},
	"PRAKTIJKOPDRACHT":  {"Praktijkopdracht", "Practical assignment"},
	"ONDERZOEKSPROJECT": {"Onderzoeksproject", "Research project"},
	"PHD_POSITIE":       {"PhD-positie", "PhD position"},
	"FIELDLAB":          {"Fieldlab", "Fieldlab"},
	"GASTDOCENT":        {"Gastdocent", "Guest lecturer"},
	"TRAINEESHIP":       {"Traineeship", "Traineeship"},
	"STAGE":             {"Stage", "Internship"},
	"OMSCHOLING":        {"Omscholing", "Retraining"},
	"FINANCIERING":      {"Financiering", "Funding"},
	"KENNISDELING":      {"Kennisdeling", "Knowledge sharing"},
}

// byName orders names as people do, and equal ones by id.
func byName(a, b Name, idA, idB string) int {
	return cmp.Or(cmp.Compare(gtext.Fold(a.NL), gtext.Fold(b.NL)), cmp.Compare(idA, idB))
}
