package dataset

// regionKinds maps the kinds in regions.csv.
var regionKinds = map[string]string{"PROVINCE": "PROVINCE", "LANDSDEEL": "LANDSDEEL", "I_PARTNERSCHAP_REGION": "NETWORK"}

func addRegion(b *builder, _ places, r row) {
	p := newProps(r)
	p.text("name", "name")
	p.text("nameEn", "name_en")
	p.enum("kind", "kind", regionKinds)
	p.text("cbsCode", "cbs_code")
	p.text("iso", "iso_3166_2")
	p.text("nuts2", "nuts2_2021")
	p.text("capital", "capital")
	p.number("lat", "lat")
	p.number("lon", "lon")
	p.note(r.get("note"))
	b.add("Region", p)
	b.link(r, "REGION_PART_OF", r.get("parent_id"))
}
