package sqlite

import (
	"context"
	"database/sql/driver"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Text returns the statement for the root rows of a query, and the plan that SQLite makes
// for it, a line per step.
func (s *Store) Text(q graph.Query) (sql string, plan string, err error) {
	err = s.reading(context.Background(), func(c *conn) error {
		r := &reader{ctx: context.Background(), store: s, conn: c, asOf: q.AsOf}
		if err := s.vocabulary.refresh(r.ctx, c); err != nil {
			return err
		}
		l := &level{sel: q.Root, parents: []int64{0}}
		cc := r.compiler()
		if err := cc.rows(l, l.keys()); err != nil {
			return err
		}
		sql = cc.String()
		var lines []string
		err := c.query(r.ctx, "EXPLAIN QUERY PLAN "+sql, cc.args, func(row []driver.Value) error {
			line, _ := row[3].(string)
			lines = append(lines, line)
			return nil
		})
		plan = strings.Join(lines, "\n")
		return err
	})
	return sql, plan, err
}

// LogPlan returns the plan that SQLite makes for a query of the change log, a line per step.
func (s *Store) LogPlan(q graph.LogQuery) (string, error) {
	st, err := logStatement(q)
	if err != nil {
		return "", err
	}
	var lines []string
	err = s.reading(context.Background(), func(c *conn) error {
		return c.query(context.Background(), "EXPLAIN QUERY PLAN "+st.String(), st.args, func(row []driver.Value) error {
			line, _ := row[3].(string)
			lines = append(lines, line)
			return nil
		})
	})
	return strings.Join(lines, "\n"), err
}
