package live

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Options bound a Hub. The zero value of each stands for its default.
type Options struct {
	// Window is how many entries are kept for subscribers; 4096 by default.
	Window int
	// Patience is how long the hub waits for a subscriber that is a window behind
	// before it is cut off; 5 seconds by default.
	Patience time.Duration
	// Often and Seldom are the pauses between looks at the log, for what other
	// processes write: the first after something was found, growing to the second.
	// 25 ms and 1 second by default.
	Often, Seldom time.Duration
	// Webhook tells whether an address may be posted to; nil refuses all.
	Webhook func(address string) error
	// Log gets what goes wrong; discarded by default.
	Log *slog.Logger
}

// The defaults of Options, and the number of entries that are read at a time.
const (
	defaultWindow   = 4096
	defaultPatience = 5 * time.Second
	defaultOften    = 25 * time.Millisecond
	defaultSeldom   = time.Second
	page            = 1000
)

func (o Options) withDefaults() Options {
	if o.Window == 0 {
		o.Window = defaultWindow
	}
	if o.Patience == 0 {
		o.Patience = defaultPatience
	}
	if o.Often == 0 {
		o.Often = defaultOften
	}
	if o.Seldom == 0 {
		o.Seldom = defaultSeldom
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

// Hub follows the change log of a store for all subscribers of a process. Make one with
// New and call Run. It is safe for concurrent use.
type Hub struct {
	store   graph.Store
	options Options
	// wake asks for a look at the log at once.
	wake chan struct{}

	mu sync.Mutex
	// subscribers are those that read from the window.
	subscribers map[*Subscription]struct{}
	// entries is the window: all that was written above floor, up to head.
	entries     []graph.LogEntry
	floor, head int64
	// grown closes, and is replaced, when the window grows; moved when a subscriber
	// takes entries or leaves.
	grown, moved chan struct{}
	ended        bool
}

// New makes a Hub for a store.
func New(store graph.Store, o Options) *Hub {
	return &Hub{
		store: store, options: o.withDefaults(), wake: make(chan struct{}, 1),
		subscribers: map[*Subscription]struct{}{}, grown: make(chan struct{}), moved: make(chan struct{}),
	}
}

// CheckWebhook returns a BadUserInput error for an address that nothing is posted to.
func (h *Hub) CheckWebhook(address string) error {
	if h.options.Webhook == nil {
		return graph.Errorf(graph.BadUserInput, "this server posts to no webhooks; start it with --webhook-secret")
	}
	return h.options.Webhook(address)
}

// Wake has the hub look at the log at once.
func (h *Hub) Wake() {
	select {
	case h.wake <- struct{}{}:
	default: // it will look anyway
	}
}

// Run follows the log until ctx ends. Then every subscription ends with StoreUnavailable.
// While nobody is subscribed the store is left alone.
func (h *Hub) Run(ctx context.Context) {
	defer h.end()
	pause := h.options.Often
	for {
		after, idle := h.place()
		if idle {
			if !h.wait(ctx, 0) {
				return
			}
			pause = h.options.Often
			continue
		}
		entries, _, err := graph.FollowLog(ctx, h.store, after, page)
		if err == nil && slices.ContainsFunc(entries, graph.LogEntry.Erasure) {
			err = h.reread(ctx)
		}
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			h.options.Log.Warn("the change log cannot be read; subscribers wait", "error", err)
			pause = h.options.Seldom
		case len(entries) > 0:
			pause = h.options.Often
			h.publish(ctx, after, entries)
		default:
			pause = min(2*pause, h.options.Seldom) //nolint:mnd // doubling
		}
		if len(entries) < page && !h.wait(ctx, pause) {
			return
		}
	}
}

// wait returns when the pause is over (never, if it is 0) or the hub is woken, and false
// when ctx has ended.
func (h *Hub) wait(ctx context.Context, pause time.Duration) bool {
	var over <-chan time.Time
	if pause > 0 {
		timer := time.NewTimer(pause)
		defer timer.Stop()
		over = timer.C
	}
	select {
	case <-ctx.Done():
		return false
	case <-h.wake:
	case <-over:
	}
	return true
}

// place returns where to read on, and whether nobody wants to know.
func (h *Hub) place() (after int64, idle bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.head, len(h.subscribers) == 0
}

// publish adds what was read after a place to the window, tells everybody, and cuts the
// window to its size.
func (h *Hub) publish(ctx context.Context, after int64, entries []graph.LogEntry) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.head != after { // the last subscriber left meanwhile, and another came
		return
	}
	h.entries = append(h.entries, entries...)
	h.head = entries[len(entries)-1].Seq
	close(h.grown)
	h.grown = make(chan struct{})
	over := len(h.entries) - h.options.Window
	if over <= 0 {
		return
	}
	floor := h.entries[over-1].Seq
	for _, s := range h.laggards(ctx, floor) {
		s.fail(errSlow(h.options.Window))
	}
	if h.floor < floor { // no new window was begun while waiting
		h.entries = slices.Clone(h.entries[over:])
		h.floor = floor
	}
}

// reread reads the window again: of a node that was erased, the log has forgotten what the
// window still tells.
func (h *Hub) reread(ctx context.Context) error {
	h.mu.Lock()
	floor, head := h.floor, h.head
	h.mu.Unlock()
	entries, err := h.store.Log(ctx, graph.LogQuery{After: floor, Before: head + 1, Limit: graph.All})
	if err != nil {
		return err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.floor == floor && h.head == head { // otherwise a new window was begun meanwhile
		h.entries = entries
	}
	return nil
}

// laggards waits for the subscribers that have not got to floor, and returns those that
// did not in time. It is called with mu held, which it gives up while it waits.
func (h *Hub) laggards(ctx context.Context, floor int64) []*Subscription {
	timer := time.NewTimer(h.options.Patience)
	defer timer.Stop()
	for over := false; ; {
		var behind []*Subscription
		for s := range h.subscribers {
			if s.taken < floor {
				behind = append(behind, s)
			}
		}
		if len(behind) == 0 || over || ctx.Err() != nil {
			return behind
		}
		moved := h.moved
		h.mu.Unlock()
		select {
		case <-moved:
		case <-timer.C:
			over = true
		case <-ctx.Done():
		}
		h.mu.Lock()
	}
}

// stirred tells the hub that a subscriber moved. It is called with mu held.
func (h *Hub) stirred() {
	close(h.moved)
	h.moved = make(chan struct{})
}

// end ends every subscription.
func (h *Hub) end() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ended = true
	for s := range h.subscribers {
		s.fail(errStopped())
	}
	close(h.grown)
	h.grown = make(chan struct{})
}
