package report

import "github.com/i-partnerschap/kennisgraaf/graph"

// Measure is what a cell counts.
type Measure string

// The measures.
const (
	Vraagstukken        Measure = "VRAAGSTUKKEN"
	VraagstukkenOpen    Measure = "VRAAGSTUKKEN_OPEN"
	Gap                 Measure = "GAP"
	GapNearby           Measure = "GAP_NEARBY"
	GapAnywhere         Measure = "GAP_ANYWHERE"
	Lectoraten          Measure = "LECTORATEN"
	Experts             Measure = "EXPERTS"
	Offers              Measure = "OFFERS"
	Projects            Measure = "PROJECTS"
	ProjectsRunning     Measure = "PROJECTS_RUNNING"
	ProjectsDone        Measure = "PROJECTS_DONE"
	Budget              Measure = "BUDGET"
	Fieldlabs           Measure = "FIELDLABS"
	FieldlabsActive     Measure = "FIELDLABS_ACTIVE"
	Agreements          Measure = "AGREEMENTS"
	Results             Measure = "RESULTS"
	Institutions        Measure = "INSTITUTIONS"
	InstitutionBranches Measure = "INSTITUTION_BRANCHES"
	Agencies            Measure = "AGENCIES"
	AgencyBranches      Measure = "AGENCY_BRANCHES"
)

// Measures lists all measures, in the order in which a report shows them.
var Measures = []Measure{
	Vraagstukken, VraagstukkenOpen, Gap, GapNearby, GapAnywhere, Lectoraten, Experts, Offers, Projects, ProjectsRunning,
	ProjectsDone, Budget, Fieldlabs, FieldlabsActive, Agreements, Results, Institutions, InstitutionBranches, Agencies, AgencyBranches,
}

// spec says what a measure counts.
type spec struct {
	label string
	// filter keeps the nodes that count on a day, "" for any; nil keeps all.
	filter func(day string) graph.Filter
	// past marks what counts all that has been up to the day, so that relations that
	// have ended since count too: the partners of a project that is done.
	past bool
	// sum is the property that is added up, "" to count.
	sum string
	// gap is how far away supply may be for a gap; "" for other measures.
	gap Measure
	// branches takes the regions of branches instead of that of the seat.
	branches bool
}

var specs = map[Measure]spec{
	Vraagstukken:     {label: "Vraagstuk", filter: func(day string) graph.Filter { return begun("posedOn", day) }},
	VraagstukkenOpen: {label: "Vraagstuk", filter: open},
	Gap:              {label: "Vraagstuk", filter: open, gap: Gap},
	GapNearby:        {label: "Vraagstuk", filter: open, gap: GapNearby},
	GapAnywhere:      {label: "Vraagstuk", filter: open, gap: GapAnywhere},
	Lectoraten:       {label: "Lectoraat", filter: valid},
	Experts:          {label: "Person", filter: func(string) graph.Filter { return along([]graph.Hop{expertIn}, nil) }},
	Offers:           {label: "Offer", filter: available},
	Projects:         {label: "Project", filter: started, past: true},
	ProjectsRunning:  {label: "Project", filter: running},
	ProjectsDone:     {label: "Project", filter: done, past: true},
	Budget: {label: "Project", past: true, sum: "budget",
		filter: func(day string) graph.Filter { return both(started(day), isNull("budget", graph.Int, false)) }},
	Fieldlabs:           {label: "Fieldlab", past: true, filter: func(day string) graph.Filter { return begun("openedOn", day) }},
	FieldlabsActive:     {label: "Fieldlab", filter: active},
	Agreements:          {label: "Agreement", past: true, filter: func(day string) graph.Filter { return begun("signedOn", day) }},
	Results:             {label: "Result", past: true, filter: func(day string) graph.Filter { return begun("publishedOn", day) }},
	Institutions:        {label: "Institution", filter: func(string) graph.Filter { return nil }},
	InstitutionBranches: {label: "Institution", branches: true, filter: func(string) graph.Filter { return along([]graph.Hop{branchIn}, nil) }},
	Agencies:            {label: "Agency", filter: valid},
	AgencyBranches:      {label: "Agency", branches: true, filter: func(day string) graph.Filter { return both(valid(day), along([]graph.Hop{branchIn}, nil)) }},
}

// Counts tells whether the measure counts things; otherwise it adds up euros.
func (m Measure) Counts() bool { return specs[m].sum == "" }

// open keeps open questions. On a day those are open that had been posed and either
// are open now, or were taken up later: the first project that addresses them had not
// begun. A question that was answered without a project counts as not open, for no date
// tells when it was; one that was withdrawn likewise.
func open(day string) graph.Filter {
	if day == "" {
		return is("status", "OPEN")
	}
	return both(begun("posedOn", day), graph.Or{
		is("status", "OPEN"),
		both(oneOf("status", graph.Enum, "BEANTWOORD", "IN_BEHANDELING"),
			along([]graph.Hop{addressedBy}, nil), not(along([]graph.Hop{addressedBy}, started(day)))),
	})
}

// started keeps projects that had begun. Where no first day is known, all but planned
// ones had.
func started(day string) graph.Filter {
	if day == "" {
		return nil
	}
	return graph.Or{
		compare("startDate", graph.Date, graph.Lte, day),
		both(isNull("startDate", graph.Date, true), compare("status", graph.Enum, graph.Ne, "GEPLAND")),
	}
}

// running keeps projects that had begun and had not ended: those that still run, and
// those whose last day came later.
func running(day string) graph.Filter {
	if day == "" {
		return is("status", "LOPEND")
	}
	return both(started(day), graph.Or{
		oneOf("status", graph.Enum, "GEPLAND", "LOPEND"),
		compare("endDate", graph.Date, graph.Gte, day),
	})
}

// done keeps projects that were finished: those that are now, and whose last day came
// before.
func done(day string) graph.Filter {
	if day == "" {
		return is("status", "AFGEROND")
	}
	return both(started(day), is("status", "AFGEROND"),
		graph.Or{isNull("endDate", graph.Date, true), compare("endDate", graph.Date, graph.Lt, day)})
}

// active keeps fieldlabs that had opened and not closed.
func active(day string) graph.Filter {
	isOpen := compare("status", graph.Enum, graph.Ne, "GESLOTEN")
	if day == "" {
		return isOpen
	}
	return both(begun("openedOn", day), graph.Or{isOpen, compare("closedOn", graph.Date, graph.Gte, day)})
}

func valid(day string) graph.Filter {
	return both(begun("validFrom", day), notEnded("validUntil", day))
}

func available(day string) graph.Filter {
	return both(begun("availableFrom", day), notEnded("availableUntil", day))
}
