package match

import (
	"context"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// How far a theme's knowledge reaches along the tree. Who knows a narrower theme
// knows part of the broader one; who knows a broader theme may know the narrower.
const (
	perNarrower = 0.8
	perBroader  = 0.5
	perRelated  = 0.5
	leastReach  = 0.2
)

// thesaurus is the tree of themes, read for one request.
type thesaurus struct {
	themes map[string]*theme
}

type theme struct {
	id       string
	name     Name
	labels   []string
	broader  string
	narrower []string
	related  []string
}

func hop(relation string, d graph.Direction, labels ...string) graph.Hop {
	return graph.Hop{Type: relation, Direction: d, Labels: labels}
}

// every asks for all rows with the given properties.
func every(props ...string) *graph.Selection {
	return &graph.Selection{Props: props, Page: graph.Page{Limit: graph.All}}
}

func link(key string, h graph.Hop, sel *graph.Selection, links ...graph.Link) graph.Link {
	sel.Labels, sel.Links = h.Labels, links
	return graph.Link{Key: key, Hop: h, Selection: sel}
}

func one(l graph.Link) graph.Link {
	l.One = true
	l.Page.Limit = 1
	return l
}

func readThesaurus(ctx context.Context, store graph.Store) (*thesaurus, error) {
	sel := every("prefLabelNl", "prefLabelEn", "altLabelsNl", "altLabelsEn")
	sel.Labels = []string{"Theme"}
	sel.Links = []graph.Link{
		one(link("broader", hop("BROADER", graph.Out, "Theme"), every())),
		link("related", hop("RELATED", graph.Both, "Theme"), every()),
	}
	res, err := store.Read(ctx, graph.Query{Root: sel})
	if err != nil {
		return nil, err
	}
	t := &thesaurus{themes: make(map[string]*theme, len(res.Rows))}
	for _, row := range res.Rows {
		n := row.Node
		th := &theme{id: n.ID, name: Name{NL: str(n, "prefLabelNl"), EN: str(n, "prefLabelEn")}}
		th.labels = append([]string{th.name.NL, th.name.EN}, append(list(n, "altLabelsNl"), list(n, "altLabelsEn")...)...)
		for _, r := range n.Links["broader"].Rows {
			th.broader = r.Node.ID
		}
		for _, r := range n.Links["related"].Rows {
			th.related = append(th.related, r.Node.ID)
		}
		t.themes[n.ID] = th
	}
	for _, th := range t.themes {
		if parent := t.themes[th.broader]; parent != nil {
			parent.narrower = append(parent.narrower, th.id)
		}
	}
	return t, nil
}

// reach returns how well knowledge of each theme serves a question about one, from
// 1 for the theme itself down to leastReach.
func (t *thesaurus) reach(id string) map[string]float64 {
	reach := map[string]float64{}
	t.spread(reach, id, 1)
	return reach
}

func (t *thesaurus) spread(reach map[string]float64, id string, value float64) {
	th := t.themes[id]
	if th == nil || value < leastReach || reach[id] >= value {
		return
	}
	reach[id] = value
	for _, n := range th.narrower {
		t.spread(reach, n, value*perNarrower)
	}
	for _, r := range th.related {
		t.spread(reach, r, value*perRelated)
	}
	t.spread(reach, th.broader, value*perBroader)
}

func str(n *graph.Node, prop string) string { s, _ := n.Props[prop].(string); return s }

func list(n *graph.Node, prop string) []string { l, _ := n.Props[prop].([]string); return l }
