package resolvers_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/resolvers"
	"github.com/i-partnerschap/kennisgraaf/resolvers/lookahead"
	"github.com/i-partnerschap/kennisgraaf/web/limits"
)

var (
	randomQueries = flag.Int("random.queries", 300, "number of random queries")
	randomSeed    = flag.Uint64("random.seed", 0, "seed of the random queries; 0 takes the time")
)

// Whatever valid query is asked, the answer has the shape of the query and is no
// internal error. Queries are made from the schema itself, with aliases, fragments,
// interfaces and directives.
func TestRandomQueriesAreAnswered(t *testing.T) {
	seed := *randomSeed
	if seed == 0 {
		seed = uint64(time.Now().UnixNano())
	}
	wide := limits.Default()
	wide.Cost, wide.Fields, wide.Aliases = 10_000_000, 2000, 1000
	s := newServiceWithin(wide)
	schema := resolvers.NewSchema(&graph.Model{}, s.store, lookahead.PageSizes{}).Schema()
	answered := 0
	for i := range *randomQueries {
		g := &queryMaker{schema: schema, r: rand.New(rand.NewPCG(seed, uint64(i)))}
		query := g.query()
		a, _ := s.ask(t, query, nil)
		for _, e := range a.Errors {
			if code := e.Extensions["code"]; code != "QUERY_TOO_COMPLEX" && code != "NOT_FOUND" {
				t.Fatalf("-random.seed=%d, query %d: %v %s\n%s", seed, i, code, e.Message, query)
			}
		}
		if len(a.Errors) == 0 {
			answered++
		}
	}
	t.Logf("seed %d: %d of %d queries answered, the others were too complex or asked for what is not there", seed, answered, *randomQueries)
	if answered < *randomQueries/2 {
		t.Errorf("only %d of %d random queries were answered", answered, *randomQueries)
	}
}

// queryMaker writes random valid queries.
type queryMaker struct {
	schema *ast.Schema
	r      *rand.Rand
	names  int
	budget int
}

func (g *queryMaker) query() string {
	g.budget = 40
	var roots []string
	for range 1 + g.r.IntN(2) {
		fields := g.schema.Query.Fields
		f := fields[g.r.IntN(len(fields))]
		if strings.HasPrefix(f.Name, "__") || !g.answerable(f) {
			continue
		}
		roots = append(roots, g.field(f, 0))
	}
	if len(roots) == 0 {
		return "{ __typename }"
	}
	return "{ " + strings.Join(roots, " ") + " }"
}

// answerable tells whether the maker has a value for each required argument.
func (g *queryMaker) answerable(f *ast.FieldDefinition) bool {
	for _, a := range f.Arguments {
		if a.Type.NonNull && g.value(f, a) == "" {
			return false
		}
	}
	return true
}

// alias makes every response key its own, so that no two fields can conflict.
func (g *queryMaker) alias() string {
	g.names++
	return fmt.Sprintf("f%d: ", g.names)
}

func (g *queryMaker) field(f *ast.FieldDefinition, depth int) string {
	g.budget--
	out := g.alias() + f.Name + g.arguments(f)
	if g.r.IntN(12) == 0 {
		out += [...]string{" @include(if: true)", " @skip(if: true)"}[g.r.IntN(2)]
	}
	def := g.schema.Types[f.Type.Name()]
	if def.IsLeafType() {
		return out
	}
	return out + " { " + g.selections(def, depth+1) + " }"
}

const deepest = 7

func (g *queryMaker) selections(def *ast.Definition, depth int) string {
	out := []string{"__typename"}
	for range 1 + g.r.IntN(4) {
		if g.budget <= 0 {
			break
		}
		if possible := g.schema.GetPossibleTypes(def); def.IsAbstractType() && g.r.IntN(2) == 0 {
			on := possible[g.r.IntN(len(possible))]
			out = append(out, "... on "+on.Name+" { "+g.selections(on, depth)+" }")
			continue
		} else if !def.IsAbstractType() && g.r.IntN(8) == 0 {
			out = append(out, "... on "+def.Name+" { "+g.selections(def, depth)+" }")
			continue
		}
		if len(def.Fields) == 0 {
			continue
		}
		f := def.Fields[g.r.IntN(len(def.Fields))]
		if depth >= deepest && !g.schema.Types[f.Type.Name()].IsLeafType() {
			continue
		}
		out = append(out, g.field(f, depth))
	}
	return strings.Join(out, " ")
}

// arguments gives required arguments, and now and then others.
func (g *queryMaker) arguments(f *ast.FieldDefinition) string {
	var out []string
	for _, a := range f.Arguments {
		if v := g.value(f, a); v != "" && (a.Type.NonNull || a.Name == "first" || a.Name == "text" || g.r.IntN(3) == 0) {
			out = append(out, a.Name+": "+v)
		}
	}
	if len(out) == 0 {
		return ""
	}
	return "(" + strings.Join(out, ", ") + ")"
}

func (g *queryMaker) value(f *ast.FieldDefinition, a *ast.ArgumentDefinition) string {
	pick := func(options ...string) string { return options[g.r.IntN(len(options))] }
	switch a.Name {
	case "id", "from":
		return pick(`"saxion"`, `"logius"`, `"cybersecurity"`, `"demo-l-gijzeling-en-herstel"`)
	case "to":
		return pick(`"nl-ov"`, `"hanze"`, `"privacy"`)
	case "ids":
		return `["saxion", "nergens", "ai", "bzk"]`
	case "text":
		return pick(`"ransomware bij gemeenten"`, `"cyber"`, `"data protection"`)
	case "first":
		return pick("1", "2", "3")
	case "hops", "maxHops":
		return pick("1", "2")
	case "asOf":
		return pick(`"2022-03-01"`, `"2026-11-22"`)
	case "lang":
		return pick("NL", "EN")
	case "by":
		if a.Type.Name() == "String" {
			return pick(`"local"`, `"dataset:demo"`)
		}
		return `[{path: "type"}]`
	case "of":
		if a.Type.Name() == "ID" {
			return pick(`["saxion"]`, `["nergens", "logius"]`)
		}
		return `"createdAt"`
	case "where":
		if !strings.HasSuffix(a.Type.Name(), "Filter") {
			return ""
		}
		return pick(`{id: {ne: "x"}}`, `{not: {id: {eq: "saxion"}}}`, `{matches: "cyber"}`, `{or: [{id: {in: ["saxion"]}}, {source: {isNull: false}}]}`, `{}`)
	case "sort":
		return pick(`[{path: "id", order: DESC}]`, `[{path: "source", nulls: FIRST}]`)
	case "supply":
		return pick("[LECTOR]", "[LECTORAAT, FIELDLAB]", "[OFFER, INSTITUTION]")
	}
	return ""
}
