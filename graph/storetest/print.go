package storetest

import (
	"fmt"
	"reflect"
	"sort"
	"strings"
)

// Plan prints a query, a graph or any other plain data in the form of Go literals,
// without what is zero, so that a failing test shows what was asked.
func Plan(v any) string { return literal(reflect.ValueOf(v), "") }

// width is how long a literal may be before its elements get lines of their own.
const width = 110

func literal(v reflect.Value, indent string) string {
	var items []string
	deeper := indent + "\t"
	switch v.Kind() {
	case reflect.Invalid:
		return "nil"
	case reflect.Pointer:
		return "&" + literal(v.Elem(), indent)
	case reflect.Interface:
		return literal(v.Elem(), indent)
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Field(i)
			if v.Type().Field(i).IsExported() && !f.IsZero() && (f.Kind() != reflect.Slice || f.Len() > 0) {
				items = append(items, v.Type().Field(i).Name+": "+literal(f, deeper))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			item := literal(v.Index(i), deeper)
			if v.Type().Elem().Kind() == reflect.Struct { // Go lets the type be left out here
				item = strings.TrimPrefix(item, v.Type().Elem().String())
			}
			items = append(items, item)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			items = append(items, fmt.Sprintf("%#v: %s", k, literal(v.MapIndex(k), deeper)))
		}
		sort.Strings(items)
	default:
		return fmt.Sprintf("%#v", v)
	}
	name := strings.ReplaceAll(v.Type().String(), "interface {}", "any")
	short := name + "{" + strings.Join(items, ", ") + "}"
	if len(short) <= width && !strings.Contains(short, "\n") {
		return short
	}
	return name + "{\n" + deeper + strings.Join(items, ",\n"+deeper) + ",\n" + indent + "}"
}
