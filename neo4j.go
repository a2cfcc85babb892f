package main

import (
	"context"
	"os"

	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server"
)

type neo4jCmd struct {
	Dir       string `default:"neo4j-data" env:"IPG_NEO4J_DIR" help:"Directory for its data, logs and settings."`
	Port      int    `default:"7687" env:"IPG_NEO4J_PORT" help:"Port to answer Bolt on."`
	Heap      string `default:"1g" env:"IPG_NEO4J_HEAP" help:"Memory for its heap."`
	PageCache string `default:"128m" env:"IPG_NEO4J_PAGE_CACHE" help:"Memory for its page cache."`
	HTTP      bool   `help:"Also open Neo4j's own HTTP API and its port."`
}

// Run runs a Neo4j for local development until ctx ends.
func (n *neo4jCmd) Run(ctx context.Context, c *cli, stdout *os.File) error {
	return server.Run(ctx, server.Options{Dir: n.Dir, Port: n.Port, HTTP: n.HTTP, Heap: n.Heap, PageCache: n.PageCache, Password: c.Neo4j.Password}, stdout)
}
