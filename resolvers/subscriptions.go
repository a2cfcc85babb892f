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
	matcher, err := r.rt.Matcher(types, where, "")
	if err != nil {
		return nil, err
	}
	w := watch{model: r.rt.Model, store: r.rt.Store, matcher: matcher, ids: ids}
	return follow(ctx, r.rt, after, func(context.Context, int64) (teller[*Change], error) {
		return func(ctx context.Context, entries []graph.LogEntry) ([]*Change, error) {
			kept, err := w.keep(ctx, entries)
			if err != nil || len(kept) == 0 {
				return nil, err
			}
			return describe(ctx, r.rt, kept, changePaths(nil)...)
		}, nil
	})
}

// event is what a subscription tells.
type event interface{ Cursor() string }

// teller makes the events of a subscription out of entries of the log: a batch at a time,
// so that what is asked of their nodes is read together.
type teller[E event] func(ctx context.Context, entries []graph.LogEntry) ([]E, error)

// follow begins a subscription to the change log. prepare is told where it begins.
func follow[E event](ctx context.Context, rt *lookahead.Runtime, after *string, prepare func(context.Context, int64) (teller[E], error)) (<-chan E, error) {
	hub := live.Of(rt.Store)
	if hub == nil {
		return nil, errNoLive()
	}
	from, err := beginning(ctx, after)
	if err != nil {
		return nil, err
	}
	s, err := hub.Subscribe(ctx, from)
	if err != nil {
		return nil, err
	}
	tell, err := prepare(ctx, s.Taken())
	if err != nil {
		return nil, err
	}
	out := make(chan E)
	go func() {
		defer close(out)
		defer s.Close()
		if err := relay(ctx, s, tell, out); err != nil && ctx.Err() == nil {
			endWith(ctx, err)
		}
	}()
	return out, nil
}

func errNoLive() error {
	return graph.Errorf(graph.BadUserInput, "there are no live updates here; ask changes for what was written after a cursor")
}

// beginning returns the number of the entry that a subscription begins after, nil for one
// that begins now.
func beginning(ctx context.Context, after *string) (*int64, error) {
	if last := graphql.GetOperationContext(ctx).Headers.Get("Last-Event-ID"); last != "" {
		after = &last // a browser whose stream broke off
	}
	if after == nil {
		return nil, nil //nolint:nilnil // now
	}
	c, err := graph.DecodeCursor(*after, graph.LogOrder())
	if err != nil {
		return nil, graph.Errorf(graph.BadUserInput, "after: %s", err.Error())
	}
	seq := graph.LogSeq(c)
	return &seq, nil
}

// relay sends what a subscriber wants to know until something ends it.
func relay[E event](ctx context.Context, s *live.Subscription, tell teller[E], out chan<- E) error {
	for {
		entries, err := s.Next(ctx)
		if err != nil {
			return err
		}
		reading, cancel := context.WithTimeout(ctx, readTimeout)
		events, err := tell(reading, entries)
		cancel()
		if err != nil {
			return err
		}
		for _, e := range events {
			sending(ctx, e.Cursor())
			select {
			case out <- e:
			case <-ctx.Done():
				return ctx.Err()
			case <-s.Failed():
				_, err := s.Next(ctx)
				return err
			}
		}
	}
}

// watch is what a subscription to changes is about.
type watch struct {
	model   *graph.Model
	store   graph.Store
	matcher *lookahead.Matcher
	ids     []string
}

// keep picks the entries about one of the ids and for which the matcher holds, which it
// asks once for all of them.
func (w watch) keep(ctx context.Context, entries []graph.LogEntry) ([]graph.LogEntry, error) {
	var kept []graph.LogEntry
	for _, e := range entries {
		if t := w.model.Types[e.Label]; t != nil && t.Internal {
			continue // what the service keeps for itself, such as how far a webhook got
		}
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
	if err := w.remember(ctx, ids, matching); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(kept, func(e graph.LogEntry) bool {
		return !matching[e.ID] && !matching[e.From] && !matching[e.To]
	}), nil
}

// remember adds the nodes that are gone, of which only the type is known: from the log,
// which also tells it of the ends of relations.
func (w watch) remember(ctx context.Context, ids []string, matching map[string]bool) error {
	gone := slices.DeleteFunc(ids, func(id string) bool { return matching[id] })
	if w.matcher.Filters() || len(gone) == 0 {
		return nil
	}
	labels := slices.DeleteFunc(w.model.Names(), func(name string) bool { return !w.matcher.About(name) })
	entries, err := w.store.Log(ctx, graph.LogQuery{IDs: gone, Labels: labels, Limit: graph.All})
	for _, e := range entries {
		matching[e.ID] = true
	}
	return err
}
