package report

import (
	"slices"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Axis is what rows or columns stand for.
type Axis string

// The axes. NoAxis leaves an axis out.
const (
	NoAxis            Axis = ""
	ByRegion          Axis = "REGION"
	ByTheme           Axis = "THEME"
	ByYear            Axis = "YEAR"
	ByMinistry        Axis = "MINISTRY"
	ByInstitutionKind Axis = "INSTITUTION_KIND"
	ByForm            Axis = "FORM"
)

var axes = []Axis{ByRegion, ByTheme, ByYear, ByMinistry, ByInstitutionKind, ByForm}

// Province is the kind of region that is counted as it is; other kinds roll up to the
// largest regions.
const Province = "PROVINCE"

// Limits of a request.
const (
	// DefaultKm is how far supply may be to be nearby, in kilometres.
	DefaultKm = 50
	// MaxCells bounds rows × columns × measures of one coverage.
	MaxCells = 250_000
	maxLevel = 20
	maxKm    = 20_040
)

// Request asks for a coverage. Its zero value plus Rows and Measures is complete.
type Request struct {
	// Rows, Split and Columns are different axes. Split makes a row for each of its
	// keys within each of Rows.
	Rows, Split, Columns Axis
	Measures             []Measure
	// RegionKind is the kind of region that all rows are shown of; "" is Province.
	RegionKind string
	// Level is the level of the tree that themes roll up to; 0 is 1, the top.
	Level int
	// Km is the distance of GapNearby; 0 is DefaultKm.
	Km float64
	// Branches counts the branches of an institution as places of its supply, beside
	// its seat.
	Branches bool
	Where    Where
	// AsOf is the day to count, a Date; "" counts everything in the graph, whatever
	// its dates. Compare is a second day, "" for none.
	AsOf, Compare string
}

// Where narrows what is counted. Each field that is not empty must hold.
type Where struct {
	// Regions, Themes and Ministries are ids; narrower regions and themes, and the
	// agencies of a ministry, belong to them.
	Regions, Themes, Ministries []string
	Forms                       []string
	// From and Until bound the date that ByYear groups by, inclusively.
	From, Until string
}

// axes returns the axes that the request has.
func (r Request) axes() []Axis {
	var out []Axis
	for _, a := range []Axis{r.Rows, r.Split, r.Columns} {
		if a != NoAxis {
			out = append(out, a)
		}
	}
	return out
}

func (r *Request) check() error {
	if r.RegionKind == "" {
		r.RegionKind = Province
	}
	if r.Level == 0 {
		r.Level = 1
	}
	if r.Km == 0 {
		r.Km = DefaultKm
	}
	switch {
	case r.Rows == NoAxis:
		return graph.Errorf(graph.BadUserInput, "rows is missing; name an axis such as REGION")
	case len(r.Measures) == 0:
		return graph.Errorf(graph.BadUserInput, "measures is empty; name at least one, such as PROJECTS")
	case r.Level < 1 || r.Level > maxLevel:
		return graph.Errorf(graph.BadUserInput, "level is %d; it must be between 1 and %d", r.Level, maxLevel)
	case !(r.Km > 0 && r.Km <= maxKm):
		return graph.Errorf(graph.BadUserInput, "km is %g; it must be above 0 and at most %d", r.Km, maxKm)
	}
	for i, a := range r.axes() {
		if !slices.Contains(axes, a) {
			return graph.Errorf(graph.BadUserInput, "there is no axis %q; take one of %v", a, axes)
		}
		if slices.Contains(r.axes()[:i], a) {
			return graph.Errorf(graph.BadUserInput, "%s is named twice; rows, split and columns must differ", a)
		}
	}
	for i, m := range r.Measures {
		if _, ok := specs[m]; !ok {
			return graph.Errorf(graph.BadUserInput, "there is no measure %q; take one of %v", m, Measures)
		}
		if slices.Contains(r.Measures[:i], m) {
			return graph.Errorf(graph.BadUserInput, "the measure %s is named twice", m)
		}
	}
	return r.checkDates()
}

func (r *Request) checkDates() error {
	for name, day := range map[string]string{"asOf": r.AsOf, "compare": r.Compare, "from": r.Where.From, "until": r.Where.Until} {
		if day == "" {
			continue
		}
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			return graph.Errorf(graph.BadUserInput, "%s: %q is not a date; write year-month-day, as in 2021-03-31", name, day)
		}
	}
	return nil
}
