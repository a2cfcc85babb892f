package dataset

// addParent adds the ministry that an agency is part of. A bound is there only where
// a source gives its day: where the agency itself began or ended, or its ministry got
// another name. IND and COA were under AenM from 2024 to 2026 and are back under
// JenV; as two nodes have one relation of a type, and so one period, that interlude
// stands in the agency's note and the relation to JenV has no bounds.
func addParent(b *builder, _ places, r row) {
	period := newProps(r)
	period.first("since", "since", "het begin")
	period.last("until", "until", "het einde")
	b.fail(period.err)
	b.edge(r.where(), "PART_OF", r.get("agency_id"), r.get("ministry_id"), period.values)
}
