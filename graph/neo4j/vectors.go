package neo4j

import (
	"context"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// vectorLabel marks the nodes that hold vectors, each with the element id of its node,
// under which a write that deletes the node finds it.
const vectorLabel = "`__Vector`"

// vectorPage is how many vectors are read at a time.
const vectorPage = 2_000

// SetVectors implements graph.VectorStore.
func (s *Store) SetVectors(ctx context.Context, vectors []graph.Vector) error {
	done, err := s.begin(ctx)
	if err != nil {
		return err
	}
	defer done()
	rows := make([]any, len(vectors))
	for i, v := range vectors {
		rows[i] = []any{v.ID, v.Of, v.Bytes()}
	}
	labels := quoted("", s.model.Names(), "|")
	for _, st := range []statement{
		{text: "CREATE CONSTRAINT vectorNode IF NOT EXISTS FOR (v:" + vectorLabel + ") REQUIRE v.node IS UNIQUE"},
		{text: "UNWIND $rows AS row MATCH (n:" + labels + ") WHERE n.id = row[0] MERGE (v:" + vectorLabel + " {node: elementId(n)}) SET v.of = row[1], v.vector = row[2]",
			params: map[string]any{"rows": rows}},
	} {
		err := s.retried(ctx, func() error {
			_, _, err := s.send(ctx, neo4j.AccessModeWrite, st)
			return err
		})
		if err != nil {
			return mapError(ctx, err)
		}
	}
	return nil
}

// Vectors implements graph.VectorStore.
func (s *Store) Vectors(ctx context.Context, each func(graph.Vector) error) error {
	done, err := s.begin(ctx)
	if err != nil {
		return err
	}
	defer done()
	text := "MATCH (v:" + vectorLabel + ") WHERE v.node > $after WITH v ORDER BY v.node LIMIT $page " +
		"MATCH (n) WHERE elementId(n) = v.node RETURN v.node, n.id, v.of, v.vector"
	for after, more := "", true; more; {
		count := 0
		st := statement{text: text, params: map[string]any{"after": after, "page": int64(vectorPage)}}
		err := s.read(ctx, st, func(values []any) error {
			count++
			after, _ = values[0].(string)
			v := graph.Vector{}
			v.ID, _ = values[1].(string)
			v.Of, _ = values[2].(string)
			blob, _ := values[3].([]byte)
			v.Values = graph.VectorValues(blob)
			return each(v)
		})
		if err != nil {
			return err
		}
		more = count == vectorPage
	}
	return nil
}
