package importer

import (
	"context"
	"database/sql"

	"github.com/i-partnerschap/kennisgraaf/dataset"
	"github.com/i-partnerschap/kennisgraaf/graph"
)

// staged is a row as it is on the stage. label is that of the node, or of the node that
// the relation comes from.
type staged struct {
	graph.Change
	at    place
	label string
}

// batches calls judge for the rows of a query, lookUp at a time, with the stage free to be
// asked and written in between. The query yields number, change, file, line and label,
// and takes the number to begin after and how many to yield.
func (i *importer) batches(ctx context.Context, query string, judge func(context.Context, []staged) error) error {
	for last := int64(0); ; {
		var batch []staged
		err := i.stage.rows(ctx, func(rows *sql.Rows) error {
			var e staged
			var change []byte
			if err := rows.Scan(&last, &change, &e.at.file, &e.at.line, &e.label); err != nil {
				return err
			}
			var err error
			e.Change, err = dataset.Parse(change)
			batch = append(batch, e)
			return err
		}, query, last, lookUp)
		if err != nil || len(batch) == 0 {
			return err
		}
		if err := judge(ctx, batch); err != nil {
			return err
		}
	}
}
