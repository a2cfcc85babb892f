package report

import (
	"slices"
	"strconv"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// What was promised in 2019 and 2020: the announcement of the taskforce and the
// declaration of the partnership, whose facts are in the dataset.
const (
	// PromisesFrom is the year from which promises are held against facts.
	PromisesFrom = 2020
	// FieldlabsLow and FieldlabsHigh bound the fieldlabs a year that were promised.
	FieldlabsLow, FieldlabsHigh = 2, 3
	// SteeringMinistries is how many ministries the stuurgroep has.
	SteeringMinistries = 7
	// steeringGroup is the stuurgroep in the dataset.
	steeringGroup = "stuurgroep-rijk-ho"
)

// Promises holds what was promised against what the graph shows.
type Promises struct {
	// Fieldlabs tells of each year how many fieldlabs opened.
	Fieldlabs []FieldlabYear `json:"fieldlabs"`
	// Agreements tells of each region how many agreements were signed since PromisesFrom.
	Agreements []RegionCount `json:"agreements"`
	// Ministries took part since PromisesFrom, by themselves or by an agency.
	Ministries []MinistryPart `json:"ministries"`
	// Uptake tells how many questions led to a project, and how fast.
	Uptake Uptake `json:"uptake"`
}

// FieldlabYear is the fieldlabs that opened in a year: those of the partnership, and all.
type FieldlabYear struct {
	Year          int `json:"year"`
	OfPartnership int `json:"ofPartnership"`
	All           int `json:"all"`
	// Complete is false for the year that the report's day lies in.
	Complete bool `json:"complete"`
}

// Kept tells whether the promise of two to three a year was kept.
func (y FieldlabYear) Kept() bool { return y.OfPartnership >= FieldlabsLow }

// RegionCount is a number for a region.
type RegionCount struct {
	Region string `json:"region"`
	Kind   string `json:"kind"`
	Name   Name   `json:"name"`
	Count  int    `json:"count"`
}

// MinistryPart is how a ministry takes part.
type MinistryPart struct {
	ID           string `json:"id"`
	Name         Name   `json:"name"`
	Steering     bool   `json:"steering"`
	Projects     int    `json:"projects"`
	Vraagstukken int    `json:"vraagstukken"`
	Fieldlabs    int    `json:"fieldlabs"`
}

// TakesPart tells whether the ministry does anything.
func (m MinistryPart) TakesPart() bool { return m.Projects+m.Vraagstukken+m.Fieldlabs > 0 }

// Uptake is what became of the questions that were posed since PromisesFrom.
type Uptake struct {
	Posed       int `json:"posed"`
	WithProject int `json:"withProject"`
	// Timed are those of which both days are known, in the right order; Days are from
	// the day that they were posed to the first day of the first project.
	Timed      int `json:"timed"`
	MedianDays int `json:"medianDays"`
	MinDays    int `json:"minDays"`
	MaxDays    int `json:"maxDays"`
	// Reversed are those whose project began before they were posed.
	Reversed int `json:"reversed"`
}

// askPromises asks for what the promises are compared with on a day.
func (r *Reporter) askPromises(b *batch, w *world, day string) (*Promises, error) {
	p := &Promises{}
	if err := p.askFieldlabs(b, day); err != nil {
		return nil, err
	}
	since := Where{From: strconv.Itoa(PromisesFrom) + "-01-01"}
	agreements, err := r.ask(b, Request{Rows: ByRegion, Measures: []Measure{Agreements}, AsOf: day, Where: since}, w)
	if err != nil {
		return nil, err
	}
	ministries, err := r.ask(b, Request{Rows: ByMinistry, Measures: []Measure{Projects, Vraagstukken, Fieldlabs}, AsOf: day, Where: since}, w)
	if err != nil {
		return nil, err
	}
	steering := map[string]bool{}
	represented := every("Ministry", nil)
	represented.Where = along([]graph.Hop{hop("REPRESENTED_IN", graph.Out, "Body")}, byID(steeringGroup))
	b.rows(represented, "", func(n *graph.Node) { steering[n.ID] = true })
	b.done(func() error {
		p.Agreements, p.Ministries = regionCounts(agreements), ministryParts(ministries, steering)
		return nil
	})
	p.Uptake.ask(b, day)
	return p, nil
}

// askFieldlabs counts the fieldlabs that opened, up to the year of the day.
func (p *Promises) askFieldlabs(b *batch, day string) error {
	last, err := strconv.Atoi(day[:4])
	if err != nil {
		return graph.Wrap(graph.BadUserInput, err, "%q is not a date", day)
	}
	for year := PromisesFrom; year <= last; year++ {
		p.Fieldlabs = append(p.Fieldlabs, FieldlabYear{Year: year, Complete: year < last || day[4:] == "-12-31"})
	}
	by := []graph.Dimension{{Prop: "openedOn", Kind: graph.Date, Unit: graph.Year}, {Prop: "ofPartnership", Kind: graph.Bool}}
	b.groups("Fieldlab", begun("openedOn", day), "", by, func(g graph.Group) {
		for i, year := range p.Fieldlabs {
			if g.Keys[0].Value != strconv.Itoa(year.Year) {
				continue
			}
			p.Fieldlabs[i].All += int(g.Count)
			if g.Keys[1].Value == true {
				p.Fieldlabs[i].OfPartnership += int(g.Count)
			}
		}
	})
	return nil
}

func regionCounts(c *Coverage) []RegionCount {
	out := make([]RegionCount, len(c.Rows))
	for i, row := range c.Rows {
		out[i] = RegionCount{Region: row.Key, Name: Name{c.Name(ByRegion, row.Key, "NL"), c.Name(ByRegion, row.Key, "EN")},
			Count: int(c.Number(Agreements, Point{row.Key, Every, Every}).Count)}
		if known := c.world.regions[row.Key]; known != nil {
			out[i].Kind = known.kind
		}
	}
	return out
}

func ministryParts(c *Coverage, steering map[string]bool) []MinistryPart {
	var out []MinistryPart
	for _, row := range c.Rows {
		o := c.world.orgs[row.Key]
		if o == nil || !o.ministry {
			continue
		}
		at := func(m Measure) int { return int(c.Number(m, Point{row.Key, Every, Every}).Count) }
		out = append(out, MinistryPart{
			ID: row.Key, Name: o.name, Projects: at(Projects), Vraagstukken: at(Vraagstukken), Fieldlabs: at(Fieldlabs), Steering: steering[row.Key],
		})
	}
	return out
}

// ask follows the questions that were posed since PromisesFrom to their first project.
func (u *Uptake) ask(b *batch, day string) {
	sel := every("Vraagstuk", []string{"posedOn"}, link("projects", addressedBy))
	sel.Where = both(compare("posedOn", graph.Date, graph.Gte, strconv.Itoa(PromisesFrom)+"-01-01"), compare("posedOn", graph.Date, graph.Lte, day))
	sel.Links[0].Props = []string{"startDate"}
	sel.Links[0].Where = started(day)
	var days []int
	b.rows(sel, "", func(n *graph.Node) {
		u.Posed++
		projects := n.Links["projects"].Rows
		if len(projects) > 0 {
			u.WithProject++
		}
		first := ""
		for _, p := range projects {
			if start := text(p.Node, "startDate"); start != "" && (first == "" || start < first) {
				first = start
			}
		}
		posed, errPosed := time.Parse(time.DateOnly, text(n, "posedOn"))
		start, errStart := time.Parse(time.DateOnly, first)
		switch {
		case errPosed != nil || errStart != nil:
		case start.Before(posed):
			u.Reversed++
		default:
			const hours = 24
			days = append(days, int(start.Sub(posed).Hours()/hours))
		}
	})
	b.done(func() error {
		u.time(days)
		return nil
	})
}

// time notes how long it took.
func (u *Uptake) time(days []int) {
	if u.Timed = len(days); u.Timed == 0 {
		return
	}
	slices.Sort(days)
	u.MinDays, u.MaxDays = days[0], days[len(days)-1]
	u.MedianDays = (days[(len(days)-1)/2] + days[len(days)/2]) / 2
}
