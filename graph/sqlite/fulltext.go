package sqlite

import (
	"database/sql/driver"
	"fmt"
	"hash/fnv"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/text"
)

// fulltext says how the text of the nodes is laid out in the index: a column for each
// weight that the model uses, with terms, and a last one for autocompletion, with the
// folded words of the properties marked Suggest.
type fulltext struct {
	model   *graph.Model
	weights []float64
}

// suggestColumn is the name of the last column.
const suggestColumn = "suggest"

func newFulltext(m *graph.Model) fulltext {
	weights := map[float64]bool{}
	for _, t := range m.Types {
		for _, p := range t.Properties {
			if p.Search > 0 {
				weights[p.Search] = true
			}
		}
	}
	return fulltext{model: m, weights: slices.Sorted(maps.Keys(weights))}
}

// columns returns the names of the columns in order.
func (f fulltext) columns() []string {
	var names []string
	for i := range f.weights {
		names = append(names, "w"+strconv.Itoa(i))
	}
	return append(names, suggestColumn)
}

// score returns the expression for how well a row matches, higher being better. FTS5's
// bm25 is negative for every match.
func (f fulltext) score() string {
	parts := make([]string, 0, len(f.weights)+1)
	for _, w := range f.weights {
		parts = append(parts, strconv.FormatFloat(w, 'f', -1, 64))
	}
	return "-bm25(fts," + strings.Join(append(parts, "1.0"), ",") + ")"
}

// version tells layouts apart: the index is built anew when it changes.
func (f fulltext) version() string {
	h := fnv.New64a()
	fmt.Fprintln(h, textVersion, f.weights)
	for _, name := range f.model.Names() {
		for _, p := range f.model.Types[name].Properties {
			if p.Search > 0 || p.Suggest {
				fmt.Fprintln(h, name, p.Name, p.Search, p.Suggest)
			}
		}
	}
	return strconv.FormatUint(h.Sum64(), 16)
}

// textVersion goes up when the analysis in package graph/text or the encoding of terms
// changes.
const textVersion = 1

// document is the text of one node as the index holds it.
type document struct {
	// cells holds a text per column.
	cells []driver.Value
	// terms holds the different terms.
	terms map[string]bool
}

func (d document) empty() bool {
	return !slices.ContainsFunc(d.cells, func(v driver.Value) bool { return v != "" })
}

// document analyses the text of a node.
func (f fulltext) document(label string, props map[string]any) document {
	cells := make([]strings.Builder, len(f.weights)+1)
	d := document{cells: make([]driver.Value, len(cells)), terms: map[string]bool{}}
	if t := f.model.Types[label]; t != nil {
		for _, p := range t.Properties {
			if p.Search <= 0 && !p.Suggest {
				continue
			}
			switch value := props[p.Name].(type) {
			case string:
				f.analyse(p, value, cells, d.terms)
			case []string:
				for _, item := range value {
					f.analyse(p, item, cells, d.terms)
				}
			}
		}
	}
	for i := range cells {
		d.cells[i] = cells[i].String()
	}
	return d
}

func (f fulltext) analyse(p *graph.Property, value string, cells []strings.Builder, terms map[string]bool) {
	column := slices.Index(f.weights, p.Search)
	for _, w := range text.Words(value) {
		if column >= 0 && w.Term != "" {
			terms[w.Term] = true
			cells[column].WriteString(encodeTerm(w.Term) + " ")
		}
		if p.Suggest {
			cells[len(cells)-1].WriteString(encodeTerm(w.Folded) + " ")
		}
	}
}

// matches writes the condition that the text query finds the node.
func (c *compiler) matches(f graph.Matches, node string) error {
	expression := c.store.fulltext.expression(f, c.terms)
	if expression == "" {
		c.add("0")
		return nil
	}
	c.add(node, ".nid IN (SELECT rowid FROM fts WHERE fts MATCH ")
	c.arg(expression)
	c.add(")")
	return nil
}

// expression returns the text query in the language of FTS5, "" where it finds nothing.
// Terms are quoted, so that nothing a user writes is read as an operator.
func (f fulltext) expression(m graph.Matches, terms *vocabulary) string {
	var all []string
	if m.Mode == graph.Prefix {
		for _, w := range text.Words(m.Text) {
			all = append(all, phrase(w.Folded)+"*")
		}
		if len(all) == 0 {
			return ""
		}
		return suggestColumn + ":(" + strings.Join(all, " AND ") + ")"
	}
	if len(f.weights) == 0 {
		return ""
	}
	operator := " AND "
	if m.Mode == graph.AnyWord {
		operator = " OR "
	}
	for _, query := range text.Terms(m.Text) {
		found := terms.expand(query)
		if len(found) == 0 {
			if m.Mode == graph.AnyWord {
				continue
			}
			return ""
		}
		for i, term := range found {
			found[i] = phrase(term)
		}
		all = append(all, "("+strings.Join(found, " OR ")+")")
	}
	return f.inTerms(all, operator)
}

// exact returns the query for the words themselves, without the compounds they are part
// of; "" where there are none.
func (f fulltext) exact(m graph.Matches) string {
	if m.Mode == graph.Prefix || len(f.weights) == 0 {
		return ""
	}
	var all []string
	for _, query := range text.Terms(m.Text) {
		all = append(all, phrase(query))
	}
	return f.inTerms(all, " OR ")
}

// inTerms limits a query to the columns that hold terms.
func (f fulltext) inTerms(all []string, operator string) string {
	if len(all) == 0 {
		return ""
	}
	columns := f.columns()
	return "{" + strings.Join(columns[:len(columns)-1], " ") + "}:(" + strings.Join(all, operator) + ")"
}

func phrase(term string) string { return `"` + encodeTerm(term) + `"` }

// differ tells whether the text of a node differs between two states.
func (f fulltext) differ(label string, before, after map[string]any) bool {
	t := f.model.Types[label]
	return t != nil && slices.ContainsFunc(t.Properties, func(p *graph.Property) bool {
		return (p.Search > 0 || p.Suggest) && !reflect.DeepEqual(before[p.Name], after[p.Name])
	})
}
