package sqlite

import (
	"context"
	"database/sql/driver"
	"slices"
	"strconv"
	"strings"
)

// applicationID marks the files of this package: "KnGf" in ASCII.
const applicationID = 0x4b6e4766

// schemaVersion is the version of the tables, kept in the file's user_version. A change
// to the tables raises it and adds a migration.
const schemaVersion = 1

// tables are the statements that make the schema.
//
// edge is clustered by its primary key, so following a relation from src is one range
// scan; edge_in covers the other direction. Both begin with the node and not with the
// type, so that they also serve paths, which follow relations of any type.
var tables = []string{
	`CREATE TABLE node (nid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, label TEXT NOT NULL, props BLOB NOT NULL)`,
	`CREATE INDEX node_label ON node (label, id)`,
	`CREATE TABLE edge (src INTEGER NOT NULL REFERENCES node, type TEXT NOT NULL, dst INTEGER NOT NULL REFERENCES node,
		since TEXT, until TEXT, props BLOB NOT NULL, PRIMARY KEY (src, type, dst)) WITHOUT ROWID`,
	`CREATE INDEX edge_in ON edge (dst, type, src, since, until)`,
	`CREATE TABLE change (seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, actor TEXT NOT NULL, op TEXT NOT NULL,
		label TEXT NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, src TEXT NOT NULL, dst TEXT NOT NULL, before BLOB, after BLOB)`,
	`CREATE TABLE term (tid INTEGER PRIMARY KEY AUTOINCREMENT, term TEXT NOT NULL UNIQUE)`,
	`CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID`,
}

// setUp makes the tables in a new file, and brings the indexes and the full-text index
// in line with the model.
func (s *Store) setUp(ctx context.Context, c *conn) error {
	if _, err := c.control(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	err := s.setUpInTransaction(ctx, c)
	if err != nil {
		_, _ = c.control(context.Background(), "ROLLBACK")
		return err
	}
	_, err = c.control(ctx, "COMMIT")
	return err
}

func (s *Store) setUpInTransaction(ctx context.Context, c *conn) error {
	// Looked at again under the lock: another process may have been first.
	state, err := look(ctx, c, s.path)
	if err != nil {
		return err
	}
	if state == emptyFile {
		statements := append(slices.Clone(tables), "PRAGMA application_id="+strconv.Itoa(applicationID), "PRAGMA user_version="+strconv.Itoa(schemaVersion))
		for _, sql := range statements {
			if _, err := c.control(ctx, sql); err != nil {
				return err
			}
		}
	}
	for _, sql := range slices.Concat(logIndexes, vectorTables) {
		if _, err := c.control(ctx, sql); err != nil {
			return err
		}
	}
	if err := s.setUpIndexes(ctx, c); err != nil {
		return err
	}
	return s.setUpFulltext(ctx, c)
}

// setUpFulltext makes the full-text index, and fills it from the nodes when the model
// or the analysis of text has changed.
func (s *Store) setUpFulltext(ctx context.Context, c *conn) error {
	row, err := c.one(ctx, "SELECT value FROM meta WHERE name='fulltext'")
	if err != nil || row != nil && row[0] == s.fulltext.version() {
		return err
	}
	statements := []string{
		"DROP TABLE IF EXISTS fts",
		"CREATE VIRTUAL TABLE fts USING fts5(" + strings.Join(s.fulltext.columns(), ",") +
			", content='', contentless_delete=1, tokenize='ascii', prefix='1 2 3')",
		"DELETE FROM term",
		"INSERT OR REPLACE INTO meta VALUES ('fulltext'," + literal(s.fulltext.version()) + ")",
	}
	for _, sql := range statements {
		if _, err := c.control(ctx, sql); err != nil {
			return err
		}
	}
	return s.indexAll(ctx, c)
}

// indexAll fills the full-text index, a batch of nodes at a time.
func (s *Store) indexAll(ctx context.Context, c *conn) error {
	const batch = 1000
	w := newTextWriter(s.fulltext, c)
	for last := int64(0); ; {
		type node struct {
			nid   int64
			label string
			blob  driver.Value
		}
		var nodes []node
		args := named([]driver.Value{last, int64(batch)})
		err := c.query(ctx, "SELECT nid,label,props FROM node WHERE nid>? ORDER BY nid LIMIT ?", args, func(row []driver.Value) error {
			label, _ := row[1].(string)
			nodes = append(nodes, node{integer(row[0]), label, row[2]})
			return nil
		})
		if err != nil || len(nodes) == 0 {
			return err
		}
		for _, n := range nodes {
			props, err := decodeColumn(n.blob, nil)
			if err != nil {
				return err
			}
			if err := w.add(ctx, n.nid, n.label, props); err != nil {
				return err
			}
			last = n.nid
		}
	}
}
