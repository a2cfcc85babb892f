package main

import (
	"context"
	"os"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/i-partnerschap/kennisgraaf/bench/cypher"
	"github.com/i-partnerschap/kennisgraaf/dataset/generate"
	"github.com/i-partnerschap/kennisgraaf/graph"
	store "github.com/i-partnerschap/kennisgraaf/graph/neo4j"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server"
)

// keysCypher finds the keys of each project.
const keysCypher = `MATCH (p:Project) OPTIONAL MATCH (p)-[:ABOUT]->(t:Theme) OPTIONAL MATCH (p)-[:TAKES_PLACE_IN]->(r:Region)
	WITH p, t.id AS theme, left(p.startDate, 4) AS year, r.id AS region `

// regionCypher finds the regions of each project alone.
const regionCypher = `MATCH (p:Project) OPTIONAL MATCH (p)-[:TAKES_PLACE_IN]->(r:Region) WITH p, r.id AS region `

// totalsCypher counts projects by region, and all.
const totalsCypher = `COLLECT { ` + regionCypher + `WITH region, count(DISTINCT p) AS n RETURN [region, n] } AS regions, COUNT { (:Project) } AS total`

// The same questions as those in SQL.
const (
	cubeCypher = `RETURN COLLECT { ` + keysCypher + `WITH theme, year, region, count(DISTINCT p) AS n RETURN [theme, year, region, n] } AS cells,
		COLLECT { ` + keysCypher + `WITH theme, year, count(DISTINCT p) AS n RETURN [theme, year, n] } AS rows, ` + totalsCypher
	provinceCypher = `RETURN ` + totalsCypher
)

// onNeo4j starts a Neo4j with the graph in it.
func onNeo4j(ctx context.Context, model *graph.Model, size generate.Size) (*subject, error) {
	database, err := server.Start(ctx, server.Options{Heap: "1g", PageCache: "512m", Progress: os.Stderr})
	if err != nil {
		return nil, err
	}
	s := &subject{hand: func(_, cypher string) string { return cypher }, close: func() { _ = database.Stop() }}
	opened, err := store.Open(ctx, store.Options{URI: database.URI()}, model)
	if err != nil {
		s.close()
		return nil, err
	}
	s.store = opened
	s.close = func() { _, _ = opened.Close(), database.Stop() }
	driver, err := neo4j.NewDriverWithContext(database.URI(), neo4j.NoAuth())
	if err != nil {
		s.close()
		return nil, err
	}
	by := cypher.Hand{Driver: driver}
	s.ask = func(ctx context.Context, statement string) error { return by.Ask(ctx, statement, nil) }
	s.close = func() { _, _, _ = driver.Close(context.WithoutCancel(ctx)), opened.Close(), database.Stop() }
	if err := by.Load(ctx, size); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}
