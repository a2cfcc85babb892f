package resolvers

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/validate"
	"github.com/i-partnerschap/kennisgraaf/live"
	"github.com/i-partnerschap/kennisgraaf/live/webhook"
	"github.com/i-partnerschap/kennisgraaf/resolvers/lookahead"
	"github.com/i-partnerschap/kennisgraaf/write"
)

// SavedSearch is a search with a name.
type SavedSearch struct {
	ID                                                                      string
	Name                                                                    string
	Types                                                                   []string
	CreatedAt, UpdatedAt, Text, Where, Webhook, Delivered, Problem, NextTry *string
	Failures                                                                *int
}

func savedSearch(n *graph.Node) *SavedSearch {
	text := func(name string) *string {
		if s, ok := n.Props[name].(string); ok {
			return &s
		}
		return nil
	}
	s := &SavedSearch{
		ID: n.ID, Types: []string{}, CreatedAt: text("createdAt"), UpdatedAt: text("updatedAt"), Text: text("text"), Where: text("where"),
		Webhook: text("webhook"), Delivered: text("delivered"), Problem: text("problem"), NextTry: text("nextTry"),
	}
	s.Name, _ = n.Props["name"].(string)
	if types, ok := n.Props["types"].([]string); ok {
		s.Types = types
	}
	if failures, ok := n.Props["failures"].(int64); ok {
		n := int(failures)
		s.Failures = &n
	}
	return s
}

// findSearch reads one saved search; a NotFound error where there is none.
func findSearch(ctx context.Context, store graph.Store, id string) (*graph.Node, error) {
	found, err := webhook.Searches(ctx, store, graph.Compare{Prop: "id", Kind: graph.String, Op: graph.Eq, Value: id}, 1)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, graph.Errorf(graph.NotFound, "there is no saved search %q; savedSearches lists them", id)
	}
	return found[0], nil
}

// SavedSearch resolves the root field savedSearch.
func (r *queryResolver) SavedSearch(ctx context.Context, id string) (*SavedSearch, error) {
	n, err := findSearch(ctx, r.rt.Store, id)
	if graph.CodeOf(err) == graph.NotFound && err != nil {
		return nil, nil //nolint:nilnil // GraphQL's answer for what is not there
	}
	if err != nil {
		return nil, err
	}
	return savedSearch(n), nil
}

// SavedSearches resolves the root field savedSearches.
func (r *queryResolver) SavedSearches(ctx context.Context) ([]*SavedSearch, error) {
	found, err := webhook.Searches(ctx, r.rt.Store, nil, graph.All)
	if err != nil {
		return nil, err
	}
	searches := make([]*SavedSearch, len(found))
	for i, n := range found {
		searches[i] = savedSearch(n)
	}
	return searches, nil
}

// SaveSearch resolves the mutation saveSearch.
func (r *mutationResolver) SaveSearch(ctx context.Context, id *string, name string, text *string, types []string, where lookahead.Input, address *string) (*SavedSearch, error) {
	if err := alone(ctx); err != nil {
		return nil, err
	}
	props, err := content(name, deref(text), types, where)
	if err != nil {
		return nil, err
	}
	last := int64(0)
	if address != nil {
		hub := live.Of(r.rt.Store)
		if hub == nil {
			return nil, errNoLive()
		}
		if err := hub.CheckWebhook(*address); err != nil {
			return nil, err
		}
		if last, err = hub.Last(ctx); err != nil {
			return nil, err
		}
		props["webhook"] = *address
	}
	maps.Copy(props, webhook.Fresh(address != nil, last))
	change := graph.Change{Op: graph.UpsertNode, Label: webhook.SearchLabel, Props: props}
	if change.ID = deref(id); change.ID == "" {
		change.ID = "search-" + strings.ToLower(rand.Text())
	}
	if err := r.savable(ctx, change, where); err != nil {
		return nil, err
	}
	if _, err := r.rt.Store.Apply(ctx, write.Actor(ctx), []graph.Change{change}); err != nil {
		return nil, err
	}
	n, err := findSearch(ctx, r.rt.Store, change.ID)
	if err != nil {
		return nil, err
	}
	return savedSearch(n), nil
}

// content returns the properties that hold what a search looks for, without a webhook.
func content(name, text string, types []string, where lookahead.Input) (map[string]any, error) {
	props := map[string]any{"name": name, "text": nil, "types": nil, "where": nil, "webhook": nil}
	if words := strings.TrimSpace(text); words != "" {
		props["text"] = words
	}
	if len(types) > 0 {
		props["types"] = types
	}
	if len(where) > 0 {
		filter, err := json.Marshal(where)
		if err != nil {
			return nil, graph.Wrap(graph.BadUserInput, err, "where holds a value that cannot be saved")
		}
		props["where"] = string(filter)
	}
	return props, nil
}

// savable refuses a saved search with which something is wrong, or for which there is no room.
func (r *mutationResolver) savable(ctx context.Context, c graph.Change, where lookahead.Input) error {
	problems := append(validate.New(r.rt.Model).Node(c, nil), judge(r.rt, c.Props, where)...)
	if len(problems) > 0 {
		return graph.Errorf(graph.BadUserInput, "%s", problems[0])
	}
	others, err := r.rt.Store.Read(ctx, graph.Query{Root: &graph.Selection{
		Labels: []string{webhook.SearchLabel}, Count: true, Where: graph.Compare{Prop: "id", Kind: graph.String, Op: graph.Ne, Value: c.ID},
	}})
	if err == nil && others.Count >= webhook.SearchLimit {
		err = graph.Errorf(graph.BadUserInput, "there are %d saved searches, and no more are kept; delete one first", others.Count)
	}
	return err
}

// DeleteSavedSearch resolves the mutation deleteSavedSearch.
func (r *mutationResolver) DeleteSavedSearch(ctx context.Context, id string) (string, error) {
	if err := alone(ctx); err != nil {
		return "", err
	}
	_, err := r.rt.Store.Apply(ctx, write.Actor(ctx), []graph.Change{{Op: graph.DeleteNode, Label: webhook.SearchLabel, ID: id}})
	if graph.CodeOf(err) == graph.NotFound && err != nil {
		return "", graph.Errorf(graph.NotFound, "there is no saved search %q; savedSearches lists them", id)
	}
	return id, err
}

// alone refuses a mutation that is not the only one of its operation: it writes in a
// transaction of its own.
func alone(ctx context.Context) error {
	oc := graphql.GetOperationContext(ctx)
	if len(graphql.CollectFields(oc, oc.Operation.SelectionSet, []string{"Mutation"})) > 1 || oc.Operation.Directives.ForName("dryRun") != nil {
		return graph.Errorf(graph.BadUserInput, "saved searches are changed in an operation of their own, without @dryRun; send this field alone")
	}
	return nil
}

// NewMatch is a node that came to match a saved search, with the change by which it did.
type NewMatch struct {
	Change *Change
	hit    hit
}

// Cursor returns from where to go on after this match.
func (m *NewMatch) Cursor() string { return graph.LogCursor(m.hit.after) }

// Node returns the node as it is now, nil where it is gone.
func (m *NewMatch) Node(ctx context.Context) lookahead.Node { return m.Change.net.Node(ctx, m.hit.id) }

// SavedSearch resolves the subscription savedSearch.
func (r *subscriptionResolver) SavedSearch(ctx context.Context, id string, after *string) (<-chan *NewMatch, error) {
	n, err := findSearch(ctx, r.rt.Store, id)
	if err != nil {
		return nil, err
	}
	return follow(ctx, r.rt, after, func(ctx context.Context, from int64) (teller[*NewMatch], error) {
		arrivals, err := newArrivals(ctx, r.rt, n, from)
		if err != nil {
			return nil, err
		}
		return func(ctx context.Context, entries []graph.LogEntry) ([]*NewMatch, error) {
			hits, err := arrivals.among(ctx, entries)
			if err != nil || len(hits) == 0 {
				return nil, err
			}
			about := make([]graph.LogEntry, len(hits))
			for i, h := range hits {
				about[i] = h.entry
			}
			changes, err := describe(ctx, r.rt, about, append(changePaths([]string{"change"}), []string{"node"})...)
			if err != nil {
				return nil, err
			}
			matches := make([]*NewMatch, len(hits))
			for i, h := range hits {
				matches[i] = &NewMatch{changes[i], h}
			}
			return matches, nil
		}, nil
	})
}

// arrivals finds the nodes that come to match a saved search.
type arrivals struct {
	matcher *lookahead.Matcher
	// matching holds what matches as far as the log has been looked at.
	matching map[string]bool
}

// hit is a node that came to match, and the last entry about it.
type hit struct {
	id    string
	entry graph.LogEntry
	// after is the number from which to go on after it.
	after int64
}

// The most that a saved search may match, since that is kept in memory, how many entries
// are read at a time to find out what has changed since, and the pause where one of them
// does not show yet.
const (
	searchMatches = 10_000
	sincePage     = 1000
	sincePause    = 25 * time.Millisecond
)

// newArrivals begins at a place in the log. What matches now and has not changed since
// then matched then; of what has changed that is not known, and it is told if it matches.
func newArrivals(ctx context.Context, rt *lookahead.Runtime, search *graph.Node, from int64) (*arrivals, error) {
	s := savedSearch(search)
	where, err := decodeFilter(search.Props)
	if err != nil {
		return nil, graph.Wrap(graph.BadUserInput, err, "the filter of the saved search %q cannot be read; save it again", s.ID)
	}
	matcher, err := rt.Matcher(s.Types, where, deref(s.Text))
	if err != nil {
		return nil, err
	}
	if matcher == nil {
		return nil, graph.Errorf(graph.BadUserInput, "the saved search %q is empty; save it with text, types or where", s.ID)
	}
	a := &arrivals{matcher: matcher}
	if a.matching, err = matcher.All(ctx, searchMatches+1); err != nil {
		return nil, err
	}
	if len(a.matching) > searchMatches {
		return nil, graph.Errorf(graph.TooComplex, "the saved search %q matches more than %d nodes, too many to follow; narrow it", s.ID, searchMatches)
	}
	for {
		entries, waits, err := graph.FollowLog(ctx, rt.Store, from, sincePage)
		if err != nil || len(entries) == 0 && !waits {
			return a, err
		}
		if len(entries) == 0 {
			select {
			case <-ctx.Done():
				return nil, ctx.Err()
			case <-time.After(sincePause):
			}
			continue
		}
		for _, id := range concerned(entries) {
			delete(a.matching, id)
		}
		from = entries[len(entries)-1].Seq
	}
}

// among returns the nodes that came to match by the entries, in order.
func (a *arrivals) among(ctx context.Context, entries []graph.LogEntry) ([]hit, error) {
	ids := concerned(entries)
	now, err := a.matcher.Among(ctx, ids)
	if err != nil {
		return nil, err
	}
	last := map[string]graph.LogEntry{}
	for _, e := range entries {
		if e.Op == graph.CreateNode { // one before it that was erased may have matched
			delete(a.matching, e.ID)
		}
		for _, id := range concerned([]graph.LogEntry{e}) {
			last[id] = e
		}
	}
	var hits []hit
	for _, id := range ids {
		if now[id] && !a.matching[id] {
			hits = append(hits, hit{id, last[id], last[id].Seq})
		}
		if now[id] {
			a.matching[id] = true
		} else {
			delete(a.matching, id)
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(a.entry.Seq, b.entry.Seq) })
	for i := range hits[:max(len(hits)-1, 0)] {
		if hits[i].after == hits[i+1].after { // two nodes by one change: going on after the first must not miss the second
			hits[i].after--
		}
	}
	return hits, nil
}
