package storetest

import (
	"fmt"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

var pageLaws = []law{
	{"Limits", pageLimits}, {"CountIgnoresPage", countIgnoresPage}, {"Walk", walkPages}, {"Ranges", pageRanges},
	{"GoneRow", cursorOfGoneRow}, {"PerParent", pagesPerParent}, {"NothingFound", nothingFound}, {"CursorValues", cursorValues},
}

// five makes people a to e of whom two have an age, with ties.
func five(l *lab) {
	l.apply(
		person("a", props{"age": int64(2)}), person("b"), person("c", props{"age": int64(2)}), person("d"), person("e", props{"age": int64(1)}))
}

func (l *lab) page(p graph.Page, order ...graph.Order) *graph.Result {
	l.Helper()
	return l.read(graph.Query{Root: &graph.Selection{Labels: []string{"Person"}, Order: order, Page: p, Count: true}})
}

// Limit 0 asks for none and All for every row; More tells that rows exist beyond.
func pageLimits(l *lab) {
	five(l)
	for limit, want := range map[int]struct {
		ids  []string
		more bool
	}{
		0: {nil, true}, 1: {[]string{"a"}, true}, 4: {[]string{"a", "b", "c", "d"}, true},
		5: {[]string{"a", "b", "c", "d", "e"}, false}, 6: {[]string{"a", "b", "c", "d", "e"}, false},
		graph.All: {[]string{"a", "b", "c", "d", "e"}, false},
	} {
		r := l.page(graph.Page{Limit: limit})
		l.same(fmt.Sprintf("limit %d", limit), want.ids, ids(r))
		l.same(fmt.Sprintf("limit %d: more", limit), want.more, r.More)
	}
	r := l.page(graph.Page{Limit: 2, Backward: true})
	l.same("backward", []string{"d", "e"}, ids(r))
	l.same("backward: more", true, r.More)
}

// Count is the number of rows before the page was cut, cursors included in the cut.
func countIgnoresPage(l *lab) {
	five(l)
	whole := l.page(all)
	for _, p := range []graph.Page{{Limit: 0}, {Limit: 2}, {Limit: 2, Backward: true}, {Limit: 1, After: whole.Rows[3].Cursor}, {Limit: 0, Before: whole.Rows[0].Cursor}} {
		l.same(Plan(p), int64(5), l.page(p).Count)
	}
	r := l.read(graph.Query{Root: &graph.Selection{Labels: []string{"Person"}, Where: compare("age", graph.IsNull, true), Page: graph.Page{Limit: 1}, Count: true}})
	l.same("filtered", int64(2), r.Count)
}

// Pages in either direction, put together, are the whole list: no gap, no repeat,
// with ties, absent values, and values of every kind in the cursor.
func walkPages(l *lab) {
	var changes []graph.Change
	for i := range 23 {
		given := props{"bio": []string{"x", "é", "", "\"'", "😀"}[i%5], "active": i%2 == 0, "score": float64(i%3) / 2, "born": fmt.Sprintf("200%d-01-01", i%4)}
		if i%3 == 0 {
			given["age"] = int64(i % 2)
		} else if i%4 == 0 {
			delete(given, "bio")
		}
		changes = append(changes, person(fmt.Sprintf("p%02d", i*7%23), given))
	}
	changes = append(changes, connect("KNOWS", "p01", "p02"), connect("KNOWS", "p01", "p03"), connect("KNOWS", "p05", "p05"))
	l.apply(changes...)
	via := by("age")
	via.Via = []graph.Hop{knows}
	for _, order := range [][]graph.Order{
		nil, {by("age")}, {desc(by("age"))}, {nullsFirst(by("age"))}, {nullsFirst(desc(by("age"))), by("bio")}, {by("bio"), desc(by("active"))},
		{by("active"), nullsFirst(by("score")), desc(by("born"))}, {desc(graph.Order{Count: &knows}), by("age")}, {via, desc(by("id"))}, {desc(by("joined"))},
	} {
		q := graph.Query{Root: &graph.Selection{Labels: []string{"Person"}, Order: order, Page: all}}
		want := ids(l.read(q))
		l.same("rows", 23, len(want))
		for _, backward := range []bool{false, true} {
			for _, size := range []int{1, 4, 23} {
				got, err := readPaged(l.ctx, l.store, q, size, backward)
				if err != nil {
					l.Fatal(err)
				}
				l.same(fmt.Sprintf("%s: pages of %d, backward %t", Plan(order), size, backward), want, got)
			}
		}
	}
}

// After and Before bound the page, exclusively, in both directions of travel.
func pageRanges(l *lab) {
	five(l)
	order := by("age") // e, a, c, b, d
	rows := l.page(all, order).Rows
	at := func(i int) graph.Cursor { return rows[i].Cursor }
	for _, c := range []struct {
		page graph.Page
		want []string
		more bool
	}{
		{graph.Page{Limit: graph.All, After: at(0), Before: at(4)}, []string{"a", "c", "b"}, false},
		{graph.Page{Limit: 2, After: at(0), Before: at(4)}, []string{"a", "c"}, true},
		{graph.Page{Limit: 2, Backward: true, After: at(0), Before: at(4)}, []string{"c", "b"}, true},
		{graph.Page{Limit: 3, After: at(0), Before: at(4)}, []string{"a", "c", "b"}, false},
		{graph.Page{Limit: 2, Before: at(2)}, []string{"e", "a"}, false},
		{graph.Page{Limit: 1, Before: at(2)}, []string{"e"}, true},
		{graph.Page{Limit: 1, Backward: true, After: at(3)}, []string{"d"}, false},
		{graph.Page{Limit: 5, After: at(4)}, nil, false},
		{graph.Page{Limit: 5, Backward: true, Before: at(0)}, nil, false},
		{graph.Page{Limit: 5, After: at(2), Before: at(2)}, nil, false},
		{graph.Page{Limit: 5, After: at(3), Before: at(1)}, nil, false},
	} {
		r := l.page(c.page, order)
		l.same(Plan(c.page), c.want, ids(r))
		l.same(Plan(c.page)+": more", c.more, r.More)
	}
}

// A cursor marks a place, not a row: it works when its row is gone or has moved.
func cursorOfGoneRow(l *lab) {
	five(l)
	rows := l.page(all, by("age")).Rows // e, a, c, b, d
	l.apply(graph.Change{Op: graph.DeleteNode, Label: "Person", ID: "a"}, graph.Change{Op: graph.UpdateNode, Label: "Person", ID: "c", Props: props{"age": int64(0)}})
	l.same("after a", []string{"b", "d"}, ids(l.page(graph.Page{Limit: 5, After: rows[1].Cursor}, by("age"))))
	l.same("before a", []string{"c", "e"}, ids(l.page(graph.Page{Limit: 5, Backward: true, Before: rows[1].Cursor}, by("age"))))
}

// In a Link the page is cut per parent, and More and Count are each parent's own.
func pagesPerParent(l *lab) {
	var changes []graph.Change
	for _, id := range []string{"o1", "o2", "o3"} {
		changes = append(changes, org(id))
	}
	for i, id := range []string{"a", "b", "c", "d"} {
		changes = append(changes, person(id, props{"age": int64(i % 2)}), connect("WORKS_AT", id, "o1"))
	}
	l.apply(append(changes, connect("WORKS_AT", "d", "o2"))...)
	read := func(p graph.Page) []*graph.Result {
		sel := &graph.Selection{Labels: []string{"Org"}, Page: all, Links: []graph.Link{link("staff", staff, func(s *graph.Selection) {
			s.Page, s.Order, s.Count = p, []graph.Order{desc(by("age"))}, true
		})}}
		var results []*graph.Result
		for _, row := range l.read(graph.Query{Root: sel}).Rows {
			results = append(results, row.Node.Links["staff"])
		}
		return results
	}
	expect := func(p graph.Page, want [][]string, more []bool) {
		for i, r := range read(p) {
			l.same(fmt.Sprintf("%s of o%d", Plan(p), i+1), want[i], ids(r))
			l.same(fmt.Sprintf("%s of o%d: more", Plan(p), i+1), more[i], r.More)
			l.same("count", []int64{4, 1, 0}[i], r.Count)
		}
	}
	whole := read(all)
	expect(all, [][]string{{"b", "d", "a", "c"}, {"d"}, nil}, []bool{false, false, false})
	expect(graph.Page{Limit: 2}, [][]string{{"b", "d"}, {"d"}, nil}, []bool{true, false, false})
	expect(graph.Page{Limit: 1, Backward: true}, [][]string{{"c"}, {"d"}, nil}, []bool{true, false, false})
	expect(graph.Page{Limit: 0}, [][]string{nil, nil, nil}, []bool{true, true, false})
	b := whole[0].Rows[0].Cursor
	expect(graph.Page{Limit: 2, After: b}, [][]string{{"d", "a"}, {"d"}, nil}, []bool{true, false, false})
	expect(graph.Page{Limit: 1, Backward: true, After: b}, [][]string{{"c"}, {"d"}, nil}, []bool{true, false, false})
	expect(graph.Page{Limit: 2, Before: whole[0].Rows[1].Cursor}, [][]string{{"b"}, nil, nil}, []bool{false, false, false})
}

// A query that finds nothing yields a Result without rows, never an error.
func nothingFound(l *lab) {
	for _, where := range []graph.Filter{nil, eq("id", "x"), graph.Related{Hop: knows, Quantifier: graph.Some}, graph.Matches{Text: "x", Mode: graph.AnyWord}} {
		r := l.read(graph.Query{Root: &graph.Selection{Labels: []string{"Person"}, Where: where, Page: graph.Page{Limit: 3}, Count: true, Links: []graph.Link{link("k", knows)}}})
		l.same("result", &graph.Result{}, r)
	}
}

// A row's cursor holds a value per Order, nil where absent, and then the id.
func cursorValues(l *lab) {
	l.apply(person("a", props{"age": int64(3), "score": 2.0, "active": true}), person("b"), connect("KNOWS", "a", "b"))
	r := l.page(all, by("age"), by("score"), desc(by("active")), graph.Order{Count: &knows})
	l.same("a", graph.Cursor{3.0, 2.0, true, 1.0, "a"}, canonicalCursor(r.Rows[0].Cursor))
	l.same("b", graph.Cursor{nil, nil, nil, 1.0, "b"}, canonicalCursor(r.Rows[1].Cursor))
	if !slices.Equal(ids(r), []string{"a", "b"}) {
		l.Errorf("got %v", ids(r))
	}
}
