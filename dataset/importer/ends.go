package importer

import (
	"context"
	"database/sql"

	"github.com/i-partnerschap/kennisgraaf/dataset"
)

// lookUpEnds looks for the ends of relations that are not in the import.
func (i *importer) lookUpEnds(ctx context.Context) error {
	if i.empty {
		return nil
	}
	for last := int64(0); ; {
		ids := map[string]bool{}
		rows := 0
		err := i.stage.rows(ctx, func(r *sql.Rows) error {
			var change []byte
			var src, dst bool
			if err := r.Scan(&last, &change, &src, &dst); err != nil {
				return err
			}
			rows++
			e, err := dataset.Parse(change)
			if src {
				ids[e.From] = true
			}
			if dst {
				ids[e.To] = true
			}
			return err
		}, `SELECT seq,change,src_unknown,dst_unknown FROM (SELECT seq,change,
			NOT EXISTS(SELECT 1 FROM node WHERE num=src) AND NOT EXISTS(SELECT 1 FROM stored WHERE num=src) AS src_unknown,
			NOT EXISTS(SELECT 1 FROM node WHERE num=dst) AND NOT EXISTS(SELECT 1 FROM stored WHERE num=dst) AS dst_unknown
			FROM edge WHERE seq>?) WHERE src_unknown OR dst_unknown ORDER BY seq LIMIT ?`, last, lookUp/2)
		if err != nil || rows == 0 {
			return err
		}
		list := make([]string, 0, len(ids))
		for id := range ids {
			list = append(list, id)
		}
		if _, err := i.stored(ctx, list); err != nil {
			return err
		}
	}
}
