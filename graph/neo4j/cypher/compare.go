package cypher

import (
	"math"
	"strings"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/text"
)

var operators = map[graph.Op]string{
	graph.Eq: " = ", graph.Lt: " < ", graph.Lte: " <= ", graph.Gt: " > ", graph.Gte: " >= ",
}

// compare writes a comparison of an expression.
func (c *compilation) compare(f graph.Compare, expr string) (string, error) {
	switch f.Op {
	case graph.Eq, graph.Lt, graph.Lte, graph.Gt, graph.Gte:
		return c.ordered(f, expr), nil
	case graph.Ne:
		return "(" + expr + " IS NULL OR NOT " + c.oneOf([]any{f.Value}, f, expr) + ")", nil
	case graph.Contains, graph.StartsWith, graph.EndsWith:
		s, ok := f.Value.(string)
		if !ok {
			return "", errValue(f)
		}
		return c.textual(f.Op, expr, text.Fold(s)), nil
	case graph.Has:
		return c.arg(f.Value) + " IN " + expr, nil
	case graph.IsNull, graph.IsEmpty:
		want, ok := f.Value.(bool)
		if !ok {
			return "", errValue(f)
		}
		return absent(f.Op, expr, want), nil
	}
	values, ok := f.Value.([]any)
	if !ok {
		return "", errValue(f)
	}
	switch f.Op {
	case graph.OneOf:
		return c.oneOf(values, f, expr), nil
	case graph.NotIn:
		return "(" + expr + " IS NULL OR NOT " + c.oneOf(values, f, expr) + ")", nil
	case graph.HasAny:
		item := c.name("x")
		return "any(" + item + " IN " + c.arg(values) + " WHERE " + item + " IN " + expr + ")", nil
	}
	return "", graph.Errorf(graph.Internal, "there is no comparison %q", f.Op)
}

func errValue(f graph.Compare) error {
	return graph.Errorf(graph.BadUserInput, "%s of %s cannot be compared with a %T", f.Op, f.Prop, f.Value)
}

// ordered writes an equality or a range. A date or time is compared with what this service
// stores, which is text, and with what other tools may have stored. Both forms can use an
// index.
func (c *compilation) ordered(f graph.Compare, expr string) string {
	if f.Op == graph.Eq && !f.Kind.Temporal() {
		return expr + " = " + c.arg(f.Value)
	}
	plain := expr + operators[f.Op] + c.bound(f.Value)
	native, ok := nativeTime(f.Kind, f.Value)
	if !ok {
		return plain
	}
	return "(" + plain + " OR " + expr + operators[f.Op] + c.arg(native) + ")"
}

func (c *compilation) oneOf(values []any, f graph.Compare, expr string) string {
	all := append([]any{}, values...)
	for _, v := range values {
		if native, ok := nativeTime(f.Kind, v); ok {
			all = append(all, native)
		}
	}
	if f.Op == graph.Ne && len(all) == 1 {
		return expr + " = " + c.arg(all[0])
	}
	return expr + " IN " + c.arg(all)
}

// Day is a DATE of Neo4j, for a driver to turn into its own type.
type Day time.Time

// nativeTime returns a date or time as Neo4j's own type.
func nativeTime(kind graph.Kind, v any) (any, bool) {
	s, ok := v.(string)
	if !ok {
		return nil, false
	}
	switch kind {
	case graph.Date:
		if t, err := time.Parse(time.DateOnly, s); err == nil {
			return Day(t), true
		}
	case graph.DateTime:
		if t, err := time.Parse(time.RFC3339, s); err == nil {
			return t, true
		}
	}
	return nil, false
}

func absent(op graph.Op, expr string, want bool) string {
	switch {
	case op == graph.IsNull && want:
		return expr + " IS NULL"
	case op == graph.IsNull:
		return expr + " IS NOT NULL"
	case want:
		return "coalesce(size(" + expr + "), 0) = 0"
	}
	return "coalesce(size(" + expr + "), 0) > 0"
}

var textOperators = map[graph.Op]string{
	graph.Contains: " CONTAINS ", graph.StartsWith: " STARTS WITH ", graph.EndsWith: " ENDS WITH ",
}

// textual writes a text operator with a folded text. A value that has the text in it once
// it is in lower case needs no more; only one with other characters than ASCII is decomposed
// and compared by a regular expression that skips the marks, which takes three times as long.
// A capital sigma is lowered first, because Java gives it another form at the end of a word
// and Go does not.
func (c *compilation) textual(op graph.Op, expr, part string) string {
	lower := "toLower(replace(" + expr + ", 'Σ', 'σ'))"
	return "(" + lower + textOperators[op] + c.arg(part) +
		" OR NOT " + expr + " =~ '[\\t-~]*+' AND normalize(" + lower + ", NFD) =~ " + c.arg(textPattern(op, part)) + ")"
}

// marks matches any number of the combining marks that text.Fold removes.
const marks = "[\u0300-\u036f]*"

// textPattern returns a regular expression for a text operator, in which each character
// of the folded text stands for itself and may be followed by marks.
func textPattern(op graph.Op, part string) string {
	var b strings.Builder
	b.WriteString("(?s)")
	if op != graph.StartsWith {
		b.WriteString(".*")
	}
	b.WriteString(marks)
	for _, r := range part {
		if r < 0x80 && (r < '0' || r > '9') && (r < 'a' || r > 'z') && r > ' ' {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
		b.WriteString(marks)
	}
	if op != graph.EndsWith {
		b.WriteString(".*")
	}
	return b.String()
}

// near writes that a node lies within a distance, by the haversine formula. The distance
// is turned into a limit for the haversine, which saves the way back from it for every node.
func (c *compilation) near(f graph.Near, node string) string {
	lat, lon := "toFloatOrNull("+property(node, f.LatProp)+")", "toFloatOrNull("+property(node, f.LonProp)+")"
	fromLat := c.arg(f.Lat)
	return "haversin(radians(" + lat + " - " + fromLat + ")) + cos(radians(" + fromLat + ")) * cos(radians(" + lat + "))" +
		" * haversin(radians(" + lon + " - " + c.arg(f.Lon) + ")) <= " + c.arg(haversineLimit(f.Km))
}

// haversineLimit returns the haversine of the angle that a distance spans, 2 where that is
// every distance on the sphere, and -1 where it is none.
func haversineLimit(km float64) float64 {
	half := km / (2 * graph.EarthRadiusKm)
	switch {
	case km < 0:
		return -1
	case half >= math.Pi/2:
		return 2
	}
	return math.Pow(math.Sin(half), 2)
}
