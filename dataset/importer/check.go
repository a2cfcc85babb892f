package importer

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/dataset"
	"github.com/i-partnerschap/kennisgraaf/graph"
)

// check looks at what is on the stage as a whole, and beside what the store holds.
func (i *importer) check(ctx context.Context) error {
	if err := i.stage.flush(); err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{
		i.resolve, i.index, i.repeatedNodes, i.repeatedKeys, i.settle, i.searches, i.lookUpEnds, i.ends, i.narrow, i.repeatedEdges, i.singles, i.cycles,
	} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// index makes what the checks look things up by.
func (i *importer) index(context.Context) error {
	if err := i.stage.exec("CREATE INDEX node_num ON node(num,label); CREATE TABLE allowed(type,src,dst,one,narrow,PRIMARY KEY(type,src,dst)) WITHOUT ROWID"); err != nil {
		return err
	}
	for from, relations := range i.out {
		for _, o := range relations {
			for _, to := range o.Hop.Labels {
				if err := i.stage.exec("INSERT INTO allowed VALUES(?,?,?,?,?)", o.Hop.Type, from, to, o.One[to], len(o.Properties[to]) < len(i.kinds[o.Hop.Type].properties)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// place is where a row stands.
type place struct{ file, line int }

// repeatedNodes finds ids that stand on the stage more than once.
func (i *importer) repeatedNodes(ctx context.Context) error {
	return i.stage.rows(ctx, func(rows *sql.Rows) error {
		var id, label, firstLabel string
		var at, first place
		if err := rows.Scan(&id, &label, &at.file, &at.line, &firstLabel, &first.file, &first.line); err != nil {
			return err
		}
		i.faultAt(at.file, at.line, "id", "the %s %q stands in the import already, as a %s at %s:%d; take one of them out", label, id, firstLabel, i.stage.files[first.file], first.line)
		return nil
	}, `SELECT n.id,n.label,n.file,n.line,f.label,f.file,f.line FROM
		(SELECT num, MIN(seq) AS first FROM node GROUP BY num HAVING COUNT(*)>1) twice
		JOIN node n ON n.num=twice.num AND n.seq>twice.first JOIN node f ON f.seq=twice.first ORDER BY n.seq`)
}

// edgeLabels are the relations with the labels of their ends, that of the import before
// that of the store.
const edgeLabels = ` FROM edge e LEFT JOIN node s ON s.num=e.src LEFT JOIN node d ON d.num=e.dst
	LEFT JOIN stored ss ON ss.num=e.src LEFT JOIN stored ds ON ds.num=e.dst `

// ends finds relations whose ends do not exist, or between which the SDL declares none.
func (i *importer) ends(ctx context.Context) error {
	var gone []int64
	err := i.stage.rows(ctx, func(rows *sql.Rows) error {
		var seq int64
		var at place
		var change []byte
		var from, to sql.NullString
		var optional bool
		if err := rows.Scan(&seq, &at.file, &at.line, &change, &from, &to, &optional); err != nil {
			return err
		}
		if optional {
			gone = append(gone, seq)
			return nil
		}
		e, err := dataset.Parse(change)
		if err != nil {
			return err
		}
		i.endFault(at, e, from, to)
		return nil
	}, `SELECT e.seq,e.file,e.line,e.change,COALESCE(s.label,ss.label),COALESCE(d.label,ds.label),e.optional `+edgeLabels+`
		WHERE NOT EXISTS(SELECT 1 FROM allowed a WHERE a.type=e.type AND a.src=COALESCE(s.label,ss.label) AND a.dst=COALESCE(d.label,ds.label))
		ORDER BY e.seq`)
	if err != nil {
		return err
	}
	for _, seq := range gone {
		if err := i.stage.exec("DELETE FROM edge WHERE seq=?", seq); err != nil {
			return err
		}
	}
	i.stage.edgeCount -= int64(len(gone))
	i.result.Relations.Skipped += int64(len(gone))
	return nil
}

func (i *importer) endFault(at place, e graph.Change, from, to sql.NullString) {
	known := true
	for _, end := range []struct {
		column, id string
		label      sql.NullString
	}{{"from", e.From, from}, {"to", e.To, to}} {
		if !end.label.Valid {
			known = false
			i.faultAt(at.file, at.line, i.header(at.file, e.Type, end.column), "%s names %q, which is neither in the import nor in the store; add that node or correct the id", e.Type, end.id)
		}
	}
	if known {
		i.edgeFaults(at, e, from.String, to.String)
	}
}

// edgeFaults records what is wrong with a relation between nodes of these types.
func (i *importer) edgeFaults(at place, e graph.Change, from, to string) {
	for _, p := range i.rules.Edge(e, from, to, nil) {
		i.faultAt(at.file, at.line, cmp.Or(p.Field, i.header(at.file, e.Type, "")), "%s", clip(p.Message))
	}
}

// narrow finds properties that a relation of the type may have, but not between nodes of
// these types.
func (i *importer) narrow(ctx context.Context) error {
	return i.stage.rows(ctx, func(rows *sql.Rows) error {
		var at place
		var change []byte
		var from, to string
		if err := rows.Scan(&at.file, &at.line, &change, &from, &to); err != nil {
			return err
		}
		e, err := dataset.Parse(change)
		if err == nil {
			i.edgeFaults(at, e, from, to)
		}
		return err
	}, `SELECT e.file,e.line,e.change,COALESCE(s.label,ss.label),COALESCE(d.label,ds.label) `+edgeLabels+`
		JOIN allowed a ON a.type=e.type AND a.src=COALESCE(s.label,ss.label) AND a.dst=COALESCE(d.label,ds.label)
		WHERE e.props>0 AND a.narrow AND e.type IN (SELECT type FROM allowed WHERE narrow) ORDER BY e.seq`)
}

// repeatedKeys finds external keys that two nodes of the import share.
func (i *importer) repeatedKeys(ctx context.Context) error {
	return i.stage.rows(ctx, func(rows *sql.Rows) error {
		var prop string
		var at, first place
		if err := rows.Scan(&prop, &at.file, &at.line, &first.file, &first.line); err != nil {
			return err
		}
		i.faultAt(at.file, at.line, prop, "the node at %s:%d has the same %s; no two nodes of a type have the same one", i.stage.files[first.file], first.line, prop)
		return nil
	}, `SELECT twice.prop,n.file,n.line,f.file,f.line FROM
		(SELECT k.prop, MIN(k.node) AS first, MAX(k.node) AS last FROM keyed k JOIN node n ON n.seq=k.node
			GROUP BY n.label,k.prop,k.value HAVING COUNT(*)>1) twice
		JOIN node n ON n.seq=twice.last JOIN node f ON f.seq=twice.first WHERE n.num<>f.num ORDER BY n.seq`)
}

// repeatedEdges finds relations that stand on the stage more than once.
func (i *importer) repeatedEdges(ctx context.Context) error {
	src, dst := "src", "dst"
	var symmetric []string
	for _, typ := range slices.Sorted(maps.Keys(i.kinds)) {
		if i.model.Symmetric(typ) {
			symmetric = append(symmetric, "'"+strings.ReplaceAll(typ, "'", "''")+"'")
		}
	}
	if len(symmetric) > 0 {
		list := strings.Join(symmetric, ",")
		src = "CASE WHEN type IN (" + list + ") THEN MIN(src,dst) ELSE src END"
		dst = "CASE WHEN type IN (" + list + ") THEN MAX(src,dst) ELSE dst END"
	}
	return i.second(ctx, func(e graph.Change, at place, first string) {
		i.faultAt(at.file, at.line, "", "%s from %q to %q stands in the import already, at %s; take one of them out", e.Type, e.From, e.To, first)
	}, `SELECT e.change,e.file,e.line,f.file,f.line FROM
		(SELECT MIN(seq) AS first, MAX(seq) AS last FROM (SELECT seq,type,`+src+` AS a,`+dst+` AS b FROM edge) GROUP BY type,a,b HAVING COUNT(*)>1) twice
		JOIN edge e ON e.seq=twice.last JOIN edge f ON f.seq=twice.first ORDER BY e.seq`)
}

// second calls each for relations that came after another, with the place of the first.
// The query yields the change and the places of both.
func (i *importer) second(ctx context.Context, each func(e graph.Change, at place, first string), query string) error {
	return i.stage.rows(ctx, func(rows *sql.Rows) error {
		var change []byte
		var at, first place
		if err := rows.Scan(&change, &at.file, &at.line, &first.file, &first.line); err != nil {
			return err
		}
		e, err := dataset.Parse(change)
		if err == nil {
			each(e, at, fmt.Sprintf("%s:%d", i.stage.files[first.file], first.line))
		}
		return err
	}, query)
}
