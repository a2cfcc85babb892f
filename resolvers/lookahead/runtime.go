// Package lookahead turns a GraphQL selection set into one graph.Selection, has the
// store execute it, and hands the result to gqlgen field by field. It knows no type
// of the domain: the generated code around it does.
package lookahead

import (
	"context"
	stdmaps "maps"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/write"
)

// Runtime is what every read needs. It is safe for concurrent use.
type Runtime struct {
	Model *graph.Model
	Store graph.Store
	// Wrap gives a record the Go type of its label.
	Wrap func(Record) Node
	// Pages are the page sizes.
	Pages PageSizes
	// writer does the mutations, which are planned by name.
	writer    *write.Writer
	mutations map[string]write.Planner
	// satisfies holds for each node type the names that its fragments may have.
	satisfies map[string][]string
}

// PageSizes bounds the lists of an answer.
type PageSizes struct{ Default, Max int }

// New prepares a Runtime. more holds the mutations that the domain has beside the generated ones.
func New(model *graph.Model, store graph.Store, wrap func(Record) Node, pages PageSizes, more ...map[string]write.Planner) *Runtime {
	rt := &Runtime{
		Model: model, Store: store, Wrap: wrap, Pages: pages, satisfies: map[string][]string{},
		writer: write.New(model, store), mutations: write.Mutations(model),
	}
	for _, m := range more {
		stdmaps.Copy(rt.mutations, m)
	}
	for name := range model.Types {
		rt.satisfies[name] = []string{name}
	}
	for abstract, labels := range model.Abstract {
		for _, label := range labels {
			rt.satisfies[label] = append(rt.satisfies[label], abstract)
		}
	}
	return rt
}

// Node is the Go side of the interface Node.
type Node interface{ IsNode() }

// Record is a node as one selection of a request sees it.
type Record struct {
	rt   *Runtime
	node *graph.Node
	plan *plan
	// at is the place of the selection within its plan: the response keys that lead
	// from the list to this node.
	at string
}

// plan goes with a graph.Selection and remembers how its parts were asked for.
type plan struct {
	sel   *graph.Selection
	links map[string]*plan
	// asked is the selection set that a link was planned from.
	asked ast.SelectionSet
	// facets are the aggregates of the list, by response key.
	facets map[string]*groupPlan
}

func newPlan(sel *graph.Selection) *plan {
	return &plan{sel: sel, links: map[string]*plan{}, facets: map[string]*groupPlan{}}
}

// Typename returns the name of the node's type.
func (r Record) Typename() string { return r.node.Label }

// ID returns the node's id.
func (r Record) ID() string { return r.node.ID }

// String returns a text property that is never absent; "" should it be all the same.
func (r Record) String(name string) string { s, _ := r.node.Props[name].(string); return s }

// OptString returns a text property, nil where it is absent.
func (r Record) OptString(name string) *string { return optional[string](r.node.Props, name) }

// OptBool returns a boolean property, nil where it is absent.
func (r Record) OptBool(name string) *bool { return optional[bool](r.node.Props, name) }

// OptInt returns a whole number, nil where it is absent.
func (r Record) OptInt(name string) *int { return optionalInt(r.node.Props, name) }

// OptFloat returns a number, nil where it is absent.
func (r Record) OptFloat(name string) *float64 { return optionalFloat(r.node.Props, name) }

// Strings returns a list property, never nil.
func (r Record) Strings(name string) []string {
	if list, ok := r.node.Props[name].([]string); ok {
		return list
	}
	return []string{}
}

// Label returns the name that a person reads, in the language asked for where the
// node has one, and the id where it has no name.
func (r Record) Label(lang string) string {
	t := r.rt.Model.Types[r.node.Label]
	if t == nil {
		return r.node.ID
	}
	return title(t, r.node, lang)
}

func title(t *graph.Type, n *graph.Node, lang string) string {
	if lang == "EN" && t.TitleEN != "" {
		if s, ok := n.Props[t.TitleEN].(string); ok && s != "" {
			return s
		}
	}
	if s, ok := n.Props[t.Title].(string); ok && s != "" {
		return s
	}
	return n.ID
}

// child returns the result and plan of the relation field that is being resolved.
func (r Record) child(ctx context.Context) (*graph.Result, *plan, error) {
	key := r.at + graphql.GetFieldContext(ctx).Field.Alias
	for _, k := range [...]string{key, key + "@" + r.node.Label} {
		if p, ok := r.plan.links[k]; ok {
			if res, ok := r.node.Links[k]; ok {
				return res, p, nil
			}
			if k != key {
				return &graph.Result{}, p, nil
			}
		}
	}
	return nil, nil, graph.Errorf(graph.Internal, "the field %s of %s was not planned", key, r.node.Label)
}

// One returns the node that a relation to one leads to; ok is false where there is none.
func (r Record) One(ctx context.Context) (other Record, ok bool, err error) {
	res, p, err := r.child(ctx)
	if err != nil || len(res.Rows) == 0 {
		return Record{}, false, err
	}
	return Record{rt: r.rt, node: res.Rows[0].Node, plan: p}, true, nil
}

// Many returns the page that a relation to many leads to.
func (r Record) Many(ctx context.Context) (Page, error) {
	res, p, err := r.child(ctx)
	return Page{rt: r.rt, result: res, plan: p}, err
}

func optional[T any](props map[string]any, name string) *T {
	if v, ok := props[name].(T); ok {
		return &v
	}
	return nil
}

func optionalInt(props map[string]any, name string) *int {
	if f, ok := graph.Number64(props[name]); ok {
		n := int(f)
		return &n
	}
	return nil
}

func optionalFloat(props map[string]any, name string) *float64 {
	if f, ok := graph.Number64(props[name]); ok {
		return &f
	}
	return nil
}
