package generate

import "strconv"

// kind is one node type, and how its ids begin.
type kind struct{ label, prefix string }

var (
	region      = kind{"Region", "g-regio-"}
	theme       = kind{"Theme", "g-thema-"}
	ministry    = kind{"Ministry", "g-ministerie-"}
	agency      = kind{"Agency", "g-dienst-"}
	institution = kind{"Institution", "g-instelling-"}
	fieldlab    = kind{"Fieldlab", "g-fieldlab-"}
	lectoraat   = kind{"Lectoraat", "g-lectoraat-"}
	person      = kind{"Person", "g-persoon-"}
	vraagstuk   = kind{"Vraagstuk", "g-vraagstuk-"}
	offer       = kind{"Offer", "g-aanbod-"}
	project     = kind{"Project", "g-project-"}
	publication = kind{"Publication", "g-publicatie-"}
)

// id returns the id of a node.
func (k kind) id(number int) string { return k.prefix + strconv.Itoa(number) }

// maker makes the nodes of a kind, and their relations.
type maker struct {
	kind      kind
	count     int
	props     func(number int) map[string]any
	relations func(number int, out *edges)
}

// makers lists the kinds in the order in which their nodes come.
func (g *generator) makers() []maker {
	s := g.size
	return []maker{
		{region, s.Regions, g.region, g.regionEdges},
		{theme, s.Themes, g.theme, g.themeEdges},
		{ministry, s.Ministries, g.ministry, g.ministryEdges},
		{agency, s.Agencies, g.agency, g.agencyEdges},
		{institution, s.Institutions, g.institution, g.institutionEdges},
		{fieldlab, s.Fieldlabs, g.fieldlab, g.fieldlabEdges},
		{lectoraat, s.Lectoraten, g.lectoraat, g.lectoraatEdges},
		{person, s.People, g.person, g.personEdges},
		{vraagstuk, s.Vraagstukken, g.vraagstuk, g.vraagstukEdges},
		{offer, s.Offers, g.offer, g.offerEdges},
		{project, s.Projects, g.project, g.projectEdges},
		{publication, s.Publications, g.publication, g.publicationEdges},
	}
}
