package importer

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"hash/maphash"
	"os"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"github.com/i-partnerschap/kennisgraaf/dataset"
	"github.com/i-partnerschap/kennisgraaf/graph"
)

// stage is a temporary SQLite file with what was read, so that all of it can be checked
// before any of it is written. It is gone when it is closed; what a killed process
// leaves is an ordinary file among the temporary ones.
//
// Ids are compared by a hash of 64 bits with a seed that is new for each stage, so nobody
// can make two ids meet. Among a million nodes and three million relations two meet by
// chance in one import of three million; it then ends with an error.
type stage struct {
	dir  string
	db   *sql.DB
	conn *sql.Conn
	seed maphash.Seed
	// files are the names of the files, by number.
	files                []string
	nodes, edges, keys   *rowBuffer
	nodeCount, edgeCount int64
}

// stageTables make the stage. What is slow in a database that must not lose anything is
// turned off: a stage that breaks is made again.
//
// The columns num, src and dst are hashes of ids. The table keyed holds the external keys
// of the nodes, stored the ids that the store knows.
const stageTables = `
PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE; PRAGMA temp_store=FILE; PRAGMA cache_size=-65536;
CREATE TABLE node(seq INTEGER PRIMARY KEY, num INTEGER NOT NULL, file INTEGER NOT NULL, line INTEGER NOT NULL, label TEXT NOT NULL,
	id TEXT NOT NULL, change BLOB NOT NULL, fresh BLOB, lacks TEXT NOT NULL);
CREATE TABLE edge(seq INTEGER PRIMARY KEY, file INTEGER NOT NULL, line INTEGER NOT NULL, type TEXT NOT NULL, src INTEGER NOT NULL,
	dst INTEGER NOT NULL, change BLOB NOT NULL, props INTEGER NOT NULL, dated INTEGER NOT NULL, optional INTEGER NOT NULL);
CREATE TABLE keyed(seq INTEGER PRIMARY KEY, node INTEGER NOT NULL, prop TEXT NOT NULL, value TEXT NOT NULL, finds INTEGER NOT NULL);
CREATE TABLE stored(num INTEGER PRIMARY KEY, label TEXT NOT NULL);`

func newStage(ctx context.Context, parent string) (*stage, error) {
	dir, err := os.MkdirTemp(parent, "kennisgraaf-import-*")
	if err != nil {
		return nil, graph.Wrap(graph.BadUserInput, err, "no temporary folder can be made; set TMPDIR to a folder with room")
	}
	s := &stage{dir: dir, seed: maphash.MakeSeed()}
	if err := s.open(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("the stage in %s: %w", dir, err), s.close())
	}
	return s, nil
}

func (s *stage) open(ctx context.Context) (err error) {
	ctx = context.WithoutCancel(ctx) // the driver starts a goroutine for each statement whose context can end
	if s.db, err = sql.Open("sqlite", filepath.Join(s.dir, "stage.db")); err != nil {
		return err
	}
	if s.conn, err = s.db.Conn(ctx); err != nil {
		return err
	}
	if err = s.exec(stageTables); err != nil {
		return err
	}
	if err = s.exec("BEGIN"); err != nil {
		return err
	}
	s.nodes = &rowBuffer{conn: s.conn, head: "INSERT INTO node(seq,num,file,line,label,id,change,fresh,lacks) VALUES", columns: 9}
	s.edges = &rowBuffer{conn: s.conn, head: "INSERT INTO edge(file,line,type,src,dst,change,props,dated,optional) VALUES", columns: 9}
	s.keys = &rowBuffer{conn: s.conn, head: "INSERT INTO keyed(node,prop,value,finds) VALUES", columns: 4}
	return nil
}

func (s *stage) close() error {
	var errs []error
	if s.conn != nil {
		errs = append(errs, s.nodes.close(), s.edges.close(), s.keys.close(), s.conn.Close())
	}
	if s.db != nil {
		errs = append(errs, s.db.Close())
	}
	return errors.Join(append(errs, os.RemoveAll(s.dir))...)
}

// number returns the hash of an id.
func (s *stage) number(id string) int64 { return int64(maphash.String(s.seed, id)) }

// add puts a record of the last file on the stage; t is the type of a node.
func (s *stage) add(r record, t *graph.Type) error {
	file := int64(len(s.files) - 1)
	line, err := dataset.Format(r.Change)
	if err != nil {
		return err
	}
	if r.Op == graph.Connect {
		s.edgeCount++
		dated := r.Props["since"] != nil || r.Props["until"] != nil
		return s.edges.add(file, int64(r.line), r.Type, s.number(r.From), s.number(r.To), line, int64(len(r.Props)), dated, r.optional)
	}
	var fresh any
	if len(r.fresh) > 0 {
		if fresh, err = dataset.Format(graph.Change{Op: graph.UpsertNode, Label: r.Label, ID: r.ID, Props: r.fresh}); err != nil {
			return err
		}
	}
	s.nodeCount++
	for _, p := range t.Properties {
		if value, ok := r.Props[p.Name].(string); ok && p.Key {
			if err := s.keys.add(s.nodeCount, p.Name, value, r.byKey); err != nil {
				return err
			}
		}
	}
	return s.nodes.add(s.nodeCount, s.number(r.ID), file, int64(r.line), r.Label, r.ID, line, fresh, strings.Join(r.lacks, "\n"))
}

// flush writes what add still holds.
func (s *stage) flush() error { return errors.Join(s.nodes.flush(), s.edges.flush(), s.keys.flush()) }

// rows calls each for the rows of a query, to read what they hold.
func (s *stage) rows(ctx context.Context, each func(*sql.Rows) error, query string, args ...any) (err error) {
	rows, err := s.conn.QueryContext(context.WithoutCancel(ctx), query, args...)
	if err != nil {
		return fmt.Errorf("%w in %s", err, query)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := each(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (s *stage) exec(query string, args ...any) error {
	if _, err := s.conn.ExecContext(context.Background(), query, args...); err != nil {
		return fmt.Errorf("%w in %s", err, query)
	}
	return nil
}

// rowBuffer inserts rows of one table, many with one statement, through the driver
// itself: database/sql would cost as much again as the insert does.
type rowBuffer struct {
	conn    *sql.Conn
	head    string
	columns int
	values  []driver.NamedValue
	full    driver.Stmt
}

// rowsAtOnce is how many rows one statement inserts.
const rowsAtOnce = 64

func (b *rowBuffer) add(values ...any) error {
	for _, v := range values {
		b.values = append(b.values, driver.NamedValue{Ordinal: len(b.values) + 1, Value: v})
	}
	if len(b.values) < rowsAtOnce*b.columns {
		return nil
	}
	return b.conn.Raw(func(raw any) (err error) {
		if b.full == nil {
			if b.full, err = b.prepare(raw, rowsAtOnce); err != nil {
				return err
			}
		}
		return b.insert(b.full)
	})
}

func (b *rowBuffer) flush() error {
	if len(b.values) == 0 {
		return nil
	}
	return b.conn.Raw(func(raw any) error {
		stmt, err := b.prepare(raw, len(b.values)/b.columns)
		if err != nil {
			return err
		}
		return errors.Join(b.insert(stmt), stmt.Close())
	})
}

func (b *rowBuffer) prepare(raw any, rows int) (driver.Stmt, error) {
	conn, ok := raw.(driver.ConnPrepareContext)
	if !ok {
		return nil, errors.New("the driver cannot prepare statements")
	}
	row := "(?" + strings.Repeat(",?", b.columns-1) + ")"
	return conn.PrepareContext(context.Background(), b.head+row+strings.Repeat(","+row, rows-1))
}

func (b *rowBuffer) insert(stmt driver.Stmt) error {
	run, ok := stmt.(driver.StmtExecContext)
	if !ok {
		return errors.New("the driver cannot execute statements")
	}
	_, err := run.ExecContext(context.Background(), b.values)
	clear(b.values)
	b.values = b.values[:0]
	return err
}

func (b *rowBuffer) close() error {
	if b == nil || b.full == nil {
		return nil
	}
	return b.conn.Raw(func(any) error { return b.full.Close() })
}
