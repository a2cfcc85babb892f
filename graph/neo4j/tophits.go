package neo4j

import (
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/cypher"
)

// best leaves out what a page of a plain text search cannot show: of a query for whatever a
// text matches, the best first, only the page's rows and those that tie with them are looked
// up. The hits come best first. A broad search finds thousands of nodes, of which a page shows twenty.
func best(q graph.Query, found cypher.Found) {
	m, ok := plainSearch(q.Root)
	if !ok {
		return
	}
	page, hits := q.Root.Page, found[m]
	score := func(id string) float64 { s, _ := hits.Scores[id].(float64); return s }
	ids := hits.IDs
	from, end := 0, page.Limit+1
	if len(page.After) > 0 {
		at, _ := graph.Number64(page.After[0])
		from = firstIndex(ids, func(id string) bool { return score(id) <= at })
		// Which of those that tie with the cursor come after it is for the database to say.
		end += firstIndex(ids, func(id string) bool { return score(id) < at })
	}
	if end < len(ids) {
		worst := score(ids[end-1])
		end = firstIndex(ids, func(id string) bool { return score(id) < worst })
	}
	kept := cypher.Hits{IDs: ids[from:min(end, len(ids))], Scores: map[string]any{}}
	for _, id := range kept.IDs {
		kept.Scores[id] = hits.Scores[id]
	}
	found[m] = kept
}

// plainSearch tells whether a selection is for a page of what a text query matches, the best
// first, and for nothing that the rest of the matches has a part in.
func plainSearch(sel *graph.Selection) (graph.Matches, bool) {
	m, ok := sel.Where.(graph.Matches)
	page := sel.Page
	if !ok || sel.Count || len(sel.Aggregates) > 0 || page.Limit <= 0 || page.Backward || page.Before != nil || len(sel.Order) == 0 {
		return m, false
	}
	for i, o := range sel.Order {
		if first := o.Relevance != nil && *o.Relevance == m && o.Desc && len(o.Via) == 0; first != (i == 0) || o.Relevance != nil && i > 0 {
			return m, false
		}
	}
	for _, l := range sel.Links {
		if _, used := cypher.Texts(graph.Query{Root: l.Selection})[m]; used {
			return m, false
		}
	}
	return m, true
}

// firstIndex returns the index of the first element of which f holds, or the length.
func firstIndex(list []string, f func(string) bool) int {
	if i := slices.IndexFunc(list, f); i >= 0 {
		return i
	}
	return len(list)
}
