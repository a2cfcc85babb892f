package importer

import (
	"context"
	"maps"
	"reflect"
	"slices"
)

// compare says what would become of each row on the stage.
func (i *importer) compare(ctx context.Context) error {
	i.Progress.Begin(Compare, i.result.ToWrite)
	nodes := "SELECT seq,change,file,line,label FROM node WHERE seq>? ORDER BY seq LIMIT ?"
	if err := i.batches(ctx, nodes, i.compareNodes); err != nil {
		return err
	}
	return i.batches(ctx, `SELECT e.seq,e.change,e.file,e.line,COALESCE(s.label,ss.label) FROM edge e LEFT JOIN node s ON s.num=e.src
		LEFT JOIN stored ss ON ss.num=e.src WHERE e.seq>? ORDER BY e.seq LIMIT ?`, i.compareEdges)
}

func (i *importer) compareNodes(ctx context.Context, batch []staged) error {
	ids := map[string][]string{}
	for _, n := range batch {
		ids[n.label] = append(ids[n.label], n.ID)
	}
	stored, err := i.propsOf(ctx, ids)
	if err != nil {
		return err
	}
	for _, n := range batch {
		old, ok := stored[n.ID]
		i.verdict(n, ok, old)
	}
	i.Progress.Add(int64(len(batch)))
	return nil
}

func (i *importer) compareEdges(ctx context.Context, batch []staged) error {
	stored := map[[3]string]map[string]any{}
	if !i.empty {
		// A relation without direction may be there the other way round.
		both := slices.Clone(batch)
		for _, e := range batch {
			if i.model.Symmetric(e.Type) {
				e.From, e.To = e.To, e.From
				both = append(both, e)
			}
		}
		existing, err := i.edgesOf(ctx, both)
		if err != nil {
			return err
		}
		for _, edges := range existing {
			for _, e := range edges {
				stored[[3]string{e.Type, e.From, e.To}] = e.Props
			}
		}
	}
	for _, e := range batch {
		old, ok := stored[[3]string{e.Type, e.From, e.To}]
		if !ok && i.model.Symmetric(e.Type) {
			old, ok = stored[[3]string{e.Type, e.To, e.From}]
		}
		i.verdict(e, ok, old)
	}
	i.Progress.Add(int64(len(batch)))
	return nil
}

// verdict counts a row and passes it on.
func (i *importer) verdict(row staged, exists bool, old map[string]any) {
	verdict, counts := Created, i.counts(row.Change.Label)
	switch {
	case !exists:
		counts.Created++
	case differs(old, row.Props):
		verdict = Updated
		counts.Updated++
	default:
		verdict = Unchanged
		counts.Unchanged++
	}
	if i.Row != nil {
		i.Row(Row{Verdict: verdict, File: i.stage.files[row.at.file], Line: row.at.line, Change: row.Change})
	}
}

// differs tells whether setting the properties would change any.
func differs(old, props map[string]any) bool {
	for name := range maps.Keys(props) {
		before, had := old[name]
		if had != (props[name] != nil) || had && !reflect.DeepEqual(before, props[name]) {
			return true
		}
	}
	return false
}
