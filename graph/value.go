package graph

import (
	"cmp"
	"slices"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph/text"
)

// CompareValues orders two property values of the same kind: text by code point,
// numbers by value, false before true. nil comes before everything.
func CompareValues(a, b any) int {
	switch x := a.(type) {
	case nil:
		if b == nil {
			return 0
		}
		return -1
	case string:
		if y, ok := b.(string); ok {
			return cmp.Compare(x, y)
		}
	case bool:
		if y, ok := b.(bool); ok {
			return cmp.Compare(boolToInt(x), boolToInt(y))
		}
	default:
		if x, ok := Number64(a); ok {
			if y, ok := Number64(b); ok {
				return cmp.Compare(x, y)
			}
		}
	}
	return 1
}

// Number64 returns an int64, int or float64 as a float64.
func Number64(v any) (float64, bool) {
	switch n := v.(type) {
	case int64:
		return float64(n), true
	case int:
		return float64(n), true
	case float64:
		return n, true
	}
	return 0, false
}

func boolToInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// HoldsFor judges the comparison for one value, nil standing for an absent one. It
// is the definition that every store has to agree with.
func (c Compare) HoldsFor(v any) bool {
	switch c.Op {
	case IsNull:
		return (v == nil) == c.Value.(bool)
	case IsEmpty:
		list, _ := v.([]string)
		return (len(list) == 0) == c.Value.(bool)
	case Ne:
		return v == nil || CompareValues(v, c.Value) != 0
	case NotIn:
		return v == nil || !slices.ContainsFunc(c.Value.([]any), func(w any) bool { return CompareValues(v, w) == 0 })
	}
	if v == nil {
		return false
	}
	switch c.Op {
	case Eq:
		return CompareValues(v, c.Value) == 0
	case OneOf:
		return slices.ContainsFunc(c.Value.([]any), func(w any) bool { return CompareValues(v, w) == 0 })
	case Lt:
		return CompareValues(v, c.Value) < 0
	case Lte:
		return CompareValues(v, c.Value) <= 0
	case Gt:
		return CompareValues(v, c.Value) > 0
	case Gte:
		return CompareValues(v, c.Value) >= 0
	case Has:
		return slices.Contains(v.([]string), c.Value.(string))
	case HasAny:
		return slices.ContainsFunc(c.Value.([]any), func(w any) bool { return slices.Contains(v.([]string), w.(string)) })
	}
	return holdsForText(c.Op, v, c.Value)
}

func holdsForText(op Op, v, w any) bool {
	s, ok := v.(string)
	if !ok {
		return false
	}
	folded, part := text.Fold(s), text.Fold(w.(string))
	switch op {
	case Contains:
		return strings.Contains(folded, part)
	case StartsWith:
		return strings.HasPrefix(folded, part)
	default:
		return strings.HasSuffix(folded, part)
	}
}
