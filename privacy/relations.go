package privacy

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// relations reads the relations of the node, in both directions.
func (f *finder) relations(ctx context.Context) error {
	root := &graph.Selection{Labels: []string{f.r.Type}, Where: graph.AnyOf("id", []string{f.r.ID}), Page: graph.Page{Limit: 1}, Links: f.links()}
	res, err := f.store.Read(ctx, graph.Query{Root: root})
	if err != nil || len(res.Rows) == 0 {
		return err // one that was deleted meanwhile has an entry that tells
	}
	for _, link := range root.Links {
		found := res.Rows[0].Node.Links[link.Key]
		if found == nil {
			continue
		}
		for _, row := range found.Rows {
			out := link.Hop.Direction == graph.Out
			if !out && row.Node.ID == f.r.ID {
				continue // it leads out as well
			}
			f.r.Relations = append(f.r.Relations, Relation{
				Type: link.Hop.Type, Out: out, Props: row.Edge, ID: row.Node.ID, Label: row.Node.Label, Name: title(f.model, row.Node),
			})
		}
	}
	slices.SortFunc(f.r.Relations, func(a, b Relation) int {
		return cmp.Or(strings.Compare(a.Type, b.Type), compareBool(b.Out, a.Out), strings.Compare(a.ID, b.ID))
	})
	return nil
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// links returns a link for each type and direction of relation that the node can have, each
// to all that it can lead to, with all properties.
func (f *finder) links() []graph.Link {
	var links []graph.Link
	add := func(r *graph.Relation, direction graph.Direction, labels []string) {
		i := slices.IndexFunc(links, func(l graph.Link) bool { return l.Hop.Type == r.Hop.Type && l.Hop.Direction == direction })
		if i < 0 {
			i = len(links)
			key := map[graph.Direction]string{graph.Out: "out", graph.In: "in"}[direction] + r.Hop.Type
			links = append(links, graph.Link{
				Key: key, Hop: graph.Hop{Type: r.Hop.Type, Direction: direction}, Selection: &graph.Selection{Props: f.titles(), Page: graph.Page{Limit: graph.All}},
			})
		}
		l := &links[i]
		l.Hop.Labels = united(l.Hop.Labels, labels)
		l.Labels = l.Hop.Labels
		for _, p := range r.Properties {
			l.EdgeProps = united(l.EdgeProps, []string{p.Name})
		}
	}
	for _, name := range f.model.Names() {
		for _, r := range f.model.Types[name].Relations {
			near, far := name == f.r.Type, slices.Contains(r.Hop.Labels, f.r.Type)
			if near && r.Hop.Direction != graph.In {
				add(r, graph.Out, r.Hop.Labels)
			}
			if near && r.Hop.Direction != graph.Out {
				add(r, graph.In, r.Hop.Labels)
			}
			if far && r.Hop.Direction != graph.In {
				add(r, graph.In, []string{name})
			}
			if far && r.Hop.Direction != graph.Out {
				add(r, graph.Out, []string{name})
			}
		}
	}
	return links
}

// titles returns the properties by which nodes are named.
func (f *finder) titles() []string {
	var names []string
	for _, t := range f.model.Types {
		if t.Title != "" {
			names = united(names, []string{t.Title})
		}
	}
	return names
}

// united returns the sorted union of two lists.
func united(a, b []string) []string {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}
