package storetest

import (
	"maps"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Short forms, so that a law reads as a sentence.

type props = map[string]any

var (
	all     = graph.Page{Limit: graph.All}
	broader = graph.Hop{Type: "BROADER", Direction: graph.Out, Labels: []string{"Topic"}}
	knows   = graph.Hop{Type: "KNOWS", Direction: graph.Both, Labels: []string{"Person"}}
	mentors = graph.Hop{Type: "MENTORS", Direction: graph.Out, Labels: []string{"Person"}}
	worksIn = graph.Hop{Type: "WORKS_AT", Direction: graph.Out, Labels: []string{"Org"}}
	staff   = graph.Hop{Type: "WORKS_AT", Direction: graph.In, Labels: []string{"Person"}}
	topics  = graph.Hop{Type: "ABOUT", Direction: graph.Out, Labels: []string{"Topic"}}
	home    = graph.Hop{Type: "HOME", Direction: graph.Out, Labels: []string{"Org"}}
)

func create(label, id string, given props) graph.Change {
	return graph.Change{Op: graph.CreateNode, Label: label, ID: id, Props: given}
}

// person makes a node with the required properties and the given ones.
func person(id string, given ...props) graph.Change {
	return create("Person", id, with(props{"name": id, "rank": int64(1)}, given))
}

func org(id string, given ...props) graph.Change {
	return create("Org", id, with(props{"name": id}, given))
}

func topic(id string, given ...props) graph.Change {
	return create("Topic", id, with(props{"name": id}, given))
}

func project(id string, given ...props) graph.Change {
	return create("Project", id, with(props{"name": id, "start": "2020-01-01", "open": true}, given))
}

func with(base props, given []props) props {
	for _, g := range given {
		maps.Copy(base, g)
	}
	return base
}

func connect(typ, from, to string, given ...props) graph.Change {
	return graph.Change{Op: graph.Connect, Type: typ, From: from, To: to, Props: with(props{}, given)}
}

// compare guesses the kind of a property from the value, which is what a law means.
func compare(prop string, op graph.Op, value any) graph.Compare {
	return graph.Compare{Prop: prop, Kind: kindOf(prop), Op: op, Value: value}
}

func eq(prop string, value any) graph.Compare { return compare(prop, graph.Eq, value) }

// kindOf returns the kind of a property by its name, which is the same in every type.
func kindOf(prop string) graph.Kind {
	m := Model()
	for _, label := range m.Names() {
		if p := m.Types[label].Property(prop); p != nil {
			return p.Kind
		}
		for _, r := range m.Types[label].Relations {
			for _, p := range r.Properties {
				if p.Name == prop {
					return p.Kind
				}
			}
		}
	}
	return graph.String
}

func by(prop string) graph.Order { return graph.Order{Prop: prop, Kind: kindOf(prop)} }

func desc(o graph.Order) graph.Order { o.Desc = true; return o }

func nullsFirst(o graph.Order) graph.Order { o.NullsFirst = true; return o }

// link follows a hop to every row.
func link(key string, h graph.Hop, change ...func(*graph.Selection)) graph.Link {
	sel := &graph.Selection{Labels: h.Labels, Page: all}
	for _, c := range change {
		c(sel)
	}
	return graph.Link{Key: key, Hop: h, Selection: sel}
}

// linked returns the ids under a link of the only row.
func linked(r *graph.Result, key string) []string {
	if len(r.Rows) != 1 || r.Rows[0].Node.Links[key] == nil {
		return []string{"no such link"}
	}
	return ids(r.Rows[0].Node.Links[key])
}

// rooted asks for one node with its links.
func rooted(label, id string, links ...graph.Link) graph.Query {
	return graph.Query{Root: &graph.Selection{Labels: []string{label}, Where: eq("id", id), Page: all, Links: links}}
}
