package live

import (
	"context"
	"sort"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// batch is how many entries a subscriber gets at a time at most.
const batch = 250

// Subscription is one subscriber's place in the log. Next and Close may not be called at
// the same time.
type Subscription struct {
	hub *Hub
	// live says that the subscriber reads from the window, and so is in hub.subscribers.
	live bool
	// taken is the number of the last entry that it was given. mu of the hub guards it.
	taken int64
	// failed closes when err is set.
	failed chan struct{}
	err    error
}

// Subscribe begins a subscription after the entry with a number, or, where after is nil,
// with what is written from now on. A number that the log has not reached is BadUserInput.
func (h *Hub) Subscribe(ctx context.Context, after *int64) (*Subscription, error) {
	last, err := h.Last(ctx)
	if err != nil {
		return nil, err
	}
	s := &Subscription{hub: h, taken: last, failed: make(chan struct{})}
	if after != nil {
		if *after > last {
			return nil, graph.Errorf(graph.BadUserInput, "the change log has not got to this cursor; it may be of another database: leave after out to begin now")
		}
		s.taken = *after
	}
	return s, nil
}

// Last returns the number of the last entry of the log, 0 where it is empty.
func (h *Hub) Last(ctx context.Context) (int64, error) {
	entries, err := h.store.Log(ctx, graph.LogQuery{Limit: 1, Backward: true})
	if err != nil || len(entries) == 0 {
		return 0, err
	}
	return entries[0].Seq, nil
}

// Next waits for entries and returns them, at least one, in order. Calling it says that
// the former ones have been dealt with. It ends with ctx.Err(), and with an *graph.Error
// when the subscriber is cut off, the hub stops or the store fails.
func (s *Subscription) Next(ctx context.Context) ([]graph.LogEntry, error) {
	for {
		entries, grown, err := s.fromWindow()
		if err != nil || len(entries) > 0 {
			return entries, err
		}
		if grown == nil {
			if entries, err = s.fromLog(ctx); err != nil || len(entries) > 0 {
				return entries, err
			}
			continue
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-s.failed:
		case <-grown:
		}
	}
}

// fromWindow takes entries from the window. Where there are none yet it returns a channel
// that closes when there may be; where the subscriber is not as far as the window, nothing.
func (s *Subscription) fromWindow() ([]graph.LogEntry, <-chan struct{}, error) {
	h := s.hub
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case s.err != nil:
		return nil, nil, s.err
	case h.ended:
		return nil, nil, errStopped()
	case !s.live && len(h.subscribers) == 0:
		// Nobody was there: the window begins anew, here.
		h.entries, h.floor, h.head = nil, s.taken, s.taken
		h.Wake()
	case !s.live && s.taken < h.floor:
		return nil, nil, nil
	}
	if !s.live {
		s.live = true
		h.subscribers[s] = struct{}{}
	}
	from := sort.Search(len(h.entries), func(i int) bool { return h.entries[i].Seq > s.taken })
	entries := h.entries[from:min(from+batch, len(h.entries))]
	if len(entries) > 0 {
		s.taken = entries[len(entries)-1].Seq
		h.stirred()
	}
	return entries, h.grown, nil
}

// fromLog reads from the log itself, to get to the window.
func (s *Subscription) fromLog(ctx context.Context) ([]graph.LogEntry, error) {
	entries, _, err := graph.FollowLog(ctx, s.hub.store, s.taken, page)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return nil, err
	case len(entries) == 0: // a gap, perhaps for a moment only
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(s.hub.options.Often):
		}
		return nil, nil
	}
	s.hub.mu.Lock()
	defer s.hub.mu.Unlock()
	s.taken = entries[len(entries)-1].Seq
	return entries, nil
}

// Taken returns the number of the last entry that the subscriber was given.
func (s *Subscription) Taken() int64 {
	s.hub.mu.Lock()
	defer s.hub.mu.Unlock()
	return s.taken
}

// Failed returns a channel that closes when the subscriber is cut off, for those who are
// busy with something else than Next. Next then tells why.
func (s *Subscription) Failed() <-chan struct{} { return s.failed }

// Close ends the subscription.
func (s *Subscription) Close() {
	s.hub.mu.Lock()
	defer s.hub.mu.Unlock()
	s.leave()
}

// leave takes the subscriber out of the hub. It is called with mu held.
func (s *Subscription) leave() {
	if s.live {
		s.live = false
		delete(s.hub.subscribers, s)
		s.hub.stirred()
	}
}

// fail cuts the subscriber off. It is called with mu held.
func (s *Subscription) fail(err error) {
	if s.err == nil {
		s.err = err
		close(s.failed)
	}
	s.leave()
}

func errSlow(window int) error {
	return graph.Errorf(graph.Timeout, "more than %d changes wait for this subscription, which takes them in too slowly; it ends here, and one with after set to the last cursor goes on without missing any", window)
}

func errStopped() error {
	return graph.Errorf(graph.StoreUnavailable, "the server stops; subscribe again with after set to the last cursor, and nothing is missed")
}
