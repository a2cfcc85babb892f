package neo4j

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/cypher"
)

// indexWait is how many seconds new indexes are waited for.
const indexWait = "600"

// makeIndexes makes the constraints and indexes that the model wants. Those that it no
// longer wants stay: other tools may use them.
func (s *Store) makeIndexes(ctx context.Context) error {
	for _, text := range s.indexStatements() {
		if err := schemaError(text, s.ddl(ctx, text, nil)); err != nil {
			return err
		}
	}
	if err := s.makeTextIndex(ctx); err != nil {
		return err
	}
	return s.ddl(ctx, "CALL db.awaitIndexes("+indexWait+")", nil)
}

// indexStatements returns the statements that make the constraints and range indexes: the
// id of each type is unique, as is each external key, and has an index by that; the title
// and what the model marks has an index too, and so has what the change log is searched by.
func (s *Store) indexStatements() []string {
	var all []string
	for _, name := range s.model.Stored() {
		t := s.model.Types[name]
		all = append(all, "CREATE CONSTRAINT "+cypher.Quote("kennisgraaf_"+name+"_id")+" IF NOT EXISTS FOR (n:"+
			cypher.Quote(name)+") REQUIRE n.id IS UNIQUE")
		for _, p := range t.Properties {
			if p.Key {
				// The constraint brings an index of its own; a plain one of before stands in its way.
				all = append(all, "DROP INDEX "+cypher.Quote("kennisgraaf_"+name+"_"+p.Name)+" IF EXISTS", "CREATE CONSTRAINT "+cypher.Quote("kennisgraaf_"+name+"_"+p.Name+"_key")+" IF NOT EXISTS FOR (n:"+
					cypher.Quote(name)+") REQUIRE n."+cypher.Quote(p.Name)+" IS UNIQUE")
			} else if t.Indexes(p) {
				all = append(all, "CREATE INDEX "+cypher.Quote("kennisgraaf_"+name+"_"+p.Name)+" IF NOT EXISTS FOR (n:"+
					cypher.Quote(name)+") ON (n."+cypher.Quote(p.Name)+")")
			}
		}
	}
	for _, name := range logIndexes {
		all = append(all, "CREATE INDEX "+cypher.Quote("kennisgraaf_change_"+name)+" IF NOT EXISTS FOR (n:"+changeLabel+") ON (n."+cypher.Quote(name)+")")
	}
	return all
}

// schemaError says what to do about data or indexes that stand in the way of a statement. It does not repeat values
// that the server names: they may be personal.
func schemaError(text string, err error) error {
	var server *neo4j.Neo4jError
	if !errors.As(err, &server) {
		return err
	}
	switch {
	case strings.HasSuffix(server.Code, ".ConstraintCreationFailed"), strings.HasSuffix(server.Code, ".ConstraintValidationFailed"):
		return graph.Errorf(graph.Conflict, "several nodes of one type in the database have the same id or external key; give each its own, or merge them, first: %s", text)
	case strings.HasSuffix(server.Code, ".IndexAlreadyExists"), strings.HasSuffix(server.Code, ".IndexWithNameAlreadyExists"),
		strings.HasSuffix(server.Code, ".ConstraintAlreadyExists"), strings.HasSuffix(server.Code, ".ConstraintWithNameAlreadyExists"):
		return graph.Wrap(graph.Conflict, err, "an index or constraint in the database stands in the way of one that is needed; drop it first: %s", server.Msg)
	}
	return err
}

// textIndexName is the name of the full-text index.
const textIndexName = "kennisgraaf_text"

// textIndex says what the full-text index covers: the searched and the suggested properties
// of all types together. That some type has one of them without its being searched does
// no harm: the index only proposes.
type textIndex struct {
	labels, props []string
	// byLabel holds the properties of each type that count.
	byLabel map[string][]*graph.Property
}

func newTextIndex(m *graph.Model) textIndex {
	t := textIndex{byLabel: map[string][]*graph.Property{}}
	for _, name := range m.Names() {
		for _, p := range m.Types[name].Properties {
			if p.Search <= 0 && !p.Suggest {
				continue
			}
			t.byLabel[name] = append(t.byLabel[name], p)
			if !slices.Contains(t.props, p.Name) {
				t.props = append(t.props, p.Name)
			}
		}
		if len(t.byLabel[name]) > 0 {
			t.labels = append(t.labels, name)
		}
	}
	slices.Sort(t.props)
	return t
}

// makeTextIndex makes the full-text index, anew where the one that is there covers something
// else.
func (s *Store) makeTextIndex(ctx context.Context) error {
	if len(s.texts.labels) == 0 {
		return nil
	}
	var there, same bool
	text := "SHOW FULLTEXT INDEXES YIELD name, labelsOrTypes, properties WHERE name = '" + textIndexName + "' RETURN labelsOrTypes, properties"
	err := s.read(ctx, statement{text: text, own: true}, func(values []any) error {
		there = true
		same = sameNames(values[0], s.texts.labels) && sameNames(values[1], s.texts.props)
		return nil
	})
	if err != nil || same {
		return err
	}
	if there {
		if err := s.ddl(ctx, "DROP INDEX "+textIndexName+" IF EXISTS", nil); err != nil {
			return err
		}
	}
	return schemaError(textIndexName, s.ddl(ctx, "CREATE FULLTEXT INDEX "+textIndexName+" IF NOT EXISTS FOR (n:"+quoted("", s.texts.labels, "|")+") ON EACH ["+
		quoted("n.", s.texts.props, ", ")+"] OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words', `fulltext.eventually_consistent`: false}}", nil))
}

func sameNames(found any, wanted []string) bool {
	list, _ := found.([]any)
	names := texts(list)
	slices.Sort(names)
	return slices.Equal(names, wanted)
}

// quoted joins names, each quoted and with a prefix.
func quoted(prefix string, names []string, separator string) string {
	all := make([]string, len(names))
	for i, name := range names {
		all[i] = prefix + cypher.Quote(name)
	}
	return strings.Join(all, separator)
}
