package importer

import (
	"context"
	"database/sql"

	"github.com/i-partnerschap/kennisgraaf/dataset"
	"github.com/i-partnerschap/kennisgraaf/graph"
)

// keyed is an external key of a node on the stage.
type keyed struct {
	seq         int64
	at          place
	id, label   string
	prop, value string
	// finds says that the node is the one in the store that has the key.
	finds bool
}

// resolve finds the nodes of the store that external keys name. A row that is found by
// its key gets the id that the node has, and so do the relations that name it.
func (i *importer) resolve(ctx context.Context) error {
	if i.empty {
		return nil
	}
	moved := map[int64]string{}
	for last := int64(0); ; {
		var batch []keyed
		err := i.stage.rows(ctx, func(rows *sql.Rows) error {
			var k keyed
			err := rows.Scan(&last, &k.seq, &k.at.file, &k.at.line, &k.id, &k.label, &k.prop, &k.value, &k.finds)
			batch = append(batch, k)
			return err
		}, "SELECT k.seq,n.seq,file,line,id,label,prop,value,finds FROM keyed k JOIN node n ON n.seq=k.node WHERE k.seq>? ORDER BY k.seq LIMIT ?", last, lookUp)
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

func (i *importer) resolveBatch(ctx context.Context, batch []keyed, moved map[int64]string) error {
	type kind struct{ label, prop string }
	values := map[kind][]string{}
	for _, k := range batch {
		values[kind{k.label, k.prop}] = append(values[kind{k.label, k.prop}], k.value)
	}
	for of, list := range values {
		found, err := i.store.Read(ctx, graph.Query{Root: &graph.Selection{
			Labels: []string{of.label}, Props: []string{of.prop}, Where: graph.AnyOf(of.prop, list), Page: graph.Page{Limit: graph.All}}})
		if err != nil {
			return err
		}
		ids := map[string]string{}
		for _, row := range found.Rows {
			value, _ := row.Node.Props[of.prop].(string)
			ids[value] = row.Node.ID
		}
		for _, k := range batch {
			id, ok := ids[k.value]
			switch {
			case k.label != of.label || k.prop != of.prop || !ok || id == k.id:
			case !k.finds:
				i.faultAt(k.at.file, k.at.line, k.prop, "the %s %q in the store has this %s; give the row that id, or another %s", k.label, id, k.prop, k.prop)
			default:
				moved[i.stage.number(k.id)] = id
				if err := i.moveNode(k.seq, id); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (i *importer) moveNode(seq int64, id string) error {
	var line []byte
	err := i.stage.rows(context.Background(), func(rows *sql.Rows) error { return rows.Scan(&line) }, "SELECT change FROM node WHERE seq=?", seq)
	if err != nil {
		return err
	}
	change, err := dataset.Parse(line)
	if err != nil {
		return err
	}
	change.ID = id
	if line, err = dataset.Format(change); err != nil {
		return err
	}
	return i.stage.exec("UPDATE node SET id=?,num=?,change=? WHERE seq=?", id, i.stage.number(id), line, seq)
}

// stagedLine is a row of the stage with its number.
type stagedLine struct {
	seq    int64
	change []byte
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
		var batch []stagedLine
		err := i.stage.rows(ctx, func(rows *sql.Rows) error {
			var r stagedLine
			err := rows.Scan(&r.seq, &r.change)
			batch = append(batch, r)
			last = r.seq
			return err
		}, "SELECT seq,change FROM edge WHERE seq>? AND (src IN (SELECT num FROM moved) OR dst IN (SELECT num FROM moved)) ORDER BY seq LIMIT ?", last, lookUp)
		if err != nil || len(batch) == 0 {
			return err
		}
		for _, r := range batch {
			if err := i.moveEdge(r, moved); err != nil {
				return err
			}
		}
	}
}

func (i *importer) moveEdge(r stagedLine, moved map[int64]string) error {
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
	return i.stage.exec("UPDATE edge SET src=?,dst=?,change=? WHERE seq=?", i.stage.number(e.From), i.stage.number(e.To), line, r.seq)
}
