package neo4j

import (
	"context"
	"fmt"
	"hash/fnv"
	"strconv"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// The labels of what the store keeps for itself.
const (
	schemaLabel  = "`__Schema`"
	counterLabel = "`__Counter`"
	changeLabel  = "`__Change`"
)

// prepareTimeout is how long bringing the schema up to date may take: an index over much
// data takes its time.
const prepareTimeout = 10 * time.Minute

// prepare brings the schema up to date, once. It is done before the first call that
// reaches the database, because the database may have been down when the Store was opened.
func (s *Store) prepare(ctx context.Context) error {
	if s.prepared.Load() {
		return nil
	}
	select {
	case s.preparing <- struct{}{}:
		defer func() { <-s.preparing }()
	case <-ctx.Done():
		return mapError(ctx, ctx.Err())
	}
	if s.prepared.Load() {
		return nil
	}
	version, model, err := s.schemaVersion(ctx)
	if err != nil {
		return err
	}
	if version > len(migrations) {
		return graph.Errorf(graph.BadUserInput, "the database was made by a newer version of this program (schema %d, this one knows up to %d); use that version",
			version, len(migrations))
	}
	if version < len(migrations) || model != s.schemaHash() {
		// A caller in a hurry may go, but what was begun is worth finishing.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), prepareTimeout)
		defer cancel()
		if err := s.migrate(ctx, version); err != nil {
			return err
		}
	}
	s.prepared.Store(true)
	return nil
}

// schemaVersion reads the number of the last migration that the database has had, and
// which model its indexes are for.
func (s *Store) schemaVersion(ctx context.Context) (version int, model string, err error) {
	text := "MATCH (m:" + schemaLabel + " {id: 'schema'}) RETURN m.version, m.model"
	err = s.read(ctx, statement{text: text, own: true}, func(values []any) error {
		n, _ := values[0].(int64)
		version = int(n)
		model, _ = values[1].(string)
		return nil
	})
	return version, model, err
}

// schemaHash tells models apart by what the schema in the database is made of.
func (s *Store) schemaHash() string {
	h := fnv.New64a()
	for _, st := range s.indexStatements() {
		fmt.Fprintln(h, st)
	}
	fmt.Fprintln(h, s.texts.labels, s.texts.props)
	return strconv.FormatUint(h.Sum64(), 16)
}

// migrations are the steps from one version of the schema to the next. Each can be done
// again without harm: what failed halfway is begun anew.
var migrations = []func(*Store, context.Context) error{
	(*Store).makeBookkeeping,
}

// migrate does the migrations after the version, and makes the indexes that the model
// wants.
func (s *Store) migrate(ctx context.Context, version int) error {
	for _, migration := range migrations[version:] {
		if err := migration(s, ctx); err != nil {
			return err
		}
	}
	if err := s.makeIndexes(ctx); err != nil {
		return err
	}
	return s.ddl(ctx, "MERGE (m:"+schemaLabel+" {id: 'schema'}) SET m.version = $version, m.model = $model",
		map[string]any{"version": len(migrations), "model": s.schemaHash()})
}

// makeBookkeeping makes what the change log needs.
func (s *Store) makeBookkeeping(ctx context.Context) error {
	for _, text := range []string{
		"CREATE CONSTRAINT `kennisgraaf_schema` IF NOT EXISTS FOR (n:" + schemaLabel + ") REQUIRE n.id IS UNIQUE",
		"CREATE CONSTRAINT `kennisgraaf_counter` IF NOT EXISTS FOR (n:" + counterLabel + ") REQUIRE n.id IS UNIQUE",
		"CREATE CONSTRAINT `kennisgraaf_change` IF NOT EXISTS FOR (n:" + changeLabel + ") REQUIRE n.seq IS UNIQUE",
	} {
		if err := s.ddl(ctx, text, nil); err != nil {
			return err
		}
	}
	return nil
}

// ddl sends a statement that changes the schema.
func (s *Store) ddl(ctx context.Context, text string, params map[string]any) error {
	err := s.retried(ctx, func() error {
		_, _, err := s.send(ctx, neo4j.AccessModeWrite, statement{text: text, params: params, timeout: prepareTimeout, own: true})
		return err
	})
	return mapError(ctx, err)
}
