package lookahead

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// maxValues bounds the lists of in, notIn and hasAny.
const maxValues = 1000

// where turns a filter argument into a Filter; no argument, or an empty one, is nil.
// Conditions are taken in alphabetical order, so that one shape of filter always
// makes one shape of statement.
func (b *builder) where(shape *graph.Type, value any) (graph.Filter, error) {
	return b.conditions(value, func(name string, v any) (graph.Filter, error) { return b.condition(shape, name, v) })
}

// edgeWhere does the same for a filter on a relation's own properties.
func (b *builder) edgeWhere(r *graph.Relation, value any) (graph.Filter, error) {
	return b.conditions(value, func(name string, v any) (graph.Filter, error) {
		for _, p := range r.Properties {
			if p.Name == name {
				return comparisons(p, v)
			}
		}
		return b.logic(name, v, func(inner any) (graph.Filter, error) { return b.edgeWhere(r, inner) })
	})
}

func (b *builder) conditions(value any, one func(string, any) (graph.Filter, error)) (graph.Filter, error) {
	fields, ok := value.(map[string]any)
	if !ok || len(fields) == 0 {
		return nil, nil //nolint:nilnil // no filter keeps all
	}
	names := make([]string, 0, len(fields))
	for name := range fields {
		names = append(names, name)
	}
	slices.Sort(names)
	var all graph.And
	for _, name := range names {
		if fields[name] == nil {
			return nil, graph.Errorf(graph.BadUserInput, "where.%s is null; leave it out, or use isNull", name)
		}
		f, err := one(name, fields[name])
		if err != nil {
			return nil, err
		}
		if f != nil {
			all = append(all, f)
		}
	}
	if len(all) == 1 {
		return all[0], nil
	}
	return all, nil
}

func (b *builder) condition(shape *graph.Type, name string, v any) (graph.Filter, error) {
	switch name {
	case "matches":
		return matches(v)
	case "type":
		return typeFilter(v)
	case "within":
		return within(shape, v), nil
	case "place":
		return near(v)
	}
	if r := shape.Relation(name); r != nil {
		return b.related(r, v)
	}
	if p := shape.Property(name); p != nil {
		return comparisons(p, v)
	}
	return b.logic(name, v, func(inner any) (graph.Filter, error) { return b.where(shape, inner) })
}

// logic reads and, or and not. In them an empty filter object holds for all.
func (b *builder) logic(name string, v any, one func(any) (graph.Filter, error)) (graph.Filter, error) {
	orAll := func(v any) (graph.Filter, error) {
		f, err := one(v)
		if f == nil {
			f = graph.And{}
		}
		return f, err
	}
	if name == "not" {
		f, err := orAll(v)
		return graph.Not{Filter: f}, err
	}
	if name != "and" && name != "or" {
		return nil, graph.Errorf(graph.BadUserInput, "the filter names %q, which there is not", name)
	}
	var list []graph.Filter
	for _, m := range maps(v) {
		f, err := orAll(m)
		if err != nil {
			return nil, err
		}
		list = append(list, f)
	}
	if name == "or" {
		return graph.Or(list), nil
	}
	return graph.And(list), nil
}

func matches(v any) (graph.Filter, error) {
	s, _ := v.(string)
	if strings.TrimSpace(s) == "" {
		return nil, graph.Errorf(graph.BadUserInput, "matches is empty; give at least one word")
	}
	return graph.Matches{Text: s, Mode: graph.AllWords}, nil
}

func typeFilter(v any) (graph.Filter, error) {
	ops, _ := v.(map[string]any)
	var all graph.And
	for _, op := range [...]string{"eq", "in", "ne", "notIn"} {
		value, ok := ops[op]
		if !ok {
			continue
		}
		if value == nil {
			return nil, graph.Errorf(graph.BadUserInput, "type.%s is null; name a type", op)
		}
		var f graph.Filter = graph.HasLabel{Labels: texts(value)}
		if op == "ne" || op == "notIn" {
			f = graph.Not{Filter: f}
		}
		all = append(all, f)
	}
	return all, nil
}

func within(shape *graph.Type, v any) graph.Filter {
	id, _ := v.(string)
	return graph.Within{Tree: shape.Tree().Hop, ID: id}
}

func near(v any) (graph.Filter, error) {
	place, _ := v.(map[string]any)
	circle, ok := place["withinKm"].(map[string]any)
	if !ok {
		return nil, nil //nolint:nilnil // an empty place keeps all
	}
	f := graph.Near{LatProp: "lat", LonProp: "lon"}
	for _, bound := range [...]struct {
		name   string
		to     *float64
		lo, hi float64
	}{{"lat", &f.Lat, -90, 90}, {"lon", &f.Lon, -180, 180}, {"km", &f.Km, 0, 20040}} {
		n, err := number(circle[bound.name])
		if err != nil || n < bound.lo || n > bound.hi {
			return nil, graph.Errorf(graph.BadUserInput, "withinKm.%s must be a number between %g and %g", bound.name, bound.lo, bound.hi)
		}
		*bound.to = n
	}
	return f, nil
}

// related reads the filter on a relation: on the node itself for a relation to one,
// with quantifiers for a relation to many. Several quantifiers must all hold.
func (b *builder) related(r *graph.Relation, v any) (graph.Filter, error) {
	shape := b.rt.Model.Shape(r.Target)
	if !r.Many {
		f, err := b.where(shape, v)
		return graph.Related{Hop: r.Hop, Quantifier: graph.Some, Filter: f}, err
	}
	ops, _ := v.(map[string]any)
	where, err := b.where(shape, ops["where"])
	if err != nil {
		return nil, err
	}
	edge, err := b.edgeWhere(r, ops["edge"])
	if err != nil {
		return nil, err
	}
	var all graph.And
	for _, q := range [...]graph.Quantifier{graph.EachOf, graph.Number, graph.None, graph.Single, graph.Some} {
		value, ok := ops[string(q)]
		if !ok {
			continue
		}
		f := graph.Related{Hop: r.Hop, Edge: edge, Where: where, Quantifier: q}
		if q == graph.Number {
			f.Count, err = counts(value)
		} else {
			f.Filter, err = b.where(shape, value)
		}
		if err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	if len(all) == 0 && (where != nil || edge != nil) {
		all = append(all, graph.Related{Hop: r.Hop, Edge: edge, Where: where, Quantifier: graph.Some})
	}
	return all, nil
}

func counts(v any) ([]graph.Compare, error) {
	f, err := comparisons(&graph.Property{Name: "count", Kind: graph.Int}, v)
	if err != nil {
		return nil, err
	}
	var out []graph.Compare
	for _, one := range f.(graph.And) {
		c := one.(graph.Compare)
		if c.Op == graph.IsNull {
			return nil, graph.Errorf(graph.BadUserInput, "count is a number, never null; compare it with eq, gte and the like")
		}
		c.Prop = ""
		out = append(out, c)
	}
	return out, nil
}

// comparisons reads the operators on one property; all must hold.
func comparisons(p *graph.Property, v any) (graph.Filter, error) {
	ops, ok := v.(map[string]any)
	if !ok {
		return nil, graph.Errorf(graph.BadUserInput, "%s needs an operator, as in {eq: …}", p.Name)
	}
	names := make([]string, 0, len(ops))
	for name := range ops {
		names = append(names, name)
	}
	slices.Sort(names)
	all := make(graph.And, 0, len(ops))
	for _, name := range names {
		value, err := operand(p, graph.Op(name), ops[name])
		if err != nil {
			return nil, err
		}
		all = append(all, graph.Compare{Prop: p.Name, Kind: p.Kind, Op: graph.Op(name), Value: value})
	}
	return all, nil
}

func operand(p *graph.Property, op graph.Op, v any) (any, error) {
	if v == nil {
		return nil, graph.Errorf(graph.BadUserInput, "%s.%s is null; use isNull to look for what is absent", p.Name, op)
	}
	switch op {
	case graph.OneOf, graph.NotIn, graph.HasAny:
		list, ok := v.([]any)
		if !ok {
			list = []any{v}
		}
		if len(list) > maxValues {
			return nil, graph.Errorf(graph.BadUserInput, "%s.%s has %d values; %d is the most", p.Name, op, len(list), maxValues)
		}
		out := make([]any, len(list))
		for i, e := range list {
			value, err := scalar(p, e)
			if err != nil {
				return nil, err
			}
			out[i] = value
		}
		return out, nil
	}
	return scalar(p, v)
}

// scalar brings a value to the Go type that stores compare.
func scalar(p *graph.Property, v any) (any, error) {
	if truth, ok := v.(bool); ok {
		return truth, nil
	}
	switch p.Kind {
	case graph.Int, graph.Float:
		n, err := number(v)
		if err != nil {
			return nil, graph.Errorf(graph.BadUserInput, "%s: %v is not a number", p.Name, v)
		}
		if p.Kind == graph.Int {
			return int64(n), nil
		}
		return n, nil
	}
	s, ok := v.(string)
	if !ok {
		return nil, graph.Errorf(graph.BadUserInput, "%s: %v is not a text", p.Name, v)
	}
	switch p.Kind {
	case graph.Date:
		if err := checkDate(s); err != nil {
			return nil, err
		}
	case graph.DateTime:
		return dateTime(s)
	}
	return s, nil
}

func number(v any) (float64, error) {
	if n, ok := v.(json.Number); ok {
		return n.Float64()
	}
	if f, ok := graph.Number64(v); ok {
		return f, nil
	}
	return 0, graph.Errorf(graph.BadUserInput, "%v is not a number", v)
}
