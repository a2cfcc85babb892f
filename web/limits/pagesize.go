package limits

import (
	"encoding/json"
	"math"
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"
)

// pageSize returns how many nodes a field asks for, and whether it has a page size at all.
func (e *estimator) pageSize(f *ast.Field) (size int, isPage bool) {
	named := false
	fallback := e.limits.PageDefault
	for _, name := range []string{"first", "last"} {
		def := f.Definition.Arguments.ForName(name)
		if def == nil || def.Type.Name() != "Int" {
			continue
		}
		isPage = true
		if n, ok := e.integer(def.DefaultValue); ok {
			fallback = n
		}
		argument := f.Arguments.ForName(name)
		if argument == nil {
			continue
		}
		n, ok := e.integer(argument.Value)
		if !ok {
			continue // null, or a variable without a value: as if it were not there
		}
		if n > e.limits.PageMax && e.refusal == nil {
			e.refusal = wrong("%s: %d on %s is more than a page may hold; at most %d are allowed: ask for the next page with after",
				name, n, f.Alias, e.limits.PageMax)
		}
		size, named = max(size, n), true
	}
	if !named {
		size = fallback
	}
	return size, isPage
}

// integer reads a page size from a literal or a variable, between 0 and ceiling. A negative size counts as 0 here: to
// refuse it is for the resolver, which knows what it would mean.
func (e *estimator) integer(value *ast.Value) (int, bool) {
	if value == nil {
		return 0, false
	}
	switch value.Kind {
	case ast.IntValue:
		return parseInteger(value.Raw), true
	case ast.Variable:
		return toInteger(e.variables[value.Raw])
	default:
		return 0, false
	}
}

// toInteger reads a page size from the value of a variable, in every form that a transport may have decoded it to.
func toInteger(value any) (int, bool) {
	switch v := value.(type) {
	case int:
		return clamp(int64(v)), true
	case int32:
		return clamp(int64(v)), true
	case int64:
		return clamp(v), true
	case float64:
		return parseInteger(strconv.FormatFloat(math.Trunc(v), 'f', 0, 64)), true
	case json.Number:
		return parseInteger(v.String()), true
	case string:
		return parseInteger(v), true
	default:
		return 0, false
	}
}

// parseInteger reads a decimal number; one that does not fit, in either direction, counts as the nearest that does.
func parseInteger(raw string) int {
	n, _ := strconv.ParseInt(raw, 10, 64)
	return clamp(n)
}

func clamp(n int64) int { return int(min(max(n, 0), ceiling)) }

// listLength is the number of elements in a list, and 1 for a single value, which GraphQL takes for a list of one.
func (e *estimator) listLength(value *ast.Value) int {
	switch value.Kind {
	case ast.ListValue:
		return len(value.Children)
	case ast.Variable:
		if list, ok := e.variables[value.Raw].([]any); ok {
			return len(list)
		}
	}
	return 1
}
