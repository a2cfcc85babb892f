package importer

import (
	"context"
	"database/sql"
	"maps"

	"github.com/i-partnerschap/kennisgraaf/dataset/snapshot"
	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/live/webhook"
)

// areSearches are the nodes on the stage that are saved searches.
const areSearches = "label='" + webhook.SearchLabel + "'"

// searches judges the saved searches as they will be, and how many there will be.
func (i *importer) searches(ctx context.Context) error {
	if err := i.tooManySearches(ctx); err != nil {
		return err
	}
	rows := "SELECT seq,change,file,line,label FROM node WHERE " + areSearches + " AND seq>? ORDER BY seq LIMIT ?"
	return i.batches(ctx, rows, func(ctx context.Context, batch []staged) error {
		ids := make([]string, len(batch))
		for at, s := range batch {
			ids[at] = s.ID
		}
		now, err := i.propsOf(ctx, map[string][]string{webhook.SearchLabel: ids})
		if err != nil {
			return err
		}
		for _, s := range batch {
			after, _ := graph.MergeProps(now[s.ID], s.Props)
			for _, p := range i.Searches(after) {
				i.faultAt(s.at.file, s.at.line, p.Field, "%s", clip(p.Message))
			}
		}
		return nil
	})
}

// tooManySearches finds the first saved search that is one more than there may be.
func (i *importer) tooManySearches(ctx context.Context) error {
	room := int64(webhook.SearchLimit)
	if !i.empty {
		found, err := i.store.Read(ctx, graph.Query{Root: &graph.Selection{Labels: []string{webhook.SearchLabel}, Count: true}})
		if err != nil {
			return err
		}
		room = max(room-found.Count, 0)
	}
	return i.stage.rows(ctx, func(rows *sql.Rows) error {
		var at place
		err := rows.Scan(&at.file, &at.line)
		if err == nil {
			i.faultAt(at.file, at.line, "", "with this one there are more than %d saved searches; take some out of the file, or delete some from the store", webhook.SearchLimit)
		}
		return err
	}, "SELECT file,line FROM node WHERE "+areSearches+" AND NOT EXISTS(SELECT 1 FROM stored WHERE stored.num=node.num) ORDER BY seq LIMIT 1 OFFSET ?", room)
}

// applySearches writes saved searches. One that is new or changes begins as one that is
// saved does, behind all that the import wrote before it; one that stays as it is keeps
// its place in the log.
func (i *importer) applySearches(ctx context.Context, batch []graph.Change) (*graph.Receipt, error) {
	ids := make([]string, len(batch))
	for at, c := range batch {
		ids[at] = c.ID
	}
	now, err := i.propsOf(ctx, map[string][]string{webhook.SearchLabel: ids})
	if err != nil {
		return nil, err
	}
	last, err := snapshot.Position(ctx, i.store)
	if err != nil {
		return nil, err
	}
	var changed []graph.Change
	for _, c := range batch {
		old, known := now[c.ID]
		if known && !differs(old, c.Props) {
			continue
		}
		after, _ := graph.MergeProps(old, c.Props)
		maps.Copy(c.Props, webhook.Fresh(after["webhook"] != nil, last))
		changed = append(changed, c)
	}
	if len(changed) == 0 {
		return &graph.Receipt{}, nil
	}
	return i.apply(ctx, changed)
}
