package importer

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/dataset"
	"github.com/i-partnerschap/kennisgraaf/dataset/snapshot"
	"github.com/i-partnerschap/kennisgraaf/graph"
)

// cycles finds nodes that would be broader than themselves.
func (i *importer) cycles(ctx context.Context) error {
	for _, name := range i.model.Names() {
		tree := i.model.Types[name].Tree()
		if tree == nil || tree.Hop.Direction != graph.Out {
			continue
		}
		h := &hierarchy{up: map[string][]string{}, at: map[[2]string]place{}}
		err := i.stage.rows(ctx, func(rows *sql.Rows) error {
			var change []byte
			var at place
			if err := rows.Scan(&change, &at.file, &at.line); err != nil {
				return err
			}
			e, err := dataset.Parse(change)
			h.add(e.From, e.To)
			h.at[[2]string{e.From, e.To}] = at
			return err
		}, "SELECT change,file,line FROM edge WHERE type=? ORDER BY seq", tree.Hop.Type)
		if err != nil {
			return err
		}
		if len(h.up) == 0 {
			continue
		}
		if err := i.addStored(ctx, h, name, tree.Hop.Type); err != nil {
			return err
		}
		for _, cycle := range h.cycles() {
			i.cycleFault(h, cycle, tree.Hop.Type)
		}
	}
	return nil
}

// addStored adds what the store holds of a hierarchy.
func (i *importer) addStored(ctx context.Context, h *hierarchy, label, typ string) error {
	if i.empty {
		return nil
	}
	out := slices.DeleteFunc(slices.Clone(i.out[label]), func(o snapshot.Outgoing) bool { return o.Hop.Type != typ })
	for e, err := range snapshot.Edges(ctx, i.store, label, out, nil) {
		if err != nil {
			return err
		}
		h.add(e.From, e.To)
	}
	return nil
}

func (i *importer) cycleFault(h *hierarchy, cycle []string, typ string) {
	for n, from := range cycle {
		at, ok := h.at[[2]string{from, cycle[(n+1)%len(cycle)]}]
		if !ok {
			continue
		}
		ids := append(slices.Clone(cycle[n:]), cycle[:n+1]...)
		i.faultAt(at.file, at.line, "", "%s leads round in a circle: %s; take one of these relations out", typ, clip(strings.Join(ids, " → ")))
		return
	}
}

// hierarchy is the relations of a tree, from the narrower to the broader.
type hierarchy struct {
	up map[string][]string
	// at tells where relations of the import stand.
	at map[[2]string]place
}

func (h *hierarchy) add(from, to string) {
	if !slices.Contains(h.up[from], to) {
		h.up[from] = append(h.up[from], to)
	}
}

// cycles returns circles, one for each relation that closes one, in order of id.
func (h *hierarchy) cycles() [][]string {
	const onPath, done = 1, 2
	var found [][]string
	state := map[string]int{}
	starts := make([]string, 0, len(h.up))
	for id := range h.up {
		starts = append(starts, id)
	}
	slices.Sort(starts)
	type step struct {
		id   string
		next int
	}
	for _, start := range starts {
		if state[start] == done {
			continue
		}
		path := []step{{id: start}}
		state[start] = onPath
		for len(path) > 0 {
			top := &path[len(path)-1]
			if top.next == len(h.up[top.id]) {
				state[top.id] = done
				path = path[:len(path)-1]
				continue
			}
			to := h.up[top.id][top.next]
			top.next++
			switch state[to] {
			case onPath:
				first := slices.IndexFunc(path, func(s step) bool { return s.id == to })
				cycle := make([]string, 0, len(path)-first)
				for _, s := range path[first:] {
					cycle = append(cycle, s.id)
				}
				found = append(found, cycle)
			case 0:
				state[to] = onPath
				path = append(path, step{id: to})
			}
		}
	}
	return found
}
