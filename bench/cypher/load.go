package cypher

import (
	"context"
	"fmt"
	"os"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/dataset/generate"
	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/cypher"
)

const seed = 1

// Load writes the generated network straight into the database, as another tool would, and
// waits for the indexes.
func (h Hand) Load(ctx context.Context, size generate.Size) error {
	rows := map[string][]any{}
	labels := map[string]string{}
	for c := range generate.Changes(seed, size) {
		text := ""
		var row any
		if c.Op == graph.Connect {
			text = "UNWIND $rows AS r MATCH (a:" + cypher.Quote(labels[c.From]) + " {id: r.from}) MATCH (b:" + cypher.Quote(labels[c.To]) + " {id: r.to}) CREATE (a)-[e:" +
				cypher.Quote(c.Type) + "]->(b) SET e = r.props"
			row = map[string]any{"from": c.From, "to": c.To, "props": c.Props}
		} else {
			labels[c.ID] = c.Label
			text = "UNWIND $rows AS r CREATE (n:" + cypher.Quote(c.Label) + ") SET n = r"
			props := map[string]any{"id": c.ID}
			for name, v := range c.Props {
				props[name] = v
			}
			row = props
		}
		rows[text] = append(rows[text], row)
	}
	fmt.Fprintf(os.Stderr, "loading %d nodes …\n", len(labels))
	for _, connects := range []bool{false, true} {
		for text, list := range rows {
			if isConnect := text[len("UNWIND $rows AS r ")] == 'M'; isConnect != connects {
				continue
			}
			const batch = 10_000
			for part := range slices.Chunk(list, batch) {
				if err := h.Ask(ctx, text, map[string]any{"rows": part}); err != nil {
					return err
				}
			}
		}
	}
	if err := h.Ask(ctx, "CALL db.awaitIndexes(600)", nil); err != nil {
		return err
	}
	return h.Ask(ctx, "CALL db.prepareForReplanning(60)", nil)
}
