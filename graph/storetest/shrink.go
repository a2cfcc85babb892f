package storetest

import (
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// shrink returns the smallest query it finds that still fails, leaving out one part
// at a time. It asks the stores that are loaded already, so it is quick.
func shrink(q graph.Query, fails func(graph.Query) bool) graph.Query {
	for tries := 0; tries < 1000; {
		smaller := slices.IndexFunc(simplerQueries(q), func(c graph.Query) bool { tries++; return fails(c) })
		if smaller < 0 {
			break
		}
		q = simplerQueries(q)[smaller]
	}
	return q
}

func simplerQueries(q graph.Query) []graph.Query {
	var all []graph.Query
	if q.AsOf != "" {
		all = append(all, graph.Query{Root: q.Root})
	}
	for _, sel := range simplerSelections(q.Root) {
		all = append(all, graph.Query{Root: sel, AsOf: q.AsOf})
	}
	return all
}

// simplerSelections returns every selection that has one part less.
func simplerSelections(sel *graph.Selection) []*graph.Selection {
	var all []*graph.Selection
	with := func(change func(*graph.Selection)) {
		c := *sel
		change(&c)
		all = append(all, &c)
	}
	for i := range sel.Links {
		with(func(c *graph.Selection) { c.Links = without(c.Links, i) })
	}
	for i := range sel.Aggregates {
		with(func(c *graph.Selection) { c.Aggregates = without(c.Aggregates, i) })
		for _, a := range simplerAggregates(sel.Aggregates[i]) {
			with(func(c *graph.Selection) { c.Aggregates = replaced(c.Aggregates, i, a) })
		}
	}
	all = append(all, simplerPages(sel)...)
	for i := range sel.Props {
		with(func(c *graph.Selection) { c.Props = without(c.Props, i) })
	}
	for i := range sel.EdgeProps {
		with(func(c *graph.Selection) { c.EdgeProps = without(c.EdgeProps, i) })
	}
	if sel.Count {
		with(func(c *graph.Selection) { c.Count = false })
	}
	for _, f := range simplerFilters(sel.Where) {
		with(func(c *graph.Selection) { c.Where = f })
	}
	for _, f := range simplerFilters(sel.Edge) {
		with(func(c *graph.Selection) { c.Edge = f })
	}
	for i, l := range sel.Links {
		for _, inner := range simplerSelections(l.Selection) {
			l.Selection = inner
			with(func(c *graph.Selection) { c.Links = replaced(c.Links, i, l) })
		}
	}
	return all
}

// simplerPages returns the selections with a simpler page or order.
func simplerPages(sel *graph.Selection) []*graph.Selection {
	var all []*graph.Selection
	with := func(change func(*graph.Selection)) {
		c := *sel
		change(&c)
		all = append(all, &c)
	}
	if sel.Page.After != nil {
		with(func(c *graph.Selection) { c.Page.After = nil })
	}
	if sel.Page.Before != nil {
		with(func(c *graph.Selection) { c.Page.Before = nil })
	}
	if sel.Page.Limit >= 0 && sel.Page.After == nil && sel.Page.Before == nil {
		with(func(c *graph.Selection) { c.Page = graph.Page{Limit: graph.All} })
	}
	if sel.Page.After == nil && sel.Page.Before == nil { // a cursor belongs to its order
		for i := range sel.Order {
			with(func(c *graph.Selection) { c.Order = without(c.Order, i) })
		}
	}
	return all
}

func simplerAggregates(a graph.Aggregate) []graph.Aggregate {
	var all []graph.Aggregate
	for i := range a.Dimensions {
		all = append(all, a)
		all[len(all)-1].Dimensions = without(a.Dimensions, i)
	}
	for i := range a.Having {
		all = append(all, a)
		all[len(all)-1].Having = without(a.Having, i)
	}
	if len(a.Having) == 0 {
		for i := range a.Measures {
			all = append(all, a)
			all[len(all)-1].Measures = without(a.Measures, i)
		}
	}
	if a.Limit >= 0 {
		all = append(all, a)
		all[len(all)-1].Limit = graph.All
	}
	return all
}

// simplerFilters returns every filter that has one part less, nil among them.
func simplerFilters(f graph.Filter) []graph.Filter {
	if f == nil {
		return nil
	}
	all := []graph.Filter{nil}
	switch f := f.(type) {
	case graph.And:
		for _, list := range simplerLists(f) {
			all = append(all, graph.And(list))
		}
		all = append(all, f...)
	case graph.Or:
		for _, list := range simplerLists(f) {
			all = append(all, graph.Or(list))
		}
		all = append(all, f...)
	case graph.Not:
		all = append(all, f.Filter)
		for _, inner := range simplerFilters(f.Filter)[1:] {
			all = append(all, graph.Not{Filter: inner})
		}
	case graph.Related:
		all = append(all, simplerRelated(f)...)
	}
	return all
}

func simplerLists(list []graph.Filter) [][]graph.Filter {
	var all [][]graph.Filter
	for i, f := range list {
		all = append(all, without(list, i))
		for _, inner := range simplerFilters(f)[1:] {
			all = append(all, replaced(list, i, inner))
		}
	}
	return all
}

func simplerRelated(f graph.Related) []graph.Filter {
	var all []graph.Filter
	for _, inner := range simplerFilters(f.Edge) {
		c := f
		c.Edge = inner
		all = append(all, c)
	}
	for _, inner := range simplerFilters(f.Where) {
		c := f
		c.Where = inner
		all = append(all, c)
	}
	for _, inner := range simplerFilters(f.Filter) {
		c := f
		c.Filter = inner
		all = append(all, c)
	}
	return all
}

func without[T any](list []T, i int) []T { return slices.Delete(slices.Clone(list), i, i+1) }

func replaced[T any](list []T, i int, x T) []T {
	list = slices.Clone(list)
	list[i] = x
	return list
}
