package report

import (
	"cmp"
	"maps"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// world is what the axes and the gaps need to know of the graph: the trees of regions
// and themes, and which organisation belongs to what. It is read once a request.
type world struct {
	regions map[string]*region
	themes  map[string]*theme
	schools map[string]*school
	orgs    map[string]*org
	// supplies holds the supply that was asked for beside it.
	supplies map[supplyKey]*supply
}

// Name is a readable name in both languages.
type Name struct {
	NL string `json:"nl"`
	EN string `json:"en,omitempty"`
}

// In returns the name in a language, NL or EN.
func (n Name) In(lang string) string {
	if lang == "EN" {
		return cmp.Or(n.EN, n.NL)
	}
	return n.NL
}

type region struct {
	name       Name
	kind, code string
	// Code is the ISO 3166-2 code, "" for what is no province.
	iso    string
	place  *point
	partOf []string
}

type theme struct {
	name    Name
	broader []string
}

type school struct {
	name            Name
	kind            string
	place           *point
	seats, branches []string
}

// org is a ministry or an agency.
type org struct {
	name             Name
	ministry         bool
	from, until      string
	parents          []parent
	seats            []string
	abbreviation, id string
}

// parent is a ministry that an agency is or was part of.
type parent struct{ id, since, until string }

// every asks for all rows with the given properties.
func every(label string, props []string, links ...graph.Link) *graph.Selection {
	return &graph.Selection{Labels: []string{label}, Props: props, Page: graph.Page{Limit: graph.All}, Links: links}
}

func link(key string, h graph.Hop, edge ...string) graph.Link {
	return graph.Link{Key: key, Hop: h, Selection: &graph.Selection{Labels: h.Labels, EdgeProps: edge, Page: graph.Page{Limit: graph.All}}}
}

// askWorld asks for its parts. They are there when the batch has been read.
func askWorld(b *batch) *world {
	w := &world{regions: map[string]*region{}, themes: map[string]*theme{}, schools: map[string]*school{}, orgs: map[string]*org{},
		supplies: map[supplyKey]*supply{}}
	for _, part := range []struct {
		sel *graph.Selection
		add func(*graph.Node)
	}{
		{every("Region", []string{"name", "nameEn", "kind", "cbsCode", "iso", "lat", "lon"}, link("up", regionTree)), w.addRegion},
		{every("Theme", []string{"prefLabelNl", "prefLabelEn"}, link("up", themeTree)), w.addTheme},
		{every("Institution", []string{"name", "nameEn", "kind", "lat", "lon"}, link("seats", seatedIn), link("branches", branchIn)), w.addSchool},
		{every("Ministry", orgProps, link("seats", seatedIn)), w.addOrg},
		{every("Agency", orgProps, link("up", ofMinistry, "since", "until"), link("seats", seatedIn)), w.addOrg},
	} {
		b.rows(part.sel, "", part.add)
	}
	return w
}

var orgProps = []string{"name", "nameEn", "abbreviation", "validFrom", "validUntil"}

func (w *world) addRegion(n *graph.Node) {
	w.regions[n.ID] = &region{
		name: nameOf(n, "name", "nameEn"), kind: text(n, "kind"), code: text(n, "cbsCode"), iso: text(n, "iso"),
		place: placeOf(n), partOf: ends(n, "up"),
	}
}

func (w *world) addTheme(n *graph.Node) {
	w.themes[n.ID] = &theme{name: nameOf(n, "prefLabelNl", "prefLabelEn"), broader: ends(n, "up")}
}

func (w *world) addSchool(n *graph.Node) {
	w.schools[n.ID] = &school{
		name: nameOf(n, "name", "nameEn"), kind: text(n, "kind"), place: placeOf(n),
		seats: ends(n, "seats"), branches: ends(n, "branches"),
	}
}

func (w *world) addOrg(n *graph.Node) {
	o := &org{
		id: n.ID, name: nameOf(n, "name", "nameEn"), abbreviation: text(n, "abbreviation"), ministry: n.Label == "Ministry",
		from: text(n, "validFrom"), until: text(n, "validUntil"), seats: ends(n, "seats"),
	}
	if up := n.Links["up"]; up != nil {
		for _, row := range up.Rows {
			since, _ := row.Edge["since"].(string)
			until, _ := row.Edge["until"].(string)
			o.parents = append(o.parents, parent{row.Node.ID, since, until})
		}
	}
	w.orgs[n.ID] = o
}

func nameOf(n *graph.Node, nl, en string) Name {
	return Name{NL: cmp.Or(text(n, nl), n.ID), EN: text(n, en)}
}

func text(n *graph.Node, prop string) string { s, _ := n.Props[prop].(string); return s }

func ends(n *graph.Node, key string) []string {
	var ids []string
	if res := n.Links[key]; res != nil {
		for _, row := range res.Rows {
			ids = append(ids, row.Node.ID)
		}
	}
	return ids
}

// held tells whether something that lasted from since to until held on a day; "" is open.
func held(since, until, day string) bool {
	return day == "" || (since == "" || since <= day) && (until == "" || until >= day)
}

// under returns a ministry and the agencies under it on a day. An agency that has no
// ministry is on its own.
func (w *world) under(id, day string) []string {
	ids := []string{id}
	for _, agency := range slices.Sorted(maps.Keys(w.orgs)) {
		for _, p := range w.orgs[agency].parents {
			if p.id == id && agency != id && held(p.since, p.until, day) {
				ids = append(ids, agency)
				break
			}
		}
	}
	return ids
}

// hasMinistry tells whether an agency had a ministry on a day.
func (w *world) hasMinistry(id, day string) bool {
	o := w.orgs[id]
	return o != nil && slices.ContainsFunc(o.parents, func(p parent) bool { return held(p.since, p.until, day) })
}

// seated returns the institutions with a seat in one of the regions, or in what lies
// within them; nil stands for any region.
func (w *world) seated(regions []string, within bool) []string {
	var ids []string
	for _, id := range slices.Sorted(maps.Keys(w.schools)) {
		for _, seat := range w.schools[id].seats {
			if regions == nil || slices.Contains(regions, seat) || within && slices.ContainsFunc(regions, func(r string) bool { return w.lies(seat, r) }) {
				ids = append(ids, id)
				break
			}
		}
	}
	return ids
}

// schoolsOf returns the institutions of a kind; "" stands for any kind.
func (w *world) schoolsOf(kind string) []string {
	var ids []string
	for _, id := range slices.Sorted(maps.Keys(w.schools)) {
		if k := w.schools[id].kind; k == kind || kind == "" && k != "" {
			ids = append(ids, id)
		}
	}
	return ids
}
