package main

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"slices"

	_ "modernc.org/sqlite"

	"github.com/i-partnerschap/kennisgraaf/dataset/generate"
	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/sqlite"
)

// cubeSQL is what a person would write for projects by theme, year and region, with the
// totals of rows and columns, in which each project counts once.
const cubeSQL = `WITH keys AS MATERIALIZED (
		SELECT n.nid, t.dst AS theme, substr(n.props->>'startDate',1,4) AS year, r.dst AS region FROM node n
		LEFT JOIN edge t ON t.src=n.nid AND t.type='ABOUT' LEFT JOIN edge r ON r.src=n.nid AND r.type='TAKES_PLACE_IN' WHERE n.label='Project')
	SELECT theme,year,region,COUNT(DISTINCT nid) FROM keys GROUP BY 1,2,3 UNION ALL SELECT theme,year,NULL,COUNT(DISTINCT nid) FROM keys GROUP BY 1,2
	UNION ALL SELECT NULL,NULL,region,COUNT(DISTINCT nid) FROM keys GROUP BY 3 UNION ALL SELECT NULL,NULL,NULL,COUNT(DISTINCT nid) FROM keys`

// provinceSQL counts the same projects by province alone.
const provinceSQL = `WITH keys AS MATERIALIZED (
		SELECT n.nid, r.dst AS region FROM node n LEFT JOIN edge r ON r.src=n.nid AND r.type='TAKES_PLACE_IN' WHERE n.label='Project')
	SELECT region,NULL,NULL,COUNT(DISTINCT nid) FROM keys GROUP BY 1 UNION ALL SELECT NULL,NULL,NULL,COUNT(DISTINCT nid) FROM keys`

// embedded makes the graph in the embedded store.
func embedded(ctx context.Context, model *graph.Model, size generate.Size) (*subject, error) {
	dir, err := os.MkdirTemp("", "coverage")
	if err != nil {
		return nil, err
	}
	s := &subject{hand: func(sql, _ string) string { return sql }, close: func() { _ = os.RemoveAll(dir) }}
	path := filepath.Join(dir, "bench.db")
	store, err := sqlite.Open(ctx, path, model, sqlite.Options{BulkLoad: true})
	if err != nil {
		s.close()
		return nil, err
	}
	s.store = store
	s.close = func() { _, _ = store.Close(), os.RemoveAll(dir) }
	if _, err := store.Apply(ctx, "bench", slices.Collect(generate.Changes(1, size))); err != nil {
		s.close()
		return nil, err
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		s.close()
		return nil, err
	}
	s.ask = func(ctx context.Context, statement string) error { return read(ctx, db, statement) }
	s.close = func() { _, _, _ = db.Close(), store.Close(), os.RemoveAll(dir) }
	return s, nil
}

// read reads all rows of a statement.
func read(ctx context.Context, db *sql.DB, statement string) error {
	rows, err := db.QueryContext(ctx, statement)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	var a, b, c any
	var n int64
	for rows.Next() {
		if err := rows.Scan(&a, &b, &c, &n); err != nil {
			return err
		}
	}
	return rows.Err()
}
