package document

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/report"
)

//go:embed netherlands.json
var outlines []byte

// MapCredit names the maker of the outlines, as their licence asks.
const MapCredit = "@svg-maps/netherlands 1.0.0, Zubayer Rahman, CC BY 4.0"

// province is a province on the map.
type province struct {
	Path, Name, Short string
	Class             int
	Value             string
	// X and Y are where its number stands.
	X, Y float64
}

// provinceMap is the map of the twelve provinces, shaded by a measure.
type provinceMap struct {
	ViewBox, Title string
	Provinces      []province
	Legend         []legendItem
	// Beyond is what no province shows: other regions and unknown.
	Beyond string
}

type legendItem struct {
	Class int
	Text  string
}

// newMap shades the provinces. Provinces that the graph does not have stay white.
func newMap(r *report.Report, l Lang) (provinceMap, error) {
	var drawn struct {
		ViewBox   string
		Locations []struct{ ID, Path string }
	}
	if err := json.Unmarshal(outlines, &drawn); err != nil {
		return provinceMap{}, fmt.Errorf("document: the outlines of the map: %w", err)
	}
	c, m := r.Regions, r.Map
	if r.RegionKind != "" && r.RegionKind != report.Province {
		return provinceMap{}, nil
	}
	out := provinceMap{ViewBox: drawn.ViewBox, Title: l.mapTitle(m)}
	paths := map[string]string{}
	for _, loc := range drawn.Locations {
		paths[strings.ToUpper(loc.ID)] = loc.Path
	}
	value := func(key string) float64 {
		return m.Value(c.Number(m, report.Point{Row: key, Split: report.Every, Column: report.Every}))
	}
	highest, beyond := 0.0, 0.0
	for _, row := range c.Rows {
		if _, _, _, ok := c.Place(row.Key); ok {
			highest = max(highest, value(row.Key))
		} else {
			beyond += value(row.Key)
		}
	}
	scale := newScale(highest)
	for _, row := range c.Rows {
		short, lat, lon, ok := c.Place(row.Key)
		path := paths[short]
		if !ok || path == "" {
			continue
		}
		x, y := project(lat, lon)
		v := value(row.Key)
		out.Provinces = append(out.Provinces, province{Path: path, Name: l.key(c, report.ByRegion, row.Key), Short: short,
			Class: scale.class(v), Value: l.number(v), X: x, Y: y})
	}
	out.Legend = legend(scale, highest, l)
	if beyond > 0 {
		out.Beyond = fmt.Sprintf(l.t("Buiten de kaart, in andere regio's of onbekend: %s.", "Not on the map, in other regions or unknown: %s."), l.number(beyond))
	}
	return out, nil
}

func legend(s scale, highest float64, l Lang) []legendItem {
	items := []legendItem{{0, "0"}}
	for class := 1; class <= s.class(highest); class++ {
		low, high := s.bounds(class)
		text := l.number(low)
		if high > low {
			text += "–" + l.number(high)
		}
		items = append(items, legendItem{class, text})
	}
	return items
}

// project puts degrees on the drawing, which is a Mercator projection; the constants
// were fitted on the centres of the provinces.
func project(lat, lon float64) (x, y float64) {
	mercator := 180 / math.Pi * math.Log(math.Tan(math.Pi/4+lat*math.Pi/360))
	return math.Round(158.57*lon - 533.5), math.Round(10064.5 - 158.08*mercator)
}
