package cypher

import "github.com/i-partnerschap/kennisgraaf/graph"

// Texts returns the text queries that a query contains, with the labels of the nodes that
// they are asked of. Their answers must be found before the query can be compiled.
func Texts(q graph.Query) map[graph.Matches][]string {
	found := texts{}
	found.selection(q.Root, q.Root.Labels)
	return found
}

type texts map[graph.Matches][]string

func (t texts) selection(sel *graph.Selection, labels []string) {
	t.filter(sel.Where, labels)
	for _, o := range sel.Order {
		if o.Relevance == nil {
			continue
		}
		at := labels
		if n := len(o.Via); n > 0 {
			at = o.Via[n-1].Labels
		}
		t[*o.Relevance] = union(t[*o.Relevance], at)
	}
	for _, l := range sel.Links {
		t.selection(l.Selection, l.Hop.Labels)
	}
}

func (t texts) filter(f graph.Filter, labels []string) {
	switch f := f.(type) {
	case graph.And:
		for _, g := range f {
			t.filter(g, labels)
		}
	case graph.Or:
		for _, g := range f {
			t.filter(g, labels)
		}
	case graph.Not:
		t.filter(f.Filter, labels)
	case graph.Related:
		t.filter(f.Where, f.Hop.Labels)
		t.filter(f.Filter, f.Hop.Labels)
	case graph.Matches:
		t[f] = union(t[f], labels)
	}
}
