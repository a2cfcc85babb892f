package corpus

// Relation is a type of relation that matters, as a number: there are millions of relations.
type Relation uint8

// The types of relation. None is that of what is no relation.
const (
	None Relation = iota
	About
	AffiliatedWith
	AuthoredBy
	BranchIn
	Broader
	Candidate
	Cites
	Concerns
	ContributesTo
	ExpertIn
	HostedBy
	Leads
	LocatedIn
	OfferedBy
	PartnerIn
	PartOf
	PosedBy
	ProposedFor
	PublishedAt
	RegionPartOf
	Related
	ResearchesIn
	ResultOf
	SeatedIn
	WorksOn
)

var relationNames = [...]string{
	About:          "ABOUT",
	AffiliatedWith: "AFFILIATED_WITH",
	AuthoredBy:     "AUTHORED_BY",
	BranchIn:       "BRANCH_IN",
	Broader:        "BROADER",
	Candidate:      "CANDIDATE",
	Cites:          "CITES",
	Concerns:       "CONCERNS",
	ContributesTo:  "CONTRIBUTES_TO",
	ExpertIn:       "EXPERT_IN",
	HostedBy:       "HOSTED_BY",
	Leads:          "LEADS",
	LocatedIn:      "LOCATED_IN",
	OfferedBy:      "OFFERED_BY",
	PartnerIn:      "PARTNER_IN",
	PartOf:         "PART_OF",
	PosedBy:        "POSED_BY",
	ProposedFor:    "PROPOSED_FOR",
	PublishedAt:    "PUBLISHED_AT",
	RegionPartOf:   "REGION_PART_OF",
	Related:        "RELATED",
	ResearchesIn:   "RESEARCHES_IN",
	ResultOf:       "RESULT_OF",
	SeatedIn:       "SEATED_IN",
	WorksOn:        "WORKS_ON",
}

// String returns the name that the graph has for it.
func (r Relation) String() string { return relationNames[r] }

// relationOf finds a type of relation by its name, None where it does not matter.
func relationOf(name string) Relation {
	for r, n := range relationNames {
		if n == name {
			return Relation(r)
		}
	}
	return None
}
