package importer

import (
	"maps"
	"slices"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/text"
)

// columnKind is what a column holds.
type columnKind int

const (
	leftOut columnKind = iota
	idColumn
	property
	relation
	fromColumn
	toColumn
	typeColumn
)

// column is one column of a table.
type column struct {
	header   string
	kind     columnKind
	property *graph.Property
	relation *graph.Relation
}

// table is a CSV file of which the header was understood.
type table struct {
	in        *input
	of        *graph.Type
	columns   []column
	relations bool
	delimiter rune
}

// table understands a header; nil where it cannot.
func (in *input) table(header []string, delimiter rune) *table {
	t := &table{in: in, delimiter: delimiter}
	names := map[string]bool{}
	for _, h := range header {
		names[plain(h)] = true
	}
	t.relations = in.Type == "" && has(names, "from", "van") && has(names, "to", "naar")
	if !t.relations {
		if t.of = in.tableType(); t.of == nil {
			return nil
		}
	}
	faults := in.result.FaultCount
	seen := map[string]string{}
	for _, h := range header {
		if !validText([]byte(h)) {
			in.fail(1, "", "%s", notUTF8)
			return nil
		}
		c := t.column(strings.TrimSpace(h))
		if what := c.what(); what != "" {
			if first, ok := seen[what]; ok {
				in.fail(1, c.header, "the columns %q and %q are both the %s; take one of them out", first, c.header, what)
			}
			seen[what] = c.header
		}
		t.columns = append(t.columns, c)
	}
	if in.result.FaultCount > faults {
		return nil
	}
	if t.relations && seen["type"] == "" {
		in.fail(1, "", "a table of relations has a column type beside from and to; it names the relation, such as ABOUT")
		return nil
	}
	in.remember(t.columns)
	return t
}

// remember keeps the headers of the file's columns, for what is found wrong with its rows
// later. Two columns of relations of one type cannot be told apart then.
func (in *input) remember(columns []column) {
	headers := map[string]string{}
	for _, c := range columns {
		name := c.what()
		if c.kind == relation {
			name = c.relation.Hop.Type
		}
		if _, twice := headers[name]; twice {
			headers[name] = ""
			continue
		}
		headers[name] = c.header
	}
	in.headers[len(in.stage.files)-1] = headers
}

// what names what the column holds, "" for nothing.
func (c column) what() string {
	switch c.kind {
	case idColumn:
		return "id"
	case property:
		return c.property.Name
	case relation:
		return c.relation.Name
	case fromColumn:
		return "from"
	case toColumn:
		return "to"
	case typeColumn:
		return "type"
	}
	return ""
}

// tableType is the type that the option names, or the name of the file.
func (in *input) tableType() *graph.Type {
	name := in.Type
	if name == "" {
		name, _, _ = strings.Cut(base(in.name), ".")
	}
	for _, known := range in.model.Names() {
		t := in.model.Types[known]
		if slices.ContainsFunc([]string{t.Name, t.Plural, t.NL, t.EN, dutchPlurals[t.Name]}, func(s string) bool { return s != "" && plain(s) == plain(name) }) {
			return t
		}
	}
	in.fail(1, "", "it cannot be told which type %q holds; name the file after one of %s, or say it with --type (a table of relations has columns from, type and to)", name, strings.Join(in.model.Names(), ", "))
	return nil
}

// column understands one header.
func (t *table) column(header string) column {
	name := header
	if mapped, ok := t.in.Columns[header]; ok {
		name = mapped
	}
	c := column{header: header}
	switch p := plain(name); {
	case name == "-":
		return c
	case p == "":
		t.in.fail(1, "", "a column has no header; name it, or take it out")
		return c
	case p == "id":
		c.kind = idColumn
	case t.relations && has(map[string]bool{p: true}, "from", "van"):
		c.kind = fromColumn
	case t.relations && has(map[string]bool{p: true}, "to", "naar"):
		c.kind = toColumn
	case t.relations && has(map[string]bool{p: true}, "type", "relatie", "relation"):
		c.kind = typeColumn
	default:
		t.member(&c, p)
	}
	return c
}

// member finds the property or relation that a header names.
func (t *table) member(c *column, name string) {
	if alias := dutchHeaders[name]; alias != "" {
		name = plain(alias)
	}
	if t.relations {
		for _, typ := range slices.Sorted(maps.Keys(t.in.kinds)) {
			for _, p := range t.in.kinds[typ].properties {
				if plain(p.Name) == name {
					c.kind, c.property = property, p
					return
				}
			}
		}
		t.in.fail(1, c.header, "no relation has a property %q; leave the column out with --map %q", c.header, c.header+"=-")
		return
	}
	// A name has several Dutch words: title and name are both "naam" to some, and some types have one region, others several.
	for _, candidate := range []string{name, map[string]string{"name": "title", "title": "name", "regions": "region"}[name]} {
		for _, p := range t.of.Properties {
			if candidate != "" && plain(p.Name) == candidate {
				c.kind, c.property = property, p
				return
			}
		}
		for _, r := range t.of.Relations {
			if candidate != "" && plain(r.Name) == candidate {
				c.kind, c.relation = relation, r
				return
			}
		}
	}
	if plain(t.of.Title) != name && has(map[string]bool{name: true}, "name", "title") {
		c.kind, c.property = property, t.of.Property(t.of.Title)
		return
	}
	var names []string
	for _, p := range t.of.Properties {
		names = append(names, p.Name)
	}
	for _, r := range t.of.Relations {
		names = append(names, r.Name)
	}
	t.in.fail(1, c.header, "%s has no property or relation %q; it has %s; say which it is with --map %q, or leave it out with --map %q",
		t.of.Name, c.header, strings.Join(names, ", "), c.header+"=NAME", c.header+"=-")
}

// plain is a header without what people write differently: case, accents, spaces,
// hyphens, underscores and the apostrophe of "thema's".
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" _-.'’‘", r) {
			return -1
		}
		return r
	}, text.Fold(strings.TrimSpace(s)))
}

func has(names map[string]bool, wanted ...string) bool {
	return slices.ContainsFunc(wanted, func(w string) bool { return names[w] })
}
