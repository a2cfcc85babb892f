package cypher_test

import "github.com/i-partnerschap/kennisgraaf/graph"

var (
	worksAt  = graph.Hop{Type: "WORKS_AT", Direction: graph.Out, Labels: []string{"Org"}}
	staff    = graph.Hop{Type: "WORKS_AT", Direction: graph.In, Labels: []string{"Person"}}
	knows    = graph.Hop{Type: "KNOWS", Direction: graph.Both, Labels: []string{"Person"}}
	about    = graph.Hop{Type: "ABOUT", Direction: graph.Out, Labels: []string{"Topic"}}
	broader  = graph.Hop{Type: "BROADER", Direction: graph.Out, Labels: []string{"Topic"}}
	home     = graph.Hop{Type: "HOME", Direction: graph.Out, Labels: []string{"Org"}}
	partners = graph.Hop{Type: "PARTNER", Direction: graph.Out, Labels: []string{"Org", "Person"}}
	all      = graph.Page{Limit: graph.All}
	text     = graph.Matches{Text: "netwerk", Mode: graph.AllWords}
)

func compare(prop string, kind graph.Kind, op graph.Op, value any) graph.Filter {
	return graph.Compare{Prop: prop, Kind: kind, Op: op, Value: value}
}

func id(value string) graph.Filter { return compare("id", graph.String, graph.Eq, value) }

func people(where graph.Filter) graph.Query {
	return graph.Query{Root: &graph.Selection{Labels: []string{"Person"}, Where: where, Page: all}}
}

func sorted(order ...graph.Order) graph.Query {
	return graph.Query{Root: &graph.Selection{Labels: []string{"Person"}, Order: order, Page: graph.Page{Limit: 20}}}
}

func grouped(a graph.Aggregate) graph.Query {
	return graph.Query{Root: &graph.Selection{Labels: []string{"Person"}, Aggregates: []graph.Aggregate{a}}}
}

// goldenQueries holds one query a construct.
var goldenQueries = map[string]graph.Query{
	"point":    {Root: &graph.Selection{Labels: []string{"Person"}, Props: []string{"name", "age"}, Where: id("a"), Page: graph.Page{Limit: 1}}},
	"abstract": {Root: &graph.Selection{Labels: []string{"Org", "Person"}, Props: []string{"name"}, Where: id("a"), Page: graph.Page{Limit: 1}}},
	"tree": {Root: &graph.Selection{Labels: []string{"Org"}, Props: []string{"name"}, Page: graph.Page{Limit: 10}, Links: []graph.Link{
		{Key: "staff", Hop: staff, Selection: &graph.Selection{
			Labels: staff.Labels, Props: []string{"name"}, EdgeProps: []string{"role"}, Page: graph.Page{Limit: 5}, Count: true,
			Links: []graph.Link{{Key: "topics", Hop: about, Selection: &graph.Selection{
				Labels: about.Labels, Props: []string{"name"}, Page: graph.Page{Limit: 5},
				Links: []graph.Link{{Key: "broader", Hop: broader, Selection: &graph.Selection{Labels: broader.Labels, Props: []string{"name"}, Page: graph.Page{Limit: 5}}}},
			}}},
		}},
	}}},
	"one":         {Root: &graph.Selection{Labels: []string{"Person"}, Page: all, Links: []graph.Link{{Key: "home", Hop: home, One: true, Selection: &graph.Selection{Labels: home.Labels}}}}},
	"on":          {Root: &graph.Selection{Labels: []string{"Org", "Person"}, Page: all, Links: []graph.Link{{Key: "t", On: []string{"Person"}, Hop: about, Selection: &graph.Selection{Labels: about.Labels, Page: all}}}}},
	"both":        {Root: &graph.Selection{Labels: []string{"Person"}, Page: all, Links: []graph.Link{{Key: "k", Hop: knows, Selection: &graph.Selection{Labels: knows.Labels, Page: all}}}}},
	"asof":        {AsOf: "2020-01-01", Root: &graph.Selection{Labels: []string{"Person"}, Page: all, Links: []graph.Link{{Key: "o", Hop: worksAt, Selection: &graph.Selection{Labels: worksAt.Labels, Page: all}}}}},
	"edge filter": {Root: &graph.Selection{Labels: []string{"Person"}, Page: all, Links: []graph.Link{{Key: "o", Hop: worksAt, Selection: &graph.Selection{Labels: worksAt.Labels, Page: all, Edge: compare("role", graph.String, graph.Eq, "boss")}}}}},
	"no rows":     {Root: &graph.Selection{Labels: []string{"Person"}, Count: true, Where: compare("age", graph.Int, graph.Gt, int64(3))}},

	"compare":   people(graph.And{compare("age", graph.Int, graph.Eq, int64(1)), compare("age", graph.Int, graph.Ne, int64(2)), compare("score", graph.Float, graph.Lte, 2.5), compare("level", graph.Enum, graph.OneOf, []any{"LOW", "MID"}), compare("level", graph.Enum, graph.NotIn, []any{"HIGH"})}),
	"dates":     people(graph.And{compare("born", graph.Date, graph.Gte, "2000-01-01"), compare("joined", graph.DateTime, graph.Ne, "2020-01-01T00:00:00.000Z")}),
	"folded":    people(graph.Or{compare("bio", graph.String, graph.Contains, "Fryslân"), compare("bio", graph.String, graph.StartsWith, "a.b"), compare("bio", graph.String, graph.EndsWith, "%")}),
	"lists":     people(graph.And{compare("tags", graph.String, graph.Has, "x"), compare("tags", graph.String, graph.HasAny, []any{"x", "y"}), compare("tags", graph.String, graph.IsEmpty, false), compare("bio", graph.String, graph.IsNull, true)}),
	"not":       people(graph.Not{Filter: graph.Or{compare("age", graph.Int, graph.Lt, int64(3)), graph.And{}}}),
	"label":     people(graph.HasLabel{Labels: []string{"Org", "Person"}}),
	"near":      people(graph.Near{LatProp: "lat", LonProp: "lon", Lat: 52.09, Lon: 5.12, Km: 10}),
	"matches":   people(text),
	"rare text": people(compare("bio", graph.String, graph.Gt, "😀'\\")),
	"quantifiers": people(graph.And{
		graph.Related{Hop: worksAt, Quantifier: graph.Some, Filter: compare("size", graph.Int, graph.Gt, int64(5))}, graph.Related{Hop: worksAt, Quantifier: graph.None},
		graph.Related{Hop: worksAt, Quantifier: graph.EachOf, Filter: compare("size", graph.Int, graph.Gt, int64(5))}, graph.Related{Hop: worksAt, Quantifier: graph.Single, Edge: compare("role", graph.String, graph.Eq, "boss")},
	}),
	"number":     people(graph.Related{Hop: worksAt, Quantifier: graph.Number, Count: []graph.Compare{{Kind: graph.Int, Op: graph.Gte, Value: int64(2)}, {Kind: graph.Int, Op: graph.Lt, Value: int64(9)}}}),
	"selective":  people(graph.And{compare("age", graph.Int, graph.Gt, int64(3)), graph.Related{Hop: worksAt, Edge: compare("role", graph.String, graph.Eq, "boss"), Quantifier: graph.Some, Filter: graph.Related{Hop: about, Quantifier: graph.Some, Filter: id("t")}}}),
	"within":     people(graph.Related{Hop: about, Quantifier: graph.Some, Filter: graph.Within{Tree: broader, ID: "t"}}),
	"not within": people(graph.Not{Filter: graph.Related{Hop: about, Quantifier: graph.Some, Filter: graph.Within{Tree: broader, ID: "t"}}}),

	"order":       sorted(graph.Order{Prop: "rank", Kind: graph.Int, Required: true, Desc: true}),
	"order nulls": sorted(graph.Order{Prop: "age", Kind: graph.Int, Desc: true}, graph.Order{Prop: "born", Kind: graph.Date, NullsFirst: true}),
	"order via":   sorted(graph.Order{Via: []graph.Hop{worksAt, about}, Prop: "name", Kind: graph.String}),
	"order count": sorted(graph.Order{Count: &worksAt, Desc: true}, graph.Order{Count: &knows}),
	"order text":  {Root: &graph.Selection{Labels: []string{"Topic"}, Where: text, Order: []graph.Order{{Relevance: &text, Desc: true}}, Page: graph.Page{Limit: 20}}},
	"order edge":  {Root: &graph.Selection{Labels: []string{"Person"}, Page: all, Links: []graph.Link{{Key: "o", Hop: worksAt, Selection: &graph.Selection{Labels: worksAt.Labels, Page: all, Order: []graph.Order{{Edge: true, Prop: "share", Kind: graph.Float}}}}}}},
	"after":       {Root: &graph.Selection{Labels: []string{"Person"}, Order: []graph.Order{{Prop: "rank", Kind: graph.Int, Required: true}}, Page: graph.Page{Limit: 20, After: graph.Cursor{int64(7), "a"}}}},
	"between":     {Root: &graph.Selection{Labels: []string{"Person"}, Order: []graph.Order{{Prop: "age", Kind: graph.Int}}, Page: graph.Page{Limit: 20, Backward: true, After: graph.Cursor{int64(7), "a"}, Before: graph.Cursor{nil, "z"}}}},

	"groups":          grouped(graph.Aggregate{Key: "k", Limit: graph.All, Measures: []graph.Measure{{Prop: "age", Kind: graph.Int}, {Prop: "born", Kind: graph.Date}}, Dimensions: []graph.Dimension{{Prop: "level", Kind: graph.Enum}, {Prop: "tags", Kind: graph.String}}}),
	"groups by path":  grouped(graph.Aggregate{Key: "k", Limit: graph.All, Dimensions: []graph.Dimension{{Path: []graph.Hop{worksAt, staff}}, {Path: []graph.Hop{worksAt}, Prop: "founded", Kind: graph.Date, Unit: graph.Quarter}}}),
	"groups by level": grouped(graph.Aggregate{Key: "k", Limit: graph.All, Dimensions: []graph.Dimension{{Path: []graph.Hop{about}, Tree: &broader, Level: 2, Empty: true}}}),
	"groups by label": {Root: &graph.Selection{Labels: []string{"Project"}, Aggregates: []graph.Aggregate{{Key: "k", Limit: graph.All, Dimensions: []graph.Dimension{{Path: []graph.Hop{partners}, Prop: "__label"}}}}}},
	"groups in link":  {Root: &graph.Selection{Labels: []string{"Org"}, Page: all, Links: []graph.Link{{Key: "s", Hop: staff, Selection: &graph.Selection{Labels: staff.Labels, Page: graph.Page{Limit: 3}, Aggregates: []graph.Aggregate{{Key: "k", Limit: graph.All}}}}}}},
}
