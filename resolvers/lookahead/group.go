package lookahead

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// groupPlan goes with the aggregates of one field: facets, or an aggregate's groups.
type groupPlan struct {
	// keys names the aggregates in graph.Result.Groups, one a facet.
	keys  []string
	paths [][]string
	// details plans what is asked of the nodes that are keys; its Selection has no
	// labels where nothing is.
	details *plan
	// wanted tells that something is asked of them.
	wanted bool
	// nodes holds those nodes by id, once they have been read.
	nodes map[string]*graph.Node
}

func newGroupPlan() *groupPlan {
	return &groupPlan{details: newPlan(&graph.Selection{Page: graph.Page{Limit: graph.All}}), nodes: map[string]*graph.Node{}}
}

// facets plans the facets of a list: an aggregate for each axis.
func (b *builder) facets(p *plan, shape *graph.Type, f graphql.CollectedField) error {
	args := b.arguments(f.Field)
	limit, err := bounded(args, "first", 0, b.rt.Pages.Max)
	if err != nil {
		return err
	}
	g := newGroupPlan()
	axes := maps(args["by"])
	if len(axes) == 0 {
		axes = []map[string]any{{"path": []any{"type"}}}
	}
	for i, axis := range axes {
		d, target, err := b.dimension(shape, axis)
		if err != nil {
			return err
		}
		key := f.Alias + "#" + string(rune('0'+i))
		p.sel.Aggregates = append(p.sel.Aggregates, graph.Aggregate{Key: key, Dimensions: []graph.Dimension{d}, Limit: limit})
		g.keys, g.paths = append(g.keys, key), append(g.paths, texts(axis["path"]))
		addLabels(g.details.sel, b.rt.Model, target)
	}
	p.facets[f.Alias] = g
	return b.keyNodes(g, f, "values", "key")
}

// keyNodes plans the nodes that are keys, below the named fields.
func (b *builder) keyNodes(g *groupPlan, f graphql.CollectedField, fields ...string) error {
	return b.descend(f, "", fields, func(f graphql.CollectedField, at string) error {
		for _, c := range b.below(f) {
			if c.Name == "node" {
				g.wanted = true
				if err := b.node(g.details, "Node", c.Selections, at+c.Alias+"."); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// descend calls do for what the path of fields below f leads to, whatever their
// aliases, with the response keys that lead there.
func (b *builder) descend(f graphql.CollectedField, at string, fields []string, do func(graphql.CollectedField, string) error) error {
	if len(fields) == 0 {
		return do(f, at)
	}
	for _, c := range b.below(f) {
		if c.Name == fields[0] {
			if err := b.descend(c, at+c.Alias+".", fields[1:], do); err != nil {
				return err
			}
		}
	}
	return nil
}

func addLabels(sel *graph.Selection, m *graph.Model, target string) {
	for _, label := range m.Labels(target) {
		if !slices.Contains(sel.Labels, label) {
			sel.Labels = append(sel.Labels, label)
		}
	}
}

// dimension reads one axis. target is the type of the nodes that are keys, "" where
// values are.
func (b *builder) dimension(shape *graph.Type, axis map[string]any) (d graph.Dimension, target string, err error) {
	path := texts(axis["path"])
	d.Empty = axis["empty"] == true
	for i, name := range path {
		last := i == len(path)-1
		if r := shape.Relation(name); r != nil {
			d.Path = append(d.Path, r.Hop)
			shape, target = b.rt.Model.Shape(r.Target), r.Target
			continue
		}
		if p := shape.Property(name); last && p != nil && !p.List && !p.Personal {
			d.Prop, d.Kind, d.Values, target = p.Name, p.Kind, p.Values, ""
			continue
		}
		if last && name == "type" {
			d.Prop, d.Kind, target = "__label", graph.String, ""
			continue
		}
		return d, "", badPath("groupBy", path, append(properties(shape.Properties), relations(shape)...))
	}
	if len(path) == 0 {
		return d, "", graph.Errorf(graph.BadUserInput, "groupBy: the path is empty; name a relation or property")
	}
	return d, target, b.refine(&d, shape, axis)
}

// refine reads unit, level and empty, each of which fits some axes only.
func (b *builder) refine(d *graph.Dimension, shape *graph.Type, axis map[string]any) error {
	if unit, ok := axis["unit"].(string); ok {
		if !d.Kind.Temporal() {
			return graph.Errorf(graph.BadUserInput, "groupBy: unit goes with a date; the path %q does not end in one", texts(axis["path"]))
		}
		d.Unit = graph.Unit(unit)
	}
	if axis["level"] != nil {
		level, err := bounded(axis, "level", 1, 20)
		if err != nil {
			return err
		}
		tree := shape.Tree()
		if tree == nil || d.Prop != "" {
			return graph.Errorf(graph.BadUserInput, "groupBy: level goes with nodes that have a broader one; %s does not", shape.Name)
		}
		hop := tree.Hop
		d.Tree, d.Level = &hop, level
	}
	if d.Empty && d.Prop != "" && len(d.Values) == 0 {
		return graph.Errorf(graph.BadUserInput, "groupBy: empty groups can be shown for nodes and for enums; %q is neither", d.Prop)
	}
	return nil
}

// having reads the conditions on groups.
func having(shape *graph.Type, value any) ([]graph.Having, error) {
	var out []graph.Having
	for _, h := range maps(value) {
		prop, _ := h["property"].(string)
		if prop != "" {
			if err := checkMeasure(shape, prop); err != nil {
				return nil, err
			}
		}
		statistic, _ := h["statistic"].(string)
		all, err := comparisons(&graph.Property{Name: "having", Kind: graph.Float}, h["is"])
		if err != nil {
			return nil, err
		}
		for _, c := range all.(graph.And) {
			out = append(out, graph.Having{Prop: prop, Stat: map[string]string{"COUNT": "count", "AVG": "avg", "MIN": "min", "MAX": "max"}[statistic], Compare: c.(graph.Compare)})
			if last := &out[len(out)-1]; last.Stat == "" {
				last.Stat = "sum"
			}
		}
	}
	return out, nil
}

func checkMeasure(shape *graph.Type, prop string) error {
	p := shape.Property(prop)
	if p == nil || p.List || p.Personal || !p.Kind.Numeric() && !p.Kind.Temporal() {
		var options []string
		for _, p := range shape.Properties {
			if (p.Kind.Numeric() || p.Kind.Temporal()) && !p.List && !p.Personal {
				options = append(options, p.Name)
			}
		}
		return badPath("stats", []string{prop}, options)
	}
	return nil
}

// readKeys reads the nodes that are keys in results, once for each field that asks
// for them.
func (rt *Runtime) readKeys(ctx context.Context, day string, p *plan, results ...*graph.Result) error {
	for _, g := range p.facets {
		var ids []any
		for _, res := range results {
			for _, key := range g.keys {
				ids = appendKeyIDs(ids, res.Groups[key])
			}
		}
		if err := rt.readKeyNodes(ctx, day, g, ids); err != nil {
			return err
		}
	}
	for key, child := range p.links {
		var below []*graph.Result
		for _, res := range results {
			for _, row := range res.Rows {
				if r := row.Node.Links[key]; r != nil {
					below = append(below, r)
				}
			}
		}
		if err := rt.readKeys(ctx, day, child, below...); err != nil {
			return err
		}
	}
	return nil
}

func appendKeyIDs(ids []any, groups []graph.Group) []any {
	for _, g := range groups {
		for _, k := range g.Keys {
			if k.ID != "" {
				ids = append(ids, k.ID)
			}
		}
	}
	return ids
}

func (rt *Runtime) readKeyNodes(ctx context.Context, day string, g *groupPlan, ids []any) error {
	if !g.wanted || len(g.details.sel.Labels) == 0 || len(ids) == 0 {
		return nil
	}
	g.details.sel.Where = graph.Compare{Prop: "id", Kind: graph.String, Op: graph.OneOf, Value: ids}
	res, err := rt.Store.Read(ctx, graph.Query{Root: g.details.sel, AsOf: day})
	if err != nil {
		return err
	}
	for _, row := range res.Rows {
		g.nodes[row.Node.ID] = row.Node
	}
	return rt.readKeys(ctx, day, g.details, res)
}
