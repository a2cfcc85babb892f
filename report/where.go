package report

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// QueryPage is the page size of the queries that cells hand out.
const QueryPage = 100

// queryText writes the GraphQL query that lists the nodes of a type for which a filter
// holds, on a day ("" for any).
func queryText(m *graph.Model, label string, f graph.Filter, day string) string {
	var args []string
	if f != nil {
		args = append(args, "where: "+(&printer{model: m}).object(m.Types[label], f))
	}
	if day != "" {
		args = append(args, "asOf: "+quote(day))
	}
	args = append(args, fmt.Sprintf("first: %d", QueryPage))
	return "{ " + m.Types[label].Plural + "(" + strings.Join(args, ", ") + ") { totalCount nodes { id label } pageInfo { hasNextPage endCursor } } }"
}

// printer writes filters as the where of the API. It writes what its own package
// builds; what the API has no words for is a mistake in a route, and panics.
type printer struct{ model *graph.Model }

// condition is one field of a where; operators of one property may be merged.
type condition struct {
	name, value string
	operators   []string
}

func (p *printer) object(shape *graph.Type, f graph.Filter) string {
	parts := p.conditions(shape, f)
	texts := make([]string, len(parts))
	for i, c := range parts {
		if c.operators != nil {
			c.value = "{ " + strings.Join(c.operators, ", ") + " }"
		}
		texts[i] = c.name + ": " + c.value
	}
	if len(texts) == 0 {
		return "{}"
	}
	return "{ " + strings.Join(texts, ", ") + " }"
}

func (p *printer) conditions(shape *graph.Type, f graph.Filter) []condition {
	switch f := f.(type) {
	case nil:
		return nil
	case graph.And:
		return p.all(shape, f)
	case graph.Or:
		return []condition{{name: "or", value: p.list(shape, f)}}
	case graph.Not:
		return []condition{{name: "not", value: p.object(shape, f.Filter)}}
	case graph.Compare:
		return []condition{{name: f.Prop, operators: []string{string(f.Op) + ": " + literal(f.Kind, f.Value)}}}
	case graph.Within:
		return []condition{{name: "within", value: quote(f.ID)}}
	case graph.HasLabel:
		return []condition{{name: "type", operators: []string{"in: [" + strings.Join(f.Labels, ", ") + "]"}}}
	case graph.Related:
		return []condition{p.related(shape, f)}
	}
	panic(fmt.Sprintf("report: no where for a %T", f))
}

// all writes conditions side by side, and as a list where two have the same name.
func (p *printer) all(shape *graph.Type, filters graph.And) []condition {
	var out []condition
	for _, f := range filters {
		for _, c := range p.conditions(shape, f) {
			i := slices.IndexFunc(out, func(o condition) bool { return o.name == c.name })
			switch {
			case i < 0:
				out = append(out, c)
			case out[i].operators != nil && mergeable(out[i].operators, c.operators):
				out[i].operators = append(slices.Clip(out[i].operators), c.operators...)
			default:
				return []condition{{name: "and", value: p.list(shape, filters)}}
			}
		}
	}
	return out
}

// mergeable tells whether no operator occurs in both.
func mergeable(a, b []string) bool {
	return !slices.ContainsFunc(a, func(x string) bool {
		op, _, _ := strings.Cut(x, ":")
		return slices.ContainsFunc(b, func(y string) bool { return strings.HasPrefix(y, op+":") })
	})
}

func (p *printer) list(shape *graph.Type, filters []graph.Filter) string {
	texts := make([]string, len(filters))
	for i, f := range filters {
		texts[i] = p.object(shape, f)
	}
	return "[" + strings.Join(texts, ", ") + "]"
}

// related finds the field that follows the hop. A hop to some of a relation's types
// says so in the condition.
func (p *printer) related(shape *graph.Type, f graph.Related) condition {
	r := p.relation(shape, f.Hop)
	inner := f.Filter
	if len(f.Hop.Labels) < len(r.Hop.Labels) {
		inner = both(graph.HasLabel{Labels: f.Hop.Labels}, inner)
	}
	value := p.object(p.model.Shape(r.Target), inner)
	switch {
	case r.Many:
		value = "{ " + string(f.Quantifier) + ": " + value + " }"
	case f.Quantifier != graph.Some:
		panic("report: a relation to one has no quantifier " + string(f.Quantifier))
	}
	return condition{name: r.Name, value: value}
}

func (p *printer) relation(shape *graph.Type, h graph.Hop) *graph.Relation {
	var best *graph.Relation
	for _, r := range shape.Relations {
		fits := r.Hop.Type == h.Type && r.Hop.Direction == h.Direction &&
			!slices.ContainsFunc(h.Labels, func(l string) bool { return !slices.Contains(r.Hop.Labels, l) })
		if fits && (best == nil || len(r.Hop.Labels) < len(best.Hop.Labels)) {
			best = r
		}
	}
	if best == nil {
		panic(fmt.Sprintf("report: %s has no relation %s %s %v", shape.Name, h.Type, h.Direction, h.Labels))
	}
	return best
}

func literal(kind graph.Kind, v any) string {
	switch v := v.(type) {
	case []any:
		texts := make([]string, len(v))
		for i, one := range v {
			texts[i] = literal(kind, one)
		}
		return "[" + strings.Join(texts, ", ") + "]"
	case string:
		if kind == graph.Enum {
			return v
		}
		return quote(v)
	}
	return fmt.Sprint(v)
}

// quote writes a string of GraphQL, whose escapes are those of JSON.
func quote(s string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		return `""` // a string can always be written
	}
	return strings.TrimSuffix(b.String(), "\n")
}
