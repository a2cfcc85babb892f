package match

import (
	"context"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// profile is what the graph knows of a candidate.
type profile struct {
	node   *graph.Node
	themes []tie
	// texts are the documents that speak for the candidate, works those of them that
	// are its track record.
	texts, works []work
	places       []place
	home         Home
}

// tie connects a candidate with a theme.
type tie struct {
	theme, relation, source string
	strength                float64
}

// work is a text, project or publication of a candidate.
type work struct {
	id, relation, source, date string
	share                      float64
	themes                     []string
}

// place is a region that a candidate is in.
type place struct {
	region, relation, source string
	strength                 float64
	within                   []string
}

// How much a tie counts.
const (
	seatStrength   = 1.0
	branchStrength = 0.7
	pastStrength   = 0.5
	workShare      = 0.8
)

var levelStrength = map[string]float64{"BASIS": 0.5, "GEVORDERD": 0.8, "EXPERT": 1}

// spec says how candidates of one kind are found and read.
type spec struct {
	label string
	// base is a condition on every candidate, nil for none.
	base graph.Filter
	// themeHops and textHops lead from a candidate to its themes and documents.
	themeHops, textHops [][]graph.Hop
	links               func() []graph.Link
	read                func(*reader, *profile)
}

var (
	about      = hop("ABOUT", graph.Out, "Theme")
	expertIn   = hop("EXPERT_IN", graph.Out, "Theme")
	leads      = hop("LEADS", graph.Out, "Lectoraat")
	ledBy      = hop("LEADS", graph.In, "Person")
	worksOn    = hop("WORKS_ON", graph.Out, "Project")
	wrote      = hop("AUTHORED_BY", graph.In, "Publication")
	published  = hop("PUBLISHED_AT", graph.In, "Publication")
	contribute = hop("CONTRIBUTES_TO", graph.Out, "Project")
	partOf     = hop("PART_OF", graph.Out, "Institution")
	parts      = hop("PART_OF", graph.In, "Lectoraat")
	worksAt    = hop("AFFILIATED_WITH", graph.Out, "Institution")
	partnerIn  = hop("PARTNER_IN", graph.Out, "Project")
	hosts      = hop("HOSTED_BY", graph.In, "Project")
	seatedIn   = hop("SEATED_IN", graph.Out, "Region")
	branchIn   = hop("BRANCH_IN", graph.Out, "Region")
	locatedIn  = hop("LOCATED_IN", graph.Out, "Region")
	concerns   = hop("CONCERNS", graph.Out, "Region")
	regionOf   = hop("REGION_PART_OF", graph.Out, "Region")
	offeredBy  = hop("OFFERED_BY", graph.Out, "Institution")
)

var specs = map[Supply]spec{
	Lector: {
		label:     "Person",
		base:      graph.Compare{Prop: "roles", Kind: graph.Enum, Op: graph.Has, Value: "LECTOR"},
		themeHops: [][]graph.Hop{{expertIn}, {leads, about}},
		textHops:  [][]graph.Hop{nil, {leads}, {worksOn}, {wrote}},
		links: func() []graph.Link {
			return []graph.Link{
				edge(link("expertise", expertIn, every("source")), "level"),
				edge(link("lectoraten", leads, every("name", "source"), themesLink(), institutionLink(partOf)), "since", "until"),
				worksLink("projects", worksOn, "startDate"), worksLink("publications", wrote, "publishedOn"),
				edge(institutionLink(worksAt), "until"),
			}
		},
		read: (*reader).lector,
	},
	Lectoraat: {
		label:     "Lectoraat",
		themeHops: [][]graph.Hop{{about}, {ledBy, expertIn}},
		textHops:  [][]graph.Hop{nil, {ledBy}, {contribute}, {published}},
		links: func() []graph.Link {
			return []graph.Link{
				themesLink(), institutionLink(partOf), edge(link("lectoren", ledBy, every("source"), edge(link("expertise", expertIn, every("source")), "level")), "until"),
				worksLink("projects", contribute, "startDate"), worksLink("publications", published, "publishedOn"),
			}
		},
		read: (*reader).lectoraat,
	},
	Institution: {
		label:     "Institution",
		themeHops: [][]graph.Hop{{parts, about}},
		textHops:  [][]graph.Hop{{parts}, {partnerIn}, {parts, published}},
		links: func() []graph.Link {
			return append(placeLinks(), link("lectoraten", parts, every("name", "source"), themesLink(), worksLink("publications", published, "publishedOn")),
				worksLink("projects", partnerIn, "startDate"))
		},
		read: (*reader).institution,
	},
	Fieldlab: {
		label:     "Fieldlab",
		themeHops: [][]graph.Hop{{about}},
		textHops:  [][]graph.Hop{nil, {hosts}},
		links: func() []graph.Link {
			return []graph.Link{themesLink(), regionLink("seat", locatedIn), worksLink("projects", hosts, "startDate")}
		},
		read: (*reader).fieldlab,
	},
	Offer: {
		label:     "Offer",
		themeHops: [][]graph.Hop{{about}},
		textHops:  [][]graph.Hop{nil},
		links: func() []graph.Link {
			return []graph.Link{themesLink(), regionLink("seat", concerns), institutionLink(offeredBy)}
		},
		read: (*reader).offer,
	},
}

func edge(l graph.Link, props ...string) graph.Link {
	l.EdgeProps = props
	return l
}

func themesLink() graph.Link { return link("themes", about, every("source")) }

func regionLink(key string, h graph.Hop) graph.Link {
	return link(key, h, every("name", "nameEn", "source"), link("within", regionOf, every()))
}

func placeLinks() []graph.Link {
	return []graph.Link{regionLink("seat", seatedIn), regionLink("branches", branchIn)}
}

func institutionLink(h graph.Hop) graph.Link {
	return link("institution", h, every("name", "nameEn", "source"), placeLinks()...)
}

func worksLink(key string, h graph.Hop, date string) graph.Link {
	return link(key, h, every("title", "source", date), themesLink())
}

// profiles reads the candidates of one kind that some evidence leads to.
func (m *Matcher) profiles(ctx context.Context, s spec, rd *reader) ([]*profile, error) {
	sel := every("name", "nameEn", "title", "source")
	sel.Labels, sel.Links = []string{s.label}, s.links()
	any := graph.Or{}
	if len(rd.themeIDs) > 0 {
		for _, path := range s.themeHops {
			any = append(any, along(path, byID(rd.themeIDs)))
		}
	}
	if len(rd.documentIDs) > 0 {
		for _, path := range s.textHops {
			any = append(any, along(path, byID(rd.documentIDs)))
		}
	}
	sel.Where = any
	if s.base != nil {
		sel.Where = graph.And{s.base, any}
	}
	res, err := m.store.Read(ctx, graph.Query{Root: sel})
	if err != nil {
		return nil, err
	}
	out := make([]*profile, len(res.Rows))
	for i, row := range res.Rows {
		out[i] = &profile{node: row.Node}
		rd.name(row.Node)
		s.read(rd, out[i])
	}
	return out, nil
}

// along asks whether a path of relations leads to a node for which f holds.
func along(path []graph.Hop, f graph.Filter) graph.Filter {
	for _, h := range slices.Backward(path) {
		f = graph.Related{Hop: h, Quantifier: graph.Some, Filter: f}
	}
	return f
}
