package sqlite

import (
	"encoding/json"
	"strings"
)

// quote is the one place where a name from the model becomes part of a statement. It
// doubles the quotation mark and replaces NUL, which would end the statement; no such
// name can be stored, so the replacement cannot find anything either.
func quote(mark, name string) string {
	name = strings.ToValidUTF8(strings.ReplaceAll(name, "\x00", "\uFFFD"), "\uFFFD")
	return mark + strings.ReplaceAll(name, mark, mark+mark) + mark
}

// literal returns a label or a relation type as an SQL string.
func literal(name string) string { return quote("'", name) }

// ident returns a name as an SQL identifier.
func ident(name string) string { return quote(`"`, name) }

// literals returns names as a list for IN.
func literals(names []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = literal(name)
	}
	return "(" + strings.Join(quoted, ",") + ")"
}

// jsonPath returns the SQL string with the JSON path to a property. The name is quoted
// twice: as a JSON string in the path, and the path as an SQL string.
func jsonPath(name string) string {
	member, err := json.Marshal(name)
	if err != nil {
		// Strings always marshal.
		panic("sqlite: " + err.Error())
	}
	return literal("$." + string(member))
}

// member returns the expression for a member of the JSONB object in a column.
func member(column, name string) string {
	return "json_extract(" + column + "," + jsonPath(name) + ")"
}

// generated returns the name of the generated column for a property that has an index.
func generated(name string) string { return ident("p:" + name) }

// nodeProp returns the expression for a property of the node with this alias. A property
// with an index is read by its column, which is what the planner recognises.
func (c *compiler) nodeProp(alias, name string) string {
	switch {
	case name == "id":
		return alias + ".id"
	case c.store.rules.Indexed[name]:
		return alias + "." + generated(name)
	}
	return member(alias+".props", name)
}

// edgeProp returns the expression for a property of the relation with this alias.
func edgeProp(alias, name string) string {
	if name == since || name == until {
		return alias + "." + name
	}
	return member(alias+".props", name)
}

// The relation properties that have columns of their own.
const (
	since = "since"
	until = "until"
)

// hasLabel returns the condition that the node with this alias has one of the labels.
// One label is compared with =, which is what lets the planner use partial indexes. A
// list of all labels leaves nothing out, so the plus keeps the planner from using the
// index on labels, which would mean sorting everything.
func (c *compiler) hasLabel(alias string, labels []string) string {
	switch len(labels) {
	case 0:
		return "0"
	case 1:
		return alias + ".label=" + literal(labels[0])
	case len(c.store.model.Types):
		return "+" + alias + ".label IN " + literals(labels)
	}
	return alias + ".label IN " + literals(labels)
}
