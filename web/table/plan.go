package table

import (
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Plan says where in an answer the rows are, and what their columns are.
type Plan struct {
	// Name is the field that the rows come from.
	Name string
	// path leads to the connection, by response key.
	path []string
	// first is the most rows that the query asks for, -1 where it does not say.
	first int
	// counted tells that the connection can say how many rows it has.
	counted bool
	Columns []Column
}

// Column is one column of the table.
type Column struct {
	// Name is the path of response keys from the node, joined by dots.
	Name string
	// list is the response key of "nodes" or "edges", path what leads on from a row.
	list string
	path []string
}

// example is what a message shows of a query that would be right.
const example = `{ lectoraten(where: {…}) { nodes { id name institution { name } } } }`

func wrong(format string, args ...any) error {
	return graph.Errorf(graph.BadUserInput, format+"; for a table, select one connection, as in "+example, args...)
}

// New plans the table of a validated operation.
func New(op *ast.OperationDefinition, variables map[string]any) (*Plan, error) {
	if op.Operation != ast.Query {
		return nil, wrong("a table is the answer of a query, not of a %s", op.Operation)
	}
	p := &Plan{}
	set := op.SelectionSet
	for {
		fields := objects(set)
		if len(fields) != 1 {
			return nil, wrong("the query selects %d fields beside each other where one is needed", len(fields))
		}
		field := fields[0]
		p.path, p.Name = append(p.path, field.Alias), field.Name
		if isConnection(field) {
			return p, p.connection(field, variables)
		}
		if field.Definition.Type.Elem != nil {
			return nil, wrong("%s is a list without pages", field.Name)
		}
		set = field.SelectionSet
	}
}

// objects lists the fields of a selection that have fields of their own.
func objects(set ast.SelectionSet) []*ast.Field {
	var found []*ast.Field
	for _, f := range fieldsOf(set) {
		if len(f.SelectionSet) > 0 {
			found = append(found, f)
		}
	}
	return found
}

// fieldsOf lists the fields of a selection, those of its fragments included.
func fieldsOf(set ast.SelectionSet) []*ast.Field {
	var all []*ast.Field
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			all = append(all, s)
		case *ast.InlineFragment:
			all = append(all, fieldsOf(s.SelectionSet)...)
		case *ast.FragmentSpread:
			all = append(all, fieldsOf(s.Definition.SelectionSet)...)
		}
	}
	return all
}

func isConnection(f *ast.Field) bool {
	return strings.HasSuffix(f.Definition.Type.Name(), "Connection") && f.Definition.Arguments.ForName("first") != nil
}

// connection plans the columns of a connection.
func (p *Plan) connection(field *ast.Field, variables map[string]any) error {
	args := field.ArgumentMap(variables)
	for _, name := range []string{"last", "before", "after"} {
		if args[name] != nil {
			return wrong("%s does not go with a table, which begins at the first row; leave it out", name)
		}
	}
	p.first = -1
	if n, ok := number(args["first"]); ok {
		if n < 0 {
			return wrong("first is %d, and a table has no rows or more", n)
		}
		p.first = int(n)
	}
	for _, f := range fieldsOf(field.SelectionSet) {
		p.counted = p.counted || f.ObjectDefinition.Fields.ForName("totalCount") != nil
		switch f.Name {
		case "nodes":
			if err := p.columns(f.Alias, nil, f.SelectionSet); err != nil {
				return err
			}
		case "edges":
			if err := p.columns(f.Alias, nil, f.SelectionSet); err != nil {
				return err
			}
		}
	}
	if len(p.Columns) == 0 {
		return wrong("the query selects no nodes of %s", field.Name)
	}
	if lists := p.lists(); len(lists) > 1 {
		return wrong("the query selects both %s", strings.Join(lists, " and "))
	}
	return p.name()
}

// lists are the response keys of the lists that columns come from.
func (p *Plan) lists() []string {
	var all []string
	for _, c := range p.Columns {
		if !slices.Contains(all, c.list) {
			all = append(all, c.list)
		}
	}
	return all
}

// columns adds the columns of a selection. Fields of fragments on several types that
// share a response key share a column.
func (p *Plan) columns(list string, path []string, set ast.SelectionSet) error {
	for _, f := range fieldsOf(set) {
		at := append(slices.Clone(path), f.Alias)
		if len(f.SelectionSet) == 0 {
			if !slices.ContainsFunc(p.Columns, func(c Column) bool { return c.list == list && slices.Equal(c.path, at) }) {
				p.Columns = append(p.Columns, Column{list: list, path: at})
			}
			continue
		}
		if f.Definition.Type.Elem != nil || isConnection(f) {
			return wrong("%s leads to many, and a row has room for one", strings.Join(at, "."))
		}
		if err := p.columns(list, at, f.SelectionSet); err != nil {
			return err
		}
	}
	return nil
}

// name names the columns by their path. Those of an edge's node are named as if the node
// stood there by itself, unless the edge has a field of that name.
func (p *Plan) name() error {
	taken := map[string]bool{}
	for i := range p.Columns {
		c := &p.Columns[i]
		c.Name = strings.Join(c.path, ".")
		taken[c.Name] = true
	}
	for i := range p.Columns {
		c := &p.Columns[i]
		if short, ok := strings.CutPrefix(c.Name, "node."); ok && !taken[short] {
			c.Name = short
			taken[short] = true
		}
	}
	return nil
}

// number returns a value as a whole number.
func number(v any) (int64, bool) {
	switch n := v.(type) {
	case int64:
		return n, true
	case int:
		return int64(n), true
	case interface{ Int64() (int64, error) }:
		i, err := n.Int64()
		return i, err == nil
	}
	return 0, false
}
