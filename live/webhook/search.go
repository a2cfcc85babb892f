package webhook

import (
	"context"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// SearchLabel is the type of the nodes that hold saved searches.
const SearchLabel = "SavedSearch"

// searchProps are the properties of a saved search.
var searchProps = []string{
	"name", "createdAt", "updatedAt", "text", "types", "where", "webhook", "delivered", "failures", "problem", "nextTry",
}

// Searches reads the saved searches for which a filter holds, by name.
func Searches(ctx context.Context, store graph.Store, where graph.Filter, limit int) ([]*graph.Node, error) {
	res, err := store.Read(ctx, graph.Query{Root: &graph.Selection{
		Labels: []string{SearchLabel}, Props: searchProps, Where: where, Page: graph.Page{Limit: limit},
		Order: []graph.Order{{Prop: "name", Kind: graph.String, Required: true}},
	}})
	if err != nil {
		return nil, err
	}
	found := make([]*graph.Node, len(res.Rows))
	for i, row := range res.Rows {
		found[i] = row.Node
	}
	return found, nil
}
