package neo4j

import (
	"fmt"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// timeLayout is how moments are stored: in UTC, with milliseconds.
const timeLayout = "2006-01-02T15:04:05.000Z"

// value returns a property as the service holds it: string, bool, int64, float64 or
// []string. Dates and times that other tools stored become text, a whole number is a
// float where the model says so, and a single value is a list of one where it says list.
func value(v any, kind graph.Kind, list bool) any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return texts(v)
	case int64:
		if kind == graph.Float {
			return float64(v)
		}
	}
	v = plain(v)
	if list {
		return []string{fmt.Sprint(v)}
	}
	return v
}

func texts(list []any) []string {
	all := make([]string, len(list))
	for i, item := range list {
		if s, ok := item.(string); ok {
			all[i] = s
		} else {
			all[i] = fmt.Sprint(plain(item))
		}
	}
	return all
}

// plain returns a scalar in one of the service's own types.
func plain(v any) any {
	switch v := v.(type) {
	case string, bool, int64, float64:
		return v
	case neo4j.Date:
		return v.Time().Format(time.DateOnly)
	case time.Time:
		return v.UTC().Format(timeLayout)
	case neo4j.LocalDateTime:
		return v.Time().Format(timeLayout)
	}
	return fmt.Sprint(v)
}

// properties returns all properties of a node or relation but its id.
func properties(m map[string]any) map[string]any {
	props := make(map[string]any, len(m))
	for name, v := range m {
		if name != "id" {
			props[name] = value(v, "", false)
		}
	}
	return props
}
