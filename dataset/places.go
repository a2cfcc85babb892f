package dataset

import (
	"io/fs"
	"strings"
)

// places is the gazetteer: the id of the region that a city lies in.
type places map[string]string

func readPlaces(files fs.FS) (places, error) {
	rows, err := readTable(files, "reference/cities.csv", "city", "province", "lat", "lon", "source")
	if err != nil {
		return nil, err
	}
	p := places{}
	for _, r := range rows {
		p[r.get("city")] = strings.ToLower(r.get("province"))
	}
	return p, nil
}

// city returns the region of a city that a row names.
func (p places) city(r row, name string) (string, error) {
	region, ok := p[name]
	if !ok {
		return "", r.errorf("unknown city %q", name)
	}
	return region, nil
}

// seat returns the region of the row's city, which has to be the row's province. A
// row without a city has no seat.
func (p places) seat(r row) (string, error) {
	name := r.get("city")
	if name == "" && r.get("province") == "" {
		return "", nil
	}
	region, err := p.city(r, name)
	if err != nil {
		return "", err
	}
	if province := strings.ToLower(r.get("province")); province != region {
		return "", r.errorf("%s lies in %s, not in %s", name, region, province)
	}
	return region, nil
}
