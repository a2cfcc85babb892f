package servertest_test

import (
	"sync/atomic"
	"testing"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server/servertest"
)

// A test finds an empty database, and leaves one to the next whatever it wrote.
func TestWipe(t *testing.T) {
	for _, name := range []string{"first", "second"} {
		t.Run(name, func(t *testing.T) {
			db := servertest.Use(t)
			empty(t, db)
			db.Query(t, "CREATE CONSTRAINT person_id FOR (p:Person) REQUIRE p.id IS UNIQUE", nil)
			db.Query(t, "CREATE INDEX person_name FOR (p:Person) ON (p.name)", nil)
			db.Query(t, "CREATE INDEX `a``b` FOR ()-[k:KNOWS]-() ON (k.since)", nil)
			db.Query(t, "CREATE FULLTEXT INDEX person_text FOR (p:Person) ON EACH [p.name] OPTIONS {indexConfig: {`fulltext.analyzer`: 'dutch'}}", nil)
			const people = "UNWIND range(1, 100) AS i CREATE (:Person {id: i})-[:KNOWS]->(:Other)"
			db.Query(t, people+" CREATE (:Meta)-[:OF]->(:Meta)", nil)
			db.WipeData(t, "Meta")
			count(t, db, "MATCH (n:Meta)-[r:OF]->(:Meta) RETURN count(r)", 100)
			count(t, db, "MATCH (n) RETURN count(n)", 200)
			db.WipeData(t)
			count(t, db, "MATCH (n) RETURN count(n)", 0)
			count(t, db, "SHOW INDEXES YIELD type WHERE type <> 'LOOKUP' RETURN count(*)", 4)
			db.WipeAll(t)
			empty(t, db)
			db.Query(t, people, nil)
		})
	}
}

// Wiping a small graph takes milliseconds; the bound leaves room for a busy machine.
func TestWipeIsFast(t *testing.T) {
	db := servertest.Use(t)
	best := time.Hour
	for range 50 {
		db.Query(t, "UNWIND range(1, 20) AS i CREATE (:Person {id: i})-[:KNOWS]->(:Other)", nil)
		begin := time.Now()
		db.WipeData(t)
		best = min(best, time.Since(begin))
	}
	if t.Logf("%v", best); best > 100*time.Millisecond {
		t.Errorf("wiping 40 nodes takes %v", best)
	}
}

// Tests that run in parallel have the database one after the other.
func TestUseIsExclusive(t *testing.T) {
	var users atomic.Int32
	for _, name := range []string{"a", "b", "c"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := servertest.Use(t)
			if n := users.Add(1); n != 1 {
				t.Errorf("%d at once", n)
			}
			empty(t, db)
			db.Query(t, "CREATE (:Person)", nil)
			time.Sleep(20 * time.Millisecond)
			users.Add(-1)
		})
	}
}

func empty(t *testing.T, db *servertest.DB) {
	t.Helper()
	count(t, db, "MATCH (n) RETURN count(n)", 0)
	count(t, db, "SHOW INDEXES YIELD type WHERE type <> 'LOOKUP' RETURN count(*)", 0)
	count(t, db, "SHOW CONSTRAINTS YIELD type RETURN count(*)", 0)
}

func count(t *testing.T, db *servertest.DB, cypher string, want int64) {
	t.Helper()
	if got := db.Query(t, cypher, nil)[0].Values[0]; got != want {
		t.Errorf("%s: %v, want %d", cypher, got, want)
	}
}
