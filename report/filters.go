package report

import (
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

func hop(relation string, d graph.Direction, labels ...string) graph.Hop {
	return graph.Hop{Type: relation, Direction: d, Labels: labels}
}

func compare(prop string, kind graph.Kind, op graph.Op, value any) graph.Filter {
	return graph.Compare{Prop: prop, Kind: kind, Op: op, Value: value}
}

func is(prop, value string) graph.Filter { return compare(prop, graph.Enum, graph.Eq, value) }

func isNull(prop string, kind graph.Kind, want bool) graph.Filter {
	return compare(prop, kind, graph.IsNull, want)
}

func oneOf(prop string, kind graph.Kind, values ...string) graph.Filter {
	list := make([]any, len(values))
	for i, v := range values {
		list[i] = v
	}
	return compare(prop, kind, graph.OneOf, list)
}

func byID(id string) graph.Filter { return compare("id", graph.String, graph.Eq, id) }

// maxIDs is the most ids that the API takes in one list.
const maxIDs = 1000

// byIDs holds for the nodes with one of the ids, in lists that the API accepts.
func byIDs(ids []string) graph.Filter {
	var lists graph.Or
	for part := range slices.Chunk(ids, maxIDs) {
		lists = append(lists, oneOf("id", graph.String, part...))
	}
	if len(lists) == 1 {
		return lists[0]
	}
	return lists
}

// both joins filters, nil ones left out; nil where nothing is left.
func both(filters ...graph.Filter) graph.Filter {
	var all graph.And
	for _, f := range filters {
		switch f := f.(type) {
		case nil:
		case graph.And:
			all = append(all, f...)
		default:
			all = append(all, f)
		}
	}
	switch len(all) {
	case 0:
		return nil
	case 1:
		return all[0]
	}
	return all
}

// along asks whether a path of relations leads to a node for which f holds.
func along(path []graph.Hop, f graph.Filter) graph.Filter {
	for _, h := range slices.Backward(path) {
		f = graph.Related{Hop: h, Quantifier: graph.Some, Filter: f}
	}
	return f
}

func not(f graph.Filter) graph.Filter {
	if f == nil {
		f = graph.And{}
	}
	return graph.Not{Filter: f}
}

// begun holds where the date is not after the day or not known; without a day it is nil.
func begun(prop, day string) graph.Filter {
	if day == "" {
		return nil
	}
	return graph.Or{isNull(prop, graph.Date, true), compare(prop, graph.Date, graph.Lte, day)}
}

// notEnded holds where the last day is not before the day or not known.
func notEnded(prop, day string) graph.Filter {
	if day == "" {
		return nil
	}
	return graph.Or{isNull(prop, graph.Date, true), compare(prop, graph.Date, graph.Gte, day)}
}
