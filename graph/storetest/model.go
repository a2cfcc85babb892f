package storetest

import "github.com/i-partnerschap/kennisgraaf/graph"

// Model returns the model that the suite works with. It is no domain that anybody
// uses: it has one of everything that a store may handle differently.
func Model() *graph.Model {
	return &graph.Model{
		Types: map[string]*graph.Type{
			"Topic": topicType(), "Person": personType(), "Org": orgType(), "Project": projectType(),
		},
		Abstract: map[string][]string{
			"Node":    {"Org", "Person", "Project", "Topic"},
			"Party":   {"Org", "Person"},
			"Subject": {"Org", "Person", "Project"},
		},
	}
}

// topicType is a hierarchy in which a topic may have several broader ones, with a
// relation without direction beside it.
func topicType() *graph.Type {
	weight := []*graph.Property{{Name: "weight", Kind: graph.Float, Scalar: "Float"}}
	return &graph.Type{
		Name: "Topic", Plural: "topics", Title: "name", TitleEN: "nameEN", NL: "onderwerp", EN: "topic",
		Properties: append(common(),
			&graph.Property{Name: "name", Kind: graph.String, Scalar: "String", Required: true, Search: 3, Suggest: true},
			&graph.Property{Name: "nameEN", Kind: graph.String, Scalar: "String", Search: 2, Suggest: true},
			&graph.Property{Name: "altNames", Kind: graph.String, Scalar: "String", List: true, Search: 1, Suggest: true},
		),
		Relations: []*graph.Relation{
			{Name: "broader", Hop: graph.Hop{Type: "BROADER", Direction: graph.Out, Labels: []string{"Topic"}}, Target: "Topic", Many: true, Tree: true},
			{Name: "narrower", Hop: graph.Hop{Type: "BROADER", Direction: graph.In, Labels: []string{"Topic"}}, Target: "Topic", Many: true},
			{Name: "related", Hop: graph.Hop{Type: "RELATED", Direction: graph.Both, Labels: []string{"Topic"}}, Target: "Topic", Many: true, PropertiesType: "RelatedProperties", Properties: weight},
			{Name: "subjects", Hop: graph.Hop{Type: "ABOUT", Direction: graph.In, Labels: []string{"Org", "Person", "Project"}}, Target: "Subject", Many: true, PropertiesType: "AboutProperties", Properties: strength()},
		},
	}
}

// personType has a property of every kind.
func personType() *graph.Type {
	return &graph.Type{
		Name: "Person", Plural: "people", Title: "name", NL: "persoon", EN: "person",
		Properties: append(common(),
			&graph.Property{Name: "name", Kind: graph.String, Scalar: "String", Required: true, Search: 2, Suggest: true},
			&graph.Property{Name: "bio", Kind: graph.String, Scalar: "String", Search: 1},
			&graph.Property{Name: "age", Kind: graph.Int, Scalar: "Int"},
			&graph.Property{Name: "score", Kind: graph.Float, Scalar: "Float", Index: true},
			&graph.Property{Name: "active", Kind: graph.Bool, Scalar: "Boolean"},
			&graph.Property{Name: "born", Kind: graph.Date, Scalar: "Date"},
			&graph.Property{Name: "joined", Kind: graph.DateTime, Scalar: "DateTime"},
			&graph.Property{Name: "level", Kind: graph.Enum, Scalar: "Level", Values: []string{"HIGH", "LOW", "MID"}},
			&graph.Property{Name: "tags", Kind: graph.String, Scalar: "String", List: true},
			&graph.Property{Name: "rank", Kind: graph.Int, Scalar: "Int", Required: true, Index: true},
			&graph.Property{Name: "lat", Kind: graph.Float, Scalar: "Float"},
			&graph.Property{Name: "lon", Kind: graph.Float, Scalar: "Float"},
		),
		Relations: []*graph.Relation{
			{Name: "worksAt", Hop: graph.Hop{Type: "WORKS_AT", Direction: graph.Out, Labels: []string{"Org"}}, Target: "Org", Many: true, PropertiesType: "WorksAtProperties", Properties: worksAt()},
			{Name: "home", Hop: graph.Hop{Type: "HOME", Direction: graph.Out, Labels: []string{"Org"}}, Target: "Org", PropertiesType: "Period", Properties: period()},
			{Name: "knows", Hop: graph.Hop{Type: "KNOWS", Direction: graph.Both, Labels: []string{"Person"}}, Target: "Person", Many: true, PropertiesType: "Period", Properties: period()},
			{Name: "mentors", Hop: graph.Hop{Type: "MENTORS", Direction: graph.Out, Labels: []string{"Person"}}, Target: "Person", Many: true, PropertiesType: "Period", Properties: period()},
			{Name: "mentoredBy", Hop: graph.Hop{Type: "MENTORS", Direction: graph.In, Labels: []string{"Person"}}, Target: "Person", Many: true, PropertiesType: "Period", Properties: period()},
			{Name: "topics", Hop: graph.Hop{Type: "ABOUT", Direction: graph.Out, Labels: []string{"Topic"}}, Target: "Topic", Many: true, PropertiesType: "AboutProperties", Properties: strength()},
			{Name: "partnerIn", Hop: graph.Hop{Type: "PARTNER", Direction: graph.In, Labels: []string{"Project"}}, Target: "Project", Many: true, PropertiesType: "PartnerProperties", Properties: partner()},
		},
	}
}

// orgType has two relations of one type that lead to different labels.
func orgType() *graph.Type {
	return &graph.Type{
		Name: "Org", Plural: "orgs", Title: "name", NL: "organisatie", EN: "organisation",
		Properties: append(common(),
			&graph.Property{Name: "name", Kind: graph.String, Scalar: "String", Required: true, Search: 3, Suggest: true},
			&graph.Property{Name: "code", Kind: graph.String, Scalar: "String", Key: true},
			&graph.Property{Name: "size", Kind: graph.Int, Scalar: "Int"},
			&graph.Property{Name: "budget", Kind: graph.Float, Scalar: "Float"},
			&graph.Property{Name: "founded", Kind: graph.Date, Scalar: "Date"},
			&graph.Property{Name: "level", Kind: graph.Enum, Scalar: "Level", Values: []string{"HIGH", "LOW", "MID"}},
			&graph.Property{Name: "lat", Kind: graph.Float, Scalar: "Float"},
			&graph.Property{Name: "lon", Kind: graph.Float, Scalar: "Float"},
		),
		Relations: []*graph.Relation{
			{Name: "staff", Hop: graph.Hop{Type: "WORKS_AT", Direction: graph.In, Labels: []string{"Person"}}, Target: "Person", Many: true, PropertiesType: "WorksAtProperties", Properties: worksAt()},
			{Name: "homeOf", Hop: graph.Hop{Type: "HOME", Direction: graph.In, Labels: []string{"Person"}}, Target: "Person", Many: true, PropertiesType: "Period", Properties: period()},
			{Name: "parent", Hop: graph.Hop{Type: "PART_OF", Direction: graph.Out, Labels: []string{"Org"}}, Target: "Org", PropertiesType: "Period", Properties: period()},
			{Name: "children", Hop: graph.Hop{Type: "PART_OF", Direction: graph.In, Labels: []string{"Org"}}, Target: "Org", Many: true, PropertiesType: "Period", Properties: period()},
			{Name: "partOfProjects", Hop: graph.Hop{Type: "PART_OF", Direction: graph.Out, Labels: []string{"Project"}}, Target: "Project", Many: true, PropertiesType: "Period", Properties: period()},
			{Name: "topics", Hop: graph.Hop{Type: "ABOUT", Direction: graph.Out, Labels: []string{"Topic"}}, Target: "Topic", Many: true, PropertiesType: "AboutProperties", Properties: strength()},
			{Name: "partnerIn", Hop: graph.Hop{Type: "PARTNER", Direction: graph.In, Labels: []string{"Project"}}, Target: "Project", Many: true, PropertiesType: "PartnerProperties", Properties: partner()},
		},
	}
}

// projectType has a relation to an abstract type.
func projectType() *graph.Type {
	return &graph.Type{
		Name: "Project", Plural: "projects", Title: "name", NL: "project", EN: "project",
		Properties: append(common(),
			&graph.Property{Name: "name", Kind: graph.String, Scalar: "String", Required: true, Search: 3, Suggest: true},
			&graph.Property{Name: "summary", Kind: graph.String, Scalar: "String", Search: 1},
			&graph.Property{Name: "budget", Kind: graph.Float, Scalar: "Float"},
			&graph.Property{Name: "start", Kind: graph.Date, Scalar: "Date", Required: true},
			&graph.Property{Name: "open", Kind: graph.Bool, Scalar: "Boolean", Required: true},
		),
		Relations: []*graph.Relation{
			{Name: "partners", Hop: graph.Hop{Type: "PARTNER", Direction: graph.Out, Labels: []string{"Org", "Person"}}, Target: "Party", Many: true, PropertiesType: "PartnerProperties", Properties: partner()},
			{Name: "parts", Hop: graph.Hop{Type: "PART_OF", Direction: graph.In, Labels: []string{"Org"}}, Target: "Org", Many: true, PropertiesType: "Period", Properties: period()},
			{Name: "topics", Hop: graph.Hop{Type: "ABOUT", Direction: graph.Out, Labels: []string{"Topic"}}, Target: "Topic", Many: true, PropertiesType: "AboutProperties", Properties: strength()},
		},
	}
}

func common() []*graph.Property {
	return []*graph.Property{
		{Name: "createdAt", Kind: graph.DateTime, Scalar: "DateTime", Required: true},
		{Name: "updatedAt", Kind: graph.DateTime, Scalar: "DateTime", Required: true},
		{Name: "source", Kind: graph.String, Scalar: "String"},
	}
}

func period() []*graph.Property {
	return []*graph.Property{
		{Name: "since", Kind: graph.Date, Scalar: "Date"}, {Name: "until", Kind: graph.Date, Scalar: "Date"},
	}
}

func strength() []*graph.Property {
	return []*graph.Property{{Name: "strength", Kind: graph.Int, Scalar: "Int"}}
}

func worksAt() []*graph.Property {
	return append(period(),
		&graph.Property{Name: "role", Kind: graph.String, Scalar: "String"},
		&graph.Property{Name: "share", Kind: graph.Float, Scalar: "Float"},
		&graph.Property{Name: "paid", Kind: graph.Bool, Scalar: "Boolean"},
		&graph.Property{Name: "duties", Kind: graph.String, Scalar: "String", List: true},
	)
}

func partner() []*graph.Property {
	return append(period(),
		&graph.Property{Name: "role", Kind: graph.Enum, Scalar: "PartnerRole", Values: []string{"LEAD", "MEMBER"}},
		&graph.Property{Name: "funding", Kind: graph.Float, Scalar: "Float"},
	)
}
