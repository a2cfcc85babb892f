package importer

import (
	"context"

	"github.com/i-partnerschap/kennisgraaf/dataset/snapshot"
	"github.com/i-partnerschap/kennisgraaf/graph"
)

// singles finds second relations where the SDL declares one at most: in the import, and
// beside what the store holds. Those that hold for a time may be several, one after the
// other.
func (i *importer) singles(ctx context.Context) error {
	if err := i.stage.exec(`CREATE TABLE single AS SELECT e.seq,e.type,e.src,COALESCE(s.label,ss.label) AS label,e.dated` + edgeLabels + `
		JOIN allowed a ON a.type=e.type AND a.src=COALESCE(s.label,ss.label) AND a.dst=COALESCE(d.label,ds.label) AND a.one`); err != nil {
		return err
	}
	err := i.second(ctx, func(e graph.Change, at place, first string) {
		i.faultAt(at.file, at.line, "", "%q has a %s already, at %s, and the SDL declares one at most; take one of them out, or give both since and until", e.From, e.Type, first)
	}, `SELECT e.change,e.file,e.line,f.file,f.line FROM
		(SELECT MIN(seq) AS first, MAX(seq) AS last FROM single GROUP BY type,src HAVING COUNT(*)>1 AND SUM(NOT dated)>0) twice
		JOIN edge e ON e.seq=twice.last JOIN edge f ON f.seq=twice.first ORDER BY e.seq`)
	if err != nil || i.empty {
		return err
	}
	return i.singlesStored(ctx)
}

// singlesStored looks for the others in the store.
func (i *importer) singlesStored(ctx context.Context) error {
	return i.batches(ctx, `SELECT e.seq,e.change,e.file,e.line,one.label FROM single one JOIN edge e ON e.seq=one.seq
		WHERE one.seq>? AND NOT one.dated AND EXISTS(SELECT 1 FROM stored WHERE num=one.src) ORDER BY one.seq LIMIT ?`, func(ctx context.Context, batch []staged) error {
		existing, err := i.edgesOf(ctx, batch)
		if err != nil {
			return err
		}
		for _, e := range batch {
			for _, old := range existing[e.From] {
				if old.Type == e.Type && old.To != e.To && old.Props["since"] == nil && old.Props["until"] == nil {
					i.faultAt(e.at.file, e.at.line, "to", "%q has a %s to %q in the store, and the SDL declares one at most; disconnect that one first, or give it an until and this one a since", e.From, e.Type, old.To)
				}
			}
		}
		return nil
	})
}

// edgesOf reads the relations in the store of the nodes that relations come from, by id.
func (i *importer) edgesOf(ctx context.Context, batch []staged) (map[string][]graph.Edge, error) {
	ids := map[string][]string{}
	types := map[string]map[string]bool{}
	for _, e := range batch {
		ids[e.label] = append(ids[e.label], e.From)
		if types[e.label] == nil {
			types[e.label] = map[string]bool{}
		}
		types[e.label][e.Type] = true
	}
	found := map[string][]graph.Edge{}
	for label, list := range ids {
		var out []snapshot.Outgoing
		for _, o := range i.out[label] {
			if types[label][o.Hop.Type] {
				out = append(out, o)
			}
		}
		for e, err := range snapshot.Edges(ctx, i.store, label, out, graph.AnyOf("id", list)) {
			if err != nil {
				return nil, err
			}
			found[e.From] = append(found[e.From], e)
		}
	}
	return found, nil
}
