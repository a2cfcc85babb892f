package write

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/validate"
)

// links plans the relations of an input: first what is disconnected, then what is
// connected. Setting a relation to one replaces what it led to.
func (p *Plan) links(ctx context.Context, t *graph.Type, id string, input Input, path string, depth int) error {
	for _, r := range t.Relations {
		links, _ := input[r.Name].(map[string]any)
		if links == nil {
			continue
		}
		for i, other := range texts(links["disconnect"]) {
			at := index(join(path, r.Name)+".disconnect", i)
			if err := p.disconnect(ctx, r, id, other, at); err != nil {
				return err
			}
		}
		connect := objects(links["connect"])
		if !r.Many && len(connect) > 1 {
			p.failf(join(path, r.Name), graph.BadUserInput, "it leads to one %s, and %d are connected; name one", r.Target, len(connect))
			continue
		}
		for i, link := range connect {
			at := index(join(path, r.Name)+".connect", i)
			other, err := p.linked(ctx, r, link, at, depth)
			if err != nil {
				return err
			}
			if other == "" {
				continue
			}
			if err := p.connect(ctx, t, r, id, other, link, place{at, at}, !r.Many); err != nil {
				return err
			}
		}
	}
	return nil
}

// linked returns the node that a link names or makes, "" where it does neither rightly.
func (p *Plan) linked(ctx context.Context, r *graph.Relation, link Input, path string, depth int) (string, error) {
	id, _ := link["id"].(string)
	create, _ := link["create"].(map[string]any)
	switch {
	case (id == "") == (create == nil):
		p.failf(path, graph.BadUserInput, "give either the id of a node, or create with a new one")
		return "", nil
	case create == nil:
		n, err := p.Node(ctx, id)
		if err == nil && n == nil {
			p.failf(join(path, "id"), graph.NotFound, "there is no node with id %q", id)
			id = ""
		}
		return id, err
	case len(create) != 1:
		p.failf(join(path, "create"), graph.BadUserInput, "name one type, as in create: {person: {…}}")
		return "", nil
	}
	for name, input := range create {
		label := p.labelOf(name)
		fields, _ := input.(map[string]any)
		if label == "" || fields == nil || !slices.Contains(r.Hop.Labels, label) {
			p.failf(join(join(path, "create"), name), graph.BadUserInput, "a new node here is one of %s, with its fields", strings.Join(r.Hop.Labels, ", "))
			return "", nil
		}
		return p.create(ctx, label, fields, join(join(path, "create"), name), depth+1)
	}
	return "", nil
}

// labelOf returns the type whose field in NodeInput has the name.
func (p *Plan) labelOf(name string) string {
	label := strings.ToUpper(name[:1]) + name[1:]
	if p.model.Types[label] == nil {
		return ""
	}
	return label
}

// change returns the Connect or Disconnect of a relation as seen from a node.
func change(op graph.ChangeOp, r *graph.Relation, id, other string) graph.Change {
	c := graph.Change{Op: op, Type: r.Hop.Type, From: id, To: other}
	if r.Hop.Direction == graph.In {
		c.From, c.To = other, id
	}
	return c
}

func (p *Plan) disconnect(ctx context.Context, r *graph.Relation, id, other, path string) error {
	c := change(graph.Disconnect, r, id, other)
	e, err := p.Edge(ctx, c.Type, c.From, c.To)
	if err != nil {
		return err
	}
	if e == nil {
		p.failf(path, graph.NotFound, "%q is not connected to %q by %s", id, other, r.Name)
		return nil
	}
	p.Add(c)
	return nil
}

// place is where an input names the other end of a relation, and where its properties.
type place struct{ end, properties string }

// connect plans one relation. replace says that it takes the place of another, where the
// relation leads to one; otherwise a second one there is refused.
func (p *Plan) connect(ctx context.Context, t *graph.Type, r *graph.Relation, id, other string, given Input, at place, replace bool) error {
	far, err := p.Node(ctx, other)
	if err != nil {
		return err
	}
	if far == nil {
		p.failf(at.end, graph.NotFound, "there is no node with id %q", other)
		return nil
	}
	c := change(graph.Connect, r, id, other)
	c.Props = map[string]any{}
	for _, property := range r.Properties {
		if value, ok := given[property.Name]; ok {
			c.Props[property.Name] = validate.Convert(property, value)
		}
	}
	from, to := t.Name, far.Label
	if r.Hop.Direction == graph.In {
		from, to = to, from
	}
	e, err := p.Edge(ctx, c.Type, c.From, c.To)
	if err != nil {
		return err
	}
	var now map[string]any
	if e != nil {
		now = e.Props
	}
	if problems := p.rules.Edge(c, from, to, now); len(problems) > 0 {
		for _, problem := range problems {
			if problem.Field == "" {
				p.failf(at.end, graph.BadUserInput, "%s", problem.Message)
			} else {
				p.failf(join(at.properties, problem.Field), graph.BadUserInput, "%s", problem.Message)
			}
		}
		return nil
	}
	// Also of a relation that is there already: it may be gone, and others there, when it is written.
	if err := p.single(ctx, c, from, to, id, at.end, replace); err != nil {
		return err
	}
	if err := p.acyclic(ctx, c, from, at.end); err != nil {
		return err
	}
	p.Add(c)
	return nil
}

// single makes room where the relation leads to one, from either of its ends.
func (p *Plan) single(ctx context.Context, c graph.Change, from, to, asked, path string, replace bool) error {
	for _, end := range []struct {
		id, label, other string
		in               bool
	}{{c.From, from, to, false}, {c.To, to, from, true}} {
		r := p.toOne(end.label, c.Type, end.other, end.in)
		if r == nil {
			continue
		}
		edges, err := p.Edges(ctx, end.id, c.Type, end.in)
		if err != nil {
			return err
		}
		for _, e := range edges {
			far := e.To
			if end.in {
				far = e.From
			}
			n, err := p.Node(ctx, far)
			if err != nil {
				return err
			}
			if e.From == c.From && e.To == c.To || n == nil || !slices.Contains(r.Hop.Labels, n.Label) || ended(e, c) {
				continue
			}
			switch {
			case replace && end.id == asked:
				p.replace(e, c)
			case c.Props["since"] == nil && c.Props["until"] == nil:
				p.failf(path, graph.Conflict, "the %s of %q is %q already; disconnect that first, set it with update, or give the relation a period", r.Name, end.id, far)
			}
		}
	}
	return nil
}

// toOne returns the relation to one of a type that has such relations, nil for none.
func (p *Plan) toOne(label, typ, other string, in bool) *graph.Relation {
	for _, r := range p.model.Types[label].Relations {
		if !r.Many && r.Hop.Type == typ && (r.Hop.Direction == graph.In) == in && r.Hop.Direction != graph.Both && slices.Contains(r.Hop.Labels, other) {
			return r
		}
	}
	return nil
}

// ended tells whether a relation was over before another begins.
func ended(e graph.Edge, c graph.Change) bool {
	until, _ := e.Props["until"].(string)
	since, _ := c.Props["since"].(string)
	return until != "" && (since == "" || until < since)
}

// replace ends a relation the day before another takes its place, where that is known
// and lies within it, and removes it otherwise.
func (p *Plan) replace(e graph.Edge, c graph.Change) {
	began, _ := e.Props["since"].(string)
	since, _ := c.Props["since"].(string)
	day, err := time.Parse(time.DateOnly, since)
	if err != nil || began >= since {
		p.Add(graph.Change{Op: graph.Disconnect, Type: e.Type, From: e.From, To: e.To})
		return
	}
	until := map[string]any{"until": day.AddDate(0, 0, -1).Format(time.DateOnly)}
	p.Add(graph.Change{Op: graph.Connect, Type: e.Type, From: e.From, To: e.To, Props: until})
}

// acyclic refuses a relation that would close a circle in a tree.
func (p *Plan) acyclic(ctx context.Context, c graph.Change, from, path string) error {
	tree := p.model.Types[from].Tree()
	if tree == nil || tree.Hop.Type != c.Type {
		return nil
	}
	narrower, broader, in := c.From, c.To, tree.Hop.Direction == graph.In
	if in {
		narrower, broader = broader, narrower
	}
	way, err := validate.Cycle(narrower, broader, func(id string) ([]string, error) {
		edges, err := p.Edges(ctx, id, c.Type, in)
		var above []string
		for _, e := range edges {
			if in {
				above = append(above, e.From)
			} else {
				above = append(above, e.To)
			}
		}
		return above, err
	})
	if way != nil {
		p.failf(path, graph.BadUserInput, "that would close a circle: %s; choose another", strings.Join(way, " → "))
	}
	return err
}

// required refuses a node without a relation to one that it must have.
func (p *Plan) required(ctx context.Context, t *graph.Type, id, path string) error {
	for _, r := range t.Relations {
		if r.Many || !r.Required {
			continue
		}
		edges, err := p.Edges(ctx, id, r.Hop.Type, r.Hop.Direction == graph.In)
		if err != nil {
			return err
		}
		if len(edges) == 0 {
			p.failf(join(path, r.Name), graph.BadUserInput, "every %s has one; connect it", t.Name)
		}
	}
	return nil
}

// relation returns the relation of a node that a person names, and the node's type.
func (p *Plan) relation(ctx context.Context, id, name string) (*graph.Type, *graph.Relation, error) {
	n, err := p.existing(ctx, "", id)
	if err != nil {
		return nil, nil, err
	}
	t := p.model.Types[n.Label]
	if r := t.Relation(name); r != nil {
		return t, r, nil
	}
	var names []string
	for _, r := range t.Relations {
		names = append(names, r.Name)
	}
	return nil, nil, graph.Errorf(graph.BadUserInput, "relation: %s has no relation %q; it has %s", t.Name, name, strings.Join(names, ", "))
}

// Connect makes a relation, by its name at the first node. It is beside what is there: a
// second one where there can be one is refused, unless it has a period.
func Connect(id, relation, other string, properties Input) Op {
	return func(ctx context.Context, p *Plan) (string, error) {
		if err := p.Prefetch(ctx, id, other); err != nil {
			return id, err
		}
		t, r, err := p.relation(ctx, id, relation)
		if err != nil {
			return id, err
		}
		if _, err := p.existing(ctx, "", other); err != nil {
			return id, err
		}
		for name := range properties {
			if !slices.ContainsFunc(r.Properties, func(known *graph.Property) bool { return known.Name == name }) {
				p.failf(join("properties", name), graph.BadUserInput, "the relation %s has no such property", relation)
			}
		}
		return id, p.connect(ctx, t, r, id, other, properties, place{"to", "properties"}, false)
	}
}

// Disconnect removes a relation, by its name at the first node.
func Disconnect(id, relation, other string) Op {
	return func(ctx context.Context, p *Plan) (string, error) {
		t, r, err := p.relation(ctx, id, relation)
		if err != nil {
			return id, err
		}
		if err := p.disconnect(ctx, r, id, other, ""); err != nil {
			return id, err
		}
		return id, p.required(ctx, t, id, "")
	}
}
