package neo4j

import (
	"context"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/cypher"
)

// Read implements graph.Store. It takes one statement, or two where the query contains a
// text query that was not asked before; three where another process wrote since it was.
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
		if found[i], _, err = s.search(ctx, q, true); err != nil {
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

// query answers a query, a second time where what it remembers of its text queries turns out
// to be of an earlier state.
func (s *Store) query(ctx context.Context, q graph.Query) (*graph.Result, error) {
	for fresh := false; ; fresh = true {
		found, state, err := s.search(ctx, q, fresh)
		if err != nil {
			return nil, err
		}
		result, now, err := s.answer(ctx, q, found)
		if err != nil || state == "" || state == now {
			return result, err
		}
	}
}

// answer answers a query whose text queries have been answered, and returns the state that
// the answer came with.
func (s *Store) answer(ctx context.Context, q graph.Query, found cypher.Found) (result *graph.Result, state string, err error) {
	compiled, err := s.compiler.Read(q, found)
	if err != nil {
		return nil, "", err
	}
	st := statement{text: compiled.Text, params: compiled.Params}
	d := decoder{}
	if compiled.Single {
		state, err = s.readAt(ctx, st, func(values []any) error {
			d.candidates = values[1:]
			result = d.result(compiled.Layout, values[0])
			return nil
		})
		return result, state, err
	}
	var rows []any
	state, err = s.readAt(ctx, st, func(values []any) error {
		rows = append(rows, values[0])
		return nil
	})
	if err != nil {
		return nil, "", err
	}
	return d.result(compiled.Layout, rows), state, nil
}
