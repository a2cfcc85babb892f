package sqlite

import (
	"context"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// timeLayout is how moments are stored: in UTC, with milliseconds.
const timeLayout = "2006-01-02T15:04:05.000Z"

// The properties that the store keeps itself.
const (
	createdAt = "createdAt"
	updatedAt = "updatedAt"
)

// Apply implements graph.Store.
func (s *Store) Apply(ctx context.Context, actor string, changes []graph.Change) (*graph.Receipt, error) {
	return s.write(ctx, actor, changes, "COMMIT")
}

// Try implements graph.Store.
func (s *Store) Try(ctx context.Context, actor string, changes []graph.Change) (*graph.Receipt, error) {
	return s.write(ctx, actor, changes, "ROLLBACK")
}

func (s *Store) write(ctx context.Context, actor string, changes []graph.Change, end string) (*graph.Receipt, error) {
	if err := graph.CheckErasure(changes); err != nil {
		return nil, err
	}
	c, err := s.writer.get(ctx)
	if err != nil {
		return nil, mapError(err)
	}
	defer s.writer.put(c)
	receipt, err := s.apply(ctx, c, actor, changes, end)
	if err != nil {
		return nil, mapError(err)
	}
	return receipt, nil
}

// apply makes the changes in one transaction, which ends with COMMIT or ROLLBACK.
func (s *Store) apply(ctx context.Context, c *conn, actor string, changes []graph.Change, end string) (*graph.Receipt, error) {
	if _, err := c.control(ctx, "BEGIN IMMEDIATE"); err != nil {
		return nil, err
	}
	w := s.newWriter(ctx, c, actor, len(changes))
	err := w.changes(changes)
	if err == nil {
		// From here on the context has no say: a commit that was made must not be
		// reported as one that was not.
		_, err = c.control(context.WithoutCancel(ctx), end)
	}
	if err != nil {
		// It fails where SQLite has rolled back by itself, which is as good.
		_, _ = c.control(context.Background(), "ROLLBACK")
		return nil, err
	}
	return &graph.Receipt{Entries: w.entries}, nil
}

// writer executes the changes of one transaction.
type writer struct {
	ctx   context.Context
	store *Store
	conn  *conn
	text  *textWriter
	actor string
	at    time.Time
	now   string
	// ends caches the row ids of nodes that relations are connected to.
	ends    map[string]int64
	entries []graph.LogEntry
}

func (s *Store) newWriter(ctx context.Context, c *conn, actor string, size int) *writer {
	at := s.options.Clock().UTC().Truncate(time.Millisecond)
	// The driver starts a goroutine for each statement whose context can end. Here the
	// context is looked at before each change instead: a change is short.
	return &writer{
		ctx: ctx, store: s, conn: c, text: newTextWriter(s.fulltext, c), actor: actor, at: at, now: at.Format(timeLayout),
		ends: map[string]int64{}, entries: make([]graph.LogEntry, 0, size),
	}
}

func (w *writer) changes(changes []graph.Change) error {
	for i, c := range changes {
		if err := w.ctx.Err(); err != nil {
			return err
		}
		if err := w.change(context.WithoutCancel(w.ctx), c); err != nil {
			return graph.AtChange(i, mapError(err))
		}
	}
	return w.text.finish(context.WithoutCancel(w.ctx))
}

func (w *writer) change(ctx context.Context, c graph.Change) error {
	props, err := w.store.rules.Check(c)
	if err != nil {
		return err
	}
	switch c.Op {
	case graph.CreateNode:
		return w.create(ctx, c, props)
	case graph.UpdateNode:
		return w.update(ctx, c, props)
	case graph.UpsertNode:
		return w.upsert(ctx, c, props)
	case graph.DeleteNode:
		return w.delete(ctx, c)
	case graph.EraseNode:
		return w.erase(ctx, c)
	case graph.Connect:
		return w.connect(ctx, c, props)
	case graph.Guard:
		return w.guard(ctx, c)
	default:
		return w.disconnect(ctx, c)
	}
}
