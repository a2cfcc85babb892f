package lookahead

import (
	"context"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Titled is a node by its type and name.
type Titled struct{ Type, Title string }

// Titles reads the types and names of nodes, for use outside a request; what is gone is
// left out.
func (rt *Runtime) Titles(ctx context.Context, ids []string) (map[string]Titled, error) {
	p := newPlan(&graph.Selection{Labels: rt.Model.Labels("Node"), Page: graph.Page{Limit: graph.All}})
	for _, name := range rt.Model.Names() {
		addTitle(p.sel, rt.Model.Types[name])
	}
	values := make([]any, len(ids))
	for i, id := range ids {
		values[i] = id
	}
	records, err := rt.read(ctx, p, "", values)
	titles := make(map[string]Titled, len(records))
	for id, r := range records {
		titles[id] = Titled{r.node.Label, r.Label("NL")}
	}
	return titles, err
}
