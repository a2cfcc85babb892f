package dataset

import "strconv"

func addTheme(b *builder, _ places, r row) {
	p := newProps(r)
	p.text("prefLabelNl", "prefLabel_nl")
	p.text("prefLabelEn", "prefLabel_en")
	p.values["altLabelsNl"] = r.list("altLabels_nl")
	p.values["altLabelsEn"] = r.list("altLabels_en")
	level, err := strconv.ParseInt(r.get("level"), 10, 64)
	if err != nil {
		p.fail(r.errorf("level %q is no whole number", r.get("level")))
	}
	p.values["level"] = level
	b.add("Theme", p)
	b.link(r, "BROADER", r.get("broader"))
}
