package limits

// tally is what a selection set holds with its fragments written out. Tallies add up, so that the tally of a fragment
// can be taken once and added wherever it is spread.
type tally struct {
	depth      int // levels of fields
	fields     int
	aliases    int
	directives int
	typeLists  int // levels of the fields of introspection that list types or members of types
	inputDepth int // levels of lists and objects in the deepest argument

	introspection scope // what stands below __schema and __type
}

// scope is the part of a tally that introspection has apart: the standard query of GraphiQL is deeper than any query
// of the domain has reason to be, and costs what the schema costs, not what the data costs.
type scope struct {
	fields    int
	typeLists int
}

// add puts another tally beside this one.
func (t *tally) add(o tally) {
	t.depth = max(t.depth, o.depth)
	t.fields = plus(t.fields, o.fields)
	t.aliases = plus(t.aliases, o.aliases)
	t.directives = plus(t.directives, o.directives)
	t.typeLists = max(t.typeLists, o.typeLists)
	t.inputDepth = max(t.inputDepth, o.inputDepth)
	t.introspection.fields = plus(t.introspection.fields, o.introspection.fields)
	t.introspection.typeLists = max(t.introspection.typeLists, o.introspection.typeLists)
}

// isIntrospection says whether a root field asks for the schema (GraphQL, section 4.1 "Schema Introspection").
// __typename is a field like any other: it costs nothing and nests nothing.
func isIntrospection(name string) bool { return name == "__schema" || name == "__type" }

// listsTypes says whether a field of introspection multiplies its answer by the size of the schema.
func listsTypes(name string) bool {
	switch name {
	case "types", "fields", "inputFields", "interfaces", "possibleTypes":
		return true
	}
	return false
}

// under is the tally of a field with this name whose own selection set has tally t.
func (t tally) under(name string) tally {
	if listsTypes(name) {
		t.typeLists++
	}
	if !isIntrospection(name) {
		t.depth++
		t.fields = plus(t.fields, 1)
		return t
	}
	t.introspection.fields = plus(t.introspection.fields, plus(t.fields, 1))
	t.introspection.typeLists = max(t.introspection.typeLists, t.typeLists)
	t.depth, t.fields, t.typeLists = 1, 0, 0
	return t
}
