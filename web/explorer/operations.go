package explorer

import (
	"embed"
	"fmt"
	"slices"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// operations holds the operations that are the same for every type, a file each. A file is named after its operation.
//
//go:embed operations/*.graphql
var operations embed.FS

// The fragments that operations share, by the name by which they are spread.
const (
	named      = "fragment Named on Node { __typename id label(lang: $lang) }\n"
	between    = "fragment Between on Relation { type since until label(lang: $lang) from { id } to { id } }\n"
	matches    = "fragment Matches on MatchConnection {\n  totalCount\n  nodes {\n    score summary(lang: $lang) declined\n    candidate { ...Named }\n    vraagstuk { ...Named }\n    factors { kind value weight contribution evidence { relation value source date words node { ...Named } } }\n  }\n}\n"
	nodeHeader = "($id: ID!, $lang: Language = NL, $asOf: Date"
)

// fragments are tried in this order, since the first can spread the last.
var fragments = []struct{ spread, text string }{{"...Matches", matches}, {"...Between", between}, {"...Named", named}}

// Operations returns all documents that the page sends, by the name of their one operation: those of operations/; for
// each type NodeLectoraat, which asks for a node's own fields and the first of each relation; for each of its relations
// LectoraatMembers, which asks for more of it; and Values, the names of enum values.
func Operations(m *graph.Model) (map[string]string, error) {
	documents := map[string]string{"Values": valuesOperation(m)}
	files, err := operations.ReadDir("operations")
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		text, err := operations.ReadFile("operations/" + file.Name())
		if err != nil {
			return nil, err
		}
		documents[strings.TrimSuffix(file.Name(), ".graphql")] = string(text)
	}
	for _, name := range m.Names() {
		t := m.Types[name]
		documents["Node"+name] = nodeOperation(t)
		for _, r := range t.Relations {
			if r.Many {
				documents[name+capital(r.Name)] = relationOperation(t, r)
			}
		}
	}
	for name, text := range documents {
		documents[name] = withFragments(text)
	}
	return documents, nil
}

func withFragments(document string) string {
	for _, f := range fragments {
		if strings.Contains(document, f.spread) {
			document += "\n" + f.text
		}
	}
	return document
}

func nodeOperation(t *graph.Type) string {
	var b strings.Builder
	first := "" // a variable that nothing uses is refused
	if slices.ContainsFunc(t.Relations, func(r *graph.Relation) bool { return r.Many }) {
		first = ", $first: Int = 5"
	}
	fmt.Fprintf(&b, "query Node%s%s%s) {\n  node(id: $id, asOf: $asOf) {\n    ...Named\n    ... on %[1]s {\n", t.Name, nodeHeader, first)
	for _, p := range shown(t) {
		fmt.Fprintf(&b, "      %s\n", p.Name)
	}
	for _, r := range t.Relations {
		if r.Many {
			fmt.Fprintf(&b, "      %s(first: $first) %s\n", r.Name, page(r))
		} else {
			fmt.Fprintf(&b, "      %s { ...Named }\n", r.Name)
		}
	}
	b.WriteString("    }\n  }\n}\n")
	return b.String()
}

func relationOperation(t *graph.Type, r *graph.Relation) string {
	return fmt.Sprintf("query %s%s%s, $first: Int = 25) {\n  node(id: $id, asOf: $asOf) {\n    ... on %s {\n      %s(first: $first) %s\n    }\n  }\n}\n",
		t.Name, capital(r.Name), nodeHeader, t.Name, r.Name, page(r))
}

// page selects a page of a relation, with the relation's own properties.
func page(r *graph.Relation) string {
	var own strings.Builder
	for _, p := range fieldsOf(r.Properties) {
		own.WriteString(p.Name + " ")
	}
	return "{ totalCount edges { " + own.String() + "node { ...Named } } }"
}

// valuesOperation asks for the names of the values of all enums that the page can show: those of properties, and those
// of matching. Their descriptions have both languages.
func valuesOperation(m *graph.Model) string {
	enums := []string{"MatchFactorKind", "SupplyKind"}
	add := func(fields []fieldWords) {
		for _, f := range fields {
			if f.Enum && !slices.Contains(enums, f.Scalar) {
				enums = append(enums, f.Scalar)
			}
		}
	}
	for _, t := range typesOf(m) {
		add(t.Fields)
		for _, r := range t.Relations {
			add(r.Properties)
		}
	}
	slices.Sort(enums)
	var b strings.Builder
	b.WriteString("query Values {\n")
	for _, enum := range enums {
		fmt.Fprintf(&b, "  %s: __type(name: %[1]q) { enumValues { name description } }\n", enum)
	}
	b.WriteString("}\n")
	return b.String()
}

// capital writes the name of a field as part of the name of an operation.
func capital(name string) string { return strings.ToUpper(name[:1]) + name[1:] }
