package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// cachedStatements is the number of prepared statements that a connection keeps.
const cachedStatements = 256

// conn is one connection with its prepared statements, for one goroutine at a time. It
// talks to the driver directly: the store has pools and transactions of its own, and
// database/sql would cost more than many a statement does.
type conn struct {
	raw     driver.Conn
	stmts   *simplelru.LRU[string, driver.Stmt]
	observe func(sql string)
	// broken marks a connection that is not worth keeping.
	broken bool
}

func newConn(raw driver.Conn, observe func(string)) (*conn, error) {
	stmts, err := simplelru.NewLRU(cachedStatements, func(_ string, s driver.Stmt) { _ = s.Close() })
	if err != nil {
		return nil, err
	}
	return &conn{raw: raw, stmts: stmts, observe: observe}, nil
}

func (c *conn) close() error {
	c.stmts.Purge()
	return c.raw.Close()
}

// prepare returns the statement with this text, prepared once while it is in use.
func (c *conn) prepare(ctx context.Context, sql string) (driver.Stmt, error) {
	if s, ok := c.stmts.Get(sql); ok {
		return s, nil
	}
	p, ok := c.raw.(driver.ConnPrepareContext)
	if !ok {
		return nil, errors.New("the driver cannot prepare statements")
	}
	s, err := p.PrepareContext(ctx, sql)
	if err != nil {
		return nil, fmt.Errorf("%w in %s", err, sql)
	}
	c.stmts.Add(sql, s)
	return s, nil
}

// query executes a statement and calls row for each row. The values, but not the slice,
// may be kept. Before each row the context is looked at; a single step is interrupted by
// the driver only until the first row has come.
func (c *conn) query(ctx context.Context, sql string, args []driver.NamedValue, row func([]driver.Value) error) (err error) {
	c.observe(sql)
	s, err := c.prepare(ctx, sql)
	if err != nil {
		return c.failed(ctx, err)
	}
	rows, err := s.(driver.StmtQueryContext).QueryContext(ctx, args)
	if err != nil {
		return c.failed(ctx, err)
	}
	defer func() {
		if e := rows.Close(); e != nil && err == nil {
			err = c.failed(ctx, e)
		}
	}()
	values := make([]driver.Value, len(rows.Columns()))
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		switch err := rows.Next(values); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return c.failed(ctx, err)
		}
		if err := row(values); err != nil {
			return err
		}
	}
}

// exec executes a statement that returns no rows.
func (c *conn) exec(ctx context.Context, sql string, args ...driver.Value) (driver.Result, error) {
	c.observe(sql)
	return c.control(ctx, sql, args...)
}

// control is exec without telling the observer, for transactions and set-up.
func (c *conn) control(ctx context.Context, sql string, args ...driver.Value) (driver.Result, error) {
	s, err := c.prepare(ctx, sql)
	if err != nil {
		return nil, c.failed(ctx, err)
	}
	r, err := s.(driver.StmtExecContext).ExecContext(ctx, named(args))
	if err != nil {
		return nil, c.failed(ctx, err)
	}
	return r, nil
}

// one executes a statement for its first row; it returns nil where there is none.
func (c *conn) one(ctx context.Context, sql string, args ...driver.Value) ([]driver.Value, error) {
	var first []driver.Value
	err := c.query(ctx, sql, named(args), func(row []driver.Value) error {
		if first == nil {
			first = append(first, row...)
		}
		return nil
	})
	return first, err
}

// failed marks the connection as broken after errors of the driver, and lets the
// context's error speak where the context has ended.
func (c *conn) failed(ctx context.Context, err error) error {
	c.broken = true
	if e := ctx.Err(); e != nil {
		return e
	}
	return err
}

func named(args []driver.Value) []driver.NamedValue {
	values := make([]driver.NamedValue, len(args))
	for i, arg := range args {
		values[i] = driver.NamedValue{Ordinal: i + 1, Value: arg}
	}
	return values
}
