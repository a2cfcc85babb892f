package neo4j

import (
	"context"

	"github.com/i-partnerschap/kennisgraaf/graph"
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
