package document

import (
	"math"
	"strconv"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/report"
)

// Lang is the language of a document.
type Lang string

// The languages.
const (
	NL Lang = "NL"
	EN Lang = "EN"
)

// t chooses between the two languages.
func (l Lang) t(nl, en string) string {
	if l == EN {
		return en
	}
	return nl
}

// name chooses between the names of a thing.
func (l Lang) name(n report.Name) string { return n.In(string(l)) }

func (l Lang) names(list []report.Name) string {
	texts := make([]string, len(list))
	for i, n := range list {
		texts[i] = l.name(n)
	}
	return strings.Join(texts, ", ")
}

// key names a key of an axis; what has none is unknown.
func (l Lang) key(c *report.Coverage, axis report.Axis, key string) string {
	if key == report.Unknown {
		return l.t("Onbekend", "Unknown")
	}
	return c.Name(axis, key, string(l))
}

// number writes a number without decimals, thousands apart.
func (l Lang) number(v float64) string {
	digits := strconv.FormatInt(int64(math.Abs(math.Round(v))), 10)
	const group = 3
	var parts []string
	for len(digits) > group {
		parts = append([]string{digits[len(digits)-group:]}, parts...)
		digits = digits[:len(digits)-group]
	}
	text := strings.Join(append([]string{digits}, parts...), l.t(".", ","))
	if math.Round(v) < 0 {
		return "−" + text
	}
	return text
}

// decimal writes a number with as many decimals as it has.
func (l Lang) decimal(v float64) string {
	return strings.Replace(strconv.FormatFloat(v, 'f', -1, 64), ".", l.t(",", "."), 1)
}

// delta writes a difference with its sign.
func (l Lang) delta(v float64) string {
	if v > 0 {
		return "+" + l.number(v)
	}
	return l.number(v)
}

// measureNames are what tables call the measures.
var measureNames = map[report.Measure]report.Name{
	report.Vraagstukken:        {NL: "Vraagstukken", EN: "Questions"},
	report.VraagstukkenOpen:    {NL: "Open vraagstukken", EN: "Open questions"},
	report.Gap:                 {NL: "Zonder aanbod in de regio", EN: "No supply in the region"},
	report.GapNearby:           {NL: "Ook niet nabij", EN: "Nor nearby"},
	report.GapAnywhere:         {NL: "Ook elders niet", EN: "Nor anywhere"},
	report.Lectoraten:          {NL: "Lectoraten", EN: "Research groups"},
	report.Experts:             {NL: "Deskundigen", EN: "People with expertise"},
	report.Offers:              {NL: "Aanbod", EN: "Offers"},
	report.Projects:            {NL: "Projecten", EN: "Projects"},
	report.ProjectsRunning:     {NL: "Lopend", EN: "Running"},
	report.ProjectsDone:        {NL: "Afgerond", EN: "Finished"},
	report.Budget:              {NL: "Budget (€)", EN: "Budget (€)"},
	report.Fieldlabs:           {NL: "Fieldlabs", EN: "Fieldlabs"},
	report.FieldlabsActive:     {NL: "Fieldlabs, open", EN: "Fieldlabs, open"},
	report.Agreements:          {NL: "Afspraken", EN: "Agreements"},
	report.Results:             {NL: "Resultaten", EN: "Results"},
	report.Institutions:        {NL: "Instellingen, zetel", EN: "Institutions, seat"},
	report.InstitutionBranches: {NL: "Instellingen, vestiging", EN: "Institutions, branch"},
	report.Agencies:            {NL: "Rijksdiensten, zetel", EN: "Agencies, seat"},
	report.AgencyBranches:      {NL: "Rijksdiensten, vestiging", EN: "Agencies, branch"},
}

func (l Lang) measure(m report.Measure) string { return l.name(measureNames[m]) }

// mapTitle names a measure where no other column explains it.
func (l Lang) mapTitle(m report.Measure) string {
	switch m {
	case report.Gap:
		return l.t("open vraagstukken zonder aanbod in de regio", "open questions without supply in the region")
	case report.GapNearby:
		return l.t("open vraagstukken zonder aanbod nabij", "open questions without supply nearby")
	case report.GapAnywhere:
		return l.t("open vraagstukken zonder aanbod, waar ook", "open questions without supply anywhere")
	case report.ProjectsRunning:
		return l.t("lopende projecten", "running projects")
	case report.ProjectsDone:
		return l.t("afgeronde projecten", "finished projects")
	}
	return strings.ToLower(l.measure(m))
}

func (l Lang) measures(list []report.Measure) []string {
	names := make([]string, len(list))
	for i, m := range list {
		names[i] = l.measure(m)
	}
	return names
}

// title is the title of the whole document.
func (l Lang) title() string {
	return l.t("Regionale dekking van het I-Partnerschap", "Regional coverage of the I-Partnerschap")
}

var urgencies = map[string]report.Name{"HOOG": {NL: "hoog", EN: "high"}, "NORMAAL": {NL: "normaal", EN: "normal"}, "LAAG": {NL: "laag", EN: "low"}}
