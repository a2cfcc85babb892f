package lookahead

import (
	"context"
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// argumentsOf returns the arguments of a field. Where a variable gives one value for a
// list, gqlparser makes a list of that value's type; here each list is a []any.
func argumentsOf(f *ast.Field, variables map[string]any) map[string]any {
	args := f.ArgumentMap(variables)
	for name, value := range args {
		args[name] = plain(value)
	}
	return args
}

func plain(value any) any {
	switch v := value.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for name, item := range v {
			out[name] = plain(item)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = plain(item)
		}
		return out
	case nil, string, bool, int64, float64, json.Number:
		return v
	}
	list := reflect.ValueOf(value)
	if list.Kind() != reflect.Slice {
		return value
	}
	out := make([]any, list.Len())
	for i := range out {
		out[i] = plain(list.Index(i).Interface())
	}
	return out
}

// page reads first, after, last and before.
func (b *builder) page(args map[string]any, order []graph.Order) (graph.Page, error) {
	first, hasFirst, err := b.size(args, "first")
	if err != nil {
		return graph.Page{}, err
	}
	last, hasLast, err := b.size(args, "last")
	if err != nil {
		return graph.Page{}, err
	}
	if hasFirst && hasLast {
		return graph.Page{}, graph.Errorf(graph.BadUserInput, "first and last cannot be combined; give one of them")
	}
	page := graph.Page{Limit: first, Backward: hasLast}
	if hasLast {
		page.Limit = last
	}
	if page.After, err = cursorArgument(args, "after", order); err != nil {
		return graph.Page{}, err
	}
	page.Before, err = cursorArgument(args, "before", order)
	return page, err
}

// size reads a page size; without one it is the default.
func (b *builder) size(args map[string]any, name string) (n int, given bool, err error) {
	value, ok := args[name]
	if !ok || value == nil {
		return b.rt.Pages.Default, false, nil
	}
	n, err = integer(name, value)
	if err != nil {
		return 0, true, err
	}
	if n < 0 || n > b.rt.Pages.Max {
		return 0, true, graph.Errorf(graph.BadUserInput, "%s is %d; it must be between 0 and %d", name, n, b.rt.Pages.Max)
	}
	return n, true, nil
}

// bounded reads a whole number that must lie between lo and hi.
func bounded(args map[string]any, name string, lo, hi int) (int, error) {
	n, err := integer(name, args[name])
	if err != nil {
		return 0, err
	}
	if n < lo || n > hi {
		return 0, graph.Errorf(graph.BadUserInput, "%s is %d; it must be between %d and %d", name, n, lo, hi)
	}
	return n, nil
}

func integer(name string, value any) (int, error) {
	switch v := value.(type) {
	case int64:
		return int(v), nil
	case int:
		return v, nil
	case float64:
		if v == float64(int(v)) {
			return int(v), nil
		}
	case json.Number:
		if n, err := strconv.Atoi(v.String()); err == nil {
			return n, nil
		}
	}
	return 0, graph.Errorf(graph.BadUserInput, "%s must be a whole number", name)
}

func cursorArgument(args map[string]any, name string, order []graph.Order) (graph.Cursor, error) {
	s, ok := args[name].(string)
	if !ok {
		return nil, nil //nolint:nilnil // no cursor is an open page
	}
	c, err := graph.DecodeCursor(s, order)
	if err != nil {
		return nil, graph.Errorf(graph.BadUserInput, "%s: %s", name, err.Error())
	}
	return c, nil
}

// asOf reads the day whose network is asked for, "" where none is.
func asOf(args map[string]any) (string, error) {
	s, ok := args["asOf"].(string)
	if !ok {
		return "", nil
	}
	if err := checkDate(s); err != nil {
		return "", graph.Errorf(graph.BadUserInput, "asOf: %s", err.Error())
	}
	return s, nil
}

func checkDate(s string) error {
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return graph.Errorf(graph.BadUserInput, "%q is not a date; write year-month-day, as in 2021-03-31", s)
	}
	return nil
}

// dateTime brings a moment to the form that is stored, in UTC with milliseconds.
func dateTime(s string) (string, error) {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return "", graph.Errorf(graph.BadUserInput, "%q is not a moment; write it as in 2021-03-31T12:00:00Z", s)
	}
	return t.UTC().Format("2006-01-02T15:04:05.000Z"), nil
}

// text reads an argument that must hold more than white space.
func textArgument(args map[string]any, name string) (string, error) {
	s, _ := args[name].(string)
	if strings.TrimSpace(s) == "" {
		return "", graph.Errorf(graph.BadUserInput, "%s is empty; give at least one word", name)
	}
	return s, nil
}

// texts reads a list of texts, nil where it was not given.
func texts(value any) []string {
	list, ok := value.([]any)
	if !ok {
		if s, ok := value.(string); ok {
			return []string{s}
		}
		return nil
	}
	out := make([]string, 0, len(list))
	for _, v := range list {
		if s, ok := v.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// maps reads a list of input objects; one object stands for a list of one.
func maps(value any) []map[string]any {
	switch v := value.(type) {
	case map[string]any:
		return []map[string]any{v}
	case []any:
		out := make([]map[string]any, 0, len(v))
		for _, e := range v {
			if m, ok := e.(map[string]any); ok {
				out = append(out, m)
			}
		}
		return out
	}
	return nil
}

// PageArguments reads the page arguments of the field that is being resolved, for
// lists that are not made by List.
func (rt *Runtime) PageArguments(ctx context.Context, order []graph.Order) (graph.Page, error) {
	b := newBuilder(ctx, rt)
	return b.page(b.arguments(graphql.GetFieldContext(ctx).Field.Field), order)
}
