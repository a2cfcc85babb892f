package privacy

import (
	"context"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Erasable refuses a record of a type without personal properties.
func (r *Record) Erasable(model *graph.Model) error {
	var with []string
	for _, name := range model.Names() {
		for _, p := range model.Types[name].Properties {
			if p.Personal && name == r.Type {
				return nil
			}
			if p.Personal {
				with = united(with, []string{name})
			}
		}
	}
	return graph.Errorf(graph.BadUserInput, "%q is of type %s, which has no personal properties; only a node of a type that has can be erased (%s), and the mutation delete takes this one out of the graph",
		r.ID, r.Type, strings.Join(with, ", "))
}

// Erase takes the node out of the graph and of the change log, in one transaction. It is a
// Conflict where the node was changed since the record was made, and NotFound where it was
// deleted since.
func (r *Record) Erase(ctx context.Context, store graph.Store, actor string) (*graph.Receipt, error) {
	expect, _ := r.Props["updatedAt"].(string)
	return store.Apply(ctx, actor, []graph.Change{graph.Erase(r.Type, r.ID, expect, r.Merged...)})
}
