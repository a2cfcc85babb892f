package neo4j

import (
	"reflect"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/cypher"
)

// batch is how many rows are sent with one statement.
const batch = 5000

// write sends the difference that a draft makes, kind by kind: relations and nodes that go,
// then nodes and relations that come or change, then the log.
func (w *writer) write(d *draft) error {
	for _, step := range []func(*draft) error{
		w.removeRelations, w.removeNodes, w.releaseKeys, w.createNodes, w.updateNodes, w.createRelations, w.updateRelations, w.log, w.forget,
	} {
		if err := step(d); err != nil {
			return err
		}
	}
	return nil
}

// rows sends a statement for rows, in batches.
func (w *writer) rows(text string, rows []any, each func([]any)) error {
	for part := range slices.Chunk(rows, batch) {
		if err := w.run("UNWIND $rows AS row "+text, map[string]any{"rows": part}, each); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) removeRelations(d *draft) error {
	var rows []any
	for key, old := range d.before.rels {
		if now := d.rels[key]; now == nil || len(now.elements) == 0 {
			for _, element := range old.elements {
				rows = append(rows, element)
			}
		}
	}
	return w.rows("MATCH ()-[r]->() WHERE elementId(r) = row DELETE r", rows, nil)
}

func (w *writer) removeNodes(d *draft) error {
	var rows []any
	for id, old := range d.before.nodes {
		if now := d.nodes[id]; now == nil || now.element == "" {
			rows = append(rows, old.element)
		}
	}
	return w.rows("MATCH (n) WHERE elementId(n) = row OPTIONAL MATCH (v:"+vectorLabel+" {node: row}) DETACH DELETE n, v", rows, nil)
}

// releaseKeys takes the keys away that are to change, so that one write can hand a key on:
// the database looks at each row by itself.
func (w *writer) releaseKeys(d *draft) error {
	rows := map[string][]any{}
	for id, old := range d.before.nodes {
		now := d.nodes[id]
		if now == nil || now == old || now.element != old.element {
			continue
		}
		for _, p := range d.rules.keys[old.label] {
			if old.props[p.Name] != nil && old.props[p.Name] != now.props[p.Name] {
				rows[p.Name] = append(rows[p.Name], old.element)
			}
		}
	}
	for name, list := range rows {
		if err := w.rows("MATCH (n) WHERE elementId(n) = row REMOVE n."+cypher.Quote(name), list, nil); err != nil {
			return err
		}
	}
	return nil
}

// createNodes makes the new nodes, label by label, and learns their own ids, with which the
// relations find them.
func (w *writer) createNodes(d *draft) error {
	byLabel := map[string][]any{}
	for _, n := range d.nodes {
		if n.element == "" {
			byLabel[n.label] = append(byLabel[n.label], []any{n.id, n.props})
		}
	}
	for label, rows := range byLabel {
		text := "CREATE (n:" + cypher.Quote(label) + " {id: row[0]}) SET n += row[1] RETURN n.id, elementId(n)"
		err := w.rows(text, rows, func(values []any) {
			id, _ := values[0].(string)
			d.nodes[id].element, _ = values[1].(string)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) updateNodes(d *draft) error {
	var rows []any
	for id, old := range d.before.nodes {
		if now := d.nodes[id]; now != nil && now != old && now.element == old.element {
			rows = append(rows, []any{now.element, delta(old.props, now.props)})
		}
	}
	return w.rows("MATCH (n) WHERE elementId(n) = row[0] SET n += row[1]", rows, nil)
}

// delta returns the properties that differ, nil for one to remove. What stays as it is is
// not sent: another tool may have stored it in a type of its own.
func delta(old, now map[string]any) map[string]any {
	set := map[string]any{}
	for name, v := range now {
		if before, had := old[name]; !had || !reflect.DeepEqual(before, v) {
			set[name] = v
		}
	}
	for name := range old {
		if _, ok := now[name]; !ok {
			set[name] = nil
		}
	}
	return set
}

func (w *writer) createRelations(d *draft) error {
	byType := map[string][]any{}
	for _, r := range d.rels {
		if len(r.elements) == 0 {
			byType[r.typ] = append(byType[r.typ], []any{d.nodes[r.from].element, d.nodes[r.to].element, r.props})
		}
	}
	for typ, rows := range byType {
		text := "MATCH (a) WHERE elementId(a) = row[0] MATCH (b) WHERE elementId(b) = row[1] " +
			"CREATE (a)-[r:" + cypher.Quote(typ) + "]->(b) SET r = row[2]"
		if err := w.rows(text, rows, nil); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) updateRelations(d *draft) error {
	var rows []any
	for key, old := range d.before.rels {
		if now := d.rels[key]; now != nil && now != old && len(now.elements) > 0 {
			for _, element := range now.elements {
				rows = append(rows, []any{element, delta(old.props, now.props)})
			}
		}
	}
	return w.rows("MATCH ()-[r]->() WHERE elementId(r) = row[0] SET r += row[1]", rows, nil)
}

// log writes the entries and the number of the last of them.
func (w *writer) log(d *draft) error {
	rows := make([]any, len(d.entries))
	for i, e := range d.entries {
		row, err := logRow(e)
		if err != nil {
			return err
		}
		rows[i] = row
	}
	if err := w.rows("CREATE (c:"+changeLabel+") SET c = row", rows, nil); err != nil {
		return err
	}
	last := d.entries[len(d.entries)-1].Seq
	return w.run("MATCH (m:"+counterLabel+" {id: 'changes'}) SET m.seq = $last", map[string]any{"last": last}, nil)
}
