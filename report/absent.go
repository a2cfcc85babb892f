package report

import (
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Absent are the organisations that take no part yet, by type.
type Absent struct {
	Ministries   []AbsentParty `json:"ministries"`
	Agencies     []AbsentParty `json:"agencies"`
	Institutions []AbsentParty `json:"institutions"`
	// Of is how many organisations of each type there are on the day.
	Of struct {
		Ministries   int `json:"ministries"`
		Agencies     int `json:"agencies"`
		Institutions int `json:"institutions"`
	} `json:"of"`
}

// AbsentParty is one of them.
type AbsentParty struct {
	ID      string `json:"id"`
	Name    Name   `json:"name"`
	Regions []Name `json:"regions"`
	// Kind is that of an institution.
	Kind string `json:"kind,omitempty"`
}

// takesPart are the relations that make an organisation a participant.
var takesPart = []graph.Hop{
	hop("PARTNER_IN", graph.Out, "Fieldlab", "Project"),
	hop("POSED_BY", graph.In, "Vraagstuk"),
	hop("OFFERED_BY", graph.In, "Offer"),
	hop("PARTY_TO", graph.Out, "Agreement"),
}

// askAbsent asks for the organisations of a day that have never taken part up to that
// day: no project, fieldlab, question, offer or agreement; for an institution none of its
// lectoraten in a project, for a ministry none of its agencies either.
func askAbsent(b *batch, w *world, day string) *Absent {
	dates := map[string]graph.Filter{
		"Project": started(day), "Fieldlab": begun("openedOn", day), "Vraagstuk": begun("posedOn", day), "Agreement": begun("signedOn", day),
		"Offer": begun("availableFrom", day),
	}
	out, present := &Absent{}, map[string]bool{}
	for _, label := range []string{"Agency", "Institution", "Ministry"} {
		var any graph.Or
		for _, h := range takesPart {
			for _, target := range h.Labels {
				any = append(any, along([]graph.Hop{hop(h.Type, h.Direction, target)}, dates[target]))
			}
		}
		if label == "Institution" {
			any = append(any, along([]graph.Hop{groups, hop("CONTRIBUTES_TO", graph.Out, "Project")}, started(day)))
		}
		sel := every(label, nil)
		sel.Where = any
		b.rows(sel, "", func(n *graph.Node) { present[n.ID] = true })
	}
	b.done(func() error {
		out.fill(w, present, day)
		return nil
	})
	return out
}

// fill lists who was not present on the day.
func (a *Absent) fill(w *world, present map[string]bool, day string) {
	names := func(ids []string) []Name {
		var out []Name
		for _, id := range ids {
			if known := w.regions[id]; known != nil {
				out = append(out, known.name)
			}
		}
		return out
	}
	for id, o := range w.orgs {
		if !held(o.from, o.until, day) {
			continue
		}
		party := AbsentParty{ID: id, Name: o.name, Regions: names(o.seats)}
		if o.ministry {
			a.Of.Ministries++
			if !slices.ContainsFunc(w.under(id, day), func(id string) bool { return present[id] }) {
				a.Ministries = append(a.Ministries, party)
			}
			continue
		}
		a.Of.Agencies++
		if !present[id] {
			a.Agencies = append(a.Agencies, party)
		}
	}
	for id, s := range w.schools {
		a.Of.Institutions++
		if !present[id] {
			a.Institutions = append(a.Institutions, AbsentParty{ID: id, Name: s.name, Regions: names(s.seats), Kind: s.kind})
		}
	}
	for _, list := range [][]AbsentParty{a.Ministries, a.Agencies, a.Institutions} {
		slices.SortFunc(list, func(x, y AbsentParty) int { return byName(x.Name, y.Name, x.ID, y.ID) })
	}
}
