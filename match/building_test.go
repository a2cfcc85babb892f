package match_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/match"
)

// gated is a store whose reads wait from the second on, until it is opened.
type gated struct {
	graph.Store
	reads chan struct{}
	open  chan struct{}
}

func (g gated) Read(ctx context.Context, q graph.Query) (*graph.Result, error) {
	select {
	case g.reads <- struct{}{}:
	default: // there was one before
		select {
		case <-g.open:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return g.Store.Read(ctx, q)
}

// Who asks before the image is there hears so in time, with how far it is; what was asked
// does not end the making of it, and afterwards there are answers.
func TestMatchWhileTheImageIsMade(t *testing.T) {
	store := gated{Store: shared.store, reads: make(chan struct{}, 1), open: make(chan struct{})}
	m := match.New(store)
	req := match.Request{Text: "Hoe beschermen we persoonsgegevens?", Supply: []match.Supply{match.Lector}, First: 3, Today: today}
	ctx, stop := context.WithTimeout(context.Background(), 200*time.Millisecond)
	defer stop()
	_, err := m.Match(ctx, req)
	var told *graph.Error
	if !errors.As(err, &told) || told.Code != graph.StoreUnavailable || !strings.Contains(told.Message, "nodes so far") {
		t.Fatalf("%v; want STORE_UNAVAILABLE with how far it is", err)
	}
	if err := m.Ready(); graph.CodeOf(err) != graph.StoreUnavailable {
		t.Errorf("Ready says %v while the image is made", err)
	}
	stop()
	close(store.open)
	if err := m.Warm(context.Background()); err != nil {
		t.Fatal(err)
	}
	a, err := m.Match(context.Background(), req)
	if err != nil || len(a.Matches) != 3 || m.Ready() != nil {
		t.Fatalf("afterwards: %v, %v, ready %v", a, err, m.Ready())
	}
	want, err := demo(t).Match(context.Background(), req)
	if err != nil || want.Matches[0].ID != a.Matches[0].ID || want.Matches[0].Score != a.Matches[0].Score {
		t.Errorf("the answer differs from that of a Matcher that was not asked too early: %v", err)
	}
}
