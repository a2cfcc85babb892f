package importer

import (
	"context"
	"database/sql"
	"maps"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/dataset"
	"github.com/i-partnerschap/kennisgraaf/dataset/snapshot"
	"github.com/i-partnerschap/kennisgraaf/graph"
)

// lookUp is how many nodes of the store are asked for at once.
const lookUp = 1000

// stagedNode is a node as it is on the stage.
type stagedNode struct {
	seq           int64
	at            place
	label, id     string
	change, fresh []byte
	lacks         string
}

// settle decides for each node whether it is new. One that is new gets what a new node
// gets, and must have all that is required; one that is not must be of the same type,
// and fit what is there.
func (i *importer) settle(ctx context.Context) error {
	for last := int64(0); ; {
		var batch []stagedNode
		err := i.stage.rows(ctx, func(rows *sql.Rows) error {
			var n stagedNode
			err := rows.Scan(&n.seq, &n.at.file, &n.at.line, &n.label, &n.id, &n.change, &n.fresh, &n.lacks)
			batch = append(batch, n)
			return err
		}, "SELECT seq,file,line,label,id,change,fresh,lacks FROM node WHERE seq>? AND (? OR fresh IS NOT NULL OR lacks<>'') ORDER BY seq LIMIT ?", last, !i.empty, lookUp)
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
		now, err := i.storedProps(ctx, batch, labels)
		if err != nil {
			return err
		}
		for _, n := range batch {
			if err := i.settleNode(n, labels[n.id], now[n.id]); err != nil {
				return err
			}
		}
	}
}

func (i *importer) settleNode(n stagedNode, stored string, now map[string]any) error {
	change, err := dataset.Parse(n.change)
	switch {
	case err != nil:
		return err
	case stored != "" && stored != n.label:
		i.faultAt(n.at.file, n.at.line, "id", "%q is the id of a node of type %s in the store, not of type %s; choose another id", n.id, stored, n.label)
		return nil
	case stored != "":
		for _, p := range i.rules.Node(change, now) {
			i.faultAt(n.at.file, n.at.line, p.Field, "%s", clip(p.Message))
		}
		return nil
	case n.lacks != "":
		for lack := range strings.SplitSeq(n.lacks, "\n") {
			name, message, _ := strings.Cut(lack, "\t")
			i.faultAt(n.at.file, n.at.line, name, "%s", message)
		}
		return nil
	case n.fresh == nil:
		return nil
	}
	fresh, err := dataset.Parse(n.fresh)
	if err != nil {
		return err
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
	found, err := i.store.Read(ctx, graph.Query{Root: &graph.Selection{Labels: i.model.Stored(), Where: graph.AnyOf("id", ids), Page: graph.Page{Limit: graph.All}}})
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

// storedProps returns the properties of the nodes that are in the store already.
func (i *importer) storedProps(ctx context.Context, batch []stagedNode, labels map[string]string) (map[string]map[string]any, error) {
	ids := map[string][]string{}
	for _, n := range batch {
		if labels[n.id] == n.label {
			ids[n.label] = append(ids[n.label], n.id)
		}
	}
	return i.propsOf(ctx, ids)
}

// propsOf returns the properties that nodes have in the store, by id. It is told which by
// their labels.
func (i *importer) propsOf(ctx context.Context, ids map[string][]string) (map[string]map[string]any, error) {
	props := map[string]map[string]any{}
	if i.empty {
		return props, nil
	}
	for label, list := range ids {
		for node, err := range snapshot.Nodes(ctx, i.store, i.model.Types[label], graph.AnyOf("id", list)) {
			if err != nil {
				return nil, err
			}
			props[node.ID] = node.Props
		}
	}
	return props, nil
}
