package lookahead

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Get reads the node of the type whose id is the argument id of the field that is
// being resolved; ok is false where there is none.
func (rt *Runtime) Get(ctx context.Context, typeName string) (r Record, ok bool, err error) {
	b := newBuilder(ctx, rt)
	args := b.arguments(graphql.GetFieldContext(ctx).Field.Field)
	id, _ := args["id"].(string)
	found, err := rt.byID(ctx, b, typeName, []any{id})
	if err != nil {
		return Record{}, false, err
	}
	r, ok = found[id]
	return r, ok, nil
}

// byID reads nodes of a type or interface by id, with what the field asks of them.
func (rt *Runtime) byID(ctx context.Context, b *builder, target string, ids []any) (map[string]Record, error) {
	field := graphql.GetFieldContext(ctx).Field
	p := newPlan(&graph.Selection{Labels: rt.Model.Labels(target), Page: graph.Page{Limit: graph.All}})
	if err := b.node(p, target, field.Selections, ""); err != nil {
		return nil, err
	}
	day, err := asOf(b.arguments(field.Field))
	if err != nil {
		return nil, err
	}
	return rt.read(ctx, p, day, ids)
}

// read executes a plan for the given ids.
func (rt *Runtime) read(ctx context.Context, p *plan, day string, ids []any) (map[string]Record, error) {
	p.sel.Where = graph.Compare{Prop: "id", Kind: graph.String, Op: graph.OneOf, Value: ids}
	res, err := rt.Store.Read(ctx, graph.Query{Root: p.sel, AsOf: day})
	if err != nil {
		return nil, err
	}
	found := make(map[string]Record, len(res.Rows))
	for _, row := range res.Rows {
		found[row.Node.ID] = Record{rt: rt, node: row.Node, plan: p}
	}
	return found, rt.readKeys(ctx, day, p, res)
}

// Node reads one node of any type, nil where there is none.
func (rt *Runtime) Node(ctx context.Context, id string) (Node, error) {
	found, err := rt.byID(ctx, newBuilder(ctx, rt), "Node", []any{id})
	if err != nil {
		return nil, err
	}
	if r, ok := found[id]; ok {
		return rt.Wrap(r), nil
	}
	return nil, nil //nolint:nilnil // GraphQL's answer for a node that is not there
}

// Nodes reads nodes of any type in the order of the ids, nil where there is none.
func (rt *Runtime) Nodes(ctx context.Context, ids []string) ([]Node, error) {
	if len(ids) > rt.Pages.Max {
		return nil, graph.Errorf(graph.BadUserInput, "ids has %d entries; %d is the most", len(ids), rt.Pages.Max)
	}
	values := make([]any, len(ids))
	for i, id := range ids {
		values[i] = id
	}
	found, err := rt.byID(ctx, newBuilder(ctx, rt), "Node", values)
	if err != nil {
		return nil, err
	}
	nodes := make([]Node, len(ids))
	for i, id := range ids {
		if r, ok := found[id]; ok {
			nodes[i] = rt.Wrap(r)
		}
	}
	return nodes, nil
}

// List reads the list of a type that the field being resolved asks for.
func (rt *Runtime) List(ctx context.Context, typeName string) (Page, error) {
	b := newBuilder(ctx, rt)
	field := graphql.GetFieldContext(ctx).Field
	p := newPlan(&graph.Selection{Labels: rt.Model.Labels(typeName)})
	if err := b.connection(p, &graph.Relation{Target: typeName}, field); err != nil {
		return Page{}, err
	}
	res, err := rt.execute(ctx, p, b.arguments(field.Field))
	return Page{rt: rt, result: res, plan: p}, err
}

// execute has the store read a plan, and then the nodes that are keys of its groups.
func (rt *Runtime) execute(ctx context.Context, p *plan, args map[string]any) (*graph.Result, error) {
	day, err := asOf(args)
	if err != nil {
		return nil, err
	}
	res, err := rt.Store.Read(ctx, graph.Query{Root: p.sel, AsOf: day})
	if err != nil {
		return nil, err
	}
	return res, rt.readKeys(ctx, day, p, res)
}

// Aggregate counts and measures a type as the field being resolved asks for.
func (rt *Runtime) Aggregate(ctx context.Context, typeName string) (*Aggregate, error) {
	b := newBuilder(ctx, rt)
	field := graphql.GetFieldContext(ctx).Field
	args := b.arguments(field.Field)
	shape := rt.Model.Types[typeName]
	p := newPlan(&graph.Selection{Labels: []string{typeName}})
	var err error
	if p.sel.Where, err = b.where(shape, args["where"]); err != nil {
		return nil, err
	}
	g, err := b.aggregates(p, shape, field)
	if err != nil {
		return nil, err
	}
	p.facets["groups"] = g
	res, err := rt.execute(ctx, p, args)
	if err != nil {
		return nil, err
	}
	all := graph.Group{}
	if len(res.Groups["all"]) == 1 {
		all = res.Groups["all"][0]
	}
	return &Aggregate{rt: rt, group: all, plan: g, groups: res.Groups["groups"]}, nil
}

// aggregates plans the aggregate of all nodes and, where groupBy is given, that of
// the groups.
func (b *builder) aggregates(p *plan, shape *graph.Type, f graphql.CollectedField) (*groupPlan, error) {
	args := b.arguments(f.Field)
	all, err := b.measured(shape, f, "all")
	if err != nil {
		return nil, err
	}
	p.sel.Aggregates = []graph.Aggregate{all}
	g := newGroupPlan()
	axes := maps(args["groupBy"])
	if len(axes) == 0 {
		return g, nil
	}
	var groups graph.Aggregate
	err = b.descend(f, "", []string{"groups"}, func(below graphql.CollectedField, _ string) error {
		more, err := b.measured(shape, below, "groups")
		groups.Measures = append(groups.Measures, more.Measures...)
		return err
	})
	if err != nil {
		return nil, err
	}
	groups.Key = "groups"
	if groups.Limit, err = bounded(args, "first", 0, b.rt.Pages.Max); err != nil {
		return nil, err
	}
	for _, axis := range axes {
		d, target, err := b.dimension(shape, axis)
		if err != nil {
			return nil, err
		}
		groups.Dimensions = append(groups.Dimensions, d)
		addLabels(g.details.sel, b.rt.Model, target)
	}
	if groups.Having, err = having(shape, args["having"]); err != nil {
		return nil, err
	}
	for _, h := range groups.Having {
		if h.Prop != "" {
			groups.Measures = addMeasure(groups.Measures, shape.Property(h.Prop))
		}
	}
	p.sel.Aggregates = append(p.sel.Aggregates, groups)
	g.keys = []string{"groups"}
	return g, b.keyNodes(g, f, "groups", "keys")
}

// measured plans an aggregate with the measures that a field asks for.
func (b *builder) measured(shape *graph.Type, f graphql.CollectedField, key string) (graph.Aggregate, error) {
	a := graph.Aggregate{Key: key, Limit: graph.All}
	for _, c := range b.below(f) {
		if c.Name != "stats" {
			continue
		}
		prop, _ := b.arguments(c.Field)["of"].(string)
		if err := checkMeasure(shape, prop); err != nil {
			return a, err
		}
		a.Measures = addMeasure(a.Measures, shape.Property(prop))
	}
	return a, nil
}

func addMeasure(measures []graph.Measure, p *graph.Property) []graph.Measure {
	m := graph.Measure{Prop: p.Name, Kind: p.Kind}
	if slices.Contains(measures, m) {
		return measures
	}
	return append(measures, m)
}
