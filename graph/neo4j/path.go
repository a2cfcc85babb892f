package neo4j

import (
	"context"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// maxHops is the greatest length of a path that can be asked for, and the greatest distance
// of a neighbour. The statement grows with it.
const maxHops = 32

// Paths implements graph.Store, with one statement. A search that takes longer than
// Options.PathTimeout ends with QUERY_TOO_COMPLEX.
func (s *Store) Paths(ctx context.Context, q graph.PathQuery) ([]graph.Path, error) {
	done, err := s.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	switch {
	case q.From == q.To:
		return nil, graph.Errorf(graph.BadUserInput, "from and to are both %q; pass two different nodes", q.From)
	case q.MaxHops > maxHops:
		return nil, graph.Errorf(graph.TooComplex, "paths of up to %d hops cannot be searched; ask for %d at most", q.MaxHops, maxHops)
	}
	compiled := s.compiler.Paths(q)
	st := statement{text: compiled.Text, params: compiled.Params, timeout: s.options.PathTimeout}
	if err := s.plan(ctx, st); err != nil {
		return nil, err
	}
	var paths []graph.Path
	err = s.commits.steady(func() error {
		paths = nil
		found := false
		err := s.read(ctx, st, func(values []any) error {
			found = true
			if err := mustExist(q.From, values[0], q.To, values[1]); err != nil {
				return err
			}
			paths = decodePaths(values[2:], q.Limit)
			return nil
		})
		if err == nil && !found {
			return errNoNode(q.From)
		}
		return err
	})
	if err != nil {
		return nil, tooLong(ctx, err)
	}
	return paths, nil
}

// plan has the database plan a search of a shape that it was not asked for lately, so that
// PathTimeout is about the search alone: planning can take longer than that on a server that
// has just started.
func (s *Store) plan(ctx context.Context, st statement) error {
	if s.planned.Contains(st.text) {
		return nil
	}
	err := s.read(ctx, statement{text: "EXPLAIN " + st.text, params: st.params, own: true}, func([]any) error { return nil })
	if err == nil {
		s.planned.Add(st.text, struct{}{})
	}
	return err
}

// tooLong tells a search that was ended by its own time limit from one whose caller's time
// was up.
func tooLong(ctx context.Context, err error) error {
	if graph.CodeOf(err) == graph.Timeout && ctx.Err() == nil {
		return graph.Wrap(graph.TooComplex, err, "there are too many ways between the nodes to compare them all; "+
			"ask for fewer hops or fewer paths, or limit the types of nodes or relations")
	}
	return err
}

// mustExist wants each id to have been found.
func mustExist(from string, foundFrom any, to string, foundTo any) error {
	if foundFrom == nil {
		return errNoNode(from)
	}
	if foundTo == nil {
		return errNoNode(to)
	}
	return nil
}

// decodePaths reads the paths, given by length, and cuts them at the limit.
func decodePaths(lengths []any, limit int) []graph.Path {
	var paths []graph.Path
	for _, answer := range lengths {
		list, _ := answer.([]any)
		for _, p := range list {
			if limit >= 0 && len(paths) >= limit {
				return paths
			}
			parts, _ := p.([]any)
			ids, _ := parts[0].([]any)
			paths = append(paths, graph.Path{Nodes: texts(ids), Steps: decodeEdges(parts[1])})
		}
	}
	return paths
}

// decodeEdges reads relations: the type, the ids of both ends, the properties.
func decodeEdges(answer any) []graph.Edge {
	list, _ := answer.([]any)
	edges := make([]graph.Edge, len(list))
	for i, v := range list {
		parts, _ := v.([]any)
		e := &edges[i]
		e.Type, _ = parts[0].(string)
		e.From, _ = parts[1].(string)
		e.To, _ = parts[2].(string)
		props, _ := parts[3].(map[string]any)
		e.Props = make(map[string]any, len(props))
		for name, v := range props {
			e.Props[name] = value(v, "", false)
		}
	}
	return edges
}
