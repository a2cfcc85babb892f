package lookahead

import (
	"context"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/text"
)

// highlightWidth is the length of a highlighted passage, in bytes.
const highlightWidth = 160

// SearchPage is a page of hits over all types.
type SearchPage struct {
	Page
	terms []string
}

// SearchEdge is one hit.
type SearchEdge struct {
	Edge
	terms []string
}

// Highlight is a passage of a property with the words that were hit.
type Highlight struct {
	Property string
	Parts    []*text.Part
}

// Suggestion is a completion of what was typed.
type Suggestion struct {
	record Record
	Text   string
}

// Search executes the field search: one list over all types, the best hit first.
func (rt *Runtime) Search(ctx context.Context) (*SearchPage, error) {
	b := newBuilder(ctx, rt)
	field := graphql.GetFieldContext(ctx).Field
	args := b.arguments(field.Field)
	query, err := textArgument(args, "text")
	if err != nil {
		return nil, err
	}
	p, err := b.matching(graph.Matches{Text: query, Mode: graph.AnyWord}, args)
	if err != nil {
		return nil, err
	}
	rows, err := b.connectionFields(p, &graph.Relation{Target: "Node"}, field)
	if err != nil {
		return nil, err
	}
	if !rows {
		p.sel.Page.Limit = 0
	}
	if err := b.highlights(p, field); err != nil {
		return nil, err
	}
	res, err := rt.execute(ctx, p, args)
	return &SearchPage{Page: Page{rt: rt, result: res, plan: p}, terms: text.Terms(query)}, err
}

// matching plans a list of nodes of the chosen types that a text query finds.
func (b *builder) matching(m graph.Matches, args map[string]any) (*plan, error) {
	labels := texts(args["types"])
	if labels == nil {
		labels = b.searchable(m.Mode)
	}
	p := newPlan(&graph.Selection{Labels: labels, Where: m, Order: []graph.Order{{Relevance: &m, Desc: true}}})
	var err error
	p.sel.Page, err = b.page(args, p.sel.Order)
	return p, err
}

// searchable lists the types that have a property to search in.
func (b *builder) searchable(mode graph.MatchMode) []string {
	var labels []string
	for _, name := range b.rt.Model.Names() {
		for _, p := range b.rt.Model.Types[name].Properties {
			if p.Search > 0 && (p.Suggest || mode != graph.Prefix) {
				labels = append(labels, name)
				break
			}
		}
	}
	return labels
}

// highlights adds the searched properties where highlights are asked for.
func (b *builder) highlights(p *plan, f graphql.CollectedField) error {
	return b.descend(f, "", []string{"edges", "highlights"}, func(graphql.CollectedField, string) error {
		for _, label := range p.sel.Labels {
			for _, prop := range b.rt.Model.Types[label].Properties {
				if prop.Search > 0 {
					addProps(p.sel, prop.Name)
				}
			}
		}
		return nil
	})
}

// Nodes returns the nodes that were hit.
func (p *SearchPage) Nodes(ctx context.Context) []Node { return Nodes(ctx, p.Page, p.rt.Wrap) }

// Edges returns the hits.
func (p *SearchPage) Edges(ctx context.Context) []*SearchEdge {
	return Edges(ctx, p.Page, func(e Edge) *SearchEdge { return &SearchEdge{Edge: e, terms: p.terms} })
}

// Node returns the node that was hit.
func (e *SearchEdge) Node(ctx context.Context) Node { return e.Wrap(e.Record(ctx)) }

// Score tells how well the node fits; it can be compared within one search only.
func (e *SearchEdge) Score() float64 {
	score, _ := graph.Number64(e.row.Cursor[0])
	return score
}

// Highlights returns a passage for each property in which a word was hit.
func (e *SearchEdge) Highlights() []*Highlight {
	out := []*Highlight{}
	for _, p := range e.page.rt.Model.Types[e.row.Node.Label].Properties {
		if p.Search == 0 {
			continue
		}
		var s string
		switch v := e.row.Node.Props[p.Name].(type) {
		case string:
			s = v
		case []string:
			s = strings.Join(v, " · ")
		}
		if parts := text.Highlight(s, e.terms, highlightWidth); parts != nil {
			h := &Highlight{Property: p.Name}
			for i := range parts {
				h.Parts = append(h.Parts, &parts[i])
			}
			out = append(out, h)
		}
	}
	return out
}

// Suggest completes what was typed, the best completion first.
func (rt *Runtime) Suggest(ctx context.Context) ([]*Suggestion, error) {
	b := newBuilder(ctx, rt)
	field := graphql.GetFieldContext(ctx).Field
	args := b.arguments(field.Field)
	query, err := textArgument(args, "text")
	if err != nil {
		return nil, err
	}
	p, err := b.matching(graph.Matches{Text: query, Mode: graph.Prefix}, args)
	if err != nil {
		return nil, err
	}
	for _, label := range p.sel.Labels {
		for _, prop := range rt.Model.Types[label].Properties {
			if prop.Suggest {
				addProps(p.sel, prop.Name)
			}
		}
	}
	err = b.descend(field, "", []string{"node"}, func(c graphql.CollectedField, at string) error {
		return b.node(p, "Node", c.Selections, at)
	})
	if err != nil {
		return nil, err
	}
	res, err := rt.execute(ctx, p, args)
	if err != nil {
		return nil, err
	}
	out := make([]*Suggestion, len(res.Rows))
	for i, row := range res.Rows {
		r := Record{rt: rt, node: row.Node, plan: p}
		out[i] = &Suggestion{record: r, Text: r.completion(query)}
	}
	return out, nil
}

// Node returns the node that is suggested.
func (s *Suggestion) Node(ctx context.Context) Node {
	r := s.record
	r.at = graphql.GetFieldContext(ctx).Field.Alias + "."
	return r.rt.Wrap(r)
}

// completion returns the first name or label that has all words typed as the
// beginning of a word.
func (r Record) completion(query string) string {
	t := r.rt.Model.Types[r.node.Label]
	for _, p := range t.Properties {
		if !p.Suggest {
			continue
		}
		switch v := r.node.Props[p.Name].(type) {
		case string:
			if startsWords(v, query) {
				return v
			}
		case []string:
			for _, s := range v {
				if startsWords(s, query) {
					return s
				}
			}
		}
	}
	return title(t, r.node, "NL")
}

func startsWords(s, query string) bool {
	words := text.Words(s)
	for _, q := range text.Words(query) {
		found := false
		for _, w := range words {
			found = found || strings.HasPrefix(w.Folded, q.Folded)
		}
		if !found {
			return false
		}
	}
	return true
}
