package storetest

import (
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"pgregory.net/rapid"
)

// source draws random choices, all equally likely. Rapid's own numbers lean to the
// small ones, which would make most graphs tiny and most queries bare.
type source struct{ t *rapid.T }

var fair = rapid.SliceOfN(rapid.Bool(), 16, 16)

// n draws a number from 0 up to, not including, max.
func (s source) n(max int) int {
	number := 0
	for _, bit := range fair.Draw(s.t, "") {
		number *= 2
		if bit {
			number++
		}
	}
	return number % max
}

// chance holds in about so many of a hundred draws.
func (s source) chance(percent int) bool { return s.n(100) < percent }

// oneOf draws one of the list.
func oneOf[T any](s source, list ...T) T { return list[s.n(len(list))] }

// some draws a part of the list, in the order of the list.
func some[T any](s source, percent int, list ...T) []T {
	var kept []T
	for _, x := range list {
		if s.chance(percent) {
			kept = append(kept, x)
		}
	}
	return kept
}

// The values are few, so that ties and hits are many, and chosen to be hard: folded
// forms that are equal, code points that UTF-16 orders otherwise, and whatever means
// something to LIKE, Lucene, regular expressions, Cypher or SQL.
var (
	randomStrings = []string{
		"", "a", "A", "b", "á", "a\u0301", "Fryslân", "fryslan", "FRYSLÂN", "100%", "100 %", "a_b", "a*b", "axb", `"q"`, "it's",
		"x; y", "$x", "`z`", `\`, `a\b`, ".*", "(", "[a", "😀", "ﬀ", "beveiliging", "netwerkbeveiliging", "Cyber Security",
		"de en het", "veilig netwerk", "netwerken", "AND", "OR NOT", "name:a", "~", " a ", "Curaçao",
	}
	randomTexts = []string{
		"beveiliging", "netwerk", "netwerk beveiliging", "cyber", "security de", "de", "the", "", "  ", "fryslân", "FRYS", "a",
		"netw", "cyb sec", "\"", "*", "a OR b", "name:a", "veilig~", "100%", "(", "d", "bever netwerkbeveiliging", "x y",
	}
	randomInts   = []int64{-3, 0, 1, 2, 3, 10}
	randomFloats = []float64{-1.5, 0, 0.25, 0.5, 1, 2, 2.5, 10}
	randomDates  = []string{"2019-12-31", "2020-01-01", "2020-02-29", "2020-07-15", "2021-04-01", "2021-12-31"}
	randomTimes  = []string{"2020-01-01T00:00:00.000Z", "2020-01-01T00:00:00.001Z", "2020-06-30T23:59:59.999Z", "2021-10-05T12:00:00.000Z"}
	randomPoints = [][2]float64{{52.09, 5.12}, {52.0907, 5.1214}, {53.2, 5.79}, {0, 0}, {-33, 179.9}, {-33, -179.9}, {90, 0}}
)

// value draws a value that a property may hold.
func (s source) value(p *graph.Property) any {
	if p.List {
		list := []string{}
		for range s.n(4) {
			list = append(list, oneOf(s, randomStrings...))
		}
		return list
	}
	return s.scalar(p)
}

func (s source) scalar(p *graph.Property) any {
	if p.Key {
		return randomKey(s.n(41))
	}
	switch p.Kind {
	case graph.Int:
		return oneOf(s, randomInts...)
	case graph.Float:
		return oneOf(s, randomFloats...)
	case graph.Bool:
		return s.chance(50)
	case graph.Date:
		return oneOf(s, randomDates...)
	case graph.DateTime:
		return oneOf(s, randomTimes...)
	case graph.Enum:
		return oneOf(s, p.Values...)
	}
	return oneOf(s, randomStrings...)
}

// testProperties returns what random queries may look at. updatedAt differs between
// stores by nature.
func testProperties(m *graph.Model, labels []string) []*graph.Property {
	var found []*graph.Property
	for _, label := range labels {
		for _, p := range m.Types[label].Properties {
			known := slices.ContainsFunc(found, func(q *graph.Property) bool { return q.Name == p.Name })
			if p.Name != "updatedAt" && !known {
				found = append(found, p)
			}
		}
	}
	return found
}

// hops returns the relations that lead on from nodes with one of the labels, and of
// those among nodes of one type also the reading without direction.
func hops(m *graph.Model, labels []string) []graph.Hop {
	var found []graph.Hop
	for _, label := range labels {
		for _, r := range m.Types[label].Relations {
			found = append(found, r.Hop)
			if slices.Equal(r.Hop.Labels, []string{label}) && r.Hop.Direction == graph.Out {
				found = append(found, graph.Hop{Type: r.Hop.Type, Direction: graph.Both, Labels: r.Hop.Labels})
			}
		}
	}
	return found
}

// hop draws a relation that leads on from nodes with one of the labels.
func (s source) hop(m *graph.Model, labels []string) graph.Hop {
	h := oneOf(s, hops(m, labels)...)
	if len(h.Labels) > 1 && s.chance(20) {
		h.Labels = []string{oneOf(s, h.Labels...)}
	}
	return h
}

// edgeProperties returns the properties of the relations that a hop follows.
func edgeProperties(m *graph.Model, h graph.Hop) []*graph.Property {
	var found []*graph.Property
	for _, r := range relationsOf(m, h.Type) {
		for _, p := range r.Properties {
			if !slices.ContainsFunc(found, func(q *graph.Property) bool { return q.Name == p.Name }) {
				found = append(found, p)
			}
		}
	}
	return found
}
