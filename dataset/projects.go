package dataset

import "strings"

// projectForms maps the forms in projects.csv to collaboration forms.
var projectForms = map[string]string{
	"":                   "",
	"ONDERZOEK":          "ONDERZOEKSPROJECT",
	"LECTORAAT":          "ONDERZOEKSPROJECT",
	"STUDENTENPROJECT":   "PRAKTIJKOPDRACHT",
	"AFSTUDEREN":         "PRAKTIJKOPDRACHT",
	"PROMOTIEONDERZOEK":  "PHD_POSITIE",
	"GASTCOLLEGE":        "GASTDOCENT",
	"RAAMOVEREENKOMST":   "",
	"INTENTIEVERKLARING": "",
}

// projectStatuses maps the statuses of projects, vraagstukStatuses those of questions.
var (
	projectStatuses   = map[string]string{"ACTIVE_AT_SOURCE": "LOPEND", "COMPLETED": "AFGEROND"}
	vraagstukStatuses = map[string]string{"OPEN_AT_SOURCE": "OPEN"}
	agreementStatuses = map[string]string{"SIGNED": ""}
	programmeStatuses = map[string]string{"ACTIVE_AT_SOURCE": ""}
)

// agreementKinds maps the forms of agreements. A form that is no kind of agreement
// leaves the kind unknown.
var agreementKinds = map[string]string{
	"INTENTIEVERKLARING": "INTENTIEVERKLARING",
	"RAAMOVEREENKOMST":   "RAAMOVEREENKOMST",
	"LECTORAAT":          "",
}

// partnership is the id of the programme that rows with i_partnerschap belong to.
const partnership = "i-partnerschap"

// addProjectRow adds what the row's kind says it is.
func addProjectRow(b *builder, _ places, r row) {
	switch r.get("kind") {
	case "PROJECT":
		addProject(b, r)
	case "AGREEMENT":
		addAgreement(b, r)
	case "PROGRAMME":
		addProgramme(b, r)
	case "VRAAGSTUK":
		addVraagstuk(b, r)
	default:
		b.fail(r.errorf("unknown kind %q: known are PROJECT, AGREEMENT, PROGRAMME, VRAAGSTUK", r.get("kind")))
		return
	}
	b.link(r, "ABOUT", r.list("theme_ids")...)
}

func addProject(b *builder, r row) {
	p := newProps(r)
	p.text("title", "title")
	p.text("description", "description")
	p.text("descriptionEn", "description_en")
	p.enum("form", "form", projectForms)
	p.enum("status", "status", projectStatuses)
	p.first("startDate", "start", "de begindatum")
	p.last("endDate", "end", "de einddatum")
	if r.get("form") == "LECTORAAT" {
		p.note("Vorm volgens bron: lectoraat.")
	}
	if r.get("status") == "ACTIVE_AT_SOURCE" {
		p.note("Status volgens bron.")
	}
	if others := r.list("other_partners"); len(others) > 0 {
		p.note("Andere partners: " + strings.Join(others, ", ") + ".")
	}
	b.add("Project", p)
	partners(b, r, "demand_ids", "OPDRACHTGEVER")
	partners(b, r, "supply_ids", "UITVOERDER")
	for _, id := range r.list("lectoraat_ids") {
		b.edge(r.where(), "CONTRIBUTES_TO", id, r.get("id"), nil)
	}
	b.link(r, "HOSTED_BY", r.get("fieldlab_id"))
	if r.get("i_partnerschap") == "true" {
		b.link(r, "PART_OF", partnership)
	}
	for _, region := range b.targets("LOCATED_IN", r.get("fieldlab_id")) {
		b.link(r, "TAKES_PLACE_IN", region)
	}
}

// partners adds PARTNER_IN relations to the row's node.
func partners(b *builder, r row, column, role string) {
	for _, id := range r.list(column) {
		b.edge(r.where(), "PARTNER_IN", id, r.get("id"), map[string]any{"role": role})
	}
}

func addAgreement(b *builder, r row) {
	p := newProps(r)
	p.text("title", "title")
	p.text("description", "description")
	p.enum("kind", "form", agreementKinds)
	_, err := r.pick("status", agreementStatuses)
	p.fail(err)
	// The day of signing is given only where the source knows the day.
	if d, err := parsePeriod(r.get("start")); err == nil && d.precision == "" {
		p.set("signedOn", d.first())
	} else {
		p.first("validFrom", "start", "de begindatum")
	}
	p.last("validUntil", "end", "de einddatum")
	p.values["otherParties"] = r.list("other_partners")
	b.add("Agreement", p)
	for _, id := range append(r.list("demand_ids"), r.list("supply_ids")...) {
		b.edge(r.where(), "PARTY_TO", id, r.get("id"), nil)
	}
}

func addProgramme(b *builder, r row) {
	p := newProps(r)
	p.text("name", "title")
	p.text("description", "description")
	_, err := r.pick("status", programmeStatuses)
	p.fail(err)
	p.first("startDate", "start", "de begindatum")
	p.last("endDate", "end", "de einddatum")
	p.note("Eigenaren: de trekkers volgens de bron.")
	b.add("Programme", p)
	b.link(r, "OWNED_BY", r.list("demand_ids")...)
	if r.get("i_partnerschap") == "true" {
		b.link(r, "SUBPROGRAMME_OF", partnership)
	}
}

func addVraagstuk(b *builder, r row) {
	p := newProps(r)
	p.text("title", "title")
	p.text("description", "description")
	p.enum("status", "status", vraagstukStatuses)
	p.note("Status volgens bron.")
	p.first("posedOn", "start", "de dag van het vraagstuk")
	p.values["forms"] = []string{}
	asked := r.list("demand_ids")
	if len(asked) == 0 {
		p.note("De bron noemt geen vragende organisatie.")
	}
	b.add("Vraagstuk", p)
	b.link(r, "POSED_BY", asked...)
}
