package cypher

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Compiler compiles queries over one model. It is safe for concurrent use.
type Compiler struct {
	model *graph.Model
	// labels holds the names of all node types.
	labels []string
	// reach holds the node types that a relation type leads to, by direction.
	reach map[way]map[string]bool
	lists map[string]bool
}

// way is a relation type as it is followed in one direction.
type way struct {
	typ       string
	direction graph.Direction
}

// New makes a Compiler for a model.
func New(m *graph.Model) *Compiler {
	k := &Compiler{model: m, labels: m.Stored(), reach: map[way]map[string]bool{}, lists: map[string]bool{}}
	for _, name := range k.labels {
		for _, p := range m.Types[name].Properties {
			k.lists[p.Name] = k.lists[p.Name] || p.List
		}
		for _, r := range m.Types[name].Relations {
			for _, far := range r.Hop.Labels {
				if r.Hop.Direction != graph.In {
					k.leads(r.Hop.Type, name, far)
				}
				if r.Hop.Direction != graph.Out {
					k.leads(r.Hop.Type, far, name)
				}
			}
		}
	}
	return k
}

// leads notes that relations of the type lead from one node type to another.
func (k *Compiler) leads(typ, from, to string) {
	for _, e := range []struct {
		way
		label string
	}{{way{typ, graph.Out}, to}, {way{typ, graph.In}, from}} {
		if k.reach[e.way] == nil {
			k.reach[e.way] = map[string]bool{}
		}
		k.reach[e.way][e.label] = true
	}
}

// everyLabel tells whether a hop leads to no other node types than its labels, so that
// the labels need not be looked at and a count is the node's degree.
func (k *Compiler) everyLabel(h graph.Hop) bool {
	if h.Direction == graph.Both {
		return false
	}
	far := k.reach[way{h.Type, h.Direction}]
	for label := range far {
		if !slices.Contains(h.Labels, label) {
			return false
		}
	}
	return len(far) > 0
}

// Statement is one Cypher statement with its parameters.
type Statement struct {
	Text   string
	Params map[string]any
}

// Hits is what a text query found: the ids of the nodes, and a score above 0 for each.
type Hits struct {
	IDs    []string
	Scores map[string]any
}

// Found holds the answers to the text queries of a query; see Texts.
type Found map[graph.Matches]Hits

// compilation is one statement in the making.
type compilation struct {
	*Compiler
	asOf   string
	found  Found
	params map[string]any
	names  int
	args   int
	// shared holds the parameters that are used more than once.
	shared map[any]string
	// candidates are the subqueries for the groups that no node is in.
	candidates []string
	// prelude holds the clauses that the row in the making needs before it is returned.
	prelude string
}

func (k *Compiler) compilation(asOf string, found Found) *compilation {
	return &compilation{Compiler: k, asOf: asOf, found: found, params: map[string]any{}, shared: map[any]string{}}
}

// arg makes a parameter of a value.
func (c *compilation) arg(v any) string {
	name := "p" + strconv.Itoa(c.args)
	c.args++
	c.params[name] = v
	return "$" + name
}

// sharedArg is arg for a value that may stand in several places, told apart by a key.
func (c *compilation) sharedArg(key, v any) string {
	if name, ok := c.shared[key]; ok {
		return name
	}
	c.shared[key] = c.arg(v)
	return c.shared[key]
}

// firstHard is the first character above the surrogates: from here on the order by UTF-16
// unit differs from that by code point.
const firstHard = '\uE000'

// bound writes a value to compare with as lower or higher: as a parameter, but for a text
// with a rare character. Neo4j compares a text that is a parameter by UTF-16 unit, and a
// literal by code point, as it should be. The literal is written in escapes alone.
func (c *compilation) bound(v any) string {
	s, ok := v.(string)
	if !ok || strings.IndexFunc(s, func(r rune) bool { return r >= firstHard }) < 0 {
		return c.arg(v)
	}
	var b strings.Builder
	b.WriteByte('\'')
	for _, unit := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "\\u%04X", unit)
	}
	b.WriteByte('\'')
	return b.String()
}

// name makes a variable that no other part of the statement uses: subqueries see the
// variables around them.
func (c *compilation) name(prefix string) string {
	c.names++
	return prefix + strconv.Itoa(c.names-1)
}

// conjunction joins conditions that must all hold.
func conjunction(conditions []string) string { return strings.Join(conditions, " AND ") }

// where writes WHERE, or nothing where there are no conditions.
func where(conditions []string) string {
	if len(conditions) == 0 {
		return ""
	}
	return " WHERE " + conjunction(conditions)
}
