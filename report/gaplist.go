package report

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/match"
)

// OpenGap is an open question for which a region of its own has no supply.
type OpenGap struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	PosedBy  Name   `json:"posedBy"`
	Urgency  string `json:"urgency,omitempty"`
	Deadline string `json:"deadline,omitempty"`
	PosedOn  string `json:"posedOn,omitempty"`
	// Regions are those without supply, none where the question has no region.
	Regions []Name `json:"regions"`
	Themes  []Name `json:"themes"`
	// Nearby and Anywhere tell that there is none within the distance, or at all.
	Nearby   bool `json:"nearby"`
	Anywhere bool `json:"anywhere"`
	// Elsewhere are the lectoraten outside those regions that fit best.
	Elsewhere []Candidate `json:"elsewhere"`
}

// Candidate is a lectoraat that fits a question.
type Candidate struct {
	ID          string  `json:"id"`
	Name        string  `json:"name"`
	Institution string  `json:"institution,omitempty"`
	Region      Name    `json:"region"`
	Score       float64 `json:"score"`
	// Why tells the match in a sentence, in both languages.
	Why Name `json:"why"`
}

// perGap is how many candidates are shown for a gap.
const perGap = 3

// gapList returns the gaps of a coverage by region, the most urgent first, at most most
// of them (0 is all), and how many there are.
func (r *Reporter) gapList(ctx context.Context, c *Coverage, most int) ([]OpenGap, int, error) {
	day := c.Request.AsOf
	all := c.now[Gap].ids[Point{Every, Every, Every}]
	sel := every("Vraagstuk", []string{"title", "urgency", "deadline", "posedOn"}, link("themes", about), link("by", government("POSED_BY", graph.Out)))
	sel.Where = byIDs(all)
	res, err := r.store.Read(ctx, graph.Query{Root: sel, AsOf: day})
	if err != nil {
		return nil, 0, err
	}
	var out []OpenGap
	for _, row := range res.Rows {
		out = append(out, c.openGap(row.Node))
	}
	slices.SortFunc(out, func(a, b OpenGap) int {
		return cmp.Or(cmp.Compare(urgencyRank(a.Urgency), urgencyRank(b.Urgency)), cmp.Compare(cmp.Or(a.Deadline, "9"), cmp.Or(b.Deadline, "9")), cmp.Compare(a.ID, b.ID))
	})
	if most > 0 && len(out) > most {
		out = out[:most]
	}
	for i := range out {
		if err := r.elsewhere(ctx, c, &out[i], day); err != nil {
			return nil, 0, err
		}
	}
	return out, len(all), nil
}

func urgencyRank(urgency string) int {
	i := slices.Index([]string{"HOOG", "NORMAAL", "LAAG"}, urgency)
	if i < 0 {
		return 1 // not said is normal
	}
	return i
}

func (c *Coverage) openGap(n *graph.Node) OpenGap {
	g := OpenGap{ID: n.ID, Title: text(n, "title"), Urgency: text(n, "urgency"), Deadline: text(n, "deadline"), PosedOn: text(n, "posedOn")}
	for _, id := range ends(n, "by") {
		if o := c.world.orgs[id]; o != nil {
			g.PosedBy = o.name
		}
	}
	for _, id := range ends(n, "themes") {
		if t := c.world.themes[id]; t != nil {
			g.Themes = append(g.Themes, t.name)
		}
	}
	for _, id := range c.gapRegions(n.ID) {
		g.Regions = append(g.Regions, c.world.regions[id].name)
	}
	in := func(m Measure) bool {
		return slices.Contains(c.now[m].ids[Point{Every, Every, Every}], n.ID)
	}
	g.Nearby, g.Anywhere = in(GapNearby), in(GapAnywhere)
	return g
}

// gapRegions returns the regions in which a question is a gap.
func (c *Coverage) gapRegions(id string) []string {
	var out []string
	for _, row := range c.Rows {
		if row.Key != Unknown && slices.Contains(c.now[Gap].ids[Point{row.Key, Every, Every}], id) {
			out = append(out, row.Key)
		}
	}
	return out
}

// elsewhere asks the matcher for lectoraten and leaves out those in the regions of the gap.
func (r *Reporter) elsewhere(ctx context.Context, c *Coverage, g *OpenGap, day string) error {
	today, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return graph.Wrap(graph.BadUserInput, err, "%q is not a date", day)
	}
	answer, err := r.matcher.Match(ctx, match.Request{Vraagstuk: g.ID, Supply: []match.Supply{match.Lectoraat}, Today: today})
	if err != nil {
		return err
	}
	regions := c.gapRegions(g.ID)
	for _, m := range answer.Matches {
		if len(g.Elsewhere) == perGap {
			break
		}
		if slices.Contains(regions, m.Home.Region) {
			continue
		}
		one := Candidate{ID: m.ID, Name: answer.Names[m.ID].NL, Score: m.Score, Why: Name{answer.Summary(m, "NL"), answer.Summary(m, "EN")}}
		if s := c.world.schools[m.Home.Institution]; s != nil {
			one.Institution = s.name.NL
		}
		if region := c.world.regions[m.Home.Region]; region != nil {
			one.Region = region.name
		}
		g.Elsewhere = append(g.Elsewhere, one)
	}
	return nil
}
