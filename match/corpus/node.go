package corpus

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Node is a node of the graph, with what matching needs of it.
type Node struct {
	ID, Label string
	// Doc is the number of its text, -1 where it has none. What is looked at for each work of
	// each candidate stands together.
	Doc int32
	// Year is that of Date, 0 where it has none.
	Year int16
	// Lector tells whether a person has that role.
	Lector bool
	// NL and EN are its names.
	NL, EN string
	Source string
	// Date is the day that places it in time, "" where it has none.
	Date string
	// Status is its status, "" where it has none.
	Status string
	// Until is the last day that it can be had, "" for no end.
	Until string
	// Hours are a person's hours a week, 0 where they are not known.
	Hours int
	// Text holds the question of a vraagstuk and the reason of a proposal, Labels the
	// labels of a theme.
	Text   string
	Labels []string
	// Out and In are its relations, in no order.
	Out, In []Edge
	gone    bool
}

// Edge is a relation, seen from the node that holds it.
type Edge struct {
	// To is the node on the far side.
	To int32
	// props is the place of its own properties, see [Corpus.Props].
	props int32
	Type  Relation
}

// EdgeProps are the relation's own properties.
type EdgeProps struct{ Until, Level string }

// kept are the node types that matter, with the property that dates them and those
// that make their text.
var kept = map[string]struct {
	date  string
	texts []string
}{
	"Agency":      {},
	"Body":        {},
	"Fieldlab":    {date: "openedOn", texts: []string{"name", "description"}},
	"Institution": {},
	"Lectoraat":   {date: "validFrom", texts: []string{"name", "description"}},
	"Ministry":    {},
	"Offer":       {date: "availableFrom", texts: []string{"title", "description"}},
	"Person":      {texts: []string{"bio"}},
	"Project":     {date: "startDate", texts: []string{"title", "titleEn", "description", "descriptionEn"}},
	"Proposal":    {date: "decidedOn"},
	"Publication": {date: "publishedOn", texts: []string{"title", "abstract"}},
	"Region":      {},
	"Result":      {date: "publishedOn", texts: []string{"title", "description"}},
	"Theme":       {},
	"Vraagstuk":   {date: "posedOn"},
}

// keptProps are the other properties that matter, whatever the type.
var keptProps = []string{
	"name", "nameEn", "title", "titleEn", "prefLabelNl", "prefLabelEn", "altLabelsNl", "altLabelsEn", "source", "status", "availableUntil",
	"availableHours", "roles", "description", "reason",
}

// relations are the relation types that matter, by the type they start from.
var relations = map[string][]Relation{
	"Agency":      {PartnerIn, SeatedIn, BranchIn},
	"Fieldlab":    {About, LocatedIn},
	"Institution": {PartnerIn, SeatedIn, BranchIn},
	"Lectoraat":   {PartOf, About, ContributesTo},
	"Ministry":    {PartnerIn, SeatedIn},
	"Offer":       {OfferedBy, About, Concerns},
	"Person":      {AffiliatedWith, Leads, ResearchesIn, ExpertIn, WorksOn},
	"Project":     {About, HostedBy},
	"Proposal":    {ProposedFor, Candidate},
	"Publication": {AuthoredBy, About, PublishedAt, Cites},
	"Region":      {RegionPartOf},
	"Result":      {ResultOf, About},
	"Theme":       {Broader, Related},
	"Vraagstuk":   {PosedBy, About, Concerns},
}

// fill sets what the properties say.
func (n *Node) fill(props map[string]any) {
	str := func(name string) string { s, _ := props[name].(string); return s }
	list := func(name string) []string { l, _ := props[name].([]string); return l }
	n.NL = cmp.Or(str("name"), str("title"), str("prefLabelNl"), n.ID)
	n.EN = cmp.Or(str("nameEn"), str("titleEn"), str("prefLabelEn"), n.NL)
	n.Source, n.Status, n.Date, n.Until = str("source"), str("status"), "", str("availableUntil")
	if date := kept[n.Label].date; date != "" {
		n.Date = str(date)
	}
	n.Year = year(n.Date)
	hours, _ := graph.Number64(props["availableHours"])
	n.Hours, n.Lector = int(hours), slices.Contains(list("roles"), "LECTOR")
	switch n.Label {
	case "Vraagstuk":
		n.Text = str("title") + "\n" + str("description")
	case "Proposal":
		n.Text = str("reason")
	case "Theme":
		n.Labels = slices.Concat([]string{n.NL, n.EN}, list("altLabelsNl"), list("altLabelsEn"))
	}
}

// year returns the year of a date, 0 where there is none.
func year(date string) int16 {
	if len(date) < 4 {
		return 0
	}
	y, _ := strconv.ParseInt(date[:4], 10, 16)
	return int16(y)
}

// texts returns what a node's text is made of, nil where it has none.
func texts(label string, props map[string]any) []string { return filled(kept[label].texts, props) }

// filled returns the texts that properties hold.
func filled(names []string, props map[string]any) []string {
	var out []string
	for _, name := range names {
		if s, _ := props[name].(string); strings.TrimSpace(s) != "" {
			out = append(out, s)
		}
	}
	return out
}

// Props returns the properties of a relation, empty where none of them matters.
func (c *Corpus) Props(e Edge) EdgeProps { return c.props[e.props] }

// propsOf returns the place of properties, the same for the same ones.
func (c *Corpus) propsOf(props map[string]any) int32 {
	str := func(name string) string { s, _ := props[name].(string); return s }
	p := EdgeProps{Until: str("until"), Level: str("level")}
	at, known := c.propsAt[p]
	if !known {
		at = int32(len(c.props))
		c.propsAt[p] = at
		c.props = append(c.props, p)
	}
	return at
}
