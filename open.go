package main

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/i-partnerschap/kennisgraaf/dataset"
	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j"
	"github.com/i-partnerschap/kennisgraaf/graph/sqlite"
	"github.com/i-partnerschap/kennisgraaf/schema"
)

// neo4jFlags say how to log in to Neo4j, and how to treat connections to it.
type neo4jFlags struct {
	User     string `default:"neo4j" env:"NEO4J_USER" help:"User of the database."`
	Password string `env:"NEO4J_PASSWORD" help:"Password of the user; better in the environment than on the command line."`
	Database string `env:"NEO4J_DATABASE" help:"Name of the database; the user's default without it."`

	MaxConnections   int           `default:"100" env:"NEO4J_MAX_CONNECTIONS" help:"Most connections to each server."`
	ConnectTimeout   time.Duration `default:"5s" env:"NEO4J_CONNECT_TIMEOUT" help:"How long opening a connection may take."`
	AcquireTimeout   time.Duration `default:"10s" env:"NEO4J_ACQUIRE_TIMEOUT" help:"How long to wait for a free connection."`
	MaxConnectionAge time.Duration `default:"1h" env:"NEO4J_MAX_CONNECTION_AGE" help:"After how long a connection is replaced."`
	IdleCheck        time.Duration `default:"1m" env:"NEO4J_IDLE_CHECK" help:"After how long idle a connection is tested before use."`
	NoKeepAlive      bool          `env:"NEO4J_NO_KEEP_ALIVE" help:"Do not keep TCP connections alive."`
}

// open opens the store that the flags name and fills it if it is new.
func (c *cli) open(ctx context.Context, log *slog.Logger) (graph.Store, *graph.Model, error) {
	store, model, err := c.connect(ctx)
	if err != nil {
		return nil, nil, err
	}
	if err := fill(ctx, store, model, c.Dataset, log); err != nil {
		return nil, nil, errors.Join(err, store.Close())
	}
	return store, model, nil
}

// existing opens the store that the flags name as it is, for commands whose answer would be
// false on one that a mistyped name makes: an export of the demo, or nobody found to erase.
func (c *cli) existing(ctx context.Context) (graph.Store, *graph.Model, error) {
	if path, embedded := strings.CutPrefix(c.Store, "sqlite:"); embedded && path != "" {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return nil, nil, graph.Errorf(graph.NotFound, "there is no store %s; say with --store which file holds the graph", path)
		}
	}
	return c.connect(ctx)
}

// connect opens the store that the flags name. Its content is left as it is.
func (c *cli) connect(ctx context.Context) (graph.Store, *graph.Model, error) {
	model, err := schema.Model()
	if err != nil {
		return nil, nil, err
	}
	scheme, path, _ := strings.Cut(c.Store, ":")
	switch {
	case path == "":
	case scheme == "sqlite":
		store, err := sqlite.Open(ctx, path, model, sqlite.Options{})
		if err != nil {
			return nil, nil, err
		}
		return store, model, nil
	case strings.HasPrefix(scheme, "neo4j"), strings.HasPrefix(scheme, "bolt"):
		store, err := neo4j.Open(ctx, neo4j.Options{
			URI: c.Store, User: c.Neo4j.User, Password: c.Neo4j.Password, Database: c.Neo4j.Database,
			MaxConnections: c.Neo4j.MaxConnections, ConnectTimeout: c.Neo4j.ConnectTimeout, AcquireTimeout: c.Neo4j.AcquireTimeout,
			MaxConnectionAge: c.Neo4j.MaxConnectionAge, IdleCheck: c.Neo4j.IdleCheck, NoKeepAlive: c.Neo4j.NoKeepAlive,
		}, model)
		if err != nil {
			return nil, nil, err
		}
		return store, model, nil
	}
	return nil, nil, graph.Errorf(graph.BadUserInput, "--store %q is not understood; use sqlite:FILE, neo4j://HOST:7687 or bolt://HOST:7687", c.Store)
}

// fill loads the bundled dataset into an empty store, in one transaction: an
// interrupted load leaves the store empty, and the next start does it again.
func fill(ctx context.Context, store graph.Store, model *graph.Model, name string, log *slog.Logger) error {
	found, err := store.Read(ctx, graph.Query{Root: &graph.Selection{Labels: model.Names(), Page: graph.Page{Limit: 1}}})
	if err != nil || len(found.Rows) > 0 {
		return err
	}
	changes, err := dataset.Changes(name)
	if err != nil || len(changes) == 0 {
		return err
	}
	receipt, err := store.Apply(ctx, "dataset:"+name, changes)
	if err != nil {
		return err
	}
	log.Info("dataset loaded", "dataset", name, "changes", len(receipt.Entries))
	return nil
}

// The pauses before what failed is tried again.
const (
	firstRetry = time.Second
	lastRetry  = 30 * time.Second
)

// fillWhenUp fills the store as soon as that can be done. What keeps it from that may be
// mended while the service waits: a database that starts, or its password that is not set yet.
func fillWhenUp(ctx context.Context, store graph.Store, model *graph.Model, name string, log *slog.Logger) {
	retry(ctx, log, "the dataset is not loaded yet", func() error { return fill(ctx, store, model, name, log) })
}

// retry calls try until it succeeds, and tells whether it did before ctx ended. Each failure is logged.
func retry(ctx context.Context, log *slog.Logger, failure string, try func() error) bool {
	for pause := firstRetry; ; pause = min(pause*2, lastRetry) {
		err := try()
		if err == nil || ctx.Err() != nil {
			return err == nil
		}
		log.Error(failure, "error", err, "tried again in", pause)
		select {
		case <-ctx.Done():
			return false
		case <-time.After(pause):
		}
	}
}
