package report

import (
	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Keys that are no ids: Unknown is the key of what has none, Every stands for all keys
// of an axis together.
const (
	Unknown = ""
	Every   = "*"
)

// Point is a place in a table: a key for each axis, Every where all keys count
// together, each node once. An axis that the request does not have is Every.
type Point struct{ Row, Split, Column string }

// Number is what a table holds at a point.
type Number struct {
	// Count is the number of different nodes, Sum what their property adds up to.
	Count int64
	Sum   float64
}

// table holds the numbers of one measure on one day. What it does not hold is zero.
type table struct {
	numbers map[Point]Number
	// ids lists what a gap counts, where a filter cannot say it; nil for other measures.
	ids map[Point][]string
	// supply is what a gap was judged by.
	supply *supply
	// day is the day that relations are read at, "" for any.
	day string
}

// tabler fills the tables of one request.
type tabler struct {
	world *world
	req   *Request
}

// days returns the day for dates and that for relations.
func (t *tabler) days(s spec, day string) (dates, relations string) {
	if s.past {
		return day, ""
	}
	return day, day
}

// where returns the filter for all that a measure counts: for the API in a world that
// names what it cannot reach, for a store where w is nil.
func (t *tabler) where(s spec, day string, w *world) graph.Filter {
	dates, relations := t.days(s, day)
	filters := []graph.Filter{s.filter(dates)}
	for _, kind := range axes {
		filters = append(filters, axisFor(kind, s, w, t.req, relations).narrow(t.req.Where))
	}
	return both(filters...)
}

// The aggregates of a table, by the axes that they have.
var shapes = []struct {
	key                string
	row, split, column bool
}{{"total", false, false, false}, {"rows", true, true, false}, {"columns", false, false, true}, {"cells", true, true, true}}

// ask asks for the table of a measure, which is filled when the batch is read.
func (t *tabler) ask(b *batch, m Measure, day string) *table {
	s := specs[m]
	_, relations := t.days(s, day)
	out := &table{numbers: map[Point]Number{}, day: relations}
	if s.gap != "" {
		t.askGap(b, s, out)
		return out
	}
	sel := &graph.Selection{Labels: []string{s.label}, Where: t.where(s, day, nil)}
	var measures []graph.Measure
	if s.sum != "" {
		measures = []graph.Measure{{Prop: s.sum, Kind: graph.Int}}
	}
	places := map[string][]axis{}
	for _, shape := range shapes {
		if shape.column && t.req.Columns == NoAxis {
			continue
		}
		a := graph.Aggregate{Key: shape.key, Measures: measures, Limit: graph.All}
		for _, ax := range t.axes(s, relations, shape.row, shape.split, shape.column) {
			places[shape.key] = append(places[shape.key], ax)
			if ax.known {
				a.Dimensions = append(a.Dimensions, ax.dimension())
			}
		}
		sel.Aggregates = append(sel.Aggregates, a)
	}
	b.ask(graph.Query{Root: sel, AsOf: relations}, func(res *graph.Result) {
		for key, groups := range res.Groups {
			for _, g := range groups {
				if g.Count > 0 {
					out.numbers[t.point(places[key], g.Keys)] = Number{Count: g.Count, Sum: g.Stats[s.sum].Sum}
				}
			}
		}
	})
	return out
}

// axes returns the axes of a shape that the request has.
func (t *tabler) axes(s spec, day string, row, split, column bool) []axis {
	var out []axis
	for _, one := range []struct {
		kind   Axis
		wanted bool
	}{{t.req.Rows, row}, {t.req.Split, split}, {t.req.Columns, column}} {
		if one.wanted && one.kind != NoAxis {
			out = append(out, axisFor(one.kind, s, t.world, t.req, day))
		}
	}
	return out
}

// point puts keys in their places. Axes that the type has no keys on have no dimension.
func (t *tabler) point(all []axis, keys []graph.Key) Point {
	p := Point{Every, Every, Every}
	for _, ax := range all {
		key := Unknown
		if ax.known {
			key = keyText(keys[0])
			keys = keys[1:]
		}
		p.set(t.req, ax.kind, key)
	}
	return p
}

func (p *Point) set(r *Request, kind Axis, key string) {
	switch kind {
	case r.Rows:
		p.Row = key
	case r.Split:
		p.Split = key
	case r.Columns:
		p.Column = key
	}
}

func keyText(k graph.Key) string {
	if k.ID != "" {
		return k.ID
	}
	s, _ := k.Value.(string)
	return s
}
