package dataset

import (
	"io/fs"
	"maps"
	"slices"
)

// referenceTables adds each table's rows. Ends of relations are checked when all is
// read, so the order matters only where a row takes something over from one before it: a
// lector the institution of the lectoraat, a project the region of its fieldlab.
var referenceTables = []struct {
	file    string
	columns []string
	add     func(*builder, places, row)
}{
	{"regions.csv", []string{"id", "kind", "name", "name_en", "cbs_code", "iso_3166_2", "nuts2_2021", "capital", "lat", "lon", "parent_id", "note", "source"}, addRegion},
	{"themes.csv", []string{"id", "prefLabel_nl", "prefLabel_en", "altLabels_nl", "altLabels_en", "broader", "level", "source"}, addTheme},
	{"ministries.csv", []string{"id", "name", "name_en", "abbreviation", "seat_city", "founded_year", "name_valid_from", "name_valid_until", "successor_id", "tooi_code", "note", "source"}, addMinistry},
	{"agencies.csv", []string{"id", "name", "name_en", "abbreviation", "kind", "city", "province", "other_cities", "website", "valid_from", "valid_until", "successor_id", "note", "source"}, addAgency},
	{"agency_ministries.csv", []string{"id", "agency_id", "ministry_id", "since", "until", "source"}, addParent},
	{"institutions.csv", []string{"id", "name", "name_en", "abbreviation", "kind", "brin", "city", "other_cities", "province", "lat", "lon", "website", "ror", "note", "source"}, addInstitution},
	{"lectoraten.csv", []string{"id", "name", "institution_id", "kind", "valid_from", "valid_until", "theme_ids", "status", "note", "source"}, addLectoraat},
	{"lectoren.csv", []string{"id", "lectoraat_id", "name", "since", "until", "note", "source"}, addLector},
	{"fieldlabs.csv", []string{"id", "name", "description", "institution_ids", "government_ids", "other_partners", "city", "province", "lat", "lon", "opened", "theme_ids", "i_partnerschap", "status", "note", "source"}, addFieldlab},
	{"projects.csv", []string{"id", "kind", "title", "demand_ids", "supply_ids", "lectoraat_ids", "other_partners", "fieldlab_id", "form", "theme_ids", "start", "end", "status", "i_partnerschap", "description", "description_en", "source"}, addProjectRow},
}

// addReference reads the reference layer.
func addReference(b *builder, files fs.FS) error {
	p, err := readPlaces(files)
	if err != nil {
		return err
	}
	for _, t := range referenceTables {
		rows, err := readTable(files, "reference/"+t.file, t.columns...)
		if err != nil {
			return err
		}
		for _, r := range rows {
			t.add(b, p, r)
		}
	}
	facts, err := readFacts(files)
	if err != nil {
		return err
	}
	return addLines(b, files, "reference", facts)
}

// same makes choices that stand for themselves.
func same(values ...string) map[string]string {
	choices := map[string]string{}
	for _, v := range values {
		choices[v] = v
	}
	return choices
}

// branches adds BRANCH_IN relations, one a province, with the cities there.
func branches(b *builder, p places, r row) {
	cities := map[string]string{}
	for _, city := range r.list("other_cities") {
		region, err := p.city(r, city)
		if err != nil {
			b.fail(err)
			continue
		}
		if cities[region] != "" {
			city = cities[region] + ", " + city
		}
		cities[region] = city
	}
	for _, region := range slices.Sorted(maps.Keys(cities)) {
		b.edge(r.where(), "BRANCH_IN", r.get("id"), region, map[string]any{"city": cities[region]})
	}
}
