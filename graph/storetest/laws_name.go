package storetest

import (
	"errors"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

var nameLaws = []law{{"Properties", hostileProperties}, {"Labels", hostileLabels}, {"Relations", hostileRelations}, {"Keys", hostileKeys}}

// hostileNames would end a quoted name in SQL, Cypher or JSON, and go on.
var hostileNames = []string{
	"`", "``", "a`b", "x`) DETACH DELETE (n", `"`, `a"b`, `x" OR 1=1 --`, "'", "') --", "a.b", "a b", "$a", "{a}", `\`, `\u0060`, "\\u0060) DETACH DELETE n //",
	"a;b", "[0]", "$.name", "*", "%", "", "é", "😀", "id'", "/*", "rowid", "props", "name\"]", "a,b", "\n", "?1", ":a", "@a",
}

// asks executes a query that may be refused as BadUserInput, and must otherwise
// succeed. Whatever it does, the graph must stay as it is.
func (l *lab) asks(q graph.Query) *graph.Result {
	l.Helper()
	r, err := l.store.Read(l.ctx, q)
	var e *graph.Error
	switch {
	case err != nil && (!errors.As(err, &e) || e.Code != graph.BadUserInput):
		l.Errorf("%s\nfails with %s: %v", Plan(q), graph.CodeOf(err), err)
	case err == nil && r == nil:
		l.Errorf("%s\nyields nothing", Plan(q))
	}
	if got := len(l.find("Person", nil)); got != 2 {
		l.Fatalf("after %s\nthere are %d people", Plan(q), got)
	}
	return r
}

func couple(l *lab) { l.apply(person("a"), person("b"), connect("KNOWS", "a", "b")) }

// A property that nobody has is absent, however it is called.
func hostileProperties(l *lab) {
	couple(l)
	for _, name := range hostileNames {
		sel := &graph.Selection{Labels: []string{"Person"}, Props: []string{name, "name"}, Page: all}
		if r := l.asks(graph.Query{Root: sel}); r != nil {
			l.same(name, props{"name": "a"}, r.Rows[0].Node.Props)
		}
		for op, want := range map[graph.Op]int{graph.Eq: 0, graph.Ne: 2, graph.Contains: 0} {
			f := graph.Compare{Prop: name, Kind: graph.String, Op: op, Value: "x"}
			if r := l.asks(graph.Query{Root: &graph.Selection{Labels: []string{"Person"}, Where: f, Page: all}}); r != nil {
				l.same(Plan(f), want, len(r.Rows))
			}
			k := link("k", knows, func(s *graph.Selection) { s.Edge, s.EdgeProps = f, []string{name} })
			l.asks(graph.Query{Root: &graph.Selection{Labels: []string{"Person"}, Page: all, Links: []graph.Link{k}}})
		}
		o := graph.Order{Prop: name, Kind: graph.String, Desc: true}
		if r := l.asks(graph.Query{Root: &graph.Selection{Labels: []string{"Person"}, Order: []graph.Order{o}, Page: graph.Page{Limit: 1, After: graph.Cursor{nil, "a"}}}}); r != nil {
			l.same("order by "+name, []string{"b"}, ids(r))
		}
		near := graph.Near{LatProp: name, LonProp: name, Km: 1}
		l.asks(graph.Query{Root: &graph.Selection{Labels: []string{"Person"}, Where: near, Page: all}})
		l.asks(graph.Query{Root: &graph.Selection{Labels: []string{"Person"}, Aggregates: []graph.Aggregate{{
			Key: name, Limit: graph.All, Dimensions: []graph.Dimension{{Prop: name, Kind: graph.String}}, Measures: []graph.Measure{{Prop: name, Kind: graph.Int}},
		}}}})
	}
}

// A label that nobody has selects nothing.
func hostileLabels(l *lab) {
	couple(l)
	for _, name := range hostileNames {
		if r := l.asks(graph.Query{Root: &graph.Selection{Labels: []string{name}, Page: all, Count: true}}); r != nil {
			l.same(name, 0, len(r.Rows))
		}
		if r := l.asks(graph.Query{Root: &graph.Selection{Labels: []string{"Person"}, Where: graph.HasLabel{Labels: []string{name}}, Page: all}}); r != nil {
			l.same(name, 0, len(r.Rows))
		}
		on := link("k", knows)
		on.On = []string{name}
		l.asks(graph.Query{Root: &graph.Selection{Labels: []string{"Person"}, Page: all, Links: []graph.Link{on}}})
	}
}

// A relation type that nobody has leads nowhere.
func hostileRelations(l *lab) {
	couple(l)
	for _, name := range hostileNames {
		h := graph.Hop{Type: name, Direction: graph.Both, Labels: []string{"Person"}}
		f := graph.Related{Hop: h, Quantifier: graph.Some}
		if r := l.asks(graph.Query{Root: &graph.Selection{Labels: []string{"Person"}, Where: f, Page: all, Links: []graph.Link{link("k", h)}}}); r != nil {
			l.same(name, 0, len(r.Rows))
		}
		far := graph.Hop{Type: "KNOWS", Direction: graph.Both, Labels: []string{name}}
		l.asks(graph.Query{Root: &graph.Selection{Labels: []string{"Person"}, Page: all, Links: []graph.Link{link("k", h), link("f", far)}}})
		l.asks(graph.Query{Root: &graph.Selection{Labels: []string{"Person"}, Order: []graph.Order{{Count: &h}}, Where: graph.Within{Tree: h, ID: name}, Page: all}})
		if _, err := l.store.Paths(l.ctx, graph.PathQuery{From: "a", To: "b", MaxHops: 2, Limit: 2, Relations: []string{name}, Labels: []string{name}}); err != nil {
			l.failed(graph.BadUserInput, err)
		}
		if _, err := l.store.Neighbourhood(l.ctx, graph.NeighbourhoodQuery{ID: "a", Hops: 1, Limit: 2, Relations: []string{name}, Labels: []string{name}}); err != nil {
			l.failed(graph.BadUserInput, err)
		}
	}
}

// Keys of links and aggregates are names that clients choose: any must work.
func hostileKeys(l *lab) {
	couple(l)
	sel := &graph.Selection{Labels: []string{"Person"}, Page: all}
	for _, name := range hostileNames {
		sel.Links = append(sel.Links, link(name, knows))
		sel.Aggregates = append(sel.Aggregates, graph.Aggregate{Key: name, Limit: graph.All})
	}
	r := l.read(graph.Query{Root: sel})
	for _, name := range hostileNames {
		l.same("link "+name, []string{"b"}, ids(r.Rows[0].Node.Links[name]))
		l.same("groups "+name, []graph.Group{{Count: 2}}, r.Groups[name])
	}
}
