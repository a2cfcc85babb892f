package corpus

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Text is the text of a node.
type Text struct {
	ID, Text string
	// Document tells it from the text of a vraagstuk, which is a question.
	Document bool
}

// Texts reads the texts of a store.
type Texts struct{ Store graph.Store }

// Since calls each with every text that came or changed after seq, those of nodes that
// are gone being empty, and returns the seq to go on from. From 0 it reads all texts. A
// Text without an ID says that a node was erased, and not which: see
// Texts.Missing.
func (t Texts) Since(ctx context.Context, seq int64, each func(Text) error) (int64, error) {
	if seq == 0 {
		return t.all(ctx, each)
	}
	for {
		entries, _, err := graph.FollowLog(ctx, t.Store, seq, logPage)
		if err != nil {
			return seq, err
		}
		for _, e := range entries {
			if _, matters := kept[e.Label]; matters && e.Type == "" {
				text := textOf(e.Label, e.ID, e.After)
				if e.Erasure() {
					text = Text{}
				}
				if err := each(text); err != nil {
					return seq, err
				}
			}
			seq = e.Seq
		}
		if len(entries) < logPage {
			return seq, nil
		}
	}
}

func (t Texts) all(ctx context.Context, each func(Text) error) (int64, error) {
	seq, err := lastSeq(ctx, t.Store)
	if err != nil {
		return 0, err
	}
	for _, label := range slices.Sorted(maps.Keys(kept)) {
		names := textProps(label)
		if len(names) == 0 {
			continue
		}
		sel := &graph.Selection{Labels: []string{label}, Props: names, Page: graph.Page{Limit: loadPage}}
		for more := true; more; {
			res, err := t.Store.Read(ctx, graph.Query{Root: sel})
			if err != nil {
				return 0, err
			}
			for _, row := range res.Rows {
				if text := textOf(label, row.Node.ID, row.Node.Props); text.Text != "" {
					if err := each(text); err != nil {
						return 0, err
					}
				}
			}
			if more = res.More; more {
				sel.Page.After = res.Rows[len(res.Rows)-1].Cursor
			}
		}
	}
	return seq, nil
}

// textProps are the properties that make the text of a type of node.
func textProps(label string) []string {
	if label == "Vraagstuk" {
		return []string{"title", "description"}
	}
	return kept[label].texts
}

func textOf(label, id string, props map[string]any) Text {
	return Text{ID: id, Text: strings.Join(filled(textProps(label), props), "\n"), Document: label != "Vraagstuk"}
}

// Missing returns those of the ids that no node with a text has.
func (t Texts) Missing(ctx context.Context, ids []string) ([]string, error) {
	return missing(ctx, t.Store, slices.Sorted(maps.Keys(kept)), ids)
}
