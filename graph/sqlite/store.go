package sqlite

import (
	"context"
	"errors"
	"sync"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"modernc.org/sqlite"
)

// Store is a graph.Store in one SQLite file. Make one with Open.
type Store struct {
	path     string
	model    *graph.Model
	options  Options
	driver   *sqlite.Driver
	fulltext fulltext
	rules    graph.Rules

	vocabulary vocabulary
	// writer holds the one connection that writes, readers those that read.
	writer, readers *pool

	closing sync.Once
	closed  error
}

var (
	_ graph.Store   = (*Store)(nil)
	_ graph.Cleaner = (*Store)(nil)
)

func newStore(path string, model *graph.Model, options Options) (*Store, error) {
	d, err := newDriver()
	if err != nil {
		return nil, err
	}
	s := &Store{path: path, model: model, options: options, driver: d, fulltext: newFulltext(model), rules: graph.NewRules(model)}
	s.writer = newPool(1, s.dialWriter)
	s.readers = newPool(options.Readers, s.dialReader)
	return s, nil
}

// start makes or checks the schema with the connection that will write.
func (s *Store) start(ctx context.Context) error {
	c, err := s.writer.get(ctx)
	if err != nil {
		return err
	}
	defer s.writer.put(c)
	return s.setUp(ctx, c)
}

// dial opens a connection with these options beside the common ones.
func (s *Store) dial(options string) (*conn, error) {
	raw, err := s.driver.Open(s.dsn(options))
	if err != nil {
		return nil, err
	}
	return newConn(raw, s.options.OnStatement)
}

// readerOptions and writerOptions are the settings of the connections: caches of 16 and
// 32 MB, temporary tables in memory, freed pages overwritten where that costs nothing.
const (
	readerOptions = "&_query_only=1&_pragma=cache_size(-16000)&_pragma=temp_store(memory)"
	writerOptions = "&_pragma=foreign_keys(1)&_pragma=cache_size(-32000)&_pragma=temp_store(memory)&_pragma=secure_delete(fast)&_pragma=journal_mode(wal)"
)

func (s *Store) dialReader() (*conn, error) { return s.dial(readerOptions) }

func (s *Store) dialWriter() (*conn, error) {
	sync := "full"
	if s.options.BulkLoad {
		sync = "off"
	}
	c, err := s.dial(writerOptions + "&_pragma=synchronous(" + sync + ")")
	if err != nil {
		return nil, err
	}
	// SQLite opens a file that it may not write for reading, without a word.
	if ro, ok := c.raw.(interface{ IsReadOnly(string) (bool, error) }); ok {
		if readOnly, err := ro.IsReadOnly("main"); err != nil || readOnly {
			_ = c.close()
			return nil, errReadOnly(s.path)
		}
	}
	return c, nil
}

// Ready implements graph.Store.
func (s *Store) Ready(ctx context.Context) error {
	return mapError(s.reading(ctx, func(c *conn) error {
		_, err := c.one(ctx, "SELECT value FROM meta WHERE name='fulltext'")
		return err
	}))
}

// Close implements graph.Store.
func (s *Store) Close() error {
	s.closing.Do(func() {
		// The writer goes last: closing the last connection empties the write-ahead log
		// into the file, which a connection that only reads cannot do.
		s.closed = mapError(errors.Join(s.readers.close(), s.writer.close()))
	})
	return s.closed
}
