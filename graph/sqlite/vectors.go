package sqlite

import (
	"context"
	"database/sql/driver"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// vectorTables hold vectors by the row of their node, and drop them with it.
var vectorTables = []string{
	`CREATE TABLE IF NOT EXISTS vector (nid INTEGER PRIMARY KEY, of TEXT NOT NULL, "values" BLOB NOT NULL)`,
	`CREATE TRIGGER IF NOT EXISTS vector_of_node AFTER DELETE ON node BEGIN DELETE FROM vector WHERE nid=old.nid; END`,
}

// SetVectors implements graph.VectorStore.
func (s *Store) SetVectors(ctx context.Context, vectors []graph.Vector) error {
	c, err := s.writer.get(ctx)
	if err != nil {
		return mapError(err)
	}
	defer s.writer.put(c)
	if _, err := c.control(ctx, "BEGIN IMMEDIATE"); err != nil {
		return mapError(err)
	}
	const set = `INSERT OR REPLACE INTO vector SELECT nid,?,? FROM node WHERE id=?`
	for _, v := range vectors {
		if _, err = c.exec(ctx, set, v.Of, v.Bytes(), v.ID); err != nil {
			break
		}
	}
	if err == nil {
		_, err = c.control(context.WithoutCancel(ctx), "COMMIT")
	}
	if err != nil {
		_, _ = c.control(context.Background(), "ROLLBACK")
		return mapError(err)
	}
	return nil
}

// Vectors implements graph.VectorStore.
func (s *Store) Vectors(ctx context.Context, each func(graph.Vector) error) error {
	err := s.reading(ctx, func(c *conn) error {
		return c.query(ctx, `SELECT id,of,"values" FROM vector JOIN node USING (nid)`, nil, func(row []driver.Value) error {
			v := graph.Vector{}
			v.ID, _ = row[0].(string)
			v.Of, _ = row[1].(string)
			blob, _ := row[2].([]byte)
			v.Values = graph.VectorValues(blob)
			return each(v)
		})
	})
	if err != nil {
		return mapError(err)
	}
	return nil
}
