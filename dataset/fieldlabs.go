package dataset

// fieldlabStatuses maps the statuses in fieldlabs.csv.
var fieldlabStatuses = map[string]string{"CURRENT_AT_SOURCE": "ACTIEF", "UNKNOWN": "ONBEKEND"}

func addFieldlab(b *builder, places places, r row) {
	p := newProps(r)
	p.text("name", "name")
	p.text("description", "description")
	p.enum("status", "status", fieldlabStatuses)
	p.first("openedOn", "opened", "de openingsdatum")
	p.text("city", "city")
	p.number("lat", "lat")
	p.number("lon", "lon")
	p.values["otherPartners"] = r.list("other_partners")
	switch own := r.get("i_partnerschap"); own {
	case "true", "false":
		p.values["ofPartnership"] = own == "true"
	case "":
	default:
		p.fail(r.errorf("i_partnerschap %q is neither true, false nor empty", own))
	}
	p.note(r.get("note"))
	b.add("Fieldlab", p)
	partners(b, r, "institution_ids", "PARTNER")
	partners(b, r, "government_ids", "PARTNER")
	seat, err := places.seat(r)
	b.fail(err)
	b.link(r, "LOCATED_IN", seat)
	b.link(r, "ABOUT", r.list("theme_ids")...)
}
