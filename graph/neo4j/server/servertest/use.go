package servertest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"testing"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server"
)

// DB is the database, for one test at a time.
type DB struct {
	uri    string
	driver neo4j.DriverWithContext
}

// Use gives the test the database, empty, until the test and its subtests have ended.
func Use(tb testing.TB) *DB {
	tb.Helper()
	db, err := use(tb)
	if err != nil {
		refuse(tb, err)
	}
	return db
}

// Start gives the test a server of its own, for those that kill it, or that need other
// options. It is stopped when the test ends.
func Start(tb testing.TB, o server.Options) *server.Server {
	tb.Helper()
	s, err := server.Start(tb.Context(), o)
	if err != nil {
		refuse(tb, err)
	}
	tb.Cleanup(func() {
		if err := s.Stop(); err != nil {
			tb.Errorf("Neo4j did not stop: %v", err)
		}
	})
	return s
}

// refuse ends a test that has no server: it skips the test if this machine has not what
// Neo4j needs and is not CI.
func refuse(tb testing.TB, err error) {
	tb.Helper()
	if errors.Is(err, server.ErrMissing) && os.Getenv("CI") == "" {
		tb.Skipf("skipped without Neo4j: %v", err)
	}
	tb.Fatalf("no Neo4j for this test: %v", err)
}

// use finds or starts the server and waits for the database.
func use(tb testing.TB) (*DB, error) {
	ctx := tb.Context()
	r, err := thisRun()
	if err != nil {
		return nil, err
	}
	uri, err := r.join(ctx)
	if err != nil {
		return nil, err
	}
	lock, err := r.database(ctx, tb)
	if err != nil {
		return nil, err
	}
	tb.Cleanup(func() { _ = lock.Unlock() })
	driver, err := neo4j.NewDriverWithContext(uri, neo4j.NoAuth())
	if err != nil {
		return nil, err
	}
	tb.Cleanup(func() { _ = driver.Close(context.Background()) })
	db := &DB{uri: uri, driver: driver}
	if err := db.wipeAll(ctx); err != nil {
		why, _ := os.ReadFile(r.path(crashLog))
		return nil, fmt.Errorf("%w\n%s", err, why)
	}
	return db, nil
}

// URI returns the address for a driver. There is no authentication.
func (db *DB) URI() string { return db.uri }
