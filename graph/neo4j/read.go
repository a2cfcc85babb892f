package neo4j

import (
	"context"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/cypher"
)

// Read implements graph.Store. It takes one statement, or two where the query contains a
// text query.
func (s *Store) Read(ctx context.Context, q graph.Query) (*graph.Result, error) {
	done, err := s.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	var result *graph.Result
	err = s.commits.steady(func() (err error) {
		result, err = s.query(ctx, q)
		return err
	})
	if err != nil {
		return nil, err
	}
	return result, nil
}

// perStatement is the most queries that ReadAll puts into one statement. Planning takes a
// time for each, and what is planned is remembered: a request that was cut off while it
// waited for plans finds those that were made when it comes again.
const perStatement = 40

// ReadAll implements graph.Store. It takes one statement for forty queries, and one more
// for each query that contains a text query.
func (s *Store) ReadAll(ctx context.Context, queries []graph.Query) ([]*graph.Result, error) {
	done, err := s.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	var results []*graph.Result
	err = s.commits.steady(func() error {
		results = nil
		for part := range slices.Chunk(queries, perStatement) {
			some, err := s.queries(ctx, part)
			if err != nil {
				return err
			}
			results = append(results, some...)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return results, nil
}

// queries answers some queries with one statement.
func (s *Store) queries(ctx context.Context, queries []graph.Query) ([]*graph.Result, error) {
	found := make([]cypher.Found, len(queries))
	for i, q := range queries {
		var err error
		if found[i], err = s.search(ctx, q); err != nil {
			return nil, err
		}
	}
	compiled, layouts, err := s.compiler.ReadAll(queries, found)
	if err != nil {
		return nil, err
	}
	results := make([]*graph.Result, len(queries))
	err = s.read(ctx, statement{text: compiled.Text, params: compiled.Params}, func(values []any) error {
		d := decoder{candidates: values[len(queries):]}
		for i, layout := range layouts {
			results[i] = d.result(layout, values[i])
		}
		return nil
	})
	return results, err
}

func (s *Store) query(ctx context.Context, q graph.Query) (*graph.Result, error) {
	found, err := s.search(ctx, q)
	if err != nil {
		return nil, err
	}
	compiled, err := s.compiler.Read(q, found)
	if err != nil {
		return nil, err
	}
	st := statement{text: compiled.Text, params: compiled.Params}
	d := decoder{}
	if compiled.Single {
		var result *graph.Result
		err = s.read(ctx, st, func(values []any) error {
			d.candidates = values[1:]
			result = d.result(compiled.Layout, values[0])
			return nil
		})
		return result, err
	}
	var rows []any
	err = s.read(ctx, st, func(values []any) error {
		rows = append(rows, values[0])
		return nil
	})
	if err != nil {
		return nil, err
	}
	return d.result(compiled.Layout, rows), nil
}
