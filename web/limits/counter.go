package limits

import "github.com/vektah/gqlparser/v2/ast"

// counter tallies the definitions of one document, each fragment once.
type counter struct {
	fragments map[string]*ast.FragmentDefinition
	done      map[string]tally
	open      map[string]bool
	cycle     string // the first fragment found to spread itself
}

// newCounter prepares a count; repeated is the name of a fragment that is defined twice, or "".
func newCounter(doc *ast.QueryDocument) (c *counter, repeated string) {
	c = &counter{fragments: map[string]*ast.FragmentDefinition{}, done: map[string]tally{}, open: map[string]bool{}}
	for _, fragment := range doc.Fragments {
		if c.fragments[fragment.Name] != nil {
			repeated = fragment.Name
		}
		c.fragments[fragment.Name] = fragment
	}
	return c, repeated
}

// operation tallies an operation with its variable definitions.
func (c *counter) operation(op *ast.OperationDefinition) tally {
	t := c.directives(op.Directives)
	for _, variable := range op.VariableDefinitions {
		t.add(c.directives(variable.Directives))
		t.inputDepth = max(t.inputDepth, literalDepth(variable.DefaultValue))
	}
	t.add(c.selections(op.SelectionSet))
	return t
}

// selections tallies a selection set.
func (c *counter) selections(set ast.SelectionSet) tally {
	var t tally
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			t.add(c.field(s))
		case *ast.InlineFragment:
			t.add(c.directives(s.Directives))
			t.add(c.selections(s.SelectionSet))
		case *ast.FragmentSpread:
			t.add(c.directives(s.Directives))
			t.add(c.fragment(s.Name))
		}
	}
	return t
}

// field tallies a field and what it selects.
func (c *counter) field(f *ast.Field) tally {
	t := c.selections(f.SelectionSet).under(f.Name)
	if f.Alias != f.Name {
		t.aliases = plus(t.aliases, 1)
	}
	for _, argument := range f.Arguments {
		t.inputDepth = max(t.inputDepth, literalDepth(argument.Value))
	}
	t.add(c.directives(f.Directives))
	return t
}

// fragment tallies a fragment the first time that it is asked for. One that is not defined counts nothing here:
// validation refuses the document.
func (c *counter) fragment(name string) tally {
	if t, known := c.done[name]; known {
		return t
	}
	if c.open[name] {
		c.cycle = name
		return tally{}
	}
	fragment := c.fragments[name]
	if fragment == nil {
		return tally{}
	}
	c.open[name] = true
	t := c.directives(fragment.Directives)
	t.add(c.selections(fragment.SelectionSet))
	delete(c.open, name)
	c.done[name] = t
	return t
}

// directives tallies directives and the values in them.
func (c *counter) directives(list ast.DirectiveList) tally {
	t := tally{directives: len(list)}
	for _, directive := range list {
		for _, argument := range directive.Arguments {
			t.inputDepth = max(t.inputDepth, literalDepth(argument.Value))
		}
	}
	return t
}

// literalDepth is how deep lists and objects nest in a value; the parser bounds it by 1,000.
func literalDepth(value *ast.Value) int {
	if value == nil || (value.Kind != ast.ListValue && value.Kind != ast.ObjectValue) {
		return 0
	}
	deepest := 0
	for _, child := range value.Children {
		deepest = max(deepest, literalDepth(child.Value))
	}
	return deepest + 1
}

// rootFields counts the fields at the root of an operation, with fragments written out. Introspection is not counted.
func (c *counter) rootFields(set ast.SelectionSet, done map[string]int) int {
	count := 0
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			if !isIntrospection(s.Name) {
				count = plus(count, 1)
			}
		case *ast.InlineFragment:
			count = plus(count, c.rootFields(s.SelectionSet, done))
		case *ast.FragmentSpread:
			fragment := c.fragments[s.Name]
			if fragment == nil {
				continue
			}
			roots, known := done[s.Name]
			if !known {
				roots = c.rootFields(fragment.SelectionSet, done)
				done[s.Name] = roots
			}
			count = plus(count, roots)
		}
	}
	return count
}
