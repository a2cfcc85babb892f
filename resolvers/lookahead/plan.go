package lookahead

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// builder turns the selection sets below one root field into Selections.
type builder struct {
	rt *Runtime
	oc *graphql.OperationContext
	// personal tells whether the caller may see personal data.
	personal bool
}

func newBuilder(ctx context.Context, rt *Runtime) *builder {
	return &builder{rt: rt, oc: graphql.GetOperationContext(ctx), personal: MaySeePersonal(ctx)}
}

// collect returns the fields of a selection set on an object type that is no node.
func (b *builder) collect(set ast.SelectionSet, typeName string) []graphql.CollectedField {
	return graphql.CollectFields(b.oc, set, []string{typeName})
}

// below returns the fields that are asked of what a field returns.
func (b *builder) below(f graphql.CollectedField) []graphql.CollectedField {
	return b.collect(f.Selections, f.Definition.Type.Name())
}

// arguments returns a field's arguments with variables and defaults filled in.
func (b *builder) arguments(f *ast.Field) map[string]any { return argumentsOf(f, b.oc.Variables) }

// node adds to p what a selection set asks of nodes of the target type. It may be
// called for the same plan several times, each at a place of its own.
func (b *builder) node(p *plan, target string, set ast.SelectionSet, at string) error {
	for _, label := range p.sel.Labels {
		if !slices.Contains(b.rt.Model.Labels(target), label) {
			continue
		}
		t := b.rt.Model.Types[label]
		for _, f := range graphql.CollectFields(b.oc, set, b.rt.satisfies[label]) {
			if err := b.field(p, t, f, at); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *builder) field(p *plan, t *graph.Type, f graphql.CollectedField, at string) error {
	if prop := t.Property(f.Name); prop != nil {
		if !prop.Personal || b.personal {
			addProps(p.sel, prop.Name)
		}
		return nil
	}
	if r := t.Relation(f.Name); r != nil {
		return b.link(p, t, r, f, at+f.Alias)
	}
	if f.Name == "label" {
		addTitle(p.sel, t)
	}
	return nil
}

func addTitle(sel *graph.Selection, t *graph.Type) {
	addProps(sel, t.Title)
	if t.TitleEN != "" {
		addProps(sel, t.TitleEN)
	}
}

func addProps(sel *graph.Selection, names ...string) {
	for _, name := range names {
		if name != "id" && !slices.Contains(sel.Props, name) {
			sel.Props = append(sel.Props, name)
		}
	}
}

// link adds a relation. Under an interface the same field of several types is one
// link where it is the same relation; otherwise each type has a link of its own.
func (b *builder) link(p *plan, t *graph.Type, r *graph.Relation, f graphql.CollectedField, key string) error {
	for i := range p.sel.Links {
		l := &p.sel.Links[i]
		if (l.Key == key || l.Key == key+"@"+l.On[0]) && sameHop(l.Hop, r.Hop) && slices.Equal(p.links[l.Key].asked, f.Selections) {
			if !slices.Contains(l.On, t.Name) {
				l.On = append(l.On, t.Name)
			}
			return nil
		}
	}
	if _, taken := p.links[key]; taken {
		key += "@" + t.Name
	}
	sel := &graph.Selection{Labels: r.Hop.Labels}
	child := newPlan(sel)
	child.asked = f.Selections
	var err error
	if r.Many {
		err = b.connection(child, r, f)
	} else {
		sel.Page.Limit = 1
		err = b.node(child, r.Target, f.Selections, "")
	}
	if err != nil {
		return err
	}
	p.links[key] = child
	p.sel.Links = append(p.sel.Links, graph.Link{Key: key, On: []string{t.Name}, Hop: r.Hop, One: !r.Many, Selection: sel})
	return nil
}

func sameHop(a, b graph.Hop) bool {
	return a.Type == b.Type && a.Direction == b.Direction && slices.Equal(a.Labels, b.Labels)
}

// connection plans a list: its arguments, then what is asked of its pages. r is the
// relation that it follows; at the root it has only a target.
func (b *builder) connection(p *plan, r *graph.Relation, f graphql.CollectedField) error {
	args := b.arguments(f.Field)
	shape := b.rt.Model.Shape(r.Target)
	where, err := b.where(shape, args["where"])
	if err != nil {
		return err
	}
	edge, err := b.edgeWhere(r, args["edge"])
	if err != nil {
		return err
	}
	p.sel.Where, p.sel.Edge = where, edge
	if p.sel.Order, err = b.order(shape, r, args); err != nil {
		return err
	}
	if p.sel.Page, err = b.page(args, p.sel.Order); err != nil {
		return err
	}
	wanted, err := b.connectionFields(p, r, f)
	if !wanted {
		p.sel.Page.Limit = 0
	}
	return err
}

// connectionFields plans the fields of a connection and tells whether any of them
// needs the rows.
func (b *builder) connectionFields(p *plan, r *graph.Relation, f graphql.CollectedField) (rows bool, err error) {
	for _, c := range b.below(f) {
		switch c.Name {
		case "nodes":
			rows = true
			err = b.node(p, r.Target, c.Selections, c.Alias+".")
		case "edges":
			rows = true
			err = b.edges(p, r, c)
		case "pageInfo":
			rows = true
		case "totalCount":
			p.sel.Count = true
		case "facets":
			err = b.facets(p, b.rt.Model.Shape(r.Target), c)
		}
		if err != nil {
			return rows, err
		}
	}
	return rows, nil
}

func (b *builder) edges(p *plan, r *graph.Relation, f graphql.CollectedField) error {
	for _, c := range b.below(f) {
		if c.Name == "node" {
			if err := b.node(p, r.Target, c.Selections, f.Alias+"."+c.Alias+"."); err != nil {
				return err
			}
		}
		for _, prop := range r.Properties {
			if prop.Name == c.Name && (!prop.Personal || b.personal) && !slices.Contains(p.sel.EdgeProps, prop.Name) {
				p.sel.EdgeProps = append(p.sel.EdgeProps, prop.Name)
			}
		}
	}
	return nil
}
