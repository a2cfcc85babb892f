package report

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/match"
)

// Reporter answers requests from a store. Its matcher remembers the graph from one
// report to the next, so keep one Reporter for a store. It is safe for concurrent use.
type Reporter struct {
	store   graph.Store
	model   *graph.Model
	matcher *match.Matcher
}

// New returns a Reporter on the store, whose model it takes the words of queries from.
func New(store graph.Store, model *graph.Model) *Reporter {
	return &Reporter{store: store, model: model, matcher: match.New(store)}
}

// Coverage is the answer to a Request.
type Coverage struct {
	Request Request
	// Rows are in the order of the axis: expected keys first, Unknown last.
	Rows []Row
	// Columns holds the keys of the columns, nil where there are none.
	Columns []string

	model  *graph.Model
	world  *world
	tabler *tabler
	// now and before hold a table for each measure, before only where the request
	// compares.
	now, before map[Measure]*table
	// gaps guards what is remembered of supply, since fields may be resolved at the
	// same time.
	gaps sync.Mutex
}

// Row is the keys of one row. Split is Every where the request does not split rows.
type Row struct{ Key, Split string }

// Coverage counts what a request asks for. Errors are BadUserInput for a request that
// makes no sense, NotFound for an unknown region, theme or ministry in Where,
// QueryTooComplex for a table of more than MaxCells, and those of the store. It reads the
// store once: all numbers are of one state.
func (r *Reporter) Coverage(ctx context.Context, req Request) (*Coverage, error) {
	b := &batch{}
	c, err := r.ask(b, req, askWorld(b))
	if err != nil {
		return nil, err
	}
	if err := b.read(ctx, r.store); err != nil {
		return nil, err
	}
	return c, nil
}

// ask asks for a coverage, which is there when the batch has been read.
func (r *Reporter) ask(b *batch, req Request, w *world) (*Coverage, error) {
	if err := req.check(); err != nil {
		return nil, err
	}
	if kinds := enumValues(r.model, "Region", "kind"); !slices.Contains(kinds, req.RegionKind) {
		return nil, graph.Errorf(graph.BadUserInput, "there is no kind of region %q; take one of %v", req.RegionKind, kinds)
	}
	c := &Coverage{Request: req, model: r.model, world: w}
	c.tabler = &tabler{world: w, req: &c.Request}
	c.now = c.tables(b, req.AsOf)
	if req.Compare != "" {
		c.before = c.tables(b, req.Compare)
	}
	b.done(c.layOut)
	return c, nil
}

func (c *Coverage) tables(b *batch, day string) map[Measure]*table {
	out := map[Measure]*table{}
	for _, m := range c.Request.Measures {
		out[m] = c.tabler.ask(b, m, day)
	}
	return out
}

// layOut lists the rows and columns.
func (c *Coverage) layOut() error {
	if err := c.world.check(c.Request.Where, c.model); err != nil {
		return err
	}
	var rows, splits, columns = map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, tables := range []map[Measure]*table{c.now, c.before} {
		for _, t := range tables {
			for p := range t.numbers {
				rows[p.Row], splits[p.Split], columns[p.Column] = true, true, true
			}
		}
	}
	split := []string{Every}
	if c.Request.Split != NoAxis {
		split = c.keys(c.Request.Split, splits)
	}
	for _, key := range c.keys(c.Request.Rows, rows) {
		for _, s := range split {
			c.Rows = append(c.Rows, Row{key, s})
		}
	}
	if c.Request.Columns != NoAxis {
		c.Columns = c.keys(c.Request.Columns, columns)
	}
	if cells := len(c.Rows) * max(1, len(c.Columns)) * len(c.Request.Measures); cells > MaxCells {
		return graph.Errorf(graph.TooComplex, "this coverage has %d cells; at most %d are allowed: take a higher level of themes, fewer axes or fewer measures", cells, MaxCells)
	}
	return nil
}

// check refuses ids that do not exist: they would look like regions without anything.
func (w *world) check(where Where, m *graph.Model) error {
	for _, id := range where.Regions {
		if w.regions[id] == nil {
			return graph.Errorf(graph.NotFound, "there is no region %q; search for its id with suggest(types: [Region])", id)
		}
	}
	for _, id := range where.Themes {
		if w.themes[id] == nil {
			return graph.Errorf(graph.NotFound, "there is no theme %q; search for its id with suggest(types: [Theme])", id)
		}
	}
	for _, id := range where.Ministries {
		if o := w.orgs[id]; o == nil {
			return graph.Errorf(graph.NotFound, "there is no ministry %q; search for its id with suggest(types: [Ministry])", id)
		}
	}
	for _, form := range where.Forms {
		if values := enumValues(m, "Project", "form"); !slices.Contains(values, form) {
			return graph.Errorf(graph.BadUserInput, "there is no form %q; take one of %v", form, values)
		}
	}
	return nil
}

// Number returns what a measure is at a point.
func (c *Coverage) Number(m Measure, p Point) Number { return c.now[m].numbers[p] }

// Before returns what a measure was at a point on the day of Compare; ok is false
// where the request does not compare.
func (c *Coverage) Before(m Measure, p Point) (n Number, ok bool) {
	t := c.before[m]
	if t == nil {
		return Number{}, false
	}
	return t.numbers[p], true
}

// Value returns the count or the sum, whichever the measure is.
func (m Measure) Value(n Number) float64 {
	if m.Counts() {
		return float64(n.Count)
	}
	return n.Sum
}

// Overlap tells how many more the rows of a column (Every for all) add up to than the
// column's total: what counts in several rows is once in the total.
func (c *Coverage) Overlap(m Measure, column string) float64 {
	sum := 0.0
	for _, row := range c.Rows {
		sum += m.Value(c.Number(m, Point{row.Key, row.Split, column}))
	}
	return sum - m.Value(c.Number(m, Point{Every, Every, column}))
}

// Query returns the GraphQL query that lists what a measure counts at a point: its
// totalCount is Number.Count.
func (c *Coverage) Query(m Measure, p Point) string {
	s, of := specs[m], c.now[m]
	filters := []graph.Filter{c.tabler.where(s, c.Request.AsOf, c.world)}
	for _, on := range []struct {
		kind Axis
		key  string
	}{{c.Request.Rows, p.Row}, {c.Request.Split, p.Split}, {c.Request.Columns, p.Column}} {
		if on.kind != NoAxis {
			filters = append(filters, axisFor(on.kind, s, c.world, &c.Request, of.day).holds(on.key))
		}
	}
	if s.gap != "" {
		c.gaps.Lock()
		defer c.gaps.Unlock()
		filters = append(filters, c.tabler.gapFilter(m, p, of))
	}
	return queryText(c.model, s.label, both(filters...), of.day)
}

// Place tells where a region lies and how it is called for short: the part of its ISO
// 3166-2 code after the country ("GR"). ok is false for what has no such code.
func (c *Coverage) Place(key string) (short string, lat, lon float64, ok bool) {
	r := c.world.regions[key]
	if r == nil || r.place == nil || r.iso == "" {
		return "", 0, 0, false
	}
	return strings.TrimPrefix(r.iso, "NL-"), r.place.lat, r.place.lon, true
}
