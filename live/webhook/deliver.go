package webhook

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Hit is a node that came to match a search.
type Hit struct {
	// Seq is the number of the entry by which it did; After the one to go on from.
	Seq, After      int64
	ID, Type, Label string
}

// Finder begins to look for what comes to match a search, from a place in the log. What it
// returns is given the entries behind that place, in order.
type Finder func(ctx context.Context, search *graph.Node, from int64) (func(context.Context, []graph.LogEntry) ([]Hit, error), error)

// Deliverer posts what comes to match the saved searches of a store.
type Deliverer struct {
	store   graph.Store
	find    Finder
	options Options
	client  *http.Client
	log     *slog.Logger
	// places holds how far each search has been looked at without finding anything new.
	places map[string]*place
}

// place is how far a search has been looked at.
type place struct {
	// version is the updatedAt of the search that was looked for.
	version string
	// at is how far was looked, noted what the store knows of it.
	at, noted int64
	hits      func(context.Context, []graph.LogEntry) ([]Hit, error)
}

// New makes a Deliverer.
func New(store graph.Store, find Finder, o Options, log *slog.Logger) *Deliverer {
	if o.Every == 0 {
		o.Every = 2 * time.Second
	}
	if o.FirstPause == 0 {
		o.FirstPause = 10 * time.Second
	}
	return &Deliverer{store: store, find: find, options: o, client: o.client(), log: log, places: map[string]*place{}}
}

// actor is who writes that something was delivered.
const actor = "webhook"

// page is how many entries of the log are looked at together.
const page = 500

// noteEvery is after how many entries without a match the place is noted all the same, so
// that a restart has no more than that to look at again.
const noteEvery = 10_000

// The bounds of trying again: the longest pause, and after how many failures in a row a
// search is left alone until it is saved again.
const (
	longestPause = time.Hour
	mostFailures = 16
)

// Run delivers until ctx ends.
func (d *Deliverer) Run(ctx context.Context) {
	ticker := time.NewTicker(d.options.Every)
	defer ticker.Stop()
	defer d.client.CloseIdleConnections()
	for {
		if err := d.round(ctx); err != nil && ctx.Err() == nil {
			d.log.Warn("the webhooks cannot be served now", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// round looks once at every search that has a webhook.
func (d *Deliverer) round(ctx context.Context) error {
	searches, err := Searches(ctx, d.store, graph.Compare{Prop: "webhook", Kind: graph.String, Op: graph.IsNull, Value: false}, graph.All)
	if err != nil {
		return err
	}
	there := map[string]bool{}
	for _, s := range searches {
		there[s.ID] = true
		if failures, _ := s.Props["failures"].(int64); failures >= mostFailures || waits(s) {
			continue
		}
		if err := d.serve(ctx, s); err != nil {
			delete(d.places, s.ID) // begin again from what was delivered
			switch code := graph.CodeOf(err); {
			case ctx.Err() != nil:
				return err
			case code == graph.Conflict || code == graph.NotFound: // another process is at it, or it was saved again
			default:
				d.log.Warn("a saved search cannot be delivered", "search", s.ID, "error", err)
			}
		}
	}
	for id := range d.places {
		if !there[id] {
			delete(d.places, id)
		}
	}
	return nil
}

// waits tells whether the next attempt is not due: it failed, or another process delivers.
func waits(s *graph.Node) bool {
	next, _ := s.Props["nextTry"].(string)
	at, err := time.Parse(time.RFC3339, next)
	return err == nil && time.Now().Before(at)
}

func delivered(s *graph.Node) (int64, error) {
	cursor, _ := s.Props["delivered"].(string)
	c, err := graph.DecodeCursor(cursor, graph.LogOrder())
	return graph.LogSeq(c), err
}

// serve looks at what was written since and delivers what matches.
func (d *Deliverer) serve(ctx context.Context, s *graph.Node) error {
	version, _ := s.Props["updatedAt"].(string)
	p := d.places[s.ID]
	if p == nil || p.version != version {
		at, err := delivered(s)
		if err != nil {
			return err
		}
		hits, err := d.find(ctx, s, at)
		if err != nil {
			return err
		}
		p = &place{version: version, at: at, noted: at, hits: hits}
		d.places[s.ID] = p
	}
	for {
		entries, _, err := graph.FollowLog(ctx, d.store, p.at, page)
		if err != nil || len(entries) == 0 {
			return err
		}
		hits, err := p.hits(ctx, entries)
		if err != nil {
			return err
		}
		p.at = entries[len(entries)-1].Seq
		switch {
		case len(hits) > 0:
			err = d.deliver(ctx, s, p, hits)
		case p.at-p.noted > noteEvery:
			err = d.note(ctx, s, p, map[string]any{"delivered": graph.LogCursor(p.at)})
		default:
			continue
		}
		if err != nil {
			return err
		}
		p.noted = p.at
	}
}

// deliver posts hits under a lease and notes how far it got. When ctx ends, what is being
// posted may finish, and what was delivered is noted and the lease given back: what the
// receiver has is not sent again, and who goes on need not wait.
func (d *Deliverer) deliver(ctx context.Context, s *graph.Node, p *place, hits []Hit) error {
	lasting, end := outlast(ctx, stopTimeout)
	defer end()
	until := time.Now().Add(lease)
	if err := d.note(lasting, s, p, map[string]any{"nextTry": moment(until)}); err != nil {
		return err
	}
	address, _ := s.Props["webhook"].(string)
	done := map[string]any{"failures": nil, "problem": nil, "nextTry": nil}
	var failed error
	for _, h := range hits {
		if time.Until(until) < 2*postTimeout { // what is left is for the next lease
			failed = graph.Errorf(graph.Timeout, "the lease is over")
			break
		}
		if failed = d.send(lasting, s, address, h); failed != nil {
			failures, _ := s.Props["failures"].(int64)
			done["failures"], done["problem"] = failures+1, failed.Error()
			done["nextTry"] = moment(time.Now().Add(min(d.options.FirstPause<<failures, longestPause)))
			break
		}
		done["delivered"] = graph.LogCursor(h.After)
		if failed = ctx.Err(); failed != nil {
			break
		}
	}
	if err := d.note(lasting, s, p, done); err != nil {
		return err
	}
	return failed
}

// outlast returns a context that ends a while after ctx does, or when it is told to.
func outlast(ctx context.Context, while time.Duration) (context.Context, context.CancelFunc) {
	lasting, end := context.WithCancel(context.WithoutCancel(ctx))
	forget := context.AfterFunc(ctx, func() { time.AfterFunc(while, end) })
	return lasting, func() { forget(); end() }
}

func moment(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// note changes the search on condition that nobody else did.
func (d *Deliverer) note(ctx context.Context, s *graph.Node, p *place, props map[string]any) error {
	receipt, err := d.store.Apply(ctx, actor, []graph.Change{{
		Op: graph.UpdateNode, Label: SearchLabel, ID: s.ID, Props: props, Expect: p.version,
	}})
	if err != nil || len(receipt.Entries) == 0 {
		return err
	}
	p.version, _ = receipt.Entries[0].After["updatedAt"].(string)
	return nil
}

// send posts one hit. Its id is the same whenever it is sent.
func (d *Deliverer) send(ctx context.Context, s *graph.Node, address string, h Hit) error {
	name, _ := s.Props["name"].(string)
	cursor := graph.LogCursor(h.Seq)
	body, err := json.Marshal(map[string]any{
		"type":   "savedSearch.newMatch",
		"search": map[string]any{"id": s.ID, "name": name},
		"cursor": cursor,
		"node":   map[string]any{"id": h.ID, "type": h.Type, "label": h.Label},
	})
	if err != nil {
		return err
	}
	return d.options.post(ctx, d.client, address, s.ID+"/"+cursor+"/"+h.ID, time.Now(), body)
}
