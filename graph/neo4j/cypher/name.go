package cypher

import "strings"

// nothing is a name that nothing has. It stands for names that Neo4j cannot have.
const nothing = "`__nothing__`"

var quoter = strings.NewReplacer("`", "``", `\`, `\u005C`)

// Quote writes a label, relation type or property name as Cypher. It is the one way in
// which names get into a statement. Backticks are doubled. A backslash is written as its
// unicode escape, since Cypher reads \u0060 as a backtick before it looks for the end of
// the name.
func Quote(name string) string {
	if name == "" || strings.ContainsRune(name, 0) {
		return nothing
	}
	return "`" + quoter.Replace(name) + "`"
}

// alternatives writes several names, of which one must fit; without names none does.
func alternatives(names []string) string {
	if len(names) == 0 {
		return nothing
	}
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = Quote(name)
	}
	return strings.Join(quoted, "|")
}

// property writes a property of a node or relation.
func property(of, name string) string { return of + "." + Quote(name) }
