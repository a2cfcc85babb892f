package webhook

import (
	"context"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// SearchLabel is the type of the nodes that hold saved searches.
const SearchLabel = "SavedSearch"

// SearchLimit is how many saved searches there may be.
const SearchLimit = 1000

// searchProps are the properties of a saved search.
var searchProps = []string{
	"name", "createdAt", "updatedAt", "text", "types", "where", "webhook", "delivered", "failures", "problem", "nextTry",
}

// Fresh returns the properties with which a search is saved beside its content: nothing has
// failed, and what has a webhook is delivered from behind the last entry of the log on.
func Fresh(hasWebhook bool, last int64) map[string]any {
	props := map[string]any{"failures": nil, "problem": nil, "nextTry": nil, "delivered": nil}
	if hasWebhook {
		props["delivered"] = graph.LogCursor(last)
	}
	return props
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
