package storetest

import (
	"cmp"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// follow returns the nodes on the far side of a relation, one step a relation.
func (v *view) follow(n *node, h graph.Hop) []step {
	var steps []step
	for _, r := range v.touching[n.id] {
		if r.typ != h.Type || !v.held(r) {
			continue
		}
		far := r.to
		switch {
		case h.Direction != graph.In && r.from == n.id:
		case h.Direction != graph.Out && r.to == n.id:
			far = r.from
			// Of a pair connected in both directions the outgoing relation counts.
			back, ok := v.rels[relKey{r.typ, r.to, r.from}]
			if h.Direction == graph.Both && ok && v.held(back) {
				continue
			}
		default:
			continue
		}
		if f := v.nodes[far]; slices.Contains(h.Labels, f.label) {
			steps = append(steps, step{rel: r, far: f})
		}
	}
	return steps
}

// held tells whether a relation exists on the day of the query.
func (v *view) held(r *rel) bool {
	if v.asOf == "" {
		return true
	}
	since, hasSince := r.props["since"].(string)
	until, hasUntil := r.props["until"].(string)
	return (!hasSince || since <= v.asOf) && (!hasUntil || v.asOf <= until)
}

// one keeps the relation that counts where a relation leads to one node at most:
// the one with the latest since, then the one with the lowest node id.
func one(steps []step) []step {
	if len(steps) == 0 {
		return nil
	}
	best := slices.MinFunc(steps, func(a, b step) int {
		if c := graph.CompareValues(b.rel.props["since"], a.rel.props["since"]); c != 0 {
			return c
		}
		return cmp.Compare(a.far.id, b.far.id)
	})
	return []step{best}
}

// reaches tells whether a node is the wanted one or the hop leads there from it, in
// any number of steps.
func (v *view) reaches(n *node, h graph.Hop, id string) bool {
	seen := map[string]bool{}
	todo := []*node{n}
	for len(todo) > 0 {
		n, todo = todo[0], todo[1:]
		if n.id == id {
			return true
		}
		if seen[n.id] {
			continue
		}
		seen[n.id] = true
		for _, s := range v.follow(n, h) {
			todo = append(todo, s.far)
		}
	}
	return false
}
