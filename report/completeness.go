package report

import (
	"context"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Completeness tells how complete what is known of one type is: what its nodes should
// have, as the SDL marks with @expected, and how many lack it.
type Completeness struct {
	Type *graph.Type
	// Total is the number of nodes, Complete that of those that lack nothing.
	Total, Complete int64
	// Lacks has an entry for each field that is expected, in the order of the SDL.
	Lacks []Lack
}

// Incomplete returns the number of nodes that lack something.
func (c Completeness) Incomplete() int64 { return c.Total - c.Complete }

// Lack is a field that nodes of a type should have.
type Lack struct {
	// Field is the name of the property or relation.
	Field string
	// Label is what a person calls it.
	Label Name
	// Count is how many nodes lack it: have no value, an empty one, or no relation.
	Count int64
	// Query is the GraphQL query that lists them, whose totalCount is Count.
	Query string

	filter graph.Filter
}

// Completeness counts for a type what its nodes lack, or for every type that expects
// anything where label is "". It takes one read. An unknown label is BadUserInput.
func (r *Reporter) Completeness(ctx context.Context, label string) ([]Completeness, error) {
	b := &batch{}
	var out []*Completeness
	names := r.model.Names()
	if label != "" {
		if r.model.Types[label] == nil {
			return nil, graph.Errorf(graph.BadUserInput, "there is no type %q; take one of %v", label, names)
		}
		names = []string{label}
	}
	for _, name := range names {
		c := r.lacks(r.model.Types[name])
		if len(c.Lacks) == 0 && label == "" {
			continue
		}
		c.ask(b)
		out = append(out, c)
	}
	if err := b.read(ctx, r.store); err != nil {
		return nil, err
	}
	found := make([]Completeness, len(out))
	for i, c := range out {
		found[i] = *c
	}
	return found, nil
}

// lacks lists what is expected of a type, without counts.
func (r *Reporter) lacks(t *graph.Type) *Completeness {
	c := &Completeness{Type: t}
	add := func(field string, label Name, f graph.Filter) {
		c.Lacks = append(c.Lacks, Lack{Field: field, Label: label, filter: f, Query: queryText(r.model, t.Name, f, "")})
	}
	for _, p := range t.Properties {
		if p.Expected {
			add(p.Name, Name{p.LabelNL, p.LabelEN}, withoutValue(p))
		}
	}
	for _, rel := range t.Relations {
		if rel.Expected {
			add(rel.Name, Name{rel.LabelNL, rel.LabelEN}, not(along([]graph.Hop{rel.Hop}, nil)))
		}
	}
	return c
}

// withoutValue holds where a property is absent or empty.
func withoutValue(p *graph.Property) graph.Filter {
	switch {
	case p.List:
		return compare(p.Name, p.Kind, graph.IsEmpty, true)
	case p.Kind == graph.String:
		return graph.Or{isNull(p.Name, p.Kind, true), compare(p.Name, p.Kind, graph.Eq, "")}
	}
	return isNull(p.Name, p.Kind, true)
}

// ask asks for the counts.
func (c *Completeness) ask(b *batch) {
	count := func(f graph.Filter, to *int64) {
		sel := &graph.Selection{Labels: []string{c.Type.Name}, Where: f, Count: true}
		b.ask(graph.Query{Root: sel}, func(res *graph.Result) { *to = res.Count })
	}
	count(nil, &c.Total)
	var any graph.Or
	for i := range c.Lacks {
		count(c.Lacks[i].filter, &c.Lacks[i].Count)
		any = append(any, c.Lacks[i].filter)
	}
	count(not(any), &c.Complete)
}

// Lacking lists nodes of a type that lack a field, by name: a page of at most limit from
// after a cursor on, "" for the first. An unknown label, a field that is not expected of it,
// or a cursor that this list did not hand out is BadUserInput.
func (r *Reporter) Lacking(ctx context.Context, label, field, after string, limit int) (*Lacking, error) {
	t := r.model.Types[label]
	if t == nil {
		return nil, graph.Errorf(graph.BadUserInput, "there is no type %q; take one of %v", label, r.model.Names())
	}
	fields := []string{}
	for _, lack := range r.lacks(t).Lacks {
		if fields = append(fields, lack.Field); lack.Field == field {
			return r.lacking(ctx, t, lack, after, limit)
		}
	}
	return nil, graph.Errorf(graph.BadUserInput, "%q is not expected of %s; take one of %v", field, label, fields)
}

// Lacking is a page of what lacks a field.
type Lacking struct {
	Type *graph.Type
	Lack Lack
	// Nodes have the title of their type, and its English one.
	Nodes []LackingNode
	// Next is the cursor of the next page, "" on the last.
	Next string
}

// LackingNode is a node that lacks a field.
type LackingNode struct {
	ID   string
	Name Name
}

func (r *Reporter) lacking(ctx context.Context, t *graph.Type, lack Lack, after string, limit int) (*Lacking, error) {
	order := []graph.Order{{Prop: t.Title, Kind: graph.String}}
	page := graph.Page{Limit: limit}
	if after != "" {
		var err error
		if page.After, err = graph.DecodeCursor(after, order); err != nil {
			return nil, err
		}
	}
	props := []string{t.Title}
	if t.TitleEN != "" {
		props = append(props, t.TitleEN)
	}
	sel := &graph.Selection{Labels: []string{t.Name}, Props: props, Where: lack.filter, Order: order, Page: page, Count: true}
	res, err := r.store.Read(ctx, graph.Query{Root: sel})
	if err != nil {
		return nil, err
	}
	lack.Count = res.Count
	out := &Lacking{Type: t, Lack: lack}
	for _, row := range res.Rows {
		out.Nodes = append(out.Nodes, LackingNode{row.Node.ID, nameOf(row.Node, t.Title, t.TitleEN)})
	}
	if res.More {
		out.Next = res.Rows[len(res.Rows)-1].Cursor.Encode(order)
	}
	return out, nil
}
