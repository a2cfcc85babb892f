package sqlite

import (
	"context"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// cleanerOptions are those of a connection that writes the whole file anew: with its
// temporary copy on the disk and not in memory.
const cleanerOptions = "&_pragma=synchronous(full)&_pragma=temp_store(file)"

// Clean implements graph.Cleaner. Deleted text stays in the segments of the full-text index
// until they are merged, on pages that are no longer used, and in the write-ahead log; so
// the index is merged, the file written anew and the log cut off. Others can read
// meanwhile, and writes wait.
func (s *Store) Clean(ctx context.Context) (bool, error) {
	// In this process writers wait their turn; those of others wait for the file's lock.
	turn, err := s.writer.get(ctx)
	if err != nil {
		return false, mapError(err)
	}
	defer s.writer.put(turn)
	row, err := turn.one(ctx, "SELECT value FROM meta WHERE name=?", uncleaned)
	if err != nil || row == nil {
		return false, mapError(err)
	}
	c, err := s.dial(cleanerOptions)
	if err != nil {
		return false, mapError(err)
	}
	defer func() { _ = c.close() }()
	for _, sql := range []string{"INSERT INTO fts(fts) VALUES('optimize')", "VACUUM"} {
		if _, err := c.exec(ctx, sql); err != nil {
			return false, mapError(err)
		}
	}
	if err := cutLog(ctx, c); err != nil {
		return false, err
	}
	// What another process erased meanwhile is still to be cleaned.
	_, err = turn.exec(ctx, "DELETE FROM meta WHERE name=? AND value=?", uncleaned, row[0])
	return err == nil, mapError(err)
}

// The tries to cut off the write-ahead log, and the pause between them. Each waits for
// readers as long as the busy timeout lets it.
const (
	cuts     = 10
	cutPause = 200 * time.Millisecond
)

// cutLog moves the write-ahead log into the file and cuts it off, which those keep from
// happening who read in it.
func cutLog(ctx context.Context, c *conn) error {
	for range cuts {
		row, err := c.one(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
		if err != nil {
			return mapError(err)
		}
		if integer(row[0]) == 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return mapError(ctx.Err())
		case <-time.After(cutPause):
		}
	}
	return graph.Errorf(graph.StoreUnavailable, "the write-ahead log cannot be cut off, since others read in it all the time; try again when they are done")
}
