package corpus

import (
	"cmp"
	"slices"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Node is a node of the graph, with what matching needs of it.
type Node struct {
	ID, Label string
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
	// Lector tells whether a person has that role.
	Lector bool
	// Text holds the question of a vraagstuk and the reason of a proposal, Labels the
	// labels of a theme.
	Text   string
	Labels []string
	// Doc is the number of its text, -1 where it has none.
	Doc int32
	// Out and In are its relations, in no order.
	Out, In []Edge
	gone    bool
}

// Edge is a relation, seen from the node that holds it.
type Edge struct {
	Type string
	// To is the node on the far side.
	To int32
	// Props is nil where the relation has no properties that matter.
	Props *EdgeProps
}

// EdgeProps are the relation's own properties.
type EdgeProps struct{ Since, Until, Level string }

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
var relations = map[string][]string{
	"Agency":      {"PARTNER_IN", "SEATED_IN", "BRANCH_IN"},
	"Fieldlab":    {"ABOUT", "LOCATED_IN"},
	"Institution": {"PARTNER_IN", "SEATED_IN", "BRANCH_IN"},
	"Lectoraat":   {"PART_OF", "ABOUT", "CONTRIBUTES_TO"},
	"Ministry":    {"PARTNER_IN", "SEATED_IN"},
	"Offer":       {"OFFERED_BY", "ABOUT", "CONCERNS"},
	"Person":      {"AFFILIATED_WITH", "LEADS", "RESEARCHES_IN", "EXPERT_IN", "WORKS_ON"},
	"Project":     {"ABOUT", "HOSTED_BY"},
	"Proposal":    {"PROPOSED_FOR", "CANDIDATE"},
	"Publication": {"AUTHORED_BY", "ABOUT", "PUBLISHED_AT", "CITES"},
	"Region":      {"REGION_PART_OF"},
	"Result":      {"RESULT_OF", "ABOUT"},
	"Theme":       {"BROADER", "RELATED"},
	"Vraagstuk":   {"POSED_BY", "ABOUT", "CONCERNS"},
}

// relationTypes is the same as a set, without the type they start from.
var relationTypes = func() map[string]string {
	out := map[string]string{}
	for _, types := range relations {
		for _, t := range types {
			out[t] = t
		}
	}
	return out
}()

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

// edgeProps returns the properties that matter, nil where there are none.
func edgeProps(props map[string]any) *EdgeProps {
	str := func(name string) string { s, _ := props[name].(string); return s }
	p := EdgeProps{Since: str("since"), Until: str("until"), Level: str("level")}
	if p == (EdgeProps{}) {
		return nil
	}
	return &p
}
