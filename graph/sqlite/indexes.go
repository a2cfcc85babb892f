package sqlite

import (
	"context"
	"database/sql/driver"
	"maps"
	"slices"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// indexPrefix begins the names of the indexes that come from the model.
const indexPrefix = "model:"

// modelIndexes returns the statements for the indexes that the model asks for, by name:
// on the title of each type and on each property marked Index, with the id behind it, as
// lists are sorted. Each holds the nodes of its type only. The label in front is the same
// in all entries; with it a condition on the label is a search in the planner's eyes,
// not a scan of the whole index.
func modelIndexes(m *graph.Model) map[string]string {
	indexes := map[string]string{}
	for _, t := range m.Types {
		for _, p := range t.Properties {
			if t.Indexes(p) {
				name := indexPrefix + t.Name + ":" + p.Name
				indexes[name] = "CREATE INDEX " + ident(name) + " ON node (label, " + generated(p.Name) + ", id) WHERE label=" + literal(t.Name)
			}
			if p.Key {
				name := indexPrefix + t.Name + ":" + p.Name + ":key"
				indexes[name] = "CREATE UNIQUE INDEX " + ident(name) + " ON node (" + generated(p.Name) + ") WHERE label=" + literal(t.Name)
			}
		}
	}
	return indexes
}

// setUpIndexes brings the columns and indexes that come from the model in line with it.
func (s *Store) setUpIndexes(ctx context.Context, c *conn) error {
	if err := s.setUpColumns(ctx, c); err != nil {
		return err
	}
	wanted := modelIndexes(s.model)
	var outdated []string
	const query = "SELECT name,sql FROM sqlite_schema WHERE type='index' AND tbl_name='node' AND substr(name,1,?)=?"
	args := named([]driver.Value{int64(len(indexPrefix)), indexPrefix})
	err := c.query(ctx, query, args, func(row []driver.Value) error {
		name, _ := row[0].(string)
		if sql, _ := row[1].(string); wanted[name] == sql {
			delete(wanted, name)
		} else {
			outdated = append(outdated, name)
		}
		return nil
	})
	if err != nil || len(outdated) == 0 && len(wanted) == 0 {
		return err
	}
	for _, name := range outdated {
		if _, err := c.control(ctx, "DROP INDEX "+ident(name)); err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		if _, err := c.control(ctx, wanted[name]); err != nil {
			if codeOf(err) == codeConstraint {
				return graph.Wrap(graph.Conflict, err, "two nodes in the database have the same key (%s); give one of them another, or merge them, with the version of this program that wrote them",
					strings.TrimSuffix(strings.TrimPrefix(name, indexPrefix), ":key"))
			}
			return err
		}
	}
	return setUpStatistics(ctx, c, modelIndexes(s.model))
}

// setUpColumns adds the generated columns that indexes need. They take no space: only
// the indexes hold their values. A column that is not needed any more stays.
func (s *Store) setUpColumns(ctx context.Context, c *conn) error {
	present := map[string]bool{}
	err := c.query(ctx, "SELECT name FROM pragma_table_xinfo('node')", nil, func(row []driver.Value) error {
		name, _ := row[0].(string)
		present[ident(name)] = true
		return nil
	})
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(s.rules.Indexed)) {
		if !s.rules.Indexed[name] || present[generated(name)] {
			continue
		}
		sql := "ALTER TABLE node ADD COLUMN " + generated(name) + " GENERATED ALWAYS AS (" + member("props", name) + ") VIRTUAL"
		if _, err := c.control(ctx, sql); err != nil {
			return err
		}
	}
	return nil
}
