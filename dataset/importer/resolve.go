package importer

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/i-partnerschap/kennisgraaf/dataset"
	"github.com/i-partnerschap/kennisgraaf/graph"
)

// keyed is a node on the stage that is named by an external key.
type keyed struct {
	seq        int64
	at         place
	id, value  string
	change     []byte
	label, key string
}

// resolve finds the nodes of the store that external keys name, and gives their ids to
// the rows that the records' own ids stand in.
func (i *importer) resolve(ctx context.Context) error {
	if i.empty {
		return nil
	}
	moved := map[int64]string{}
	for last := int64(0); ; {
		var batch []keyed
		err := i.stage.rows(ctx, func(rows *sql.Rows) error {
			var k keyed
			err := rows.Scan(&k.seq, &k.at.file, &k.at.line, &k.id, &k.label, &k.change, &k.key, &k.value)
			batch = append(batch, k)
			last = k.seq
			return err
		}, "SELECT seq,file,line,id,label,change,key,value FROM node WHERE seq>? AND key<>'' AND value IS NOT NULL ORDER BY seq LIMIT ?", last, lookUp)
		if err != nil {
			return err
		}
		if len(batch) == 0 {
			break
		}
		if err := i.resolveBatch(ctx, batch, moved); err != nil {
			return err
		}
	}
	return i.moveEdges(ctx, moved)
}

// resolveBatch gives nodes the ids that the store has for their keys.
func (i *importer) resolveBatch(ctx context.Context, batch []keyed, moved map[int64]string) error {
	type kind struct{ label, key string }
	values := map[kind][]string{}
	for _, k := range batch {
		values[kind{k.label, k.key}] = append(values[kind{k.label, k.key}], k.value)
	}
	for of, list := range values {
		found, err := i.store.Read(ctx, graph.Query{Root: &graph.Selection{
			Labels: []string{of.label}, Props: []string{of.key}, Where: oneOf(of.key, list), Page: graph.Page{Limit: graph.All}}})
		if err != nil {
			return err
		}
		ids := map[string][]string{}
		for _, row := range found.Rows {
			value, _ := row.Node.Props[of.key].(string)
			ids[value] = append(ids[value], row.Node.ID)
		}
		for _, k := range batch {
			if k.label != of.label || k.key != of.key {
				continue
			}
			switch known := ids[k.value]; {
			case len(known) > 1:
				i.faultAt(k.at.file, k.at.line, k.key, "%s in the store are the %s of this row: %q; merge them, or give the id of the one that is meant", fmt.Sprint(len(known)), k.label, known)
			case len(known) == 1 && known[0] != k.id:
				moved[i.stage.number(k.id)] = known[0]
				if err := i.moveNode(k, known[0]); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (i *importer) moveNode(k keyed, id string) error {
	change, err := dataset.Parse(k.change)
	if err != nil {
		return err
	}
	change.ID = id
	line, err := dataset.Format(change)
	if err != nil {
		return err
	}
	return i.stage.exec("UPDATE node SET id=?,num=?,change=? WHERE seq=?", id, i.stage.number(id), line, k.seq)
}

// moveEdges gives relations the ids that their ends turned out to have.
func (i *importer) moveEdges(ctx context.Context, moved map[int64]string) error {
	if len(moved) == 0 {
		return nil
	}
	if err := i.stage.exec("CREATE TABLE moved(num INTEGER PRIMARY KEY)"); err != nil {
		return err
	}
	for num := range moved {
		if err := i.stage.exec("INSERT INTO moved VALUES(?)", num); err != nil {
			return err
		}
	}
	for last := int64(0); ; {
		type row struct {
			seq    int64
			change []byte
		}
		var batch []row
		err := i.stage.rows(ctx, func(rows *sql.Rows) error {
			var r row
			err := rows.Scan(&r.seq, &r.change)
			batch = append(batch, r)
			last = r.seq
			return err
		}, "SELECT seq,change FROM edge WHERE seq>? AND (src IN (SELECT num FROM moved) OR dst IN (SELECT num FROM moved)) ORDER BY seq LIMIT ?", last, lookUp)
		if err != nil || len(batch) == 0 {
			return err
		}
		for _, r := range batch {
			e, err := dataset.Parse(r.change)
			if err != nil {
				return err
			}
			if id, ok := moved[i.stage.number(e.From)]; ok {
				e.From = id
			}
			if id, ok := moved[i.stage.number(e.To)]; ok {
				e.To = id
			}
			line, err := dataset.Format(e)
			if err != nil {
				return err
			}
			if err := i.stage.exec("UPDATE edge SET src=?,dst=?,change=? WHERE seq=?", i.stage.number(e.From), i.stage.number(e.To), line, r.seq); err != nil {
				return err
			}
		}
	}
}
