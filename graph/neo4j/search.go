package neo4j

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/cypher"
)

// search answers the text queries that a query contains, all with one statement. Without
// text queries it sends none, nor where it remembers what all of them found: then it returns
// the state in which that was found, and the answer must come with the same. Fresh, it
// remembers nothing.
func (s *Store) search(ctx context.Context, q graph.Query, fresh bool) (found cypher.Found, state string, err error) {
	asked := cypher.Texts(q)
	if len(asked) == 0 {
		return nil, "", nil
	}
	before := s.memory.last()
	found = make(cypher.Found, len(asked))
	var searches []*textSearch
	recalled := 0
	for m, labels := range asked {
		found[m] = cypher.Hits{IDs: []string{}, Scores: map[string]any{}}
		labels = slices.DeleteFunc(slices.Clone(labels), func(l string) bool { return s.texts.byLabel[l] == nil })
		slices.Sort(labels)
		if t := newTextSearch(m, labels); t != nil && len(labels) > 0 {
			searches = append(searches, t)
			if hits, ok := s.memory.recall(t, before); ok && !fresh {
				found[m] = hits
				recalled++
			}
		}
	}
	if recalled == len(searches) {
		if recalled > 0 {
			state = before
		}
		best(q, found)
		return found, state, nil
	}
	// The order is that of the text, so that one shape of query has one statement.
	slices.SortFunc(searches, func(a, b *textSearch) int { return strings.Compare(a.key(), b.key()) })
	after, err := s.readAt(ctx, s.candidates(searches), func(values []any) error {
		i, _ := values[0].(int64)
		id, ok := values[1].(string)
		labels, _ := values[2].([]any)
		fields, _ := values[3].([]any)
		if t := searches[i]; ok {
			t.consider(id, s.document(t, labelOf(labels, t.labels), fields))
		}
		return nil
	})
	if err != nil {
		return nil, "", err
	}
	for _, t := range searches {
		hits := t.hits()
		found[t.Matches] = hits
		s.memory.keep(t, hits, before, after)
	}
	best(q, found)
	return found, "", nil
}

// candidates makes the statement that proposes nodes for each text query, with their text.
// The full-text index proposes at least all that match; queries that it cannot be asked look
// at all nodes of the labels.
func (s *Store) candidates(searches []*textSearch) statement {
	st := statement{params: map[string]any{}}
	var arms []string
	for i, t := range searches {
		arm := "MATCH (n:" + quoted("", t.labels, "|") + ")"
		if query, ok := t.lucene(); ok {
			name := "q" + strconv.Itoa(i)
			st.params[name] = query
			arm = "CALL db.index.fulltext.queryNodes('" + textIndexName + "', $" + name + ") YIELD node AS n WITH n WHERE n:" + quoted("", t.labels, "|")
		}
		arms = append(arms, arm+" RETURN "+strconv.Itoa(i)+" AS i, n.id AS id, labels(n) AS labels, ["+quoted("n.", s.texts.fields(t.labels), ", ")+"] AS fields")
	}
	st.text = strings.Join(arms, " UNION ALL ")
	return st
}

// fields returns the names of the properties that count for nodes of the labels.
func (t textIndex) fields(labels []string) []string {
	var names []string
	for _, label := range labels {
		for _, p := range t.byLabel[label] {
			if !slices.Contains(names, p.Name) {
				names = append(names, p.Name)
			}
		}
	}
	return names
}

// field is the text of a property with its weight.
type field struct {
	text   string
	weight float64
}

// document returns the text of a node that a text query looks at.
func (s *Store) document(t *textSearch, label string, values []any) []field {
	var all []field
	names := s.texts.fields(t.labels)
	for _, p := range s.texts.byLabel[label] {
		weight := p.Search
		if t.Mode == graph.Prefix {
			if !p.Suggest {
				continue
			}
			weight = max(weight, 1)
		}
		if weight <= 0 {
			continue
		}
		switch v := values[slices.Index(names, p.Name)].(type) {
		case string:
			all = append(all, field{v, weight})
		case []any:
			for _, item := range v {
				if item, ok := item.(string); ok {
					all = append(all, field{item, weight})
				}
			}
		}
	}
	return all
}
