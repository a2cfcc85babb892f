package limits

import "github.com/vektah/gqlparser/v2/gqlerror"

// CheckVariables counts the values in the variables and how deep they nest, before gqlparser recurses through them. It
// returns QUERY_TOO_COMPLEX where that is more than the limits allow, nil otherwise.
// The JSON decoder bounds the depth by 10,000.
func (l Limits) CheckVariables(variables map[string]any) *gqlerror.Error {
	total := 0
	for name, value := range variables {
		values, depth := measureValue(value)
		if depth > l.InputDepth {
			return tooComplex("the variable %q has %d levels of lists and objects; at most %d are allowed", name, depth, l.InputDepth)
		}
		total += values
	}
	if total > l.InputValues {
		return tooComplex("the variables hold %d values; at most %d are allowed; send them in several requests", total, l.InputValues)
	}
	return nil
}

// measureValue counts the values in a decoded JSON value, itself included, and its levels of lists and objects.
func measureValue(value any) (values, depth int) {
	switch v := value.(type) {
	case map[string]any:
		for _, child := range v {
			n, d := measureValue(child)
			values, depth = values+n, max(depth, d)
		}
	case []any:
		for _, child := range v {
			n, d := measureValue(child)
			values, depth = values+n, max(depth, d)
		}
	default:
		return 1, 0
	}
	return values + 1, depth + 1
}
