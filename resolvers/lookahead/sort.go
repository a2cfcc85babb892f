package lookahead

import (
	"slices"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// order reads the sort argument. Without one, a list that is filtered by text comes
// best first, and any other by the name that a person reads.
func (b *builder) order(shape *graph.Type, r *graph.Relation, args map[string]any) ([]graph.Order, error) {
	where, _ := args["where"].(map[string]any)
	query, _ := where["matches"].(string)
	var relevance *graph.Matches
	if query != "" {
		relevance = &graph.Matches{Text: query, Mode: graph.AllWords}
	}
	keys := maps(args["sort"])
	if len(keys) == 0 {
		return defaultOrder(shape, relevance), nil
	}
	order := make([]graph.Order, 0, len(keys))
	for _, key := range keys {
		o, err := b.sortKey(shape, r, texts(key["path"]), relevance)
		if err != nil {
			return nil, err
		}
		o.Desc, o.NullsFirst = key["order"] == "DESC", key["nulls"] == "FIRST"
		order = append(order, o)
	}
	return order, nil
}

func defaultOrder(shape *graph.Type, relevance *graph.Matches) []graph.Order {
	if relevance != nil {
		return []graph.Order{{Relevance: relevance, Desc: true}}
	}
	title := shape.Title
	if title == "" {
		title = "name"
	}
	if p := shape.Property(title); p != nil {
		return []graph.Order{{Prop: p.Name, Kind: p.Kind, Required: p.Required}}
	}
	return nil
}

func (b *builder) sortKey(shape *graph.Type, r *graph.Relation, path []string, relevance *graph.Matches) (graph.Order, error) {
	if len(path) == 1 && path[0] == "relevance" {
		if relevance == nil {
			return graph.Order{}, graph.Errorf(graph.BadUserInput, "sort by relevance needs a text: add where: {matches: \"…\"}")
		}
		return graph.Order{Relevance: relevance}, nil
	}
	if len(path) == 2 && path[0] == "edge" {
		for _, p := range r.Properties {
			if p.Name == path[1] && !p.List && !p.Personal {
				return graph.Order{Prop: p.Name, Kind: p.Kind, Edge: true}, nil
			}
		}
		return graph.Order{}, badPath("sort", path, properties(r.Properties))
	}
	return b.sortPath(shape, path)
}

func (b *builder) sortPath(shape *graph.Type, path []string) (graph.Order, error) {
	var via []graph.Hop
	for i, name := range path {
		last := i == len(path)-1
		if r := shape.Relation(name); r != nil {
			switch {
			case last && r.Many && i == 0:
				hop := r.Hop
				return graph.Order{Count: &hop}, nil
			case !last && !r.Many:
				via = append(via, r.Hop)
				shape = b.rt.Model.Shape(r.Target)
				continue
			}
		}
		p := shape.Property(name)
		if last && name == "id" {
			p = &graph.Property{Name: "id", Kind: graph.String, Required: true}
		}
		if !last || p == nil || p.List || p.Personal {
			break
		}
		return graph.Order{Via: via, Prop: p.Name, Kind: p.Kind, Required: p.Required && len(via) == 0}, nil
	}
	return graph.Order{}, badPath("sort", path, append(properties(shape.Properties), relations(shape)...))
}

func properties(props []*graph.Property) []string {
	var names []string
	for _, p := range props {
		if !p.List && !p.Personal {
			names = append(names, p.Name)
		}
	}
	return names
}

func relations(shape *graph.Type) []string {
	var names []string
	for _, r := range shape.Relations {
		names = append(names, r.Name)
	}
	return names
}

func badPath(argument string, path, options []string) error {
	slices.Sort(options)
	return graph.Errorf(graph.BadUserInput, "%s: the path %q leads nowhere; from there one can take %s",
		argument, strings.Join(path, "."), strings.Join(options, ", "))
}
