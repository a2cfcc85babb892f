package resolvers

import (
	"context"
	"slices"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/live"
	"github.com/i-partnerschap/kennisgraaf/resolvers/lookahead"
)

// readTimeout is how long a read on behalf of a subscription may take.
const readTimeout = 10 * time.Second

// Changed resolves the subscription changed.
func (r *subscriptionResolver) Changed(ctx context.Context, types, ids []string, where lookahead.Input, after *string) (<-chan *Change, error) {
	matcher, err := r.rt.Matcher(ctx, types, where, "")
	if err != nil {
		return nil, err
	}
	w := watch{matcher: matcher, ids: ids}
	return follow(ctx, r.rt, after, func(context.Context, int64) (keeper, error) { return w.keep, nil })
}

// keeper returns the entries that a subscriber wants to know of.
type keeper func(ctx context.Context, entries []graph.LogEntry) ([]graph.LogEntry, error)

// follow begins a subscription to the change log. prepare is told where it begins.
func follow(ctx context.Context, rt *lookahead.Runtime, after *string, prepare func(context.Context, int64) (keeper, error)) (<-chan *Change, error) {
	hub := live.Of(rt.Store)
	if hub == nil {
		return nil, graph.Errorf(graph.BadUserInput, "there are no live updates here; ask changes for what was written after a cursor")
	}
	if last := graphql.GetOperationContext(ctx).Headers.Get("Last-Event-ID"); last != "" {
		after = &last // a browser whose stream broke off
	}
	var from *int64
	if after != nil {
		c, err := graph.DecodeCursor(*after, graph.LogOrder())
		if err != nil {
			return nil, graph.Errorf(graph.BadUserInput, "after: %s", err.Error())
		}
		seq := graph.LogSeq(c)
		from = &seq
	}
	s, err := hub.Subscribe(ctx, from)
	if err != nil {
		return nil, err
	}
	keep, err := prepare(ctx, s.Taken())
	if err != nil {
		return nil, err
	}
	out := make(chan *Change)
	go func() {
		defer close(out)
		defer s.Close()
		if err := tell(ctx, rt, s, keep, out); err != nil && ctx.Err() == nil {
			endWith(ctx, err)
		}
	}()
	return out, nil
}

// tell sends what a subscriber wants to know until something ends it.
func tell(ctx context.Context, rt *lookahead.Runtime, s *live.Subscription, keep keeper, out chan<- *Change) error {
	for {
		entries, err := s.Next(ctx)
		if err != nil {
			return err
		}
		changes, err := wanted(ctx, rt, keep, entries)
		if err != nil {
			return err
		}
		for _, c := range changes {
			sending(ctx, c.Cursor())
			select {
			case out <- c:
			case <-ctx.Done():
				return ctx.Err()
			case <-s.Failed():
				_, err := s.Next(ctx)
				return err
			}
		}
	}
}

// wanted picks the entries that a subscriber wants to know of and reads what it asks of
// their nodes, all of them together.
func wanted(ctx context.Context, rt *lookahead.Runtime, keep keeper, entries []graph.LogEntry) ([]*Change, error) {
	ctx, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	kept, err := keep(ctx, entries)
	if err != nil || len(kept) == 0 {
		return nil, err
	}
	return describe(ctx, rt, kept, nil)
}

// watch is what a subscription to changes is about.
type watch struct {
	matcher *lookahead.Matcher
	ids     []string
}

// keep picks the entries about one of the ids and for which the matcher holds, which it
// asks once for all of them.
func (w watch) keep(ctx context.Context, entries []graph.LogEntry) ([]graph.LogEntry, error) {
	var kept []graph.LogEntry
	for _, e := range entries {
		if len(w.ids) == 0 || slices.ContainsFunc(w.ids, func(id string) bool { return id == e.ID || id == e.From || id == e.To }) {
			kept = append(kept, e)
		}
	}
	if w.matcher == nil || len(kept) == 0 {
		return kept, nil
	}
	ids := slices.DeleteFunc(concerned(kept), func(id string) bool { return len(w.ids) > 0 && !slices.Contains(w.ids, id) })
	matching, err := w.matcher.Among(ctx, ids)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(kept, func(e graph.LogEntry) bool {
		// Of a node that is gone only the type is known.
		gone := e.Label != "" && !w.matcher.Filters() && w.matcher.About(e.Label)
		return !gone && !matching[e.ID] && !matching[e.From] && !matching[e.To]
	}), nil
}
