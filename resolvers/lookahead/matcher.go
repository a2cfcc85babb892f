package lookahead

import (
	"context"
	"slices"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Matcher tells for which nodes a filter holds, of the types that it is about.
type Matcher struct {
	rt     *Runtime
	labels []string
	filter graph.Filter
}

// Matcher makes a Matcher of the chosen types, a filter for each type (an input
// FilterByType) and a full-text query. Types that a filter is given without are left
// out. It is nil where nothing is asked for.
func (rt *Runtime) Matcher(types []string, byType Input, text string) (*Matcher, error) {
	b := &builder{rt: rt}
	m := &Matcher{rt: rt, labels: slices.Clone(types)}
	text = strings.TrimSpace(text)
	if len(byType) == 0 {
		if text == "" && len(types) == 0 {
			return nil, nil //nolint:nilnil // everything matches
		}
		if len(types) == 0 {
			m.labels = b.searchable(graph.AllWords)
		}
	} else {
		m.labels = nil
		var either graph.Or
		for _, name := range rt.Model.Names() {
			value, given := byType[lowerFirst(name)]
			if !given || len(types) > 0 && !slices.Contains(types, name) {
				continue
			}
			f, err := b.where(rt.Model.Types[name], value)
			if err != nil {
				return nil, err
			}
			own := graph.And{graph.HasLabel{Labels: []string{name}}}
			if f != nil {
				own = append(own, f)
			}
			m.labels = append(m.labels, name)
			either = append(either, own)
		}
		if len(m.labels) == 0 {
			return nil, graph.Errorf(graph.BadUserInput, "where has no filter for any of the types asked for (%s); name the type in both, or leave types out", strings.Join(types, ", "))
		}
		m.filter = either
	}
	if text != "" {
		words := graph.Matches{Text: text, Mode: graph.AllWords}
		if m.filter == nil {
			m.filter = words
		} else {
			m.filter = graph.And{words, m.filter}
		}
	}
	return m, nil
}

func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }

// About tells whether a Matcher is about nodes of a type; one that is nil is about all.
func (m *Matcher) About(label string) bool { return m == nil || slices.Contains(m.labels, label) }

// Filters tells whether there is more to match than the type.
func (m *Matcher) Filters() bool { return m != nil && m.filter != nil }

// Among returns which of the nodes match, of those that are there.
func (m *Matcher) Among(ctx context.Context, ids []string) (map[string]bool, error) {
	return m.read(ctx, graph.AnyOf("id", ids), graph.All)
}

// All returns which nodes match, as many as limit at most.
func (m *Matcher) All(ctx context.Context, limit int) (map[string]bool, error) {
	return m.read(ctx, nil, limit)
}

func (m *Matcher) read(ctx context.Context, also graph.Filter, limit int) (map[string]bool, error) {
	var where graph.And
	for _, f := range []graph.Filter{also, m.filter} {
		if f != nil {
			where = append(where, f)
		}
	}
	res, err := m.rt.Store.Read(ctx, graph.Query{Root: &graph.Selection{Labels: m.labels, Where: where, Page: graph.Page{Limit: limit}}})
	if err != nil {
		return nil, err
	}
	found := make(map[string]bool, len(res.Rows))
	for _, row := range res.Rows {
		found[row.Node.ID] = true
	}
	return found, nil
}
