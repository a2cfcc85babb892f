package resolvers

import (
	"context"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/live/webhook"
	"github.com/i-partnerschap/kennisgraaf/resolvers/lookahead"
)

// Finder finds what comes to match saved searches, for webhooks.
func Finder(model *graph.Model, store graph.Store) webhook.Finder {
	rt := lookahead.New(model, store, wrap, lookahead.PageSizes{})
	return func(ctx context.Context, search *graph.Node, from int64) (func(context.Context, []graph.LogEntry) ([]webhook.Hit, error), error) {
		arrivals, err := newArrivals(ctx, rt, search, from)
		if err != nil {
			return nil, err
		}
		return func(ctx context.Context, entries []graph.LogEntry) ([]webhook.Hit, error) {
			found, err := arrivals.among(ctx, entries)
			if err != nil || len(found) == 0 {
				return nil, err
			}
			ids := make([]string, len(found))
			for i, h := range found {
				ids[i] = h.id
			}
			titles, err := rt.Titles(ctx, ids)
			if err != nil {
				return nil, err
			}
			hits := make([]webhook.Hit, len(found))
			for i, h := range found {
				hits[i] = webhook.Hit{Seq: h.entry.Seq, After: h.after, ID: h.id, Type: titles[h.id].Type, Label: titles[h.id].Title}
			}
			return hits, nil
		}, nil
	}
}
