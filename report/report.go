package report

import (
	"context"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Options says what a Report is about.
type Options struct {
	// AsOf is the day of the report; "" is Today's.
	AsOf string
	// Compare is an earlier day to compare with, "" for none.
	Compare string
	Today   time.Time
	// Km, Branches, RegionKind and Level are those of a Request.
	Km         float64
	Branches   bool
	RegionKind string
	Level      int
	// Map is the measure that the map is shaded by; "" is Gap.
	Map Measure
	// Heat is the measure of the table of themes by region; "" is VraagstukkenOpen.
	Heat Measure
	// Gaps is the most gaps to list; 0 is DefaultGaps, a negative number lists all.
	Gaps int
}

// DefaultGaps is how many gaps a report lists.
const DefaultGaps = 25

// Report is all that the report of regional coverage tells, before it has a form.
type Report struct {
	Options
	// Regions has a row a region and every measure; Heat themes by region, with the
	// measures Heat and Gap; Years the trend.
	Regions, Heat, Years *Coverage
	Promises             *Promises
	Gaps                 []OpenGap
	// GapCount is how many gaps there are, of which Gaps lists the most urgent.
	GapCount int
	Absent   *Absent
	// Demo tells that the graph holds invented content, marked source "demo".
	Demo bool
}

// trend are the measures that the report shows by year.
var trend = []Measure{Vraagstukken, Projects, Fieldlabs, Agreements, Results}

// Report makes the whole report.
func (r *Reporter) Report(ctx context.Context, o Options) (*Report, error) {
	o = o.withDefaults()
	if _, err := time.Parse(time.DateOnly, o.AsOf); err != nil {
		return nil, graph.Errorf(graph.BadUserInput, "%q is not a date; write year-month-day, as in 2021-03-31", o.AsOf)
	}
	if _, err := time.Parse(time.DateOnly, o.Compare); err == nil && o.Compare >= o.AsOf {
		return nil, graph.Errorf(graph.BadUserInput, "compare: %s does not lie before %s, the day of the report; name an earlier day", o.Compare, o.AsOf)
	}
	for _, m := range []Measure{o.Map, o.Heat} {
		if _, ok := specs[m]; !ok {
			return nil, graph.Errorf(graph.BadUserInput, "there is no measure %q; take one of %v", m, Measures)
		}
	}
	b, out := &batch{}, &Report{Options: o}
	byRegion, err := r.askReport(b, out)
	if err != nil {
		return nil, err
	}
	if err := b.read(ctx, r.store); err != nil {
		return nil, err
	}
	out.Gaps, out.GapCount, err = r.gapList(ctx, byRegion, max(0, o.Gaps))
	return out, err
}

// askReport asks for all but the list of gaps, and for the coverage that the list is made of.
func (r *Reporter) askReport(b *batch, out *Report) (gaps *Coverage, err error) {
	o, w := out.Options, askWorld(b)
	base := Request{AsOf: o.AsOf, Compare: o.Compare, RegionKind: o.RegionKind, Level: o.Level, Km: o.Km, Branches: o.Branches}
	for _, part := range []struct {
		to            **Coverage
		rows, columns Axis
		measures      []Measure
	}{
		{&out.Regions, ByRegion, NoAxis, Measures},
		{&out.Heat, ByTheme, ByRegion, withGap(o.Heat)},
		{&out.Years, ByYear, NoAxis, trend},
	} {
		req := base
		req.Rows, req.Columns, req.Measures = part.rows, part.columns, part.measures
		if *part.to, err = r.ask(b, req, w); err != nil {
			return nil, err
		}
	}
	if out.Promises, err = r.askPromises(b, w, o.AsOf); err != nil {
		return nil, err
	}
	out.Absent = askAbsent(b, w, o.AsOf)
	demo := every("", nil)
	demo.Labels, demo.Page.Limit, demo.Where = r.model.Names(), 1, compare("source", graph.String, graph.Eq, "demo")
	b.rows(demo, "", func(*graph.Node) { out.Demo = true })
	return r.ask(b, Request{Rows: ByRegion, Measures: []Measure{Gap, GapNearby, GapAnywhere}, AsOf: o.AsOf, Km: o.Km, Branches: o.Branches}, w)
}

func (o Options) withDefaults() Options {
	if o.AsOf == "" {
		o.AsOf = o.Today.Format(time.DateOnly)
	}
	if o.Map == "" {
		o.Map = Gap
	}
	if o.Heat == "" {
		o.Heat = VraagstukkenOpen
	}
	if o.Gaps == 0 {
		o.Gaps = DefaultGaps
	}
	if o.Km == 0 {
		o.Km = DefaultKm
	}
	return o
}

func withGap(m Measure) []Measure {
	if m == Gap {
		return []Measure{Gap}
	}
	return []Measure{m, Gap}
}
