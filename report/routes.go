package report

import "github.com/i-partnerschap/kennisgraaf/graph"

// The relations that lead to keys.
var (
	about        = hop("ABOUT", graph.Out, "Theme")
	expertIn     = hop("EXPERT_IN", graph.Out, "Theme")
	concerns     = hop("CONCERNS", graph.Out, "Region")
	takesPlaceIn = hop("TAKES_PLACE_IN", graph.Out, "Region")
	locatedIn    = hop("LOCATED_IN", graph.Out, "Region")
	covers       = hop("COVERS", graph.Out, "Region")
	seatedIn     = hop("SEATED_IN", graph.Out, "Region")
	branchIn     = hop("BRANCH_IN", graph.Out, "Region")
	resultOf     = hop("RESULT_OF", graph.Out, "Project")
	addressedBy  = hop("ADDRESSES", graph.In, "Project")
	ofSchool     = hop("PART_OF", graph.Out, "Institution")
	groups       = hop("PART_OF", graph.In, "Lectoraat")
	worksAt      = hop("AFFILIATED_WITH", graph.Out, "Institution")
	regionTree   = hop("REGION_PART_OF", graph.Out, "Region")
	themeTree    = hop("BROADER", graph.Out, "Theme")
	ofMinistry   = hop("PART_OF", graph.Out, "Ministry")
)

// government and schools narrow a relation to an organisation of any kind.
func government(relation string, d graph.Direction) graph.Hop {
	return hop(relation, d, "Agency", "Ministry")
}

func schools(relation string, d graph.Direction) graph.Hop { return hop(relation, d, "Institution") }

// route leads from a node of one type to its keys on an axis.
type route struct {
	path []graph.Hop
	// prop holds the key; "" takes the nodes at the end of the path.
	prop string
	list bool
	// sealed is how many relations of the path a filter of the API can follow before it
	// meets an organisation of any kind, whose own relations it does not know. What
	// lies beyond is named by ids in queries. 0 means that it can follow all.
	sealed int
}

func through(path ...graph.Hop) route { return route{path: path} }

func property(prop string, path ...graph.Hop) route { return route{path: path, prop: prop} }

func sealed(r route) route {
	r.sealed = 1
	return r
}

// routes holds, by axis and type, the way to the keys. A type that has no way has no
// key: it counts as unknown.
var routes = map[Axis]map[string]route{
	ByRegion: {
		"Vraagstuk": through(concerns), "Offer": through(concerns), "Project": through(takesPlaceIn),
		"Fieldlab": through(locatedIn), "Agreement": through(covers), "Result": through(resultOf, takesPlaceIn),
		"Lectoraat": through(ofSchool, seatedIn), "Institution": through(seatedIn), "Agency": through(seatedIn),
		"Person": sealed(through(worksAt, seatedIn)),
	},
	ByTheme: {
		"Vraagstuk": through(about), "Offer": through(about), "Project": through(about), "Fieldlab": through(about),
		"Agreement": through(about), "Result": through(about), "Lectoraat": through(about),
		"Institution": through(groups, about), "Person": through(expertIn),
	},
	ByYear: {
		"Vraagstuk": property("posedOn"), "Offer": property("availableFrom"), "Project": property("startDate"),
		"Fieldlab": property("openedOn"), "Agreement": property("signedOn"), "Result": property("publishedOn"),
		"Lectoraat": property("validFrom"), "Agency": property("validFrom"),
	},
	ByMinistry: {
		"Vraagstuk": through(government("POSED_BY", graph.Out)), "Offer": through(government("OFFERED_BY", graph.Out)),
		"Project": through(government("PARTNER_IN", graph.In)), "Fieldlab": through(government("PARTNER_IN", graph.In)),
		"Agreement": through(government("PARTY_TO", graph.In)), "Result": through(resultOf, government("PARTNER_IN", graph.In)),
		"Person": through(government("AFFILIATED_WITH", graph.Out)), "Agency": through(),
	},
	ByInstitutionKind: {
		"Institution": property("kind"), "Lectoraat": property("kind", ofSchool), "Person": sealed(property("kind", worksAt)),
		"Project":   sealed(property("kind", schools("PARTNER_IN", graph.In))),
		"Fieldlab":  sealed(property("kind", schools("PARTNER_IN", graph.In))),
		"Agreement": sealed(property("kind", schools("PARTY_TO", graph.In))),
		"Offer":     sealed(property("kind", schools("OFFERED_BY", graph.Out))),
		"Result":    {path: []graph.Hop{resultOf, schools("PARTNER_IN", graph.In)}, prop: "kind", sealed: 2},
	},
	ByForm: {
		"Vraagstuk": {prop: "forms", list: true}, "Offer": property("form"), "Project": property("form"),
		"Result": property("form", resultOf),
	},
}
