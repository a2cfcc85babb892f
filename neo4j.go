package main

import (
	"context"
	"os"

	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server"
)

type neo4jCmd struct {
	Dir  string `default:"neo4j-data" env:"IPG_NEO4J_DIR" help:"Directory for its data, logs and settings."`
	Port int    `default:"7687" env:"IPG_NEO4J_PORT" help:"Port to answer Bolt on."`
	HTTP bool   `help:"Also open Neo4j's own HTTP API and its port."`
}

// Run runs a Neo4j for local development until ctx ends.
func (n *neo4jCmd) Run(ctx context.Context, c *cli, stdout *os.File) error {
	return server.Run(ctx, server.Options{Dir: n.Dir, Port: n.Port, HTTP: n.HTTP, Password: c.Neo4j.Password}, stdout)
}
