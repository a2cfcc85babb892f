package neo4j

import (
	"context"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Apply implements graph.Store. A write that lost a race or its connection before it was
// committed is made again.
func (s *Store) Apply(ctx context.Context, actor string, changes []graph.Change) (*graph.Receipt, error) {
	return s.write(ctx, actor, changes, true)
}

// Try implements graph.Store. The changes are worked out under the lock of all writes, and not sent.
func (s *Store) Try(ctx context.Context, actor string, changes []graph.Change) (*graph.Receipt, error) {
	return s.write(ctx, actor, changes, false)
}

func (s *Store) write(ctx context.Context, actor string, changes []graph.Change, keep bool) (*graph.Receipt, error) {
	done, err := s.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	if len(changes) == 0 {
		return &graph.Receipt{}, nil
	}
	if err := graph.CheckErasure(changes); err != nil {
		return nil, err
	}
	var receipt *graph.Receipt
	err = s.retried(ctx, func() (err error) {
		receipt, err = s.apply(ctx, actor, changes, keep)
		return err
	})
	if err != nil {
		return nil, mapError(ctx, err)
	}
	return receipt, nil
}

func (s *Store) apply(ctx context.Context, actor string, changes []graph.Change, keep bool) (*graph.Receipt, error) {
	session := s.session(ctx, neo4j.AccessModeWrite)
	defer func() { _ = session.Close(context.WithoutCancel(ctx)) }()
	limit, err := s.timeLimit(ctx, 0)
	if err != nil {
		return nil, err
	}
	tx, err := session.BeginTransaction(ctx, neo4j.WithTxTimeout(limit))
	if err != nil {
		return nil, err
	}
	// Closing rolls back what was not committed.
	defer func() { _ = tx.Close(context.WithoutCancel(ctx)) }()
	w := &writer{ctx: ctx, store: s, tx: tx}
	last, err := w.lock()
	if err != nil {
		return nil, err
	}
	before, err := w.load(changes)
	if err != nil {
		return nil, err
	}
	d := newDraft(s.rules, before, actor, s.options.Clock().UTC().Truncate(time.Millisecond))
	for i, c := range changes {
		if err := d.change(c); err != nil {
			return nil, graph.AtChange(i, w.stale(c, err))
		}
	}
	for i := range d.entries {
		d.entries[i].Seq = last + int64(i) + 1
	}
	if len(d.entries) == 0 {
		return &graph.Receipt{}, nil
	}
	if !keep {
		return &graph.Receipt{Entries: d.entries}, nil
	}
	if err := w.write(d); err != nil {
		return nil, err
	}
	defer s.memory.see("") // what is found from here on is in another state
	if err := s.commits.commit(func() error { return tx.Commit(ctx) }); err != nil {
		return nil, commitError(ctx, err)
	}
	return &graph.Receipt{Entries: d.entries}, nil
}

// commitError keeps a write from being made again when it is not known whether it was made:
// the connection was lost after the server was told to commit.
func commitError(ctx context.Context, err error) error {
	if ctx.Err() == nil && neo4j.IsConnectivityError(err) {
		return graph.Wrap(graph.StoreUnavailable, err, "the connection to the database was lost while the write was completed; it may or may not have been made")
	}
	return err
}

// writer sends the statements of one write.
type writer struct {
	ctx   context.Context
	store *Store
	tx    neo4j.ExplicitTransaction
}

// run sends a statement and calls each with the values of its records.
func (w *writer) run(text string, params map[string]any, each func([]any)) error {
	w.store.options.OnStatement(text)
	result, err := w.tx.Run(w.ctx, text, params)
	if err != nil {
		return err
	}
	if each == nil {
		_, err = result.Consume(w.ctx)
		return err
	}
	records, err := result.Collect(w.ctx)
	for _, r := range records {
		each(r.Values)
	}
	return err
}

// lock makes all other writers wait until this write is over, whichever process they are
// in, and returns the number of the last log entry. It is read after the lock was taken.
func (w *writer) lock() (last int64, err error) {
	text := "MERGE (m:" + counterLabel + " {id: 'changes'}) SET m.locked = timestamp() WITH m RETURN coalesce(m.seq, 0)"
	err = w.run(text, nil, func(values []any) { last, _ = values[0].(int64) })
	return last, err
}
