package storetest

import "github.com/i-partnerschap/kennisgraaf/graph"

var neighbourhoodLaws = []law{
	{"Rings", rings}, {"Ranking", neighbourRanking}, {"Limit", neighbourLimit}, {"Narrowing", neighbourNarrowing}, {"AsOf", neighbourAsOf}, {"Unknown", neighbourUnknown},
}

func (l *lab) around(q graph.NeighbourhoodQuery) *graph.Subgraph {
	l.Helper()
	g, err := l.store.Neighbourhood(l.ctx, q)
	if err != nil {
		l.Fatalf("Neighbourhood %s: %v", Plan(q), err)
	}
	return g
}

func edge(from, typ, to string, given ...props) graph.Edge {
	return graph.Edge{Type: typ, From: from, To: to, Props: with(props{}, given)}
}

// The node itself comes first, then the others by distance; Edges holds every
// relation among them, loops included, by From, To and Type.
func rings(l *lab) {
	l.apply(
		person("m"), person("n"), org("o"), topic("t"), connect("WORKS_AT", "m", "o", props{"role": "r"}), connect("WORKS_AT", "n", "o"),
		connect("ABOUT", "n", "t"), connect("KNOWS", "m", "m"), connect("HOME", "m", "o"))
	l.same("0", &graph.Subgraph{Nodes: []graph.Neighbour{{ID: "m"}}, Edges: []graph.Edge{edge("m", "KNOWS", "m")}}, l.around(graph.NeighbourhoodQuery{ID: "m", Hops: 0, Limit: 10}))
	one := []graph.Edge{edge("m", "KNOWS", "m"), edge("m", "HOME", "o"), edge("m", "WORKS_AT", "o", props{"role": "r"})}
	l.same("1", &graph.Subgraph{Nodes: []graph.Neighbour{{ID: "m"}, {ID: "o", Distance: 1}}, Edges: one}, l.around(graph.NeighbourhoodQuery{ID: "m", Hops: 1, Limit: 10}))
	g := l.around(graph.NeighbourhoodQuery{ID: "m", Hops: 9, Limit: 10})
	l.same("9", []graph.Neighbour{{ID: "m"}, {ID: "o", Distance: 1}, {ID: "n", Distance: 2}, {ID: "t", Distance: 3}}, g.Nodes)
	l.same("edges", append(one, edge("n", "WORKS_AT", "o"), edge("n", "ABOUT", "t")), g.Edges)
	l.same("more", false, g.More)
}

// Among nodes at one distance those with the most relations to nodes one step
// nearer come first, then by id.
func neighbourRanking(l *lab) {
	l.apply(
		person("m"), person("a"), person("b"), person("c"), org("x"), org("y"), org("z"),
		connect("KNOWS", "m", "a"), connect("KNOWS", "m", "b"), connect("MENTORS", "b", "m"), connect("KNOWS", "m", "c"), connect("KNOWS", "a", "c"),
		connect("WORKS_AT", "a", "x"), connect("WORKS_AT", "a", "y"), connect("WORKS_AT", "b", "y"), connect("WORKS_AT", "c", "z"), connect("HOME", "c", "z"), connect("HOME", "b", "z"))
	want := []graph.Neighbour{{ID: "m"}, {ID: "b", Distance: 1}, {ID: "a", Distance: 1}, {ID: "c", Distance: 1}, {ID: "z", Distance: 2}, {ID: "y", Distance: 2}, {ID: "x", Distance: 2}}
	l.same("nodes", want, l.around(graph.NeighbourhoodQuery{ID: "m", Hops: 2, Limit: 99}).Nodes)
	g := l.around(graph.NeighbourhoodQuery{ID: "m", Hops: 2, Limit: 5})
	l.same("cut", want[:5], g.Nodes)
	l.same("more", true, g.More)
}

// Limit counts the middle as well; More tells that it left nodes out, not that Hops did.
func neighbourLimit(l *lab) {
	l.apply(person("m"), person("a"), person("b"), person("c"), connect("KNOWS", "m", "a"), connect("KNOWS", "b", "m"), connect("KNOWS", "a", "c"))
	for limit, want := range map[int]struct {
		nodes, edges int
		more         bool
	}{1: {1, 0, true}, 2: {2, 1, true}, 3: {3, 2, false}, 4: {3, 2, false}} {
		g := l.around(graph.NeighbourhoodQuery{ID: "m", Hops: 1, Limit: limit})
		l.same("nodes", want.nodes, len(g.Nodes))
		l.same("edges", want.edges, len(g.Edges))
		l.same("more", want.more, g.More)
	}
}

// Labels limits the nodes around the middle and so the steps through them; Relations
// limits the types of the relations.
func neighbourNarrowing(l *lab) {
	l.apply(
		person("m"), org("o"), person("n"), topic("t"), connect("WORKS_AT", "m", "o"), connect("WORKS_AT", "n", "o"), connect("ABOUT", "m", "t"), connect("HOME", "m", "o"))
	g := l.around(graph.NeighbourhoodQuery{ID: "m", Hops: 3, Limit: 9, Labels: []string{"Person", "Topic"}})
	l.same("labels", []graph.Neighbour{{ID: "m"}, {ID: "t", Distance: 1}}, g.Nodes)
	g = l.around(graph.NeighbourhoodQuery{ID: "m", Hops: 3, Limit: 9, Labels: []string{"Org"}})
	l.same("middle stays", []graph.Neighbour{{ID: "m"}, {ID: "o", Distance: 1}}, g.Nodes)
	g = l.around(graph.NeighbourhoodQuery{ID: "m", Hops: 3, Limit: 9, Relations: []string{"WORKS_AT"}})
	l.same("relations", []graph.Neighbour{{ID: "m"}, {ID: "o", Distance: 1}, {ID: "n", Distance: 2}}, g.Nodes)
	l.same("edges", []graph.Edge{edge("m", "WORKS_AT", "o"), edge("n", "WORKS_AT", "o")}, g.Edges)
}

// Only relations that held on the day count, in steps and in Edges.
func neighbourAsOf(l *lab) {
	l.apply(
		person("m"), person("a"), org("o"), connect("KNOWS", "m", "a", props{"until": "2019-12-31"}), connect("WORKS_AT", "m", "o"), connect("WORKS_AT", "a", "o"),
		connect("HOME", "m", "o", props{"since": "2021-01-01"}))
	g := l.around(graph.NeighbourhoodQuery{ID: "m", Hops: 2, Limit: 9, AsOf: "2020-01-01"})
	l.same("nodes", []graph.Neighbour{{ID: "m"}, {ID: "o", Distance: 1}, {ID: "a", Distance: 2}}, g.Nodes)
	l.same("edges", []graph.Edge{edge("a", "WORKS_AT", "o"), edge("m", "WORKS_AT", "o")}, g.Edges)
}

// An unknown id is a NotFound error.
func neighbourUnknown(l *lab) {
	for _, id := range []string{"nobody", "", "'", "`"} {
		_, err := l.store.Neighbourhood(l.ctx, graph.NeighbourhoodQuery{ID: id, Hops: 1, Limit: 9})
		l.failed(graph.NotFound, err)
	}
}
