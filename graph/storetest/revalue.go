package storetest

import (
	"reflect"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"pgregory.net/rapid"
)

// revalued generates questions of the same shape as one that was asked before, perhaps of
// another graph, with other values: the ids, dates, texts, numbers, lists, page sizes and
// cursors. Whoever compiles a question by its shape has to answer all of them right with
// the one statement.
func revalued(c *comparison, asked question) *rapid.Generator[question] {
	return rapid.Custom(func(t *rapid.T) question {
		r := revaluer{plan: plan{source: source{t}, m: Model(), g: c.graph}, texts: map[graph.Matches]string{}}
		r.n(1) // rapid wants something drawn, and a bare question has no values
		switch {
		case asked.paths != nil:
			q := *asked.paths
			q.From, q.To, q.AsOf = r.id(), r.id(), r.day(q.AsOf)
			return question{paths: &q}
		case asked.around != nil:
			q := *asked.around
			q.ID, q.AsOf = r.id(), r.day(q.AsOf)
			return question{around: &q}
		case asked.relevance != nil:
			return question{relevance: &graph.Query{Root: r.selection(asked.relevance.Root), AsOf: r.day(asked.relevance.AsOf)}}
		}
		q := graph.Query{Root: r.selection(asked.read.Root), AsOf: r.day(asked.read.AsOf)}
		r.cursors(q, c.naive)
		return question{read: &q}
	})
}

// revaluer redraws the values of a question.
type revaluer struct {
	plan
	// texts keeps a text query that stands in several places one.
	texts map[graph.Matches]string
}

func (r revaluer) day(old string) string {
	if old == "" {
		return ""
	}
	return oneOf(r.source, randomDates...)
}

func (r revaluer) selection(old *graph.Selection) *graph.Selection {
	sel := *old
	sel.Where, sel.Edge = r.filter(old.Where), r.filter(old.Edge)
	if sel.Page.Limit > 0 {
		sel.Page.Limit = oneOf(r.source, 1, 2, 3, 5)
	}
	sel.Order = slices.Clone(old.Order)
	for i, o := range sel.Order {
		if o.Relevance != nil {
			m := r.matches(*o.Relevance)
			sel.Order[i].Relevance = &m
		}
	}
	sel.Links = slices.Clone(old.Links)
	for i, l := range old.Links {
		sel.Links[i].Selection = r.selection(l.Selection)
	}
	return &sel
}

func (r revaluer) matches(old graph.Matches) graph.Matches {
	if _, known := r.texts[old]; !known {
		r.texts[old] = oneOf(r.source, randomTexts...)
	}
	return graph.Matches{Text: r.texts[old], Mode: old.Mode}
}

func (r revaluer) filter(f graph.Filter) graph.Filter {
	switch f := f.(type) {
	case graph.And:
		return graph.And(r.filters(f))
	case graph.Or:
		return graph.Or(r.filters(f))
	case graph.Not:
		return graph.Not{Filter: r.filter(f.Filter)}
	case graph.Compare:
		return r.compare(f)
	case graph.Matches:
		return r.matches(f)
	case graph.Within:
		f.ID = r.id()
		return f
	case graph.Near:
		point := oneOf(r.source, randomPoints...)
		f.Lat, f.Lon, f.Km = point[0], point[1], oneOf(r.source, 0.01, 1, 200, 7500, 25000)
		return f
	case graph.Related:
		f.Edge, f.Where, f.Filter = r.filter(f.Edge), r.filter(f.Where), r.filter(f.Filter)
		f.Count = slices.Clone(f.Count)
		for i := range f.Count {
			f.Count[i] = r.compare(f.Count[i])
		}
		return f
	}
	return f
}

func (r revaluer) filters(old []graph.Filter) []graph.Filter {
	list := make([]graph.Filter, len(old))
	for i, f := range old {
		list[i] = r.filter(f)
	}
	return list
}

// compare redraws what is compared with: a list for a list, a value for a value. Whether
// something has to be absent is part of the shape.
func (r revaluer) compare(f graph.Compare) graph.Compare {
	switch old := f.Value.(type) {
	case bool:
		return f
	case []any:
		list := []any{}
		for range r.n(4) {
			list = append(list, r.value(f, nil))
		}
		f.Value = list
	default:
		f.Value = r.value(f, old)
	}
	return f
}

// value draws a value of the kind that a comparison is about.
func (r revaluer) value(f graph.Compare, old any) any {
	switch {
	case f.Prop == "":
		return int64(r.n(4))
	case f.Prop == "id":
		return r.id()
	}
	drawn := r.operand(&graph.Property{Name: f.Prop, Kind: f.Kind, Values: enumValues(r.m, f.Prop)})
	if old != nil && reflect.TypeOf(old) != reflect.TypeOf(drawn) {
		return old
	}
	return drawn
}

// enumValues returns the values that a property of any type or relation may have.
func enumValues(m *graph.Model, name string) []string {
	for _, label := range m.Names() {
		known := m.Types[label].Properties
		for _, r := range m.Types[label].Relations {
			known = append(slices.Clip(known), r.Properties...)
		}
		for _, p := range known {
			if p.Name == name && len(p.Values) > 0 {
				return p.Values
			}
		}
	}
	return nil
}

// cursors moves the cursors to rows of this graph, such that the same of their values are
// absent. Where there are none they stay, and mark a place between the rows.
func (r revaluer) cursors(q graph.Query, naive *Naive) {
	result, err := naive.Read(r.t.Context(), graph.Query{Root: withoutPages(q.Root), AsOf: q.AsOf})
	if err == nil {
		r.move(q.Root, []*graph.Result{result})
	}
}

func (r revaluer) move(sel *graph.Selection, results []*graph.Result) {
	var found []graph.Cursor
	links := map[string][]*graph.Result{}
	for _, result := range results {
		for _, row := range result.Rows {
			found = append(found, row.Cursor)
			for key, linked := range row.Node.Links {
				links[key] = append(links[key], linked)
			}
		}
	}
	for _, at := range []*graph.Cursor{&sel.Page.After, &sel.Page.Before} {
		alike := slices.DeleteFunc(slices.Clone(found), func(c graph.Cursor) bool { return !sameAbsent(*at, c) })
		if len(alike) > 0 {
			*at = oneOf(r.source, alike...)
		}
	}
	for _, l := range sel.Links {
		r.move(l.Selection, links[l.Key])
	}
}

// sameAbsent tells whether the same values of two cursors are absent.
func sameAbsent(a, b graph.Cursor) bool {
	return slices.EqualFunc(a, b, func(x, y any) bool { return (x == nil) == (y == nil) })
}
