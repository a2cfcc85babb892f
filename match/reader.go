package match

import (
	"github.com/i-partnerschap/kennisgraaf/match/corpus"
)

// reader makes profiles of nodes.
type reader struct {
	c     *corpus.Corpus
	today string
}

// current returns how much a relation counts that may have ended.
func (r *reader) current(e corpus.Edge) float64 {
	if until := r.c.Props(e).Until; until != "" && until < r.today {
		return pastStrength
	}
	return 1
}

func (r *reader) lector(p *profile) {
	n := &r.c.Nodes[p.node]
	r.add(p, work{node: p.node, relation: own, share: 1})
	p.circle = append(p.circle, member{p.node, 1})
	r.expertise(p, p.node, 1)
	r.hours(p, p.node, own)
	for _, e := range n.Out {
		if e.Type != corpus.Leads {
			continue
		}
		strength := r.current(e)
		r.about(p, e.To, e.Type, strength)
		r.add(p, work{node: e.To, relation: e.Type, share: strength})
		if strength == 1 {
			r.belong(p, e.To)
		}
	}
	if len(p.places) == 0 {
		for _, e := range n.Out {
			if e.Type == corpus.AffiliatedWith && r.current(e) == 1 {
				r.at(p, e.To)
			}
		}
	}
	r.works(p, n.Out, corpus.WorksOn)
	r.works(p, n.In, corpus.AuthoredBy)
}

// belong takes in the lectoraat that a lector leads now.
func (r *reader) belong(p *profile, lectoraat int32) {
	if p.home.lectoraat < 0 {
		p.home.lectoraat = lectoraat
	}
	p.circle = append(p.circle, member{lectoraat, lectoraatCircle})
	for _, e := range r.c.Nodes[lectoraat].Out {
		if e.Type == corpus.PartOf {
			r.at(p, e.To)
		}
	}
}

func (r *reader) lectoraat(p *profile) {
	n := &r.c.Nodes[p.node]
	r.add(p, work{node: p.node, relation: own, share: 1})
	p.home.lectoraat = p.node
	p.circle = append(p.circle, member{p.node, 1})
	r.about(p, p.node, corpus.About, 1)
	for _, e := range n.Out {
		if e.Type == corpus.PartOf {
			r.at(p, e.To)
		}
	}
	for _, e := range n.In {
		if e.Type != corpus.Leads {
			continue
		}
		strength := r.current(e)
		r.expertise(p, e.To, strength)
		r.add(p, work{node: e.To, relation: e.Type, share: strength})
		if strength == 1 {
			r.hours(p, e.To, e.Type)
			p.circle = append(p.circle, member{e.To, 1})
		}
	}
	r.works(p, n.Out, corpus.ContributesTo)
	r.works(p, n.In, corpus.PublishedAt)
}

func (r *reader) institution(p *profile) {
	n := &r.c.Nodes[p.node]
	r.at(p, p.node)
	p.circle[len(p.circle)-1].share = 1
	for _, e := range n.In {
		if e.Type != corpus.PartOf {
			continue
		}
		r.about(p, e.To, e.Type, 1)
		r.add(p, work{node: e.To, relation: e.Type, share: 1})
		r.works(p, r.c.Nodes[e.To].In, corpus.PublishedAt)
	}
	r.works(p, n.Out, corpus.PartnerIn)
}

func (r *reader) fieldlab(p *profile) {
	n := &r.c.Nodes[p.node]
	r.add(p, work{node: p.node, relation: own, share: 1})
	p.circle = append(p.circle, member{p.node, 1})
	r.about(p, p.node, corpus.About, 1)
	r.regions(p, p.node)
	r.works(p, n.In, corpus.HostedBy)
	if n.Status == "ACTIEF" {
		p.free = append(p.free, fact{node: p.node, relation: own, value: 1})
	}
}

func (r *reader) offer(p *profile) {
	n := &r.c.Nodes[p.node]
	r.add(p, work{node: p.node, relation: own, share: 1})
	r.about(p, p.node, corpus.About, 1)
	r.regions(p, p.node)
	for _, e := range n.Out {
		if e.Type == corpus.OfferedBy && r.c.Nodes[e.To].Label == "Institution" {
			r.at(p, e.To)
		}
	}
	if n.Until == "" || n.Until >= r.today {
		p.free = append(p.free, fact{node: p.node, relation: own, value: 1})
	}
}

// hours takes in a person's hours; of several people the one with most counts.
func (r *reader) hours(p *profile, person int32, relation corpus.Relation) {
	value := min(1, float64(r.c.Nodes[person].Hours)/fullHours)
	switch {
	case value == 0:
	case len(p.free) == 0:
		p.free = append(p.free, fact{node: person, relation: relation, value: value})
	case value > p.free[0].value:
		p.free[0] = fact{node: person, relation: relation, value: value}
	}
}

func (r *reader) expertise(p *profile, person int32, share float64) {
	for _, e := range r.c.Nodes[person].Out {
		if e.Type != corpus.ExpertIn {
			continue
		}
		strength := levelStrength["GEVORDERD"]
		if s, ok := levelStrength[r.c.Props(e).Level]; ok {
			strength = s
		}
		p.ties = append(p.ties, tie{theme: e.To, at: person, relation: e.Type, strength: strength * share})
	}
}

func (r *reader) about(p *profile, n int32, relation corpus.Relation, strength float64) {
	for _, e := range r.c.Nodes[n].Out {
		if e.Type == corpus.About {
			p.ties = append(p.ties, tie{theme: e.To, at: n, relation: relation, strength: strength})
		}
	}
}

// add takes in a work, once.
func (r *reader) add(p *profile, w work) {
	if p.seen[w.node] == p.turn {
		return
	}
	p.seen[w.node] = p.turn
	node := &r.c.Nodes[w.node]
	w.doc, w.year = node.Doc, node.Year
	p.works = append(p.works, w)
}

// works takes in the works at the far side of relations of a type.
func (r *reader) works(p *profile, edges []corpus.Edge, relation corpus.Relation) {
	for _, e := range edges {
		if e.Type != relation {
			continue
		}
		if label := r.c.Nodes[e.To].Label; label == "Project" || label == "Publication" {
			r.add(p, work{node: e.To, relation: relation, share: workShare, record: true})
		}
	}
}

// at takes in an institution that the candidate is at.
func (r *reader) at(p *profile, institution int32) {
	if r.c.Nodes[institution].Label != "Institution" {
		return
	}
	if p.home.institution < 0 {
		p.home.institution = institution
	}
	p.circle = append(p.circle, member{institution, institutionCircle})
	r.regions(p, institution)
}

func (r *reader) regions(p *profile, n int32) {
	for _, e := range r.c.Nodes[n].Out {
		strength := seatStrength
		switch e.Type {
		case corpus.BranchIn:
			strength = branchStrength
		case corpus.SeatedIn, corpus.LocatedIn, corpus.Concerns:
			if p.home.region < 0 {
				p.home.region = e.To
			}
		default:
			continue
		}
		p.places = append(p.places, place{region: e.To, at: n, relation: e.Type, strength: strength})
	}
}
