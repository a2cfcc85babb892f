package privacy

import (
	"context"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/write"
)

// Record is all that is held about a node.
type Record struct {
	ID, Type string
	// Name is its title, the last one where it is gone; the id where it has none.
	Name string
	// Props are its properties, nil where it is gone and only the log knows it.
	Props map[string]any
	// Merged holds the ids of the nodes that were merged into it, in order.
	Merged []string
	// Relations come in order of type, with outgoing ones first, and then of the other end.
	Relations []Relation
	// Log holds the entries about it and about its relations, and Wrote those of what it
	// wrote itself, by its id, about others.
	Log, Wrote []graph.LogEntry
}

// Relation is a relation as seen from the node of a Record.
type Relation struct {
	Type string
	// Out tells that the relation leads from the node to the other end.
	Out   bool
	Props map[string]any
	// ID, Label and Name are those of the node at the other end.
	ID, Label, Name string
}

// attempts is how often a record is gathered while others write about the node.
const attempts = 3

// Find gathers what is held about a node. One that neither the graph nor the change log knows
// is NotFound; of one that was merged into another BadUserInput says into which. Where
// others write about it all the time the record is refused (Conflict).
func Find(ctx context.Context, store graph.Store, model *graph.Model, id string) (*Record, error) {
	for range attempts {
		f := &finder{store: store, model: model, r: &Record{ID: id}}
		if err := f.gather(ctx); err != nil {
			return nil, err
		}
		steady, err := f.steady(ctx)
		if err != nil {
			return nil, err
		}
		if steady {
			return f.r, nil
		}
	}
	return nil, graph.Errorf(graph.Conflict, "%q was changed while it was read; try again", id)
}

// finder gathers a record.
type finder struct {
	store graph.Store
	model *graph.Model
	r     *Record
	// ends holds, for the merged ids that other nodes have by now, the number of the entry by
	// which the merged one was deleted.
	ends map[string]int64
}

func (f *finder) gather(ctx context.Context) error {
	if err := f.node(ctx); err != nil {
		return err
	}
	if err := f.log(ctx); err != nil {
		return err
	}
	switch {
	case f.r.Props != nil:
		return f.relations(ctx)
	case f.r.Type == "":
		return graph.Errorf(graph.NotFound, "neither the graph nor the change log knows the id %q", f.r.ID)
	}
	return f.notMerged(ctx)
}

// node reads the node itself.
func (f *finder) node(ctx context.Context) error {
	root := &graph.Selection{Labels: f.model.Names(), Where: graph.AnyOf("id", []string{f.r.ID}), Page: graph.Page{Limit: 1}}
	for _, t := range f.model.Types {
		for _, p := range t.Properties {
			if p.Name != "id" && !slices.Contains(root.Props, p.Name) {
				root.Props = append(root.Props, p.Name)
			}
		}
	}
	res, err := f.store.Read(ctx, graph.Query{Root: root})
	if err != nil || len(res.Rows) == 0 {
		return err
	}
	n := res.Rows[0].Node
	f.r.Type, f.r.Props, f.r.Name = n.Label, n.Props, title(f.model, n)
	return nil
}

// title returns the name that a person knows a node by.
func title(m *graph.Model, n *graph.Node) string {
	if t := m.Types[n.Label]; t != nil {
		if name, _ := n.Props[t.Title].(string); name != "" {
			return name
		}
	}
	return n.ID
}

// log reads the entries about the node and about those that were merged into it, which the
// entries themselves tell.
func (f *finder) log(ctx context.Context) error {
	f.merged(f.r.Props)
	for known := -1; known != len(f.r.Merged); {
		known = len(f.r.Merged)
		entries, err := f.store.Log(ctx, graph.LogQuery{IDs: f.r.IDs(), Limit: graph.All})
		if err != nil {
			return err
		}
		if err := f.former(ctx, entries); err != nil {
			return err
		}
		f.r.Log = slices.DeleteFunc(entries, func(e graph.LogEntry) bool { return !f.about(e) })
		for _, e := range f.r.Log {
			f.merged(e.Before)
			f.merged(e.After)
		}
	}
	slices.Sort(f.r.Merged)
	for _, e := range f.r.Log {
		if e.ID == f.r.ID && f.r.Props == nil {
			f.r.Type = e.Label
			for _, props := range []map[string]any{e.Before, e.After} {
				if name := title(f.model, &graph.Node{ID: e.ID, Label: e.Label, Props: props}); name != e.ID || f.r.Name == "" {
					f.r.Name = name
				}
			}
		}
	}
	return f.wrote(ctx)
}

// IDs returns the ids that the node has and had, its own first.
func (r *Record) IDs() []string { return append([]string{r.ID}, r.Merged...) }

// merged takes in the ids that properties name.
func (f *finder) merged(props map[string]any) {
	ids, _ := props[write.MergedFrom].([]string)
	for _, id := range ids {
		if id != "" && id != f.r.ID && !slices.Contains(f.r.Merged, id) {
			f.r.Merged = append(f.r.Merged, id)
		}
	}
}

// former finds out which of the merged ids other nodes have by now, and up to where the
// entries are about the former ones.
func (f *finder) former(ctx context.Context, entries []graph.LogEntry) error {
	f.ends = map[string]int64{}
	if len(f.r.Merged) == 0 {
		return nil
	}
	res, err := f.store.Read(ctx, graph.Query{Root: &graph.Selection{
		Labels: f.model.Stored(), Where: graph.AnyOf("id", f.r.Merged), Page: graph.Page{Limit: graph.All},
	}})
	if err != nil {
		return err
	}
	for _, row := range res.Rows {
		f.ends[row.Node.ID] = 0
	}
	for _, e := range entries {
		if _, used := f.ends[e.ID]; used && e.Op == graph.DeleteNode {
			f.ends[e.ID] = e.Seq
		}
	}
	return nil
}

// about tells whether an entry is about the node or one that was merged into it.
func (f *finder) about(e graph.LogEntry) bool {
	return slices.ContainsFunc([]string{e.ID, e.From, e.To}, func(id string) bool {
		if end, used := f.ends[id]; used {
			return e.Seq <= end
		}
		return id == f.r.ID || slices.Contains(f.r.Merged, id)
	})
}

// wrote reads what the node wrote itself.
func (f *finder) wrote(ctx context.Context) error {
	for _, id := range f.r.IDs() {
		entries, err := f.store.Log(ctx, graph.LogQuery{Actor: id, Limit: graph.All})
		if err != nil {
			return err
		}
		for _, e := range entries {
			if end, used := f.ends[id]; !f.about(e) && (!used || e.Seq <= end) {
				f.r.Wrote = append(f.r.Wrote, e)
			}
		}
	}
	slices.SortFunc(f.r.Wrote, func(a, b graph.LogEntry) int { return int(a.Seq - b.Seq) })
	return nil
}

// notMerged refuses a node that is gone because it was merged into another: by merging,
// that one takes the ids in right after the deletion.
func (f *finder) notMerged(ctx context.Context) error {
	for _, e := range slices.Backward(f.r.Log) {
		if e.Op != graph.DeleteNode || e.ID != f.r.ID {
			continue
		}
		next, err := f.store.Log(ctx, graph.LogQuery{After: e.Seq, Limit: 1})
		if err != nil || len(next) == 0 {
			return err
		}
		if ids, _ := next[0].After[write.MergedFrom].([]string); slices.Contains(ids, f.r.ID) {
			return graph.Errorf(graph.BadUserInput, "%q was merged into %q; name that one, which takes this one along", f.r.ID, next[0].ID)
		}
		return nil
	}
	return nil
}

// steady tells whether nothing was written about the node since its log was read.
func (f *finder) steady(ctx context.Context) (bool, error) {
	last, err := f.store.Log(ctx, graph.LogQuery{IDs: []string{f.r.ID}, Limit: 1, Backward: true})
	if err != nil || len(last) == 0 {
		return true, err
	}
	return slices.ContainsFunc(f.r.Log, func(e graph.LogEntry) bool { return e.Seq == last[0].Seq }), nil
}
