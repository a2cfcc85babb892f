package importer

import (
	"context"
	"database/sql"
	"maps"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/dataset"
	"github.com/i-partnerschap/kennisgraaf/graph"
)

// lookUp is how many nodes of the store are asked for at once.
const lookUp = 1000

// stagedNode is a node as it is on the stage.
type stagedNode struct {
	seq, num      int64
	at            place
	label, id     string
	change, fresh []byte
	lacks         string
}

// settle decides for each node whether it is new. One that is new gets what a new node
// gets, and must have all that is required; one that is not must be of the same type.
func (i *importer) settle(ctx context.Context) error {
	for last := int64(0); ; {
		var batch []stagedNode
		err := i.stage.rows(ctx, func(rows *sql.Rows) error {
			var n stagedNode
			err := rows.Scan(&n.seq, &n.num, &n.at.file, &n.at.line, &n.label, &n.id, &n.change, &n.fresh, &n.lacks)
			batch = append(batch, n)
			return err
		}, "SELECT seq,num,file,line,label,id,change,fresh,lacks FROM node WHERE seq>? AND (? OR fresh IS NOT NULL OR lacks<>'') ORDER BY seq LIMIT ?", last, !i.empty, lookUp)
		if err != nil || len(batch) == 0 {
			return err
		}
		last = batch[len(batch)-1].seq
		ids := make([]string, len(batch))
		for at, n := range batch {
			ids[at] = n.id
		}
		labels, err := i.stored(ctx, ids)
		if err != nil {
			return err
		}
		for _, n := range batch {
			if err := i.settleNode(n, labels[n.id]); err != nil {
				return err
			}
		}
	}
}

func (i *importer) settleNode(n stagedNode, stored string) error {
	switch {
	case stored == n.label:
		return nil
	case stored != "":
		i.faultAt(n.at.file, n.at.line, "id", "%q is the id of %s in the store, not of %s; choose another id", n.id, article(stored), article(n.label))
		return nil
	}
	if n.lacks != "" {
		for name := range strings.SplitSeq(n.lacks, ",") {
			i.faultAt(n.at.file, n.at.line, name, "%s of a new %s is required; give it a value", name, n.label)
		}
		return nil
	}
	if n.fresh == nil {
		return nil
	}
	change, err := dataset.Parse(n.change)
	if err != nil {
		return err
	}
	fresh, err := dataset.Parse(n.fresh)
	if err != nil {
		return err
	}
	if change.Props == nil {
		change.Props = map[string]any{}
	}
	maps.Copy(change.Props, fresh.Props)
	line, err := dataset.Format(change)
	if err != nil {
		return err
	}
	return i.stage.exec("UPDATE node SET change=? WHERE seq=?", line, n.seq)
}

// stored returns the labels of the ids that the store knows, and notes them on the stage.
func (i *importer) stored(ctx context.Context, ids []string) (map[string]string, error) {
	labels := map[string]string{}
	if i.empty || len(ids) == 0 {
		return labels, nil
	}
	found, err := i.store.Read(ctx, graph.Query{Root: &graph.Selection{Labels: i.model.Names(), Where: oneOf("id", ids), Page: graph.Page{Limit: graph.All}}})
	if err != nil {
		return nil, err
	}
	for _, row := range found.Rows {
		labels[row.Node.ID] = row.Node.Label
		if err := i.stage.exec("INSERT OR IGNORE INTO stored(num,label) VALUES(?,?)", i.stage.number(row.Node.ID), row.Node.Label); err != nil {
			return nil, err
		}
	}
	return labels, nil
}

// oneOf is the filter for values of a property.
func oneOf(prop string, values []string) graph.Filter {
	list := make([]any, len(values))
	for at, v := range values {
		list[at] = v
	}
	return graph.Compare{Prop: prop, Kind: graph.String, Op: graph.OneOf, Value: list}
}

// lookUpEnds looks for the ends of relations that are not in the import.
func (i *importer) lookUpEnds(ctx context.Context) error {
	if i.empty {
		return nil
	}
	for last := int64(0); ; {
		ids := map[string]bool{}
		rows := 0
		err := i.stage.rows(ctx, func(r *sql.Rows) error {
			var change []byte
			var src, dst bool
			if err := r.Scan(&last, &change, &src, &dst); err != nil {
				return err
			}
			rows++
			e, err := dataset.Parse(change)
			if src {
				ids[e.From] = true
			}
			if dst {
				ids[e.To] = true
			}
			return err
		}, `SELECT seq,change,src_unknown,dst_unknown FROM (SELECT seq,change,
			NOT EXISTS(SELECT 1 FROM node WHERE num=src) AND NOT EXISTS(SELECT 1 FROM stored WHERE num=src) AS src_unknown,
			NOT EXISTS(SELECT 1 FROM node WHERE num=dst) AND NOT EXISTS(SELECT 1 FROM stored WHERE num=dst) AS dst_unknown
			FROM edge WHERE seq>?) WHERE src_unknown OR dst_unknown ORDER BY seq LIMIT ?`, last, lookUp/2)
		if err != nil || rows == 0 {
			return err
		}
		list := make([]string, 0, len(ids))
		for id := range ids {
			list = append(list, id)
		}
		if _, err := i.stored(ctx, list); err != nil {
			return err
		}
	}
}
