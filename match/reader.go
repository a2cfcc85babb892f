package match

import (
	"cmp"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// reader turns rows into profiles and collects names on the way.
type reader struct {
	themeIDs, documentIDs []string
	names                 map[string]Name
	today                 string
}

// name remembers a node's names.
func (r *reader) name(n *graph.Node) {
	nl := cmp.Or(str(n, "name"), str(n, "title"), n.ID)
	r.names[n.ID] = Name{NL: nl, EN: cmp.Or(str(n, "nameEn"), nl)}
}

func rows(n *graph.Node, key string) []graph.Row {
	if res := n.Links[key]; res != nil {
		return res.Rows
	}
	return nil
}

func (r *reader) lector(p *profile) {
	p.own()
	r.expertise(p, p.node, 1)
	for _, row := range rows(p.node, "lectoraten") {
		strength := r.current(row)
		r.name(row.Node)
		r.themes(p, row.Node, "LEADS", strength)
		p.texts = append(p.texts, work{id: row.Node.ID, relation: "LEADS", source: str(row.Node, "source"), share: strength})
		if strength == 1 {
			p.home.Lectoraat = cmp.Or(p.home.Lectoraat, row.Node.ID)
			r.institutions(p, row.Node)
		}
	}
	if len(p.places) == 0 {
		r.institutions(p, p.node)
	}
	r.works(p, p.node, "projects", "WORKS_ON", "startDate")
	r.works(p, p.node, "publications", "AUTHORED_BY", "publishedOn")
}

func (r *reader) lectoraat(p *profile) {
	p.own()
	p.home.Lectoraat = p.node.ID
	r.themes(p, p.node, "ABOUT", 1)
	r.institutions(p, p.node)
	for _, row := range rows(p.node, "lectoren") {
		strength := r.current(row)
		r.expertise(p, row.Node, strength)
		p.texts = append(p.texts, work{id: row.Node.ID, relation: "LEADS", source: str(row.Node, "source"), share: strength})
	}
	r.works(p, p.node, "projects", "CONTRIBUTES_TO", "startDate")
	r.works(p, p.node, "publications", "PUBLISHED_AT", "publishedOn")
}

func (r *reader) institution(p *profile) {
	p.home.Institution = p.node.ID
	r.regions(p, p.node, "seat", "SEATED_IN", seatStrength)
	r.regions(p, p.node, "branches", "BRANCH_IN", branchStrength)
	for _, row := range rows(p.node, "lectoraten") {
		r.name(row.Node)
		r.themes(p, row.Node, "PART_OF", 1)
		p.texts = append(p.texts, work{id: row.Node.ID, relation: "PART_OF", source: str(row.Node, "source"), share: 1})
		r.works(p, row.Node, "publications", "PUBLISHED_AT", "publishedOn")
	}
	r.works(p, p.node, "projects", "PARTNER_IN", "startDate")
}

func (r *reader) fieldlab(p *profile) {
	p.own()
	r.themes(p, p.node, "ABOUT", 1)
	r.regions(p, p.node, "seat", "LOCATED_IN", seatStrength)
	r.works(p, p.node, "projects", "HOSTED_BY", "startDate")
}

func (r *reader) offer(p *profile) {
	p.own()
	r.themes(p, p.node, "ABOUT", 1)
	r.regions(p, p.node, "seat", "CONCERNS", seatStrength)
	r.institutions(p, p.node)
}

// own adds the candidate's own text.
func (p *profile) own() {
	p.texts = append(p.texts, work{id: p.node.ID, relation: "OWN", source: str(p.node, "source"), share: 1})
}

// current returns how much a relation counts that may have ended.
func (r *reader) current(row graph.Row) float64 {
	if until, ok := row.Edge["until"].(string); ok && until < r.today {
		return pastStrength
	}
	return 1
}

func (r *reader) expertise(p *profile, n *graph.Node, share float64) {
	for _, row := range rows(n, "expertise") {
		level, _ := row.Edge["level"].(string)
		strength, ok := levelStrength[level]
		if !ok {
			strength = levelStrength["GEVORDERD"]
		}
		p.themes = append(p.themes, tie{theme: row.Node.ID, relation: "EXPERT_IN", source: str(n, "source"), strength: strength * share})
	}
}

func (r *reader) themes(p *profile, n *graph.Node, relation string, strength float64) {
	for _, row := range rows(n, "themes") {
		p.themes = append(p.themes, tie{theme: row.Node.ID, relation: relation, source: str(n, "source"), strength: strength})
	}
}

func (r *reader) works(p *profile, n *graph.Node, key, relation, date string) {
	for _, row := range rows(n, key) {
		r.name(row.Node)
		w := work{id: row.Node.ID, relation: relation, source: str(row.Node, "source"), date: str(row.Node, date), share: workShare}
		w.themes = ids(row.Node.Links["themes"])
		p.texts, p.works = append(p.texts, w), append(p.works, w)
	}
}

func (r *reader) institutions(p *profile, n *graph.Node) {
	for _, row := range rows(n, "institution") {
		if r.current(row) < 1 {
			continue
		}
		r.name(row.Node)
		p.home.Institution = cmp.Or(p.home.Institution, row.Node.ID)
		r.regions(p, row.Node, "seat", "SEATED_IN", seatStrength)
		r.regions(p, row.Node, "branches", "BRANCH_IN", branchStrength)
	}
}

func (r *reader) regions(p *profile, n *graph.Node, key, relation string, strength float64) {
	for _, row := range rows(n, key) {
		r.name(row.Node)
		if relation != "BRANCH_IN" {
			p.home.Region = cmp.Or(p.home.Region, row.Node.ID)
		}
		p.places = append(p.places, place{region: row.Node.ID, relation: relation, source: str(n, "source"), strength: strength, within: ids(row.Node.Links["within"])})
	}
}
