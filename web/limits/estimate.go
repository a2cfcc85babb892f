package limits

import (
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// estimate is the cost of a selection set, kept in parts because only the field above it knows whether its nodes and
// edges are those of a page. The parts add up, so that the estimate of a fragment can be made once.
type estimate struct {
	rest  int // everything but nodes and edges
	each  int // nodes and edges, for each node of the page above
	lists int // nodes and edges where they are not those of a page
}

// plain is the cost of a selection set that is not that of a page.
func (e estimate) plain() int { return plus(e.rest, e.lists) }

// add puts another estimate beside this one.
func (e *estimate) add(o estimate) {
	e.rest, e.each, e.lists = plus(e.rest, o.rest), plus(e.each, o.each), plus(e.lists, o.lists)
}

// estimator estimates one operation, each fragment once. The document is valid: it has no cycles.
type estimator struct {
	limits    Limits
	schema    *ast.Schema
	fragments ast.FragmentDefinitionList
	variables map[string]any
	done      map[string]estimate
	refusal   *gqlerror.Error // the first page that is larger than a page may be
}

// selections estimates a selection set.
func (e *estimator) selections(set ast.SelectionSet) estimate {
	var sum estimate
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			sum.add(e.field(s))
		case *ast.InlineFragment:
			sum.add(e.selections(s.SelectionSet))
		case *ast.FragmentSpread:
			sum.add(e.fragment(s.Name))
		}
	}
	return sum
}

// fragment estimates a fragment the first time that it is asked for.
func (e *estimator) fragment(name string) estimate {
	if known, ok := e.done[name]; ok {
		return known
	}
	var sum estimate
	if fragment := e.fragments.ForName(name); fragment != nil {
		sum = e.selections(fragment.SelectionSet)
	}
	e.done[name] = sum
	return sum
}

// field estimates a field with what it selects.
func (e *estimator) field(f *ast.Field) estimate {
	if f.Definition == nil || isIntrospection(f.Name) {
		return estimate{}
	}
	size, isPage := e.pageSize(f)
	if len(f.SelectionSet) == 0 {
		if f.Name == "totalCount" {
			return estimate{rest: 1} // a count of its own in the store
		}
		return estimate{}
	}
	below := e.selections(f.SelectionSet)
	isList := f.Definition.Type.Elem != nil
	switch {
	case isPage && !isList && e.isConnection(f.Definition.Type.Name()):
		return estimate{rest: plus(1, plus(below.rest, times(size, below.each)))}
	case isPage:
		return estimate{rest: plus(1, times(size, plus(1, below.plain())))}
	case f.Name == "node" && len(f.Definition.Arguments) == 0:
		return estimate{rest: below.plain()}
	case f.Name == "nodes" && len(f.Definition.Arguments) == 0, f.Name == "edges":
		return estimate{each: plus(1, below.plain()), lists: e.list(f, below)}
	case isList:
		return estimate{rest: e.list(f, below)}
	default:
		return estimate{rest: plus(1, below.plain())}
	}
}

// list is the cost of a list without a page size.
func (e *estimator) list(f *ast.Field, below estimate) int {
	size := plainListSize
	if ids := f.Arguments.ForName("ids"); ids != nil {
		size = e.listLength(ids.Value)
	}
	return plus(1, times(size, plus(1, below.plain())))
}

// isConnection says whether a type wraps the nodes of a page.
func (e *estimator) isConnection(name string) bool {
	def := e.schema.Types[name]
	return def != nil && (def.Fields.ForName("nodes") != nil || def.Fields.ForName("edges") != nil)
}
