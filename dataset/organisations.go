package dataset

// agencyKinds are the kinds in agencies.csv, which are the SDL's.
var agencyKinds = same("AGENTSCHAP", "DIENST", "ONDERDEEL", "DIRECTIE", "ZBO", "STICHTING", "INSPECTIE",
	"POLITIE", "RECHTERLIJKE_MACHT", "KRIJGSMACHTDEEL", "HOGE_COLLEGE")

// institutionKinds maps the kinds in institutions.csv.
var institutionKinds = map[string]string{"UNIVERSITY": "UNIVERSITY", "UNIVERSITY_OF_APPLIED_SCIENCES": "HOGESCHOOL"}

func addMinistry(b *builder, places places, r row) {
	p := organisation(r)
	p.text("tooi", "tooi_code")
	p.text("city", "seat_city")
	p.first("validFrom", "name_valid_from", "de begindatum")
	p.last("validUntil", "name_valid_until", "de einddatum")
	if year := r.get("founded_year"); year != "" {
		p.note("Opgericht in " + year + ".")
	}
	p.note(r.get("note"))
	b.add("Ministry", p)
	b.link(r, "SUCCEEDED_BY", r.get("successor_id"))
	seat, err := places.city(r, r.get("seat_city"))
	b.fail(err)
	b.link(r, "SEATED_IN", seat)
}

func addInstitution(b *builder, places places, r row) {
	p := organisation(r)
	p.enum("kind", "kind", institutionKinds)
	p.text("brin", "brin")
	p.text("ror", "ror")
	p.text("city", "city")
	p.number("lat", "lat")
	p.number("lon", "lon")
	p.website("website")
	p.note(r.get("note"))
	b.add("Institution", p)
	seated(b, places, r)
}

func addAgency(b *builder, places places, r row) {
	p := organisation(r)
	p.enum("kind", "kind", agencyKinds)
	p.text("city", "city")
	p.website("website")
	p.first("validFrom", "valid_from", "de begindatum")
	p.last("validUntil", "valid_until", "de einddatum")
	p.note(r.get("note"))
	b.add("Agency", p)
	b.link(r, "SUCCEEDED_BY", r.get("successor_id"))
	seated(b, places, r)
}

// organisation begins the properties that every organisation has.
func organisation(r row) *props {
	p := newProps(r)
	p.text("name", "name")
	p.text("nameEn", "name_en")
	p.text("abbreviation", "abbreviation")
	return p
}

// seated adds where an organisation has its seat and its branches.
func seated(b *builder, p places, r row) {
	seat, err := p.seat(r)
	b.fail(err)
	b.link(r, "SEATED_IN", seat)
	branches(b, p, r)
}
