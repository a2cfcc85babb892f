package dataset

import (
	"maps"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/text"
)

// lectoraatKinds are the kinds in lectoraten.csv, which are the SDL's.
var lectoraatKinds = same("LECTORAAT", "LEERSTOEL", "ONDERZOEKSGROEP")

// lectoraatStatuses maps a status to a remark. Whether one ended is in valid_until
// and in the row's own note.
var lectoraatStatuses = map[string]string{"CURRENT_AT_SOURCE": "", "ENDED": "", "UNKNOWN": "Of het nog bestaat is niet gevonden."}

func addLectoraat(b *builder, _ places, r row) {
	p := newProps(r)
	p.text("name", "name")
	p.enum("kind", "kind", lectoraatKinds)
	p.first("validFrom", "valid_from", "de begindatum")
	p.last("validUntil", "valid_until", "de einddatum")
	p.note(r.get("note"))
	status, err := r.pick("status", lectoraatStatuses)
	p.fail(err)
	p.note(status)
	b.add("Lectoraat", p)
	b.link(r, "PART_OF", r.get("institution_id"))
	b.link(r, "ABOUT", r.list("theme_ids")...)
}

// addLector adds who leads or led a lectoraat. Someone who leads several is one
// person with the sources of all; how precise a period is known is in the person's note.
func addLector(b *builder, _ places, r row) {
	p := newProps(r)
	p.first("since", "since", "het begin als lector")
	p.last("until", "until", "het einde als lector")
	period := map[string]any{}
	for _, bound := range []string{"since", "until"} {
		if day, ok := p.values[bound]; ok {
			period[bound] = day
			delete(p.values, bound)
		}
	}
	p.note(r.get("note"))
	id := text.Slug(r.get("name"))
	b.edge(r.where(), "LEADS", id, r.get("lectoraat_id"), period)
	addPosition(b, r, id, period)
	if known := b.find("Person", id); known != nil {
		b.fail(p.err)
		extend(known, p)
		return
	}
	p.text("name", "name")
	p.values["roles"] = []string{"LECTOR"}
	values, err := p.done()
	b.fail(err)
	b.node(r.where(), "Person", id, values)
}

// addPosition adds that who leads a lectoraat works at its institution, for the same time.
func addPosition(b *builder, r row, person string, period map[string]any) {
	group := b.find("Lectoraat", r.get("lectoraat_id"))
	if group == nil {
		return // LEADS names it as unknown
	}
	position := maps.Clone(period)
	position["position"] = "lector"
	if group.Props["kind"] == "LEERSTOEL" {
		position["position"] = "leerstoelhouder"
	}
	for _, institution := range b.targets("PART_OF", group.ID) {
		b.edge(r.where(), "AFFILIATED_WITH", person, institution, position)
	}
}

// extend adds the row's source and notes to a person who is there already.
func extend(known *graph.Change, p *props) {
	if source := p.row.get("source"); source != known.Props["source"] {
		known.Props["source"] = known.Props["source"].(string) + " | " + source
	}
	if len(p.notes) > 0 {
		before, _ := known.Props["note"].(string)
		p.notes = append([]string{before}, p.notes...)
		known.Props["note"] = joined(p.notes)
	}
}
