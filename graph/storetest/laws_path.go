package storetest

import (
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

var pathLaws = []law{
	{"Order", pathOrder}, {"Parallel", parallelRelations}, {"Limits", pathBounds}, {"Narrowing", pathNarrowing},
	{"AsOf", pathAsOf}, {"Errors", pathErrors}, {"NoNodeTwice", noNodeTwice},
}

// routes returns each path as its ids joined by the relations: a>KNOWS>b<HOME<c.
func (l *lab) routes(q graph.PathQuery) []string {
	l.Helper()
	paths, err := l.store.Paths(l.ctx, q)
	if err != nil {
		l.Fatalf("Paths %s: %v", Plan(q), err)
	}
	routes := []string{}
	for _, p := range paths {
		var b strings.Builder
		b.WriteString(p.Nodes[0])
		for i, e := range p.Steps {
			switch {
			case e.From == p.Nodes[i] && e.To == p.Nodes[i+1]:
				b.WriteString(">" + e.Type + ">")
			case e.To == p.Nodes[i] && e.From == p.Nodes[i+1]:
				b.WriteString("<" + e.Type + "<")
			default:
				l.Fatalf("step %d of %v does not connect its nodes", i, p)
			}
			b.WriteString(p.Nodes[i+1])
		}
		routes = append(routes, b.String())
	}
	return routes
}

func square(l *lab) {
	l.apply(
		person("a"), person("b"), org("o"), org("q"), topic("t"), person("far"),
		connect("WORKS_AT", "a", "o"), connect("WORKS_AT", "b", "o"), connect("ABOUT", "a", "t"), connect("ABOUT", "b", "t"),
		connect("PART_OF", "q", "o"), connect("WORKS_AT", "b", "q", props{"since": "2020-01-01"}))
}

// Paths come in the order of ComparePaths, relations being followed either way.
func pathOrder(l *lab) {
	square(l)
	l.same("paths", []string{"a>WORKS_AT>o<WORKS_AT<b", "a>ABOUT>t<ABOUT<b", "a>WORKS_AT>o<PART_OF<q<WORKS_AT<b"},
		l.routes(graph.PathQuery{From: "a", To: "b", MaxHops: 4, Limit: 10}))
	l.same("back", []string{"b>WORKS_AT>o<WORKS_AT<a", "b>ABOUT>t<ABOUT<a", "b>WORKS_AT>q>PART_OF>o<WORKS_AT<a"},
		l.routes(graph.PathQuery{From: "b", To: "a", MaxHops: 4, Limit: 10}))
	paths, err := l.store.Paths(l.ctx, graph.PathQuery{From: "b", To: "q", MaxHops: 1, Limit: 1})
	if err != nil {
		l.Fatal(err)
	}
	l.same("props", []graph.Path{{Nodes: []string{"b", "q"}, Steps: []graph.Edge{{Type: "WORKS_AT", From: "b", To: "q", Props: props{"since": "2020-01-01"}}}}}, paths)
}

// Between two nodes each relation makes a path of its own: by type, then outgoing first.
func parallelRelations(l *lab) {
	l.apply(person("a"), person("b"), connect("MENTORS", "b", "a"), connect("MENTORS", "a", "b"), connect("KNOWS", "b", "a"), connect("KNOWS", "a", "a"))
	l.same("paths", []string{"a<KNOWS<b", "a>MENTORS>b", "a<MENTORS<b"}, l.routes(graph.PathQuery{From: "a", To: "b", MaxHops: 3, Limit: 10}))
}

// MaxHops and Limit bound the answer; nodes that are not connected within MaxHops
// have no path.
func pathBounds(l *lab) {
	square(l)
	l.same("limit", 1, len(l.routes(graph.PathQuery{From: "a", To: "b", MaxHops: 4, Limit: 1})))
	l.same("limit 2", []string{"a>WORKS_AT>o<WORKS_AT<b", "a>ABOUT>t<ABOUT<b"}, l.routes(graph.PathQuery{From: "a", To: "b", MaxHops: 4, Limit: 2}))
	l.same("hops", 2, len(l.routes(graph.PathQuery{From: "a", To: "b", MaxHops: 2, Limit: 10})))
	l.same("too few hops", []string{}, l.routes(graph.PathQuery{From: "a", To: "b", MaxHops: 1, Limit: 10}))
	l.same("no hops", []string{}, l.routes(graph.PathQuery{From: "a", To: "b", Limit: 10}))
	l.same("not connected", []string{}, l.routes(graph.PathQuery{From: "a", To: "far", MaxHops: 6, Limit: 10}))
}

// Labels limits the nodes in between, not the ends; Relations limits the types.
func pathNarrowing(l *lab) {
	square(l)
	l.same("labels", []string{"a>ABOUT>t<ABOUT<b"}, l.routes(graph.PathQuery{From: "a", To: "b", MaxHops: 4, Limit: 10, Labels: []string{"Topic"}}))
	l.same("relations", []string{"a>WORKS_AT>o<WORKS_AT<b"}, l.routes(graph.PathQuery{From: "a", To: "b", MaxHops: 4, Limit: 10, Relations: []string{"WORKS_AT"}}))
	l.same("direct", []string{"b>WORKS_AT>q"}, l.routes(graph.PathQuery{From: "b", To: "q", MaxHops: 4, Limit: 10, Labels: []string{"Project"}}))
	l.same("no such label", []string{}, l.routes(graph.PathQuery{From: "a", To: "b", MaxHops: 4, Limit: 10, Labels: []string{"Nothing"}}))
}

// Only relations that held on the day connect.
func pathAsOf(l *lab) {
	square(l)
	l.same("before", 2, len(l.routes(graph.PathQuery{From: "a", To: "b", MaxHops: 4, Limit: 10, AsOf: "2019-12-31"})))
	l.same("after", 3, len(l.routes(graph.PathQuery{From: "a", To: "b", MaxHops: 4, Limit: 10, AsOf: "2020-01-01"})))
}

// An unknown id is a NotFound error; from and to being the same is BadUserInput.
func pathErrors(l *lab) {
	square(l)
	for _, q := range []graph.PathQuery{{From: "nobody", To: "a", MaxHops: 2, Limit: 1}, {From: "a", To: "' OR 1=1", MaxHops: 2, Limit: 1}} {
		_, err := l.store.Paths(l.ctx, q)
		l.failed(graph.NotFound, err)
	}
	_, err := l.store.Paths(l.ctx, graph.PathQuery{From: "a", To: "a", MaxHops: 2, Limit: 1})
	l.failed(graph.BadUserInput, err)
}

// A path visits no node twice, whatever cycles and loops there are.
func noNodeTwice(l *lab) {
	l.apply(
		person("a"), person("b"), person("c"), person("d"), connect("MENTORS", "a", "a"), connect("MENTORS", "a", "b"), connect("MENTORS", "b", "c"),
		connect("MENTORS", "c", "a"), connect("MENTORS", "c", "d"), connect("MENTORS", "d", "d"))
	l.same("paths", []string{"a<MENTORS<c>MENTORS>d", "a>MENTORS>b>MENTORS>c>MENTORS>d"}, l.routes(graph.PathQuery{From: "a", To: "d", MaxHops: 9, Limit: 99}))
}
